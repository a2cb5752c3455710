"""Calendars to subscribe to: all groups, and each listing that meets. Nothing stands in them that its page does not tell everybody."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from litestar import Request, Response, Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from directory.changes import latest_moment, latest_seq
from directory.discreet import discreet_page
from directory.errors import NotFound
from directory.listings import ListingPage
from directory.meetings.calendars import calendar_of
from directory.storage import Session
from web.dates_wording import MEETS
from web.house import House
from web.views.listings import listing_id_of

END = ".ics"
OPEN = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin", "Access-Control-Expose-Headers": "ETag, Last-Modified"}


@get("/groups.ics", name="feeds.groups_calendar", sync_to_thread=True)
def groups(house: NamedDependency[House]) -> Response[bytes]:
    """Every group of peers."""
    with house.storage.reading() as session:

        def make() -> bytes:
            return _calendar(house, house.catalogue.group_pages(session, at=house.now()), "Groups: Homeground")

        content = house.calendars.get((latest_seq(session), house.today()), make)
        return _answer(house, session, content, "groups")


@get("/groups/{name:str}", name="feeds.group_calendar", sync_to_thread=True)
def group(request: Request[Any, Any, Any], house: NamedDependency[House], name: FromPath[str]) -> Response[bytes]:
    """One listing that meets, by its id, as people put it into their own calendar; ``names=full`` for who shows it on a site."""
    if not name.endswith(END):
        raise NotFound("There is no such calendar.")
    is_full = request.query_params.get("names") == "full"
    with house.storage.reading() as session:
        page = house.catalogue.page_in(session, listing_id_of(name.removesuffix(END)), at=house.now())
        if page.card.kind not in MEETS:
            raise NotFound("This has no dates.")
        name = page.card.name if is_full else discreet_page(page).card.name
        return _answer(house, session, _calendar(house, [page], name, is_discreet=not is_full), page.card.id)


def _calendar(house: House, pages: list[ListingPage], name: str, *, is_discreet: bool = False) -> bytes:
    return calendar_of(pages, name=name, base_url=house.settings.base_url, on=house.today(), is_discreet=is_discreet)


def _answer(house: House, session: Session, content: bytes, name: str) -> Response[bytes]:
    """The file. It changes with the directory, and with the year, for which holidays are worked out."""
    changed = max(filter(None, (latest_moment(session), datetime(house.today().year, 1, 1, tzinfo=UTC))))
    headers = {
        **OPEN, "Cache-Control": "no-cache", "ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"',
        "Last-Modified": format_datetime(changed.astimezone(UTC), usegmt=True), "Content-Disposition": f'inline; filename="{name}{END}"',
    }  # fmt: skip
    return Response(content, media_type="text/calendar", headers=headers)


router = Router("/feeds", route_handlers=[groups, group])
