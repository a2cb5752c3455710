"""Proposals of dates that wait for somebody who knows: found in a listing's own words, taken on or refused with one tap, applied by nobody else."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from datetime import date, datetime
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.editing.sheet import Sheet, sheet_of
from directory.errors import NotFound
from directory.meetings.groups import group_ids
from directory.meetings.keeping import change_dates, timetables_of
from directory.meetings.prose import Proposal, first_proposal, propose, proposed
from directory.models import DatesRefused, Schedule, Service
from directory.sealing import Sealer
from directory.timetable.values import Timetable

CHUNK = 500


class Waiting(Struct, frozen=True, kw_only=True):
    """A proposal that waits: ``of`` is the timetable that it is about, as ``keeping`` names them, and ``key`` names the phrase in a form."""

    service_id: UUID
    name: str
    of: UUID | None
    proposal: Proposal
    timetable: Timetable

    @property
    def key(self) -> str:
        """The phrase in short."""
        return hashlib.sha256(self.proposal.phrase.encode()).hexdigest()[:16]

    def taken(self, since: date | None) -> Timetable | None:
        """The timetable as it would be; for each n-th week counted from a date on which it meets."""
        return proposed(self.timetable, self.proposal, since=since)


def waiting_for(session: Session, service_id: UUID, *, sealer: Sealer) -> list[Waiting]:
    """What a listing's own words propose for its dates and nobody has refused; nearly always nothing."""
    sheet = sheet_of(session, service_id, sealer=sealer, actor=None)
    refused = {*session.scalars(select(DatesRefused.phrase).where(DatesRefused.service_id == service_id))}
    found = []
    for one in timetables_of(sheet, frozenset()):
        proposal = first_proposal(_texts(sheet, one.timetable), one.timetable)
        if proposal is not None and proposal.phrase not in refused:
            found.append(Waiting(service_id=service_id, name=sheet.service.name, of=one.at, proposal=proposal, timetable=one.timetable))
    return found


def all_waiting(session: Session, *, sealer: Sealer) -> list[Waiting]:
    """The proposals of all groups, by name."""
    return [one for key in _hinted(session) for one in waiting_for(session, key, sealer=sealer)]


def which_wait(session: Session, service_ids: Collection[UUID], *, sealer: Sealer) -> frozenset[UUID]:
    """Of some listings, the groups in whose words a proposal waits."""
    return frozenset(key for key in _hinted(session, among=service_ids) if waiting_for(session, key, sealer=sealer))


def take_on(
    session: Session, service: Service, key: str, *, since: date | None, actor: Actor, at: datetime, on: date, sealer: Sealer
) -> bool:
    """Do as a phrase proposes; gives whether that is live, or waits for a curator. ``NotFound`` where nothing of the kind is proposed any more."""
    one = _named(session, service.id, key, sealer)
    taken = one.taken(since)
    if taken is None:
        raise NotFound("There is no such proposal any more.")
    return change_dates(session, service, lambda _: taken, of=one.of, actor=actor, at=at, on=on, sealer=sealer, why=f"as its words say: {one.proposal.phrase}")


def refuse(session: Session, service: Service, key: str, *, by: str, at: datetime, sealer: Sealer) -> None:
    """Remember that a phrase means something else. ``NotFound`` where nothing of the kind is proposed."""
    one = _named(session, service.id, key, sealer)
    session.add(DatesRefused(id=uuid4(), service_id=service.id, phrase=one.proposal.phrase, at=at, by=by))
    session.flush()


def _named(session: Session, service_id: UUID, key: str, sealer: Sealer) -> Waiting:
    found = next((one for one in waiting_for(session, service_id, sealer=sealer) if one.key == key), None)
    if found is None:
        raise NotFound("There is no such proposal any more.")
    return found


def _hinted(session: Session, among: Collection[UUID] | None = None) -> Iterator[UUID]:
    """The groups in whose words anything may mean dates: few, so that only those are read whole."""
    groups = [key for key in group_ids(session) if among is None or key in among]
    for start in range(0, len(groups), CHUNK):
        ids = groups[start : start + CHUNK]
        texts: dict[UUID, list[str | None]] = {key: [] for key in ids}
        for key, *said in session.execute(select(Service.id, Service.name, Service.description, Service.alert).where(Service.id.in_(ids))):
            texts[key] += said
        for owner, words in session.execute(select(Schedule.service_id, Schedule.description).where(Schedule.service_id.in_(ids))):
            texts[owner or ids[0]].append(words)
        yield from (key for key in ids if any(text and propose(text) for text in texts[key]))


def _texts(sheet: Sheet, timetable: Timetable) -> list[str]:
    """What a listing says in words of when it meets."""
    return [*filter(None, (sheet.service.name, sheet.service.description, sheet.service.alert)), *timetable.note.splitlines()]
