"""A decline teaches the directory, if somebody presses the button for it: "full" is said on the listing, "not for that" goes to a curator."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from directory.editing.space import say_space
from directory.errors import Invalid, NotPermitted
from directory.models import Referral, Report
from directory.models.desk import CHANGED
from directory.reports import LONGEST, lay_down
from directory.sealing import Sealer

FULL_NOW: Final = "They told us that there is no space at the moment."
LESSONS: Final = {"full": "full", "does_not_serve": "whom it is for", "area": "whom it is for"}
"""What each reason for declining can teach."""


def lesson_of(referral: Referral, code: str) -> str:
    """What a decline offers to put right; empty where it offers nothing."""
    return LESSONS.get(code, "") if referral.state == "declined" else ""


def say_full(session: Session, service_id: UUID, *, by: str, at: datetime, sealer: Sealer) -> None:
    """Say on the listing that it is full: for people who may edit it. What they say of it is nothing of anybody."""
    say_space(session, service_id, "full", by=by, at=at, sealer=sealer)


def tell_curator(session: Session, service_id: UUID, lesson: str, words: str, *, at: datetime) -> None:
    """Lay a correction on the curators' desk: in the organization's words, or that it is full. Nothing of the referral is in it."""
    tidy = words.replace("\x00", "").strip() if lesson != "full" else FULL_NOW
    if lesson not in LESSONS.values():
        raise NotPermitted("There is nothing to put right.")
    if not tidy or len(tidy) > LONGEST:
        raise Invalid(correction=f"Write in a few words, up to {LONGEST:,} characters, whom it is for. Nothing about the person, please.")
    lay_down(session, Report(id=uuid4(), service_id=service_id, about=CHANGED, words=tidy, made_at=at, state="open"), by="organization")
