"""What a moderator does with a report: answers it, pauses somebody, ends an introduction, takes somebody out. All of it is written down."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.errors import Invalid, Stale
from directory.models import Introduction, PeerProfile, PeerReport
from directory.peers.ending import close
from directory.peers.reports.kept import seal_answer
from directory.peers.reports.opening import note, profiles_of
from directory.peers.reports.telling import LONGEST
from directory.peers.telling import tell
from directory.sealing import Sealer

STEPS: Final = ("paused", "opened_again", "ended", "removed")
"""What a moderator may do beside answering; each is a line of what was done."""


def answer(session: Session, row: PeerReport, words: str, actor: Actor, *, at: datetime, sealer: Sealer, base_url: str) -> None:
    """Answer whoever reported, in words that they read. Once: ``Stale`` where somebody did."""
    said = words.replace("\r\n", "\n").strip()
    if not said or len(said) > LONGEST:
        raise Invalid(words="Write what you did, or will do." if not said else f"Use at most {LONGEST} characters.")
    if row.answered_at is not None:
        raise Stale("Somebody has answered this meanwhile. What you wrote is still here.")
    row.answer, row.answered_at, row.answered_by = seal_answer(said, row.id, sealer=sealer), at, actor.by
    note(session, row, "answered", actor, at)
    if row.reporter_id is not None:
        tell(session, row.reporter_id, at=at, sealer=sealer, base_url=base_url)


def act(session: Session, row: PeerReport, step: str, actor: Actor, *, at: datetime, sealer: Sealer, base_url: str) -> None:
    """Do one of ``STEPS`` to whom a report is about, in its scheme alone. ``Invalid`` for anything else; doing it twice changes nothing more."""
    if step not in STEPS:
        raise Invalid(step="Choose what to do.")
    if step in ("paused", "opened_again", "removed"):
        for profile in profiles_of(session, row):
            _hold(profile, step, at)
    if step in ("ended", "removed"):
        for one in _introductions(session, row, all_of_them=step == "removed"):
            close(session, one, by="house", at=at, sealer=sealer, base_url=base_url)
    note(session, row, step, actor, at)


def _hold(profile: PeerProfile, step: str, at: datetime) -> None:
    """A moderator's hold: the person cannot lift it, and only a moderator does."""
    if step == "opened_again":
        profile.held_at, profile.state = None, "open" if profile.state == "paused" else profile.state
    else:
        profile.held_at, profile.state = at, "ended" if step == "removed" else "paused"
        profile.waiting_since = None if step == "removed" else profile.waiting_since


def _introductions(session: Session, row: PeerReport, *, all_of_them: bool) -> list[Introduction]:
    """The one that the report is about, or every one of the person in the scheme that has not ended."""
    found = select(Introduction).where(Introduction.scheme_id == row.scheme_id, Introduction.ended_at.is_(None))
    if all_of_them:
        found = found.where((Introduction.seeker_id == row.about_id) | (Introduction.supporter_id == row.about_id))
    else:
        found = found.where(Introduction.id == row.introduction_id)
    return list(session.scalars(found.order_by(Introduction.suggested_at, Introduction.id).with_for_update()))
