"""Rounds of a scheme: a coordinator works one out, keeps two together or apart and sees what it costs, and tells everybody at once, or nobody."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid, Stale
from directory.models import Organization, PeerRound
from directory.peers.rounds import deciding, kept
from directory.peers.rounds.shown import show
from directory.peers.schemes import Scheme, get_kept
from directory.permissions import Act
from directory.permissions import get as fetch
from directory.storage import Session
from web import pairing_wording
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.forms.rounds import Said, read_asked, read_said
from web.house import House
from web.visits import Asked, private_router


@get("/", name="desk.rounds", sync_to_thread=True)
def show_all(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], scheme_id: FromPath[UUID],
) -> Template:  # fmt: skip
    """The round that waits, if one does, and those that were confirmed, in counts."""
    with house.storage.reading() as session:
        scheme = _scheme(session, house, visit, organization_id, scheme_id)
        waits, past = kept.find_open(session, scheme_id), kept.list_confirmed(session, scheme_id, sealer=house.sealer)
    return page(visit, "desk/rounds/index.html", scheme=scheme, waits=waits, past=past, said=words_of(request.query_params.get("said", "")))


@post("/", name="desk.rounds.begin", sync_to_thread=True)
def begin(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], scheme_id: FromPath[UUID]) -> Response[Any]:
    """Work a round out."""
    with house.storage.writing(counting=True) as session:
        scheme = _scheme(session, house, visit, organization_id, scheme_id)
        row = deciding.propose(session, scheme, visit.actor, on=house.today(), at=house.now(), sealer=house.sealer)
    return on_to(f"{_here(organization_id, scheme_id)}/{row.id}")


@get("/{round_id:uuid}", name="desk.round", sync_to_thread=True)
def look(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], scheme_id: FromPath[UUID],
    round_id: FromPath[UUID],
) -> Template:  # fmt: skip
    """The round as it stands."""
    return _page(house, visit, organization_id, scheme_id, round_id, said=words_of(request.query_params.get("said", "")))


@post("/{round_id:uuid}", name="desk.round.change", sync_to_thread=True)
def change(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
    scheme_id: FromPath[UUID], round_id: FromPath[UUID],
) -> Response[Any] | Template:  # fmt: skip
    """Keep two together or apart, take such a word back, work it out again, or let the round go."""
    said, here = read_said(form), _here(organization_id, scheme_id)
    try:
        with house.storage.writing(counting=True) as session:
            scheme = _scheme(session, house, visit, organization_id, scheme_id)
            row = kept.get_open(session, scheme, round_id)
            if said.do == "drop":
                deciding.drop(session, row, at=house.now(), sealer=house.sealer)
                return on_to(here, "done")
            _change(session, house, scheme, row, said)
    except Invalid as invalid:
        return _page(house, visit, organization_id, scheme_id, round_id, errors=invalid.errors)
    except Stale as stale:
        return _page(house, visit, organization_id, scheme_id, round_id, errors={"round": str(stale)}, status=409)
    return on_to(f"{here}/{round_id}", "worked-out")


@get("/{round_id:uuid}/confirm", name="desk.round.ask", sync_to_thread=True)
def ask(
    house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], scheme_id: FromPath[UUID], round_id: FromPath[UUID],
) -> Template:  # fmt: skip
    """Once more who would be told, before anybody is."""
    return _page(house, visit, organization_id, scheme_id, round_id, template="desk/rounds/confirm.html", act=Act.CONFIRM_ROUND)


@post("/{round_id:uuid}/confirm", name="desk.round.confirm", sync_to_thread=True)
def confirm(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
    scheme_id: FromPath[UUID], round_id: FromPath[UUID],
) -> Response[Any] | Template:  # fmt: skip
    """Tell both sides of each pair, in one commit."""
    version, at = read_said(form).version, house.now()
    try:
        with house.storage.writing(counting=True) as session:
            scheme = _scheme(session, house, visit, organization_id, scheme_id, Act.CONFIRM_ROUND)
            row = kept.get_open(session, scheme, round_id)
            asked = {deciding.record_of(session, scheme, "seeker", one) for one in read_asked(form)}
            deciding.confirm(
                session, scheme, row, visit.actor, version=version, asked=asked, on=house.today(), at=at, sealer=house.sealer,
                base_url=house.settings.base_url,
            )  # fmt: skip
    except Invalid as invalid:
        return _page(house, visit, organization_id, scheme_id, round_id, errors=invalid.errors)
    except Stale as stale:
        return _page(house, visit, organization_id, scheme_id, round_id, errors={"round": str(stale)}, status=409)
    return on_to(_here(organization_id, scheme_id), "round-told")


def _change(session: Session, house: House, scheme: Scheme, row: PeerRound, said: Said) -> None:
    now: dict[str, Any] = {"version": said.version, "on": house.today(), "at": house.now(), "sealer": house.sealer}
    if said.do == "again":
        deciding.change(session, scheme, row, **now)
        return
    seeker, supporter = (deciding.record_of(session, scheme, side, one) for side, one in zip(("seeker", "supporter"), said.pair(), strict=True))
    if said.do == "unsay":
        deciding.change(session, scheme, row, without=(seeker, supporter), **now)
    else:
        deciding.change(session, scheme, row, add=deciding.step_of(said.do, seeker, supporter), **now)


def _page(
    house: House, visit: Visit, organization_id: UUID, scheme_id: UUID, round_id: UUID, *, template: str = "desk/rounds/round.html",
    act: Act = Act.COORDINATE, said: str = "", errors: dict[str, str] | None = None, status: int = 422,
) -> Template:  # fmt: skip
    with house.storage.writing(counting=True) as session:   # whoever is shown is noted in their log
        scheme = _scheme(session, house, visit, organization_id, scheme_id, act)
        row = kept.get_open(session, scheme, round_id)
        shown = show(session, scheme, kept.read(row, sealer=house.sealer), visit.actor, on=house.today(), at=house.now(), sealer=house.sealer)
        version = row.version
    return page(
        visit, template, status=status if errors else 200, scheme=scheme, version=version, shown=shown, errors=errors or {}, words=pairing_wording,
        vocabulary=house.catalogue.vocabulary, said=said, rounds_page=_here(organization_id, scheme_id),
        here=f"{_here(organization_id, scheme_id)}/{round_id}",
    )  # fmt: skip


def _scheme(session: Session, house: House, visit: Visit, organization_id: UUID, scheme_id: UUID, act: Act = Act.COORDINATE) -> Scheme:
    """A scheme for a coordinator of its organization; refused to everybody else."""
    fetch(session, Organization, organization_id, visit.actor, act, at=house.now())
    return get_kept(session, organization_id, scheme_id)


def _here(organization_id: UUID, scheme_id: UUID) -> str:
    return f"/desk/organizations/{organization_id}/peers/{scheme_id}/rounds"


router = private_router("/desk/organizations/{organization_id:uuid}/peers/{scheme_id:uuid}/rounds", [show_all, begin, look, change, ask, confirm])
