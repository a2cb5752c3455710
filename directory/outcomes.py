"""What people found there, to make the directory better: three questions, one tap each, counted by listing and of nobody.

An answer is laid down sealed, under a random id, without a moment; its referral keeps only that the question was answered. Once ten such slips lie
together they are shuffled, added to counts by month, and deleted, so that no count can be matched with the one referral that moved. What is told is a
share in words, and it moves by ten answers at a time: nobody can tell what one person said by looking before and after.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from directory.coverage.unmet import month_of, months_before
from directory.errors import Invalid, NotPermitted
from directory.freshness.calls import open_call
from directory.models import OutcomeCount, OutcomeShown, OutcomeSlip, Referral, Service
from directory.sealing import Sealer
from directory.storage import Storage

QUESTIONS: Final[Mapping[str, str]] = {
    "got_there": "Did you get there?", "as_described": "Was it as described?", "used_strength": "Did you get to use your strength?",
}  # fmt: skip
ANSWERS: Final[Mapping[str, str]] = {"yes": "Yes", "partly": "Partly", "no": "No"}
BITS: Final = {"got_there": 1, "as_described": 2, "used_strength": 4}
"""The mark that a question leaves on a referral: that it was answered, never how."""
ASKED_IN: Final = ("accepted", "connected", "followed_up", "closed")
LEAST: Final = 10
"""So many slips are laid in together, and so many answers come between two figures that are told."""
KEPT_MONTHS: Final = 24
UNLIKE: Final = 3
"""So many who did not find it as described, since somebody last looked, bring it onto the list of calls."""


class _Slip(Struct, frozen=True):
    service_id: UUID
    question: str
    answer: str


class Told(Struct, frozen=True, kw_only=True):
    """What is told of a question about a listing: a share in words, of so many answers (a full ten), as it was in a month."""

    question: str
    share: str
    answers: int
    month: str


def open_questions(referral: Referral) -> tuple[str, ...]:
    """The questions that may still be answered about a referral."""
    return tuple(code for code, bit in BITS.items() if not referral.asked & bit) if referral.state in ASKED_IN else ()


def give_answer(session: Session, referral: Referral, question: str, answer: str, *, sealer: Sealer) -> None:
    """Take one answer. ``NotPermitted`` for a second one; whoever sends two at once is held up at the referral's own row."""
    if question not in QUESTIONS or answer not in ANSWERS:
        raise Invalid(answer="Choose one of the answers.")
    session.refresh(referral, with_for_update=True)
    if question not in open_questions(referral):
        raise NotPermitted("That question was answered already, or is not asked yet.")
    referral.asked |= BITS[question]
    key = uuid4()
    said = msgspec.json.encode(_Slip(referral.service_id, question, answer)).decode().ljust(160)   # all of one length: the seal must not tell the answer
    session.add(OutcomeSlip(id=key, sealed=sealer.seal(said, bound_to=f"outcome_slip|sealed|{key}")))
    session.flush()


def lay_in(storage: Storage, *, at: datetime, sealer: Sealer) -> int:
    """Add the slips that wait to the counts, if there are ten at least; gives how many. One transaction: counted and gone, or neither."""
    with storage.writing() as session:
        if (session.scalar(select(func.count()).select_from(OutcomeSlip)) or 0) < LEAST:
            return 0
        rows = list(session.scalars(select(OutcomeSlip).order_by(OutcomeSlip.id)))
        slips = [msgspec.json.decode(sealer.open(row.sealed, bound_to=f"outcome_slip|sealed|{row.id}"), type=_Slip) for row in rows]
        random.SystemRandom().shuffle(slips)
        session.execute(delete(OutcomeSlip).where(OutcomeSlip.id.in_([row.id for row in rows])))
        _count(session, slips, at)
        return len(slips)


def told_of(session: Session, service_id: UUID) -> list[Told]:
    """What may be told of a listing, in the order of the questions; empty until ten have answered one."""
    rows = {row.question: row for row in session.scalars(select(OutcomeShown).where(OutcomeShown.service_id == service_id).order_by(OutcomeShown.question))}
    return [
        Told(question=words, share=row.share, answers=row.answers // LEAST * LEAST, month=row.month)
        for code, words in QUESTIONS.items() if (row := rows.get(code))
    ]  # fmt: skip


def share_of(counts: Mapping[str, int]) -> str:
    """Answers as a share in words: of the largest answer, by quarters, and no number of anybody."""
    whole = sum(counts.values())
    best = max(ANSWERS, key=lambda answer: (counts.get(answer, 0), -list(ANSWERS).index(answer)))
    part = counts.get(best, 0) / whole
    if part >= 0.75:
        return {"yes": "Most said yes", "partly": "Most said partly", "no": "Most said no"}[best]
    if part > 0.5:
        return {"yes": "More than half said yes", "partly": "More than half said partly", "no": "More than half said no"}[best]
    return "People said different things"


def _count(session: Session, slips: list[_Slip], at: datetime) -> None:
    month = month_of(at)
    session.execute(delete(OutcomeCount).where(OutcomeCount.month < months_before(month, KEPT_MONTHS)))
    added = Counter((slip.service_id, slip.question, slip.answer) for slip in slips)
    for (service_id, question, answer), count in sorted(added.items(), key=str):
        row = session.get(OutcomeCount, (service_id, month, question, answer))
        if row is None:
            session.add(OutcomeCount(service_id=service_id, month=month, question=question, answer=answer, count=count))
        else:
            row.count += count
    session.flush()
    for service_id, question in sorted({(slip.service_id, slip.question) for slip in slips}, key=str):
        _show(session, service_id, question, month)
        if question == "as_described" and added[service_id, question, "no"]:
            _raise(session, service_id, added[service_id, question, "no"], at)


def _show(session: Session, service_id: UUID, question: str, month: str) -> None:
    same = OutcomeCount.service_id == service_id, OutcomeCount.question == question
    found = session.execute(select(OutcomeCount.answer, func.sum(OutcomeCount.count)).where(*same).group_by(OutcomeCount.answer))
    row = session.get(OutcomeShown, (service_id, question))
    moved = move_on({answer: int(count) for answer, count in found}, since=row.answers if row else 0)
    if moved is None:
        return
    if row is None:
        row = OutcomeShown(service_id=service_id, question=question, share="", answers=0, month=month)
        session.add(row)
    row.share, row.answers, row.month = *moved, month


def move_on(counts: Mapping[str, int], *, since: int) -> tuple[str, int] | None:
    """What is told of counts, and of how many answers; None unless ten have answered ``since`` there were so many. Fewer are never told apart."""
    whole = sum(counts.values())
    return (share_of(counts), whole) if abs(whole - since) >= LEAST and whole >= LEAST else None


def _raise(session: Session, service_id: UUID, fresh: int, at: datetime) -> None:
    """Several did not find it as described: somebody calls. The words say neither how many nor who."""
    same = OutcomeCount.service_id == service_id, OutcomeCount.question == "as_described", OutcomeCount.answer == "no"
    whole = int(session.scalar(select(func.sum(OutcomeCount.count)).where(*same)) or 0)
    if whole // UNLIKE > (whole - fresh) // UNLIKE and session.get(Service, service_id) is not None:
        open_call(session, service_id, why="People who went there say that it is not as described.", at=at)
