"""A report as its moderator reads it: what the reporter wrote, and the messages or the card that the reporter chose to show; never the conversation.

Nobody moderates what they are part of, and who opened a report is written down.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.errors import NotFound
from directory.models import Introduction, Organization, PeerAct, PeerProfile, PeerReport, PeerScheme
from directory.peers.kept import agreed_select, open_kept
from directory.peers.reports.kept import Passage, open_report
from directory.peers.reports.reaching import parties_of
from directory.peers.reports.telling import is_of_card
from directory.peers.talking.between import NOBODY, side_of
from directory.peers.talking.names import name_in
from directory.peers.talking.parting import profile_of
from directory.permissions import Act
from directory.permissions import get as fetch
from directory.sealing import Sealer


class Line(Struct, frozen=True, kw_only=True):
    """A report as one line of a list: nothing of what it says."""

    id: UUID
    scheme: str
    made_at: datetime
    answered_at: datetime | None
    is_mine: bool


class Opened(Struct, frozen=True, kw_only=True):
    """A report as its moderator reads it; an empty name where somebody has erased their record. ``acts`` are (what, who, when).

    ``is_card``: they were not introduced, and stand here as their cards call them. ``profiles``: where the moderator can read on, the reporter's first.
    """

    row: PeerReport
    scheme: str
    reporter: str
    about: str
    words: str
    passages: list[Passage]
    answer: str
    is_card: bool
    is_open: bool
    is_held: bool
    profiles: list[tuple[str, UUID]]
    acts: list[PeerAct]


def list_reports(session: Session, organization_id: UUID, actor: Actor, *, at: datetime) -> list[Line]:
    """The reports of an organization, those without an answer first; none that the reader made or is meant by."""
    fetch(session, Organization, organization_id, actor, Act.COORDINATE, at=at)
    found = select(PeerReport, PeerScheme.name).join(PeerScheme, PeerScheme.id == PeerReport.scheme_id)
    found = found.where(PeerScheme.organization_id == organization_id).order_by(PeerReport.answered_at.is_not(None), PeerReport.made_at, PeerReport.id)
    return [
        Line(id=row.id, scheme=scheme, made_at=row.made_at, answered_at=row.answered_at, is_mine=row.moderator_id == actor.account_id)
        for row, scheme in session.execute(found).all() if actor.account_id not in parties_of(session, row)
    ]  # fmt: skip


def get_report(session: Session, organization_id: UUID, report_id: UUID, actor: Actor, *, at: datetime) -> PeerReport:
    """A report for a coordinator of its organization; ``NotFound`` for both whom it is between, and for one of another organization."""
    fetch(session, Organization, organization_id, actor, Act.COORDINATE, at=at)
    row = session.get(PeerReport, report_id)
    if row is None or actor.account_id in parties_of(session, row):
        raise NotFound(NOBODY)
    if session.get_one(PeerScheme, row.scheme_id).organization_id != organization_id:
        raise NotFound(NOBODY)
    return row


def open_for(session: Session, row: PeerReport, actor: Actor, *, at: datetime, sealer: Sealer) -> Opened:
    """A report, opened; that they opened it is written down in this transaction."""
    note(session, row, "opened", actor, at)
    words, answer, passages = open_report(row, sealer=sealer)
    introduction = session.get(Introduction, row.introduction_id) if row.introduction_id else None
    held = [one for one in profiles_of(session, row) if one.held_at is not None]
    called = [_called(session, introduction, one, sealer) for one in (row.reporter_id, row.about_id)]
    return Opened(
        row=row, scheme=session.get_one(PeerScheme, row.scheme_id).name, words=words, answer=answer, passages=passages,
        reporter=called[0], about=called[1], is_card=is_of_card(session, row), is_held=bool(held), acts=_acts(session, row),
        is_open=introduction is not None and introduction.introduced_at is not None and introduction.ended_at is None,
        profiles=_readable(session, introduction, [(called[0], row.reporter_id), (called[1], row.about_id)], at),
    )  # fmt: skip


def _called(session: Session, introduction: Introduction | None, client_id: UUID | None, sealer: Sealer) -> str:
    """The name that passed between the two; before one did, what their card calls them."""
    if introduction is None or client_id is None:
        return ""
    side = side_of(introduction, client_id).side
    if introduction.introduced_at is not None:
        return name_in(session, introduction.scheme_id, client_id, side, sealer=sealer)
    profile = profile_of(session, introduction, side, client_id)
    return open_kept(session, profile, sealer=sealer).said.pseudonym if profile else ""


def _readable(session: Session, introduction: Introduction | None, people: list[tuple[str, UUID | None]], at: datetime) -> list[tuple[str, UUID]]:
    """Those of both whose words in the scheme the moderator may open, since they still agree to it."""
    found = [(name, profile_of(session, introduction, side_of(introduction, one).side, one)) for name, one in people if introduction and one]
    agreed = agreed_select(at).with_only_columns(PeerProfile.id)
    return [(name, row.id) for name, row in found if row and session.scalar(agreed.where(PeerProfile.id == row.id))]


def profiles_of(session: Session, row: PeerReport) -> list[PeerProfile]:
    """What whom a report is about says in its scheme, on either side."""
    mine = PeerProfile.client_id == row.about_id, PeerProfile.scheme_id == row.scheme_id
    return list(session.scalars(select(PeerProfile).where(*mine).order_by(PeerProfile.side))) if row.about_id else []


def note(session: Session, row: PeerReport, kind: str, actor: Actor, at: datetime) -> None:
    """One line of what was done; opening it again on the same day is no news."""
    if kind == "opened" and any(one.kind == kind and one.by == actor.by and one.at.date() == at.date() for one in _acts(session, row)):
        return
    session.add(PeerAct(id=uuid4(), report_id=row.id, kind=kind, by=actor.by, at=at))
    session.flush()


def _acts(session: Session, row: PeerReport) -> list[PeerAct]:
    return list(session.scalars(select(PeerAct).where(PeerAct.report_id == row.id).order_by(PeerAct.at, PeerAct.id)))
