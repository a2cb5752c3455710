"""The history of a listing: what changed, a look at two moments side by side, and taking a change back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid, LaterChanges
from directory.history.gone import named
from directory.history.taking_back import ready_for_listing, undo_for_listing
from directory.history.telling import compared, history_of
from directory.permissions import Act, may
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router

LONGEST_WHY = 500


@get("/{service_id:uuid}/history", name="desk.history", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], service_id: FromPath[UUID]) -> Template:
    """A page of the history, newest first."""
    return _page(request, house, visit, service_id)


@get("/{service_id:uuid}/history/compare", name="desk.history.compare", sync_to_thread=True)
def side_by_side(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], service_id: FromPath[UUID]) -> Template:
    """What differs between the listing at the ends of two days."""
    query, today = request.query_params, house.now().date()
    start, end = (_day(query.get(name, ""), day) for name, day in (("from", today - timedelta(days=30)), ("to", today)))
    with house.storage.reading() as session:
        service = named(session, service_id, visit.actor, Act.SEE_HISTORY, at=house.now())
        lines = compared(session, service_id, _end_of(start), _end_of(end))
    return page(visit, "desk/history/compare.html", service=service, lines=lines, start=start, end=end)


@post("/{service_id:uuid}/history/undo", name="desk.history.undo", sync_to_thread=True)
def take_back(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], service_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Take back an act or a line, with a reason; or say what stands in the way."""
    why, wanted = " ".join((form.get("why") or "").split())[:LONGEST_WHY], form.get("undo") or ""
    try:
        given: Any = {"by": visit.actor.by, "at": house.now(), "why": why, "sealer": house.sealer}
        with house.storage.reading() as session:
            named(session, service_id, visit.actor, Act.CURATE, at=house.now())
            if not why:
                raise Invalid(why="Say in a few words why this is taken back: it stands in the history.")
            ready = ready_for_listing(session, service_id, wanted, **given)
        with house.storage.writing() as session:
            named(session, service_id, visit.actor, Act.CURATE, at=house.now())
            undo_for_listing(session, service_id, wanted, ready=ready, **given)
    except Invalid as error:
        return _page(request, house, visit, service_id, errors=error.errors, wanted=wanted)
    except LaterChanges as error:
        return _page(request, house, visit, service_id, in_the_way=error.reasons, why=why, wanted=wanted)
    return on_to(f"/desk/listings/{service_id}/history", "done")


def _page(request: Asked, house: House, visit: Visit, service_id: UUID, **said: Any) -> Template:
    query = request.query_params
    with house.storage.reading() as session:
        service = named(session, service_id, visit.actor, Act.SEE_HISTORY, at=house.now())
        history = history_of(session, service_id, visit.actor, page=_number(query.get("page", "")), field=query.get("field", ""))
    context = {"errors": {}, "in_the_way": (), "why": "", "wanted": "", **said}
    return page(
        visit, "desk/history/index.html", status=422 if said else 200, service=service, history=history, field=query.get("field", ""),
        may_undo=may(visit.actor, Act.CURATE, service), said=words_of(query.get("said", "")), **context,
    )  # fmt: skip


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 1


def _day(text: str, fallback: date) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return fallback


def _end_of(day: date) -> datetime:
    return datetime.combine(min(day, date(9998, 1, 1)), time.max, UTC)


router = private_router("/desk/listings", [show, side_by_side, take_back])
