"""The dates of what somebody kept, for their own calendar: a file, or an address to subscribe to that they can renew and end."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.clients import planning
from directory.clients.calendar import GONE, end_calendar, has_calendar, kept_by, make_calendar
from directory.errors import NotFound
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.refused import Refused
from web.views.my.own import opened_own
from web.views.sheets import calendar_of_kept
from web.visits import Asked, open_router, private_router

END, FULL = ".ics", "names"
PRIVATE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer"}


@get("/dates", name="my.dates", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """Whether there is an address, and what can be done with it."""
    return _show(house, visit, said=words_of(request.query_params.get("said", "")))


@post("/dates", name="my.dates.do", sync_to_thread=True, status_code=200)
def change(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Make an address, which is shown this once; put a new one in its place; or end it."""
    wish = form.get("do") or ""
    with house.storage.writing() as session:
        opened = opened_own(session, house, visit)
        if wish not in ("make", "end"):
            raise Refused(422, "Choose one of the buttons.")
        if wish == "end":
            end_calendar(session, opened.client.id)
            return on_to("/my/dates", "saved")
        token = make_calendar(session, opened.client.id, planning.papers_of(opened), at=house.now(), sealer=house.sealer)
    return _show(house, visit, address=house.settings.link(f"/dates/{token}{f'.{FULL}' if form.get('full') else ''}{END}"))


def _show(house: House, visit: Visit, *, address: str = "", said: str = "") -> Template:
    with house.storage.reading() as session:
        opened = opened_own(session, house, visit)
        kept = planning.papers_of(opened).shortlist.kept
        return page(visit, "my/dates.html", said=said, since=has_calendar(session, opened.client.id), address=address, kept=kept)


@get("/{name:str}", name="my.dates.calendar", sync_to_thread=True)
def calendar(house: NamedDependency[House], name: FromPath[str]) -> Response[bytes]:
    """The calendar at such an address: public dates of listings, and no word of whose it is."""
    if not name.endswith(END):
        raise NotFound(GONE)
    with house.storage.reading() as session:
        token, _, names = name.removesuffix(END).partition(".")
        kept = kept_by(session, token, sealer=house.sealer)
    return Response(calendar_of_kept(house, kept, is_full=names == FULL)[0], media_type="text/calendar; charset=utf-8", headers=PRIVATE)


router = private_router("/my", [show, change])
subscribed = open_router("/dates", [calendar])
