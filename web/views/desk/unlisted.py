"""Taking a listing out of the directory, what is not listed and why, and listing it again."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid
from directory.freshness.confirming import LISTED
from directory.history.gone import removed
from directory.history.names import who_words
from directory.models import Service
from directory.permissions import Act, require
from directory.permissions import get as fetch
from directory.unlisting import do_not_list_of, not_listed, relist, unpublish
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router

HERE = "/desk/curator/unlisted"


@get("/", name="desk.unlisted", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """What was taken out, the newest first."""
    require(visit.actor, Act.CURATE, at=house.now())
    with house.storage.reading() as session:
        lines = not_listed(session)
        gone = removed(session)
        who = who_words(session, {line.by for line in lines} | {line.by for line in gone}, visit.actor)
    return page(visit, "desk/curator/unlisted.html", lines=lines, gone=gone, who=who, said=words_of(request.query_params.get("said", "")))


@get("/{service_id:uuid}", name="desk.unlisted.ask", sync_to_thread=True)
def ask(house: NamedDependency[House], visit: NamedDependency[Visit], service_id: FromPath[UUID]) -> Template:
    """Take this one out?"""
    return _ask(house, visit, service_id)


@post("/{service_id:uuid}", name="desk.unlisted.take_out", sync_to_thread=True)
def take_out(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], service_id: FromPath[UUID]
) -> Response[Any] | Template:
    """Take it out, with the reason."""
    typed = {"why": form.get("why") or "", "remember": form.get("remember") or "", "closed": form.get("closed") or ""}
    try:
        with house.storage.writing() as session:
            service = fetch(session, Service, service_id, visit.actor, Act.CURATE, at=house.now())
            status, remember = "defunct" if typed["closed"] else "inactive", bool(typed["remember"])
            unpublish(session, service, why=typed["why"], by=visit.actor.by, at=house.now(), remember=remember, status=status)   # type: ignore[arg-type]
    except Invalid as problem:
        return _ask(house, visit, service_id, typed=typed, errors=problem.errors)
    return on_to(HERE, "done")


@post("/{service_id:uuid}/relist", name="desk.unlisted.relist", sync_to_thread=True)
def put_back(house: NamedDependency[House], visit: NamedDependency[Visit], service_id: FromPath[UUID]) -> Response[Any]:
    """List it again; of one whose rows are gone, let a source bring it again."""
    require(visit.actor, Act.CURATE, at=house.now())
    with house.storage.writing() as session:
        relist(session, service_id, by=visit.actor.by, at=house.now())
    return on_to(HERE, "done")


def _ask(house: House, visit: Visit, service_id: UUID, *, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None) -> Template:
    with house.storage.reading() as session:
        service = fetch(session, Service, service_id, visit.actor, Act.CURATE, at=house.now())
        is_kept_out = do_not_list_of(session, service_id) is not None
    blank = {"why": "", "remember": "", "closed": ""}
    context = {"service": service, "is_listed": service.status in LISTED, "is_kept_out": is_kept_out, "typed": blank | (typed or {}), "errors": errors or {}}
    return page(visit, "desk/curator/take_out.html", status=422 if errors else 200, **context)


router = private_router(HERE, [show, ask, take_out, put_back])
