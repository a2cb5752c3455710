"""Imports: what each brought, and taking a whole one back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid, LaterChanges
from directory.models import ImportRun
from directory.permissions import Act, require
from directory.permissions import get as fetch
from directory.runs import list_runs, still_hidden, take_back_import
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router

PATH = "/desk/curator/imports"
LONGEST_WHY = 500
MOST_REASONS = 20


@get("/", name="desk.imports", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """The imports that changed something, the newest first."""
    require(visit.actor, Act.CURATE, at=house.now())
    return _page(request, house, visit)


@post("/{act:uuid}/undo", name="desk.imports.undo", sync_to_thread=True)
def take_back(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], act: FromPath[UUID],
) -> Response[Any] | Template:
    """Take an import back with a reason, or say what stands in the way."""
    why = " ".join((form.get("why") or "").split())[:LONGEST_WHY]
    try:
        with house.storage.reading() as session:
            fetch(session, ImportRun, act, visit.actor, Act.CURATE, at=house.now())
        if not why:
            raise Invalid(why="Say in a few words why it is undone: it stands in the history of each listing.")
        take_back_import(house.storage, act, actor=visit.actor, at=house.now(), why=why, sealer=house.sealer)
    except Invalid as wrong:
        return _page(request, house, visit, wanted=act, errors=wrong.errors)
    except LaterChanges as later:
        return _page(request, house, visit, wanted=act, why=why, in_the_way=later.reasons[:MOST_REASONS], more=max(0, len(later.reasons) - MOST_REASONS))
    return on_to(PATH, "done")


def _page(request: Asked, house: House, visit: Visit, **wrong: Any) -> Template:
    with house.storage.reading() as session:
        runs = list_runs(session)
        hidden = still_hidden(session, [run.act for run in runs if run.undone_at is not None])
    context = {"errors": {}, "in_the_way": (), "more": 0, "why": "", "wanted": None, **wrong}
    said = words_of(request.query_params.get("said", ""))
    return page(visit, "desk/curator/imports.html", status=422 if wrong else 200, runs=runs, hidden=hidden, said=said, **context)


router = private_router(PATH, [show, take_back])
