"""The web door: one application out of settings, database, catalogue and clock."""

from __future__ import annotations

import re
from collections.abc import Iterable

from litestar import Litestar, Router
from litestar.di import Provide
from litestar.routes import HTTPRoute

from directory.storage import Storage
from web import assets
from web.api import bmlt, calendars, feeds, hsds, match, openapi, words
from web.errors import LastNet, error_handlers
from web.helplines import helplines
from web.house import Catalogue, Clock, House
from web.middleware import AccessLine, HeadAndConditional, SafeHeaders
from web.packing import Packed
from web.render import environment, template_config
from web.settings import Settings
from web.shapes import know_shapes
from web.views import (
    account,
    browse,
    clients,
    coded,
    confirm,
    demo,
    desk,
    home,
    kept,
    listings,
    my,
    offers,
    pages,
    papers,
    peers,
    plumbing,
    referrals,
    report,
    schemes,
    search,
    sheets,
    talk,
    week,
)
from web.views import feeds as feeds_page

MOST_BODY_BYTES = 1_000_000


def routers() -> Iterable[Router]:
    """Every router, one a file of ``web/views`` and ``web/api``."""
    return (
        assets.router, plumbing.router, home.router, search.router, week.router, listings.router, browse.router, pages.router,
        match.router, words.router, hsds.router, openapi.router, feeds.router, feeds_page.router, bmlt.router, calendars.router,
        talk.router, papers.router, kept.router, sheets.router, coded.router, offers.router, confirm.router, report.router, schemes.router,
        *account.ROUTERS, *desk.ROUTERS, *clients.ROUTERS, *my.ROUTERS, *referrals.ROUTERS, *peers.ROUTERS,
    )


def create_app(settings: Settings, storage: Storage, catalogue: Catalogue, clock: Clock) -> Litestar:
    """The application. It sets a cookie only for people who sign in, and logs nothing but its own access lines and error ids."""
    know_shapes()
    house = House(settings=settings, storage=storage, catalogue=catalogue, clock=clock)
    templates = environment(settings, helplines(storage, settings.region))
    app = Litestar(
        route_handlers=[*routers(), *(demo.ROUTERS if settings.is_open_demo else ())],
        dependencies={"house": Provide(lambda: app.state.house, sync_to_thread=False)},
        exception_handlers=error_handlers(templates),
        template_config=template_config(templates),
        request_max_body_size=MOST_BODY_BYTES,
        openapi_config=None,   # web/api/openapi.py writes the one document
        logging_config=None,   # the framework's error log holds the error's text, which may be personal
        debug=False,
    )
    app.state.house = house
    # Outermost, because the framework's own middleware does not run where no route matches.
    app.asgi_handler = AccessLine(SafeHeaders(HeadAndConditional(Packed(LastNet(app.asgi_handler))), _methods(app)))
    return app


def _methods(app: Litestar) -> dict[str, set[str]]:
    """The methods of every route, by its template as the framework gives it to a request (without the types of its parameters)."""
    found: dict[str, set[str]] = {}
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            found.setdefault(re.sub(r":\w+}", "}", route.path), set()).update(route.methods)
    return found
