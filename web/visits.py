"""Who asks, behind the second door: the cookie, the guard of every private route, and the stamp that each form carries.

Public pages never look at the cookie. Private ones stand under routers made by ``private_router``: their guard runs before any handler, finds the
sign-in, and for whatever is not a GET asks that the request comes from our own page and carries that sign-in's stamp.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import IPv4Address, ip_address, ip_network
from typing import Any
from urllib.parse import urlencode, urlsplit

from litestar import Litestar, Request, Response, Router
from litestar.concurrency import sync_to_thread
from litestar.connection import ASGIConnection
from litestar.datastructures import Cookie
from litestar.di import Provide
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute

from directory.accounts.actors import ANYONE, Actor
from directory.accounts.sign_ins import Visit, find_visit, needs_touch, touch
from directory.accounts.tokens import is_stamp, stamp
from directory.errors import NotFound
from web.forms.posted import PostedForm, read_form, read_posted
from web.house import House
from web.refused import Refused
from web.settings import LOOPBACK

COOKIE = "__Host-sid"
FIELD = "csrf"
STAMPED = "form"
SAFE = ("GET", "HEAD", "OPTIONS")
DOORS = ("/desk", "/account", "/my")
"""Where private pages are."""
SIGNED_OUT = "You were signed out meanwhile. Nothing was changed: sign in again in another tab, then come back here and send it once more."
OLD_FORM = "This form was opened before you last signed in, or somewhere else. Nothing was changed: open the page again and send it once more."
Asked = Request[Any, Any, Any]


class SignInNeeded(Exception):
    """A private page was asked for by somebody who has not signed in; ``next`` is where they wanted to go."""

    def __init__(self, next_path: str) -> None:
        super().__init__("Please sign in.")
        self.next = next_path


class SecondStepNeeded(Exception):
    """A private page was asked for by somebody who has a second factor and has not shown it yet; ``next`` is where they wanted to go."""

    def __init__(self, next_path: str) -> None:
        super().__init__("Please show your second factor.")
        self.next = next_path


class NotBegun(NotFound):
    """Somebody who has signed in asks for a page of what they keep, and keeps nothing yet."""


def private_router(path: str, handlers: Sequence[Any]) -> Router:
    """A router whose every route is for people who have signed in."""
    return Router(path, route_handlers=list(handlers), guards=[signed_in], dependencies=_given(), include_in_schema=False)


def halfway_router(path: str, handlers: Sequence[Any]) -> Router:
    """A router for the few pages that are open between the first factor and the second."""
    return Router(path, route_handlers=list(handlers), guards=[halfway_in], dependencies=_given(), include_in_schema=False)


def open_router(path: str, handlers: Sequence[Any]) -> Router:
    """A router for pages that come before signing in: forms need no stamp there, and must come from our own page."""
    return Router(path, route_handlers=list(handlers), guards=[from_here], dependencies={"form": Provide(posted)}, include_in_schema=False)


def demo_router(path: str, handlers: Sequence[Any]) -> Router:
    """A router for pages that only the demonstration on this machine has."""
    return Router(path, route_handlers=list(handlers), guards=[from_this_machine, from_here], dependencies={"form": Provide(posted)}, include_in_schema=False)


async def signed_in(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Let through only requests of a browser that is signed in with every factor; ``SignInNeeded``, ``SecondStepNeeded`` or ``Refused`` else."""
    await halfway_in(connection, handler)
    request = _request(connection)
    if visit_of(request).waits:
        raise SecondStepNeeded(wanted(request) if request.method in SAFE else "/account")


