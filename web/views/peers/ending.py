"""A change, an end, or never again: each is one button, none asks for a reason, and the other side cannot tell which it was."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid
from directory.peers.blocking import block
from directory.peers.ending import WISHES, end, forget_traces
from directory.peers.talking.between import get_between
from web.desk import on_to, page
from web.forms.posted import PostedForm
from web.house import House
from web.views.peers.between import MINE, address, found
from web.visits import private_router


@get("/{introduction_id:uuid}/end", name="my.peers.end", sync_to_thread=True)
def ask(house: NamedDependency[House], visit: NamedDependency[Visit], introduction_id: FromPath[UUID]) -> Template:
    """What an end does, and what nobody is told."""
    return _ask(house, visit, introduction_id)


@post("/{introduction_id:uuid}/end", name="my.peers.end.do", sync_to_thread=True)
def do(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], introduction_id: FromPath[UUID]
) -> Response[Any] | Template:
    """End it, or never meet again."""
    try:
        with house.storage.writing(counting=True) as session:
            between = get_between(session, introduction_id, visit.actor, hold=True)
            if form.get("do") == "block":
                block(session, between, at=house.now(), sealer=house.sealer, base_url=house.settings.base_url)
            else:
                end(session, between, wish=form.get("wish") or "", at=house.now(), sealer=house.sealer, base_url=house.settings.base_url)
    except Invalid as error:
        return _ask(house, visit, introduction_id, errors=error.errors)
    forget_traces(house.storage)
    return on_to(address(introduction_id), "peers-blocked" if form.get("do") == "block" else "peers-ended")


def _ask(house: House, visit: Visit, introduction_id: UUID, *, errors: dict[str, str] | None = None) -> Template:
    with house.storage.reading() as session:
        between, other = found(session, house, visit, introduction_id)
    return page(
        visit, "peers/end.html", status=422 if errors else 200, between=between, other=other, wishes=WISHES, errors=errors or {},
        here=f"{MINE}/{introduction_id}",
    )  # fmt: skip


router = private_router(MINE, [ask, do])
