"""Papers out of the account into a file, and out of a file into the account: they are the person's, wherever they lie."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Template
from msgspec.structs import replace

from directory.accounts.sign_ins import Visit
from directory.clients import planning
from directory.papers import NEVER_SENT, PARTS, Papers, UnreadablePapers, load, save
from web.desk import on_to, page
from web.forms.posted import PostedForm
from web.house import House
from web.views.account.entering import recently
from web.views.my.own import changed_own, opened_own
from web.visits import private_router

NEUTRAL = "papers.json"
"""The name of the file says nothing of what it holds."""


@get("/file", name="my.file", sync_to_thread=True)
def show(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """How to save a file, how to search with a copy, and how to read a file in; the page carries that copy, so a factor is asked for."""
    recently(house, visit)
    return _show(house, visit)


@get("/papers.json", name="my.file.save", sync_to_thread=True)
def give(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Response[bytes]:
    """The file, for whoever showed a factor lately: it holds everything."""
    recently(house, visit)
    with house.storage.reading() as session:
        papers = planning.papers_of(opened_own(session, house, visit))
    return Response(save(papers), media_type="application/json", headers={"Content-Disposition": f'attachment; filename="{NEUTRAL}"'})


@post("/file", name="my.file.load", sync_to_thread=True, status_code=200)
def take(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any]:
    """Take what a file holds: a part that it states replaces that of the account, and a part that it does not state stays."""
    try:
        given = load(form.files.get("papers") or (form.get("papers") or "").encode("utf-8", "replace"))
    except UnreadablePapers as error:
        errors = {"papers": " ".join(f"{one.field}: {one.words}" if one.field else one.words for one in error.problems)}
        return _show(house, visit, status=422, errors=errors)
    changed_own(house, visit, lambda papers: _with(papers, given), mark=None)
    return on_to("/my", "saved")


def _show(house: House, visit: Visit, *, status: int = 200, errors: dict[str, str] | None = None) -> Template:
    with house.storage.reading() as session:
        papers = planning.papers_of(opened_own(session, house, visit))
    return page(visit, "my/file.html", status=status, errors=errors or {}, papers_text=save(papers).decode())


def _with(papers: Papers, given: Papers) -> Papers:
    blank = {name: shape() for name, shape in PARTS.items()}
    said = {name: getattr(given, name) for name in PARTS if name not in NEVER_SENT and getattr(given, name) != blank[name]}
    return replace(papers, **said)


router = private_router("/my", [show, give, take])
