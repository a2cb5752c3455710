"""Addresses that are no pages: the quick way out, health, and what browsers and robots ask for."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency

from directory.accounts.sign_ins import sign_out
from directory.errors import Unavailable
from directory.migrations import is_current
from web.assets import answer, find_asset
from web.errors import note
from web.house import House
from web.refused import Refused
from web.visits import token_of, unsigned

ROBOTS = "User-agent: *\nDisallow: /leave\nDisallow: /readyz\nDisallow: /healthz\n"


@get("/leave", name="leave", sync_to_thread=True)
def leave(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[Any]:
    """Go to an ordinary site at once, and have the browser forget what it stored of this one; a browser that was signed in is so no more."""
    headers = {"Location": house.settings.leave_url, "Clear-Site-Data": '"cache", "storage"', "Cache-Control": "no-store"}
    away = Response("", status_code=303, media_type="text/plain", headers=headers)
    token = token_of(request)
    if not token:
        return away
    with suppress(Unavailable), house.storage.writing(wait_seconds=1) as session:   # nobody who leaves is kept waiting
        sign_out(session, token, at=house.now())
    return unsigned(away)


@get("/healthz", name="healthz", sync_to_thread=False)
def healthz() -> Response[str]:
    """Whether the process answers; asks nothing of the database."""
    return Response("ok\n", media_type="text/plain")


@get("/readyz", name="readyz", sync_to_thread=True)
def readyz(house: NamedDependency[House]) -> Response[str]:
    """Whether the database answers and has the tables of this version."""
    try:
        ready = is_current(house.storage)
    except Exception as error:   # whatever the database says, the answer is "not ready"
        note(error, "/readyz")
        ready = False
    if not ready:
        raise Refused(503, "The database does not answer, or has not the tables of this version.", headers={"Retry-After": "5"})
    return Response("ready\n", media_type="text/plain")


@get("/robots.txt", name="robots", sync_to_thread=False)
def robots() -> Response[str]:
    """What robots may read: the pages, not the way out."""
    return Response(ROBOTS, media_type="text/plain", headers={"Cache-Control": "public, max-age=86400"})


@get("/favicon.ico", name="favicon", sync_to_thread=False)
def favicon(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A small neutral mark."""
    return answer(find_asset("favicon.ico"), request, cache="public, max-age=86400")


router = Router("/", route_handlers=[leave, healthz, readyz, robots, favicon], include_in_schema=False)
