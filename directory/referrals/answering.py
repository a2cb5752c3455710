"""The answers of an organization, what comes after, and how it ends; each a step, with the day on which somebody looks at it again."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from directory.clients.keys import Locker
from directory.clients.opening import note_event
from directory.errors import Invalid
from directory.models import Referral
from directory.referrals.letters import take_back
from directory.referrals.moving import Said, move
from directory.referrals.states import ANSWERS, CHIME, REASONS

LONGEST: Final = 1_000
LOOK_AGAIN: Final = {"accepted": 7, "waitlisted": 30, "declined": 0, "connected": 14, "followed_up": 30}
"""After how many days somebody looks again whether it goes well."""


def answer(
    session: Session, referral: Referral, becomes: str, *, seen: int, locker: Locker, by: str, at: datetime, code: str = "", words: str = "", meeting: str = "",
) -> None:  # fmt: skip
    """An organization accepts (with a first meeting, or a word), waitlists, or declines with a reason. ``Stale`` when it has moved on meanwhile."""
    errors = {} if becomes in ANSWERS else {"answer": "Choose an answer."}
    errors |= {"reason": "Choose a reason."} if becomes == "declined" and code not in REASONS else {}
    said = Said(words=_tidy(words, "words", errors), meeting=_tidy(meeting, "meeting", errors) if becomes == "accepted" else "")
    if becomes == "accepted" and not errors and said == Said():
        errors["meeting"] = "Say when and where you meet first, or write a word about it."
    if errors:
        raise Invalid(**errors)
    _move(session, referral, becomes, seen=seen, side="organization", locker=locker, by=by, at=at, code=code if becomes == "declined" else "", said=said)
    note_event(session, referral.client_id, kind="referral_answered", part="referral", ref=str(referral.id), by=by, at=at)


def go_on(
    session: Session, referral: Referral, becomes: str, *, seen: int, side: str, locker: Locker, by: str, at: datetime, words: str = "", heading: str = "",
) -> None:  # fmt: skip
    """They met, somebody asked how it went, or it is closed with what came of it: in the client's words, under a heading where they chose one."""
    errors = {} if becomes in ("connected", "followed_up", "closed") else {"do": "Choose one of the buttons."}
    errors |= {} if not heading or heading in CHIME else {"heading": "Choose one of the headings, or none."}
    said = Said(words=_tidy(words, "words", errors))
    if errors:
        raise Invalid(**errors)
    _move(session, referral, becomes, seen=seen, side=side, locker=locker, by=by, at=at, code=heading if becomes == "closed" else "", said=said)
    if becomes == "closed":
        note_event(session, referral.client_id, kind="referral_closed", part="referral", ref=str(referral.id), by=by, at=at)


def _move(
    session: Session, referral: Referral, becomes: str, *, seen: int, side: str, locker: Locker, by: str, at: datetime, code: str, said: Said
) -> None:
    move(
        session, referral, becomes, seen=seen, side=side, by=by, at=at, code=code, said=said if said != Said() else None, locker=locker,
        due_on=_due(becomes, at),
    )  # fmt: skip
    take_back(session, referral.id)   # a reminder that has not gone out asks for what was answered


def _due(becomes: str, at: datetime) -> date | None:
    return at.date() + timedelta(days=LOOK_AGAIN[becomes]) if becomes in LOOK_AGAIN else None


def _tidy(words: str, field: str, errors: dict[str, str]) -> str:
    tidy = words.replace("\x00", "").strip()
    if len(tidy) > LONGEST:
        errors[field] = f"Use at most {LONGEST:,} characters."
    return tidy