async def halfway_in(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """Let through only requests of a signed-in browser; ``SignInNeeded`` or ``Refused`` else."""
    request, house = _request(connection), _house(connection)
    visit = await sync_to_thread(_visit, request, house)
    if visit is None:
        if request.method not in SAFE:
            raise Refused(403, SIGNED_OUT)
        raise SignInNeeded(wanted(request))
    request.scope["homeground_visit"] = visit   # type: ignore[typeddict-unknown-key]  # ours, beside the server's keys
    if request.method not in SAFE:
        _own_page(request, house)
        form = read_posted(await request.body(), request.headers.get("content-type", ""))
        if not is_stamp(visit.csrf_key, STAMPED, form.get(FIELD) or ""):
            raise Refused(403, OLD_FORM)
        request.scope["homeground_form"] = form   # type: ignore[typeddict-unknown-key]  # ours, beside the server's keys


async def from_here(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """Let a form through only when no other site sent it."""
    request = _request(connection)
    if request.method not in SAFE:
        _own_page(request, _house(connection))


async def from_this_machine(connection: ASGIConnection[Any, Any, Any, Any], _handler: BaseRouteHandler) -> None:
    """Let through only what is asked of this machine under its own name: a foreign name that was made to point here is refused."""
    if not _house(connection).settings.is_open_demo or connection.url.hostname not in LOOPBACK:
        raise NotFound("There is no such page here.")


def visit_of(request: Asked) -> Visit:
    """The sign-in of a request that the guard let through."""
    visit: Visit = request.scope["homeground_visit"]   # type: ignore[typeddict-item]  # ours, beside the server's keys
    return visit


def token_of(request: Asked) -> str:
    """What the browser holds, empty when it holds nothing."""
    return request.cookies.get(COOKIE, "")


def find_actor(request: Asked, house: House) -> Actor:
    """Who asks on a page that is open to all; ``ANYONE`` when nobody has signed in."""
    visit = _visit(request, house)
    return visit.actor if visit else ANYONE


def find_signed_in(request: Asked, house: House) -> Visit | None:
    """The sign-in of whoever asks on a page that is open to all, when every factor was shown; None else."""
    visit = _visit(request, house)
    return visit if visit and not visit.waits else None


def csrf_of(visit: Visit) -> str:
    """The stamp that the forms of a sign-in carry."""
    return stamp(visit.csrf_key, STAMPED)


def signed(response: Response[Any], token: str) -> Response[Any]:
    """The answer with the cookie that signs a browser in."""
    response.cookies.append(Cookie(key=COOKIE, value=token, path="/", secure=True, httponly=True, samesite="lax"))
    return response


def unsigned(response: Response[Any]) -> Response[Any]:
    """The answer that makes the browser forget the sign-in and every copy of a page."""
    response.cookies.append(Cookie(key=COOKIE, value="", max_age=0, path="/", secure=True, httponly=True, samesite="lax"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def safe_next(path: str, fallback: str) -> str:
    """A path on this site to go on to: one slash first and no second, no backslash or control character; anything else gives the fallback."""
    is_path = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path and len(path) < 500
    return path if is_path and urlsplit(path).path.startswith(DOORS) else fallback


def wanted(request: Asked) -> str:
    """The address of a page to come back to, with what it asks for where that is safe. What the page said after a change (``said``) is not said again."""
    asked = urlencode([(name, value) for name, value in request.query_params.multi_items() if name != "said"])
    path = request.url.path
    return safe_next(f"{path}?{asked}", path) if asked else path


def page_of(request: Asked) -> str:
    """The page that somebody was at: of a form that was sent, the nearest page at its address or above, since browsers do not tell us (no referrer)."""
    if request.method in SAFE:
        return wanted(request)
    pages, parts = _pages(request.app), request.url.path.split("/")
    above = ("/".join(parts[:length]) for length in range(len(parts), 2, -1))
    return safe_next(next((path for path in above if pages.fullmatch(path)), ""), "/desk")


def _pages(app: Litestar) -> re.Pattern[str]:
    """The addresses of private pages."""
    templates = [route.path for route in app.routes if isinstance(route, HTTPRoute) and "GET" in route.methods and route.path.startswith(DOORS)]
    return re.compile("|".join("".join(map(_piece, re.split(r"({[^}]+})", template))) for template in templates))


def _piece(text: str) -> str:
    if text.startswith("{"):
        return "[0-9a-f-]{36}" if text.endswith(":uuid}") else "[^/]+"
    return re.escape(text)


def network_of(request: Asked) -> str:
    """The network a request comes from, for limits; IPv6 by its first half.

    It is the socket's peer. Behind servers of the operator's own (``HOMEGROUND_PROXIES``) it is what the outermost of them saw: each adds one address
    at the end of ``X-Forwarded-For``, and what stands before those anybody can write.
    """
    house: House = request.app.state.house
    host, proxies = request.client.host if request.client else "", house.settings.proxies
    if proxies:
        seen = [part.strip() for value in request.headers.getall("x-forwarded-for", []) for part in value.split(",")]
        host = seen[-proxies] if len(seen) >= proxies else host
    return network(host)


def network(host: str) -> str:
    """An address as limits count it: IPv6 by its first half, which is one household; IPv4 that came in the clothes of IPv6 as what it is."""
    try:
        address = ip_address(host)
    except ValueError:
        return host[:64]
    if isinstance(address, IPv4Address):
        return host
    return str(address.ipv4_mapped or ip_network((address, 64), strict=False))


def _given() -> dict[str, Provide]:
    return {"visit": Provide(_given_visit, sync_to_thread=False), "form": Provide(_given_form, sync_to_thread=False)}


def _given_visit(request: Asked) -> Visit:
    return visit_of(request)


def _given_form(request: Asked) -> PostedForm:
    form: PostedForm = request.scope.get("homeground_form") or PostedForm([])   # type: ignore[assignment]  # ours, beside the server's keys
    return form


async def posted(request: Asked) -> PostedForm:
    """The form of a request before signing in."""
    return read_form(await request.body(), request.headers.get("content-type", ""))


def _visit(request: Asked, house: House) -> Visit | None:
    token, at = token_of(request), house.now()
    if not token:
        return None
    with house.storage.reading() as session:
        visit = find_visit(session, token, at=at)
    if visit and needs_touch(visit, at=at):
        with house.storage.writing() as session:
            # A request beside this one may have noted it first: then all that matters is whether the sign-in still lives.
            touch(session, visit, at=at)
            return find_visit(session, token, at=at)
    return visit


def _own_page(request: Asked, house: House) -> None:
    """Refuse what another site sends. Our pages send no referrer, so browsers say ``Origin: null``; then ``Sec-Fetch-Site`` or the stamp decides."""
    site, origin = request.headers.get("sec-fetch-site", ""), request.headers.get("origin", "null")
    is_ours = site in ("same-origin", "none") if site else origin in ("null", house.settings.base_url)
    if not is_ours:
        raise Refused(403, "This came from another site. Nothing was changed.")


def _request(connection: ASGIConnection[Any, Any, Any, Any]) -> Asked:
    if not isinstance(connection, Request):
        raise Refused(400, "This page answers requests only.")
    return connection


def _house(connection: ASGIConnection[Any, Any, Any, Any]) -> House:
    house: House = connection.app.state.house
    return house
