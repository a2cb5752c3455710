"""What passkeys need of the web: for which site they are, and whether the page at hand is one of its pages."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from directory.accounts.passkeys import Site
from web.house import House
from web.settings import LOOPBACK, Settings
from web.visits import Asked


def site_of(settings: Settings) -> Site | None:
    """Whose passkeys they are; None at a bare number, which browsers make no passkeys for. This machine has a name of its own."""
    parts = urlsplit(settings.base_url)
    host = parts.hostname or ""
    if host in LOOPBACK:
        return Site(name="localhost", origin=f"{parts.scheme}://localhost" + (f":{parts.port}" if parts.port else ""))
    return None if _is_number(host) else Site(name=host, origin=settings.base_url)


def site_here(request: Asked, house: House) -> Site | None:
    """The same, where a passkey can be used on the page that is asked for; None where the page has another name."""
    site = site_of(house.settings)
    is_here = site is not None and (site.name != "localhost" or request.url.hostname == "localhost")
    return site if is_here else None


def elsewhere(request: Asked, house: House) -> str:
    """The address under which passkeys work, when it is not this one; empty when there is nothing to say."""
    site = site_of(house.settings)
    return site.origin if site and site_here(request, house) is None else ""


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
