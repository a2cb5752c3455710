"""One-to-one peer support for those who take part: schemes, cards to answer, and what became of it. Nothing of one side's answer reaches the other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.clients.records import own_records
from directory.errors import Invalid, NotFound
from directory.peers.introducing import name_for
from directory.peers.kept import Kept
from directory.peers.leaving import change_state
from directory.peers.profiles import STATES as STATES_OF
from directory.peers.profiles import list_own, own_profile
from directory.peers.schemes import NONE, Scheme, get_for, list_for
from directory.peers.suggesting import Board, answer_card, board_of
from directory.peers.talking.lists import list_between
from directory.peers.talking.parting import was_parted
from directory.peers.values import SIDES
from directory.storage import Session
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.peers_wording import FIRST_OF_YOU, STATES, area_words, label_of, reason_words
from web.refused import Refused
from web.visits import Asked, private_router

HERE = "/my/peers"


@get("/", name="my.peers", sync_to_thread=True)
def show_all(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """Where one takes part, and the schemes that one can take part in."""
    with house.storage.reading() as session:
        own = list_own(session, visit.actor)
        schemes = {one.id: one for one in list_for(session, visit.actor)}
        between = list_between(session, visit.actor, at=house.now(), sealer=house.sealer)
        parted = was_parted(session, {client.id for client in own_records(session, visit.actor)}, at=house.now())
        mine = [(row, get_for(session, visit.actor, row.scheme_id, also=frozenset({row.scheme_id}))) for row in own]
    said = words_of(request.query_params.get("said", ""))
    taken = {(row.scheme_id, row.side) for row in own}
    return page(visit, "my/peers/index.html", mine=mine, between=between, parted=parted, schemes=list(schemes.values()), taken=taken, said=said)


@get("/schemes/{scheme_id:uuid}/{side:str}", name="my.peers.board", sync_to_thread=True)
def show(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], scheme_id: FromPath[UUID], side: FromPath[str],
) -> Template:  # fmt: skip
    """The cards to answer, and what became of those one answered."""
    with house.storage.reading() as session:
        scheme, mine = taken_part(session, house, visit, scheme_id, side)
        board = board_of(session, scheme, mine, on=house.today(), at=house.now(), sealer=house.sealer)
        names = _names(session, house, mine, board)
    vocabulary = house.catalogue.vocabulary
    return page(
        visit, "my/peers/board.html", scheme=scheme, mine=mine, side=mine.side, board=board, names=names, states=STATES, first_contact=FIRST_OF_YOU,
        label=lambda code: label_of(vocabulary, code), area=area_words, because=lambda one: reason_words(vocabulary, one, mine.side),
        said=words_of(request.query_params.get("said", "")),
    )  # fmt: skip


@post("/schemes/{scheme_id:uuid}/{side:str}/cards/{profile_id:uuid}", name="my.peers.answer", sync_to_thread=True)
def answer(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], scheme_id: FromPath[UUID], side: FromPath[str],
    profile_id: FromPath[UUID],
) -> Response[Any]:  # fmt: skip
    """Yes, not for me, or think again: what is answered to it is the same whatever the other said or did not say."""
    said = {"yes": "yes", "no": "no", "again": ""}.get(form.get("do") or "")
    try:
        with house.storage.writing(counting=True) as session:
            scheme, mine = taken_part(session, house, visit, scheme_id, side)
            answer_card(
                session, scheme, mine, profile_id, said, on=house.today(), at=house.now(), sealer=house.sealer, base_url=house.settings.base_url,
            )
    except Invalid as invalid:
        raise Refused(422, " ".join(invalid.errors.values())) from None
    return on_to(f"{HERE}/schemes/{scheme_id}/{side}", "peers-answered")


@post("/schemes/{scheme_id:uuid}/{side:str}/state", name="my.peers.state", sync_to_thread=True)
def set_state(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], scheme_id: FromPath[UUID], side: FromPath[str],
) -> Response[Any]:  # fmt: skip
    """Pause, go on, or take part no more: at once and without a reason."""
    state = form.get("state") or ""
    with house.storage.writing(counting=True) as session:
        taken_part(session, house, visit, scheme_id, side)
        if state not in STATES_OF:
            raise Refused(422, "Choose one of the buttons.")
        change_state(session, visit.actor, scheme_id, side, state, at=house.now())
    return on_to(HERE if state == "ended" else f"{HERE}/schemes/{scheme_id}/{side}", "done")


def taken_part(session: Session, house: House, visit: Visit, scheme_id: UUID, side: str) -> tuple[Scheme, Kept]:
    """The scheme, and what somebody said in it on this side; ``NotFound`` for whoever takes no part."""
    mine = own_profile(session, visit.actor, scheme_id, side, sealer=house.sealer) if side in SIDES else None
    if mine is None or mine.row.state == "ended":
        raise NotFound(NONE)
    return get_for(session, visit.actor, scheme_id, also=frozenset({scheme_id})), mine


def _names(session: Session, house: House, mine: Kept, board: Board) -> dict[UUID, tuple[str, str]]:
    """The names that passed, and how to meet first, by introduction."""
    return {
        row.id: (name_for(session, row, mine.client_id, sealer=house.sealer), row.first_contact)
        for row in board.introduced
    }


router = private_router(HERE, [show_all, show, answer, set_state])
