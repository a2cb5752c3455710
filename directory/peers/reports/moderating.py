"""What a moderator does with a report: reads it, answers it, pauses somebody, ends an introduction, takes somebody out. All of it is written down.

A moderator sees what the reporter wrote, and the messages or the card that the reporter chose to show; never the conversation. Nobody moderates what
they are part of.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.errors import Invalid, NotFound, Stale
from directory.models import Introduction, Organization, PeerAct, PeerProfile, PeerReport, PeerScheme
from directory.peers.ending import close
from directory.peers.kept import agreed_select, open_kept
from directory.peers.reports.kept import Passage, open_report, seal_answer
from directory.peers.reports.reaching import parties_of
from directory.peers.reports.telling import LONGEST, is_of_card
from directory.peers.talking.between import NOBODY, side_of
from directory.peers.talking.names import name_in
from directory.peers.talking.parting import profile_of
from directory.peers.telling import tell
from directory.permissions import Act
from directory.permissions import get as fetch
from directory.sealing import Sealer

STEPS: Final = ("paused", "opened_again", "ended", "removed")
"""What a moderator may do beside answering; each is a line of what was done."""


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
    _note(session, row, "opened", actor, at)
    words, answer, passages = open_report(row, sealer=sealer)
    introduction = session.get(Introduction, row.introduction_id) if row.introduction_id else None
    held = [one for one in _profiles(session, row) if one.held_at is not None]
    called = [_called(session, introduction, one, sealer) for one in (row.reporter_id, row.about_id)]
    return Opened(
        row=row, scheme=session.get_one(PeerScheme, row.scheme_id).name, words=words, answer=answer, passages=passages,
        reporter=called[0], about=called[1], is_card=is_of_card(session, row), is_held=bool(held), acts=_acts(session, row),
        is_open=introduction is not None and introduction.introduced_at is not None and introduction.ended_at is None,
        profiles=_readable(session, introduction, [(called[0], row.reporter_id), (called[1], row.about_id)], at),
    )  # fmt: skip


def answer(session: Session, row: PeerReport, words: str, actor: Actor, *, at: datetime, sealer: Sealer, base_url: str) -> None:
    """Answer whoever reported, in words that they read. Once: ``Stale`` where somebody did."""
    said = words.replace("\r\n", "\n").strip()
    if not said or len(said) > LONGEST:
        raise Invalid(words="Write what you did, or will do." if not said else f"Use at most {LONGEST} characters.")
    if row.answered_at is not None:
        raise Stale("Somebody has answered this meanwhile. What you wrote is still here.")
    row.answer, row.answered_at, row.answered_by = seal_answer(said, row.id, sealer=sealer), at, actor.by
    _note(session, row, "answered", actor, at)
    if row.reporter_id is not None:
        tell(session, row.reporter_id, at=at, sealer=sealer, base_url=base_url)


def act(session: Session, row: PeerReport, step: str, actor: Actor, *, at: datetime, sealer: Sealer, base_url: str) -> None:
    """Do one of ``STEPS`` to whom a report is about, in its scheme alone. ``Invalid`` for anything else; doing it twice changes nothing more."""
    if step not in STEPS:
        raise Invalid(step="Choose what to do.")
    if step in ("paused", "opened_again", "removed"):
        for profile in _profiles(session, row):
            _hold(profile, step, at)
    if step in ("ended", "removed"):
        for one in _introductions(session, row, all_of_them=step == "removed"):
            close(session, one, by="house", at=at, sealer=sealer, base_url=base_url)
    _note(session, row, step, actor, at)


def _hold(profile: PeerProfile, step: str, at: datetime) -> None:
    """A moderator's hold: the person cannot lift it, and only a moderator does."""
    if step == "opened_again":
        profile.held_at, profile.state = None, "open" if profile.state == "paused" else profile.state
    else:
        profile.held_at, profile.state = at, "ended" if step == "removed" else "paused"
        profile.waiting_since = None if step == "removed" else profile.waiting_since


def _profiles(session: Session, row: PeerReport) -> list[PeerProfile]:
    mine = PeerProfile.client_id == row.about_id, PeerProfile.scheme_id == row.scheme_id
    return list(session.scalars(select(PeerProfile).where(*mine).order_by(PeerProfile.side))) if row.about_id else []


def _introductions(session: Session, row: PeerReport, *, all_of_them: bool) -> list[Introduction]:
    """The one that the report is about, or every one of the person in the scheme that has not ended."""
    found = select(Introduction).where(Introduction.scheme_id == row.scheme_id, Introduction.ended_at.is_(None))
    if all_of_them:
        found = found.where((Introduction.seeker_id == row.about_id) | (Introduction.supporter_id == row.about_id))
    else:
        found = found.where(Introduction.id == row.introduction_id)
    return list(session.scalars(found.order_by(Introduction.suggested_at, Introduction.id).with_for_update()))


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


def _note(session: Session, row: PeerReport, kind: str, actor: Actor, at: datetime) -> None:
    """One line of what was done; opening it again on the same day is no news."""
    if kind == "opened" and any(one.kind == kind and one.by == actor.by and one.at.date() == at.date() for one in _acts(session, row)):
        return
    session.add(PeerAct(id=uuid4(), report_id=row.id, kind=kind, by=actor.by, at=at))
    session.flush()


def _acts(session: Session, row: PeerReport) -> list[PeerAct]:
    return list(session.scalars(select(PeerAct).where(PeerAct.report_id == row.id).order_by(PeerAct.at, PeerAct.id)))
