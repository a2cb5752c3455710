"""How is it going: one short page for each of two, for the coordinator's eyes only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid
from directory.peers.checking_in.asking import GOING, LONGEST, Answer, give, open_question
from directory.peers.talking.between import get_between
from web.desk import on_to, page
from web.forms.posted import PostedForm
from web.house import House
from web.views.peers.between import MINE, address, found
from web.visits import private_router


@get("/{introduction_id:uuid}/check-in", name="my.peers.check_in", sync_to_thread=True)
def ask(house: NamedDependency[House], visit: NamedDependency[Visit], introduction_id: FromPath[UUID]) -> Template:
    """The question that waits, or that none does."""
    return _ask(house, visit, introduction_id)


@post("/{introduction_id:uuid}/check-in", name="my.peers.check_in.do", sync_to_thread=True)
def answer(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], introduction_id: FromPath[UUID]
) -> Response[Any] | Template:
    """Give an answer, once words of danger have been met with help."""
    said = Answer(going=form.get("going") or "", words=(form.get("words") or "").strip(), wants_call=form.get("wants_call") == "1")
    if house.catalogue.vocabulary.urgent_by_phrase(said.words) and "help" not in form.getall("seen", []):
        return _ask(house, visit, introduction_id, typed=said, cautions=("help",))
    hours = form.get("hours") or ""
    try:
        with house.storage.writing(counting=True) as session:
            between = get_between(session, introduction_id, visit.actor, hold=True)
            give(session, between, int(hours) if hours.isdecimal() and len(hours) < 5 else 0, said, at=house.now(), sealer=house.sealer)
    except Invalid as error:
        return _ask(house, visit, introduction_id, status=422, errors=error.errors, typed=said)
    return on_to(address(introduction_id), "peers-thanks")


def _ask(house: House, visit: Visit, introduction_id: UUID, *, status: int = 200, **shown: Any) -> Template:
    with house.storage.reading() as session:
        between, other = found(session, house, visit, introduction_id)
        hours = open_question(session, between, at=house.now())
    said = {"errors": {}, "typed": Answer(going=""), "cautions": (), "kinds": [], **shown}
    return page(
        visit, "peers/check_in.html", status=status, between=between, other=other, hours=hours, going=GOING, longest=LONGEST,
        here=f"{MINE}/{introduction_id}", **said,
    )  # fmt: skip


router = private_router(MINE, [ask, answer])
