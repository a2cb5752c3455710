"""Yes, not for me, and thinking again: each side by itself. Nothing of what one says reaches the other before both have said yes, and then all at once.

Call these within ``storage.writing(counting=True)``: both profiles are held while an answer is written, so that two who answer at the same moment
come one after the other, and nobody gets more people than they have places.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.errors import NotFound
from directory.models import Introduction, PeerProfile
from directory.peers.pool import OF_A_SEEKER, taken_places
from directory.peers.schemes import NONE, Scheme
from directory.peers.telling import tell, tell_coordinators
from directory.sealing import Sealer

ANSWERS: Final = ("yes", "no", "")
OTHER: Final = {"seeker": "supporter", "supporter": "seeker"}


def answer(session: Session, scheme: Scheme, side: str, mine: UUID, other: UUID, said: str, *, at: datetime, sealer: Sealer, base_url: str) -> Introduction:
    """Say ``yes``, ``no`` (not for me) or nothing yet (think again) to somebody whose card one was shown: ``mine`` and ``other`` are records.

    1. Both profiles are held. 2. What I say is written down. 3. Two yeses: the suggestions beside this one that go beyond what either can take on are
    withdrawn, and both, and the coordinators, get the same letter at once. 4. A no that meets a yes, either way round, ends it.
    ``NotFound`` when it is over already, or was introduced: then it is ended, not answered.
    """
    seeker, supporter = (mine, other) if side == "seeker" else (other, mine)
    hold(session, scheme.id, seeker, supporter)
    row = open_between(session, scheme.id, seeker, supporter) or suggest(session, scheme.id, seeker, supporter, at=at)
    was_both = is_both(row)
    if said not in ANSWERS or row.introduced_at is not None or (was_both and said != "no"):
        raise NotFound(NONE)   # after two yeses there is only "not for me", which ends it
    setattr(row, f"{side}_said", said)
    setattr(row, f"{side}_said_at", at if said else None)
    session.flush()
    if is_both(row) and not was_both:
        _withdraw_beyond(session, scheme.id, row, at=at)
        for client_id in (seeker, supporter):
            tell(session, client_id, at=at, sealer=sealer, base_url=base_url)
        tell_coordinators(session, scheme.organization_id, at=at, sealer=sealer, base_url=base_url)
    elif "no" in (row.seeker_said, row.supporter_said) and (was_both or {row.seeker_said, row.supporter_said} != {"no", ""}):
        end(session, row, by="seeker" if row.seeker_said == "no" else "supporter", at=at)
    return row


def suggest(session: Session, scheme_id: UUID, seeker: UUID, supporter: UUID, *, round_id: UUID | None = None, at: datetime) -> Introduction:
    """A row for two, in which nobody has said anything; of a round, which shows it to both at once, where it names one."""
    row = Introduction(
        id=uuid4(), scheme_id=scheme_id, seeker_id=seeker, supporter_id=supporter, seeker_said="", supporter_said="", round_id=round_id, suggested_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def hold(session: Session, scheme_id: UUID, seeker: UUID, supporter: UUID) -> None:
    """Hold both profiles, always in the same order, until this transaction ends; ``NotFound`` where one of them said nothing there."""
    pair = or_(
        (PeerProfile.client_id == seeker) & (PeerProfile.side == "seeker"), (PeerProfile.client_id == supporter) & (PeerProfile.side == "supporter"),
    )
    found = session.scalars(select(PeerProfile.id).where(PeerProfile.scheme_id == scheme_id, pair).order_by(PeerProfile.id).with_for_update()).all()
    if len(found) != 2:
        raise NotFound(NONE)


def open_between(session: Session, scheme_id: UUID, seeker: UUID, supporter: UUID) -> Introduction | None:
    """The row of two that has not ended."""
    same = Introduction.scheme_id == scheme_id, Introduction.seeker_id == seeker, Introduction.supporter_id == supporter
    return session.scalars(select(Introduction).where(*same, Introduction.ended_at.is_(None)).execution_options(populate_existing=True)).one_or_none()


def is_both(row: Introduction) -> bool:
    """Whether both said yes, and it has not ended."""
    return row.seeker_said == "yes" and row.supporter_said == "yes" and row.ended_at is None


def end(session: Session, row: Introduction, *, by: str, at: datetime) -> None:
    """End what was not introduced yet, neutrally: no letter, and whoever had said yes reads from the next day on that it did not become an introduction."""
    row.ended_at, row.ended_by = at, by
    session.flush()


def end_waiting(session: Session, scheme_id: UUID, side: str, client_id: UUID, *, at: datetime) -> None:
    """End everything of somebody on one side that was not introduced yet: they take no part any more."""
    mine = Introduction.seeker_id if side == "seeker" else Introduction.supporter_id
    rows = select(Introduction).where(Introduction.scheme_id == scheme_id, mine == client_id)
    for row in session.scalars(rows.where(Introduction.ended_at.is_(None), Introduction.introduced_at.is_(None)).order_by(Introduction.id)).all():
        end(session, row, by="house", at=at)


def _withdraw_beyond(session: Session, scheme_id: UUID, agreed: Introduction, *, at: datetime) -> None:
    """Withdraw what both have open beside this, for each who has no place left now; the house ends it, so that they may be suggested again one day."""
    taken = taken_places(session, scheme_id)
    places = select(PeerProfile.places).where(PeerProfile.scheme_id == scheme_id, PeerProfile.client_id == agreed.supporter_id, PeerProfile.side == "supporter")
    full = [agreed.seeker_id] if taken["seeker", agreed.seeker_id] >= OF_A_SEEKER else []
    full_supporters = [agreed.supporter_id] if taken["supporter", agreed.supporter_id] >= (session.scalar(places) or 0) else []
    beside = select(Introduction).where(
        Introduction.scheme_id == scheme_id, Introduction.ended_at.is_(None), Introduction.introduced_at.is_(None), Introduction.id != agreed.id,
        or_(Introduction.seeker_id.in_(full), Introduction.supporter_id.in_(full_supporters)),
    )  # fmt: skip
    for row in session.scalars(beside.order_by(Introduction.id)).all():
        if not is_both(row):
            end(session, row, by="house", at=at)
