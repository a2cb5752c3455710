"""Conflicts: what was changed here and by a source, side by side, and the choice between them."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.conflicts import Choice, count_open, decide, list_conflicts
from directory.errors import Invalid
from directory.models import Conflict
from directory.permissions import Act, require
from directory.permissions import get as fetch
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router

PATH = "/desk/curator/conflicts"
STATES = {"open": "Waiting for you", "kept": "Only changed here", "ours": "Ours was kept", "theirs": "The source was followed"}


@get("/", name="desk.conflicts", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """Those that wait, the oldest first; or of another state."""
    require(visit.actor, Act.DECIDE, at=house.now())
    return _page(request, house, visit)


@post("/{conflict_id:uuid}", name="desk.conflicts.decide", sync_to_thread=True)
def choose(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], conflict_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Keep ours, or take what the source says."""
    choice = form.get("choice") or ""
    try:
        with house.storage.writing() as session:
            conflict = fetch(session, Conflict, conflict_id, visit.actor, Act.DECIDE, at=house.now())
            if choice not in ("ours", "theirs"):
                raise Invalid(choice="Choose one of the two.")
            decide(session, conflict, cast(Choice, choice), by=visit.actor.by, at=house.now())
    except Invalid as wrong:
        return _page(request, house, visit, errors=wrong.errors, wrong_id=conflict_id)
    return on_to(PATH, "saved")


def _page(request: Asked, house: House, visit: Visit, **wrong: Any) -> Template:
    query = request.query_params
    state, number = query.get("state", "open"), query.get("from", "0")
    state, start = state if state in STATES else "open", int(number) if number.isascii() and number.isdigit() and len(number) < 7 else 0
    with house.storage.reading() as session:
        sides, waiting = list_conflicts(session, state, offset=start), count_open(session)
    context = {"errors": {}, "wrong_id": None, **wrong}
    return page(
        visit, "desk/curator/conflicts.html", status=422 if wrong else 200, sides=sides, waiting=waiting, state=state, states=STATES, start=start,
        said=words_of(query.get("said", "")), **context,
    )  # fmt: skip


router = private_router(PATH, [show, choose])
