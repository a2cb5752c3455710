"""Which host may be asked: a name of the open internet, every address of which lies there too."""

from __future__ import annotations

import re
import socket
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any, Final
from urllib.parse import urlsplit

from msgspec import Struct

from directory.errors import DirectoryError

PORTS: Final = {"http": 80, "https": 443}
HOST: Final = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]\Z")
"""A name with a dot in it whose last part begins with a letter: no number in any spelling, and no name of the own network such as ``localhost``."""
OWN: Final = (".localhost", ".local", ".internal", ".intranet", ".lan", ".home", ".home.arpa", ".corp", ".onion", ".test", ".invalid", ".example.invalid")
OPEN_V6: Final = IPv6Network("2000::/3")
CARRIES_V4: Final = tuple(IPv6Network(net) for net in ("2002::/16", "2001::/23", "2001:db8::/32", "3fff::/20"))
"""Ranges within the open one that lead on to an IPv4 address (6to4, Teredo), or that nobody has."""
CLOSED_V4: Final = ("192.88.99.", "192.0.0.")
Address = IPv4Address | IPv6Address
Resolve = Callable[..., Iterable[tuple[Any, ...]]]


class NotFetched(DirectoryError):
    """An address that may not be asked, or that did not give a file; the words hold nothing of what it answered."""


class Target(Struct, frozen=True, kw_only=True):
    """What to ask, and at which address: the name was looked up once, and is not looked up again."""

    scheme: str
    host: str
    port: int
    path: str
    addresses: tuple[str, ...]


def target_of(url: str, *, ports: Iterable[int] = (80, 443), resolve: Resolve = socket.getaddrinfo) -> Target:
    """The host of an address, looked up and checked; ``NotFetched`` says in words what is wrong with it."""
    parts = _parts(url)
    scheme, host = parts.scheme, _host(parts.hostname or "")
    port = _port(parts) or PORTS[scheme]
    if port not in set(ports):
        raise NotFetched(f"Port {port} may not be asked; {_listed(ports)} may.")
    addresses = _looked_up(host, port, resolve)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(scheme=scheme, host=host, port=port, path=path, addresses=addresses)


def is_open(address: str) -> bool:
    """Whether an address lies in the open internet and leads nowhere else: not private, shared, local, reserved or multicast, nor one with another in it."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return found.is_global and not found.is_multicast and not found.is_reserved and not str(found).startswith(CLOSED_V4)
    return found in OPEN_V6 and found.is_global and not found.is_multicast and not any(found in net for net in CARRIES_V4) and "%" not in address


def _parts(url: str) -> Any:
    if len(url) > 2_000 or not url.isascii() or not url.isprintable() or " " in url or "\\" in url:
        raise NotFetched("This is not a web address. Write it in plain letters, as a browser shows it when you copy it.")
    try:
        parts = urlsplit(url)
        parts.hostname, parts.port   # noqa: B018  (these raise where the address is malformed)
    except ValueError:
        raise NotFetched("This is not a web address.") from None
    if parts.scheme not in PORTS:
        raise NotFetched("Only http:// and https:// addresses can be fetched.")
    if parts.username is not None or parts.password is not None:
        raise NotFetched("An address with a name or password in it cannot be kept. Ask the source for one without.")
    return parts


def _host(host: str) -> str:
    name = host.lower().removesuffix(".")
    if not HOST.match(name) or name.endswith(OWN):
        raise NotFetched("Only names of the open internet can be fetched, such as data.example.org: no numbers, and no names of the own network.")
    return name


def _port(parts: Any) -> int:
    port: int = parts.port if parts.port is not None else 0
    if parts.port == 0:
        raise NotFetched("Port 0 may not be asked.")
    return port


def _looked_up(host: str, port: int, resolve: Resolve) -> tuple[str, ...]:
    try:
        found = resolve(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
        addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    except (OSError, UnicodeError):
        raise NotFetched("This name is not known now. Check it, or try again later.") from None
    if not addresses:
        raise NotFetched("This name has no address.")
    if not all(map(is_open, addresses)):
        raise NotFetched("This name leads into a private network, and is not asked.")
    return addresses


def _listed(ports: Iterable[int]) -> str:
    return " and ".join(str(port) for port in sorted(ports))
