"""An organiser's change of the dates of a group, kept: one act of the log, live at once for those who are trusted, else a draft that waits."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.editing import drafts
from directory.editing.applying import apply
from directory.editing.sheet import Sheet, copied, sheet_of
from directory.errors import Invalid, NotFound, Stale
from directory.exchange.records import Schedule, made_id
from directory.meetings.changing import tidy
from directory.models import Service
from directory.sealing import Sealer
from directory.timetable.reading import timetable_of
from directory.timetable.values import Timetable
from directory.timetable.writing import schedules_of

Change = Callable[[Timetable], Timetable]
PAUSED: Final = "temporarily closed"
PAUSE_WORDS: Final = "Not meeting for now"
OTHER_DRAFT: Final = "You have begun other changes of this listing. Hand those in first, or throw them away."


class Times(Struct, frozen=True, kw_only=True):
    """One timetable of a group: ``at`` is the id of the service at a place that has times of its own, None for those of the whole group."""

    at: UUID | None
    place: str
    timetable: Timetable


def times_of_group(session: Session, service_id: UUID, *, sealer: Sealer, actor: Actor) -> tuple[list[Times], str, str]:
    """The timetables of a group, its status, and what it says in an alert. Places that this reader may not know are called by their number."""
    sheet = sheet_of(session, service_id, sealer=sealer, actor=actor)
    found = timetables_of(sheet, frozenset(sheet.closed))
    return found or [Times(at=None, place="", timetable=Timetable())], sheet.service.status, sheet.service.alert or ""


def timetables_of(sheet: Sheet, closed: Collection[UUID]) -> list[Times]:
    """The timetables of a sheet: that of the whole group, and those of places that have one of their own; ``closed`` are places without a name here."""
    found = [Times(at=None, place="", timetable=timetable_of(sheet.service.schedules))] if sheet.service.schedules else []
    for number, at in enumerate(sheet.service.service_at_locations, 1):
        if at.schedules:
            name = at.location.name if at.location is not None and at.location.id not in closed else None
            found.append(Times(at=at.id, place=name or f"Place {number}", timetable=timetable_of(at.schedules)))
    return found


def change_dates(
    session: Session, service: Service, change: Change, *, of: UUID | None, actor: Actor, at: datetime, on: date, sealer: Sealer, why: str = ""
) -> bool:
    """Change one timetable of a group; gives whether that is live, or waits for a curator. ``on`` is the day where the group is.

    ``Invalid`` for what does not fit, ``NotFound`` for times that it has not got, ``Stale`` where the same person has other changes open.
    """

    def edit(sheet: Sheet) -> None:
        rows = _rows(sheet, of)
        new = change(timetable_of(rows))
        rows[:] = schedules_of(new, lambda key: made_id("homeground", "dates", f"{of or service.id}|{key}"), on=on, before=[*rows])

    return _kept(session, service, edit, actor=actor, at=at, sealer=sealer, why=why or "dates of the group")


def stop_for_now(session: Session, service: Service, *, actor: Actor, at: datetime, sealer: Sealer, reason: str = "") -> bool:
    """Not meeting, and nobody knows until when. It is not ended: its page stays, and says so."""
    words = f"{PAUSE_WORDS}: {said}." if (said := tidy(reason)) else None

    def edit(sheet: Sheet) -> None:
        sheet.service.status, sheet.service.alert = PAUSED, words or sheet.service.alert

    return _kept(session, service, edit, actor=actor, at=at, sealer=sealer, why="not meeting for now")


def go_on(session: Session, service: Service, *, actor: Actor, at: datetime, sealer: Sealer) -> bool:
    """Meeting again after ``stop_for_now``; what an alert said of the pause goes."""
    if service.status != PAUSED:
        raise Invalid(dates="It is not stopped.")

    def edit(sheet: Sheet) -> None:
        sheet.service.status = "active"
        if (sheet.service.alert or "").startswith(PAUSE_WORDS):
            sheet.service.alert = None

    return _kept(session, service, edit, actor=actor, at=at, sealer=sealer, why="meeting again")


def _rows(sheet: Sheet, of: UUID | None) -> list[Schedule]:
    if of is None:
        return sheet.service.schedules
    found = next((one for one in sheet.service.service_at_locations if one.id == of), None)
    if found is None:
        raise NotFound("There are no such times.")
    return found.schedules


def _kept(session: Session, service: Service, edit: Callable[[Sheet], None], *, actor: Actor, at: datetime, sealer: Sealer, why: str) -> bool:
    if actor.has("curator") or service.organization_id in actor.trusted:
        base = sheet_of(session, service.id, sealer=sealer, actor=None)
        sheet = copied(base)
        edit(sheet)
        apply(session, service.id, base, sheet, by=actor.by, at=at, act=uuid4(), sealer=sealer, why=why)
        return True
    if drafts.find(session, service.id, actor) is not None:
        raise Stale(OTHER_DRAFT)
    draft = drafts.open_or_resume(session, service, actor, at=at, sealer=sealer)
    sheet = drafts.opened(draft, sealer=sealer).sheet
    edit(sheet)
    drafts.save(session, draft, sheet, actor, at=at, sealer=sealer)
    return drafts.hand_in(session, draft, actor, at=at, sealer=sealer, why=why) is not None
