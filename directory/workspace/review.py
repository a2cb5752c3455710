"""A look at one's own practice: sentences of strengths-based practice, an honest answer to each, and a result that begins with what goes well.

The sentences are ours; what each asks after is named in the practice that Homeground is built on (self-review of policies and procedures, leaders who
model responsiveness to strengths, a culture of learning). Nobody is scored or ranked, and nothing of it leaves the organization.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime
from importlib.resources import files
from typing import Final
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.models import SelfReview
from directory.sealing import Sealer

ANSWERS: Final = {"not_yet": "Not yet", "sometimes": "Sometimes", "usually": "Usually", "always": "Always"}
GOES_WELL: Final = ("usually", "always")
LONGEST_NOTE: Final = 1_000


class Sentence(Struct, frozen=True, kw_only=True):
    """Something an organization may do, and one small step towards it."""

    code: str
    text: str
    step: str


SENTENCES: Final = tuple(
    Sentence(**one) for one in tomllib.loads((files("directory.workspace") / "practice.toml").read_text(encoding="utf-8"))["sentences"]
)


class Answers(Struct, kw_only=True):
    """What an organization answered: a code of ``ANSWERS`` by sentence, and a note of its own."""

    by_sentence: dict[str, str]
    note: str = ""


class Review(Struct, frozen=True, kw_only=True):
    """A finished look: what goes well first, then what to try next, with a step each."""

    id: UUID
    made_at: datetime
    goes_well: tuple[Sentence, ...]
    to_try: tuple[Sentence, ...]
    unanswered: int
    note: str


def read_answers(form: Mapping[str, str], note: str) -> Answers:
    """The answers that a form gives; what is no sentence or no answer of ours is passed over."""
    known = {sentence.code for sentence in SENTENCES}
    return Answers(by_sentence={code: answer for code, answer in form.items() if code in known and answer in ANSWERS}, note=note.strip()[:LONGEST_NOTE])


def save_review(session: Session, organization_id: UUID, account_id: UUID | None, answers: Answers, *, at: datetime, sealer: Sealer) -> SelfReview:
    """Keep a look; earlier ones stay beside it."""
    key = uuid4()
    sealed = sealer.seal(msgspec.json.encode(answers).decode(), bound_to=_row(key))
    row = SelfReview(id=key, organization_id=organization_id, account_id=account_id, made_at=at, answers=sealed)
    session.add(row)
    session.flush()
    return row


def list_reviews(session: Session, organization_id: UUID, *, sealer: Sealer) -> list[Review]:
    """The looks of an organization, the newest first."""
    rows = session.scalars(select(SelfReview).where(SelfReview.organization_id == organization_id).order_by(SelfReview.made_at.desc(), SelfReview.id))
    return [_review(row, msgspec.json.decode(sealer.open(row.answers, bound_to=_row(row.id)), type=Answers)) for row in rows]


def _review(row: SelfReview, answers: Answers) -> Review:
    said = answers.by_sentence
    return Review(
        id=row.id,
        made_at=row.made_at,
        goes_well=tuple(one for one in SENTENCES if said.get(one.code) in GOES_WELL),
        to_try=tuple(one for one in SENTENCES if one.code in said and said[one.code] not in GOES_WELL),
        unanswered=sum(one.code not in said for one in SENTENCES),
        note=answers.note,
    )


def _row(key: UUID) -> str:
    return f"self_review|answers|{key}"
