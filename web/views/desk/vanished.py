"""Listings whose source no longer has them: keep, ask, or take out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.models import Provenance
from directory.permissions import Act, require
from directory.permissions import get as fetch
from directory.vanished import ask, count_vanished, keep, list_vanished, take_out
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router

PATH = "/desk/curator/vanished"


@get("/", name="desk.vanished", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """Those that wait for a decision, the oldest first."""
    require(visit.actor, Act.DECIDE, at=house.now())
    return _page(request, house, visit)


@post("/{record_id:uuid}", name="desk.vanished.decide", sync_to_thread=True)
def choose(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], record_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Keep it, put it on the list of calls, or take it out."""
    choice, at = form.get("choice") or "", house.now()
    with house.storage.writing() as session:
        record = fetch(session, Provenance, record_id, visit.actor, Act.DECIDE, at=at)
        if choice == "keep":
            keep(session, record, at=at)
        elif choice == "ask":
            ask(session, record, at=at)
        elif choice == "unpublish":
            take_out(session, record, by=visit.actor.by, at=at, remember=bool(form.get("remember")))
    return on_to(PATH, "saved") if choice in ("keep", "ask", "unpublish") else _page(request, house, visit, {"choice": "Choose one of the three."})


def _page(request: Asked, house: House, visit: Visit, errors: dict[str, str] | None = None) -> Template:
    with house.storage.reading() as session:
        lines, waiting = list_vanished(session), count_vanished(session)
    said = words_of(request.query_params.get("said", ""))
    return page(visit, "desk/curator/vanished.html", status=422 if errors else 200, lines=lines, waiting=waiting, errors=errors or {}, said=said)


router = private_router(PATH, [show, choose])
