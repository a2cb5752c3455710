"""Space left, in two taps from a phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.editing.space import say_space, space_now
from directory.errors import Invalid
from directory.models import Service
from directory.permissions import Act
from directory.permissions import get as fetch
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router

ANSWERS = (("space", "Space now"), ("few", "A few places"), ("waiting_list", "Waiting list"), ("full", "Full"))


@get("/{service_id:uuid}/space", name="desk.space", sync_to_thread=True)
def ask(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], service_id: FromPath[UUID]) -> Template:
    """Four large buttons."""
    return _ask(house, visit, service_id, said=words_of(request.query_params.get("said", "")))


@post("/{service_id:uuid}/space", name="desk.space.say", sync_to_thread=True, status_code=200)
def say(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], service_id: FromPath[UUID]
) -> Response[Any]:
    """Note it, at once."""
    try:
        with house.storage.writing() as session:
            fetch(session, Service, service_id, visit.actor, Act.EDIT_LISTING, at=house.now())
            say_space(session, service_id, form.get("space") or "", by=visit.actor.by, at=house.now(), sealer=house.sealer)
    except Invalid as error:
        return _ask(house, visit, service_id, errors=error.errors, status=422)
    return on_to(f"/desk/listings/{service_id}/space", "saved")


def _ask(house: House, visit: Visit, service_id: UUID, *, said: str = "", errors: dict[str, str] | None = None, status: int = 200) -> Template:
    with house.storage.reading() as session:
        service = fetch(session, Service, service_id, visit.actor, Act.EDIT_LISTING, at=house.now())
        now, since = space_now(session, service_id, sealer=house.sealer)
    return page(
        visit, "desk/editing/space.html", status=status, service=service, answers=ANSWERS, now=now, since=since, at=house.now(), said=said, errors=errors or {}
    )  # fmt: skip


router = private_router("/desk/listings", [ask, say])
