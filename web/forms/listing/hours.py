"""When it is open: the timetable of the service, and those of its places (``web/forms/timetable.py`` reads one, ``timetable_view.py`` shows it)."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from typing import Any, Final
from uuid import UUID

import msgspec
from msgspec import Struct

from directory.editing.sheet import Sheet
from directory.exchange.records import Schedule, ServiceAtLocation
from directory.timetable.reading import timetable_of
from directory.timetable.values import Timetable
from directory.timetable.writing import schedules_of
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors, new_id
from web.forms.listing.places import place_title
from web.forms.timetable import read_timetable
from web.forms.timetable_fields import PREFIX, form_of, form_of_post, is_only_shown
from web.forms.timetable_view import TimetableView, hours_said, timetable_view

OPEN: Final = "hours-at"
"""The button that shows the timetable of one place; its value is the id of the link between the service and the place."""


class HoursThere(Struct, frozen=True, kw_only=True):
    """The hours of one place: what they say as they stand, and their timetable where somebody writes on it."""

    key: str
    prefix: str
    title: str
    has_own: bool
    sentences: tuple[str, ...]
    view: TimetableView | None
    is_going: bool


class Hours(Struct, frozen=True, kw_only=True):
    """The hours of the service, and beside them those of each place that has its own; where there are several places, each may."""

    name: str = "hours"

    def show(self, sheet: Sheet, posted: Posted | None, around: Around) -> dict[str, Any]:
        """The timetables as they stand or were typed, with their sentences."""
        view = _view(sheet.service.schedules, PREFIX, posted, around)
        said = [sheet.service.schedules, *(at.schedules for at in sheet.service.service_at_locations)]
        return {
            "kind": "hours", "field": self, "view": view, "at_places": [_there(sheet, at, number, posted, around) for at, number in _places(sheet)],
            "says": [msgspec.json.encode(timetable_of(rows)).decode() for rows in said],
        }  # fmt: skip

    def read(self, sheet: Sheet, posted: Posted, around: Around) -> Errors:
        """The rows of what was typed; one that says what it said stays, id and all."""
        sheet.service.schedules, errors = _read(sheet.service.schedules, PREFIX, "", posted, around)
        for at, _ in _places(sheet):
            prefix = prefix_of(at.id)
            if posted.get(f"{prefix}-drop"):
                at.schedules = []
            elif posted.get(f"{prefix}-has") and not at.schedules and not is_sent(posted, prefix):   # its tick was undone
                at.schedules = [copy(row) for one in _base(around) if one.id == at.id for row in one.schedules]
            else:
                at.schedules, wrong = _read(at.schedules, prefix, f"{at.id}|", posted, around)
                errors |= wrong
        return errors


def _base(around: Around) -> list[ServiceAtLocation]:
    return around.base.service.service_at_locations if around.base else []


def prefix_of(key: UUID) -> str:
    """How the fields begin that are about the hours at one place."""
    return f"{PREFIX}-at-{key}"


def is_sent(posted: Posted, prefix: str = PREFIX) -> bool:
    """Whether the fields of a timetable were on the page that was sent: without them, nothing is said of its hours."""
    return posted.get(f"{prefix}-note") is not None


def is_asked(posted: Posted, sheet: Sheet) -> bool:
    """Whether a button was pressed that only changes what is shown."""
    prefixes = (PREFIX, *(prefix_of(at.id) for at in sheet.service.service_at_locations))
    return any(is_only_shown(posted, prefix) for prefix in prefixes) or bool(posted.get("find") or posted.get(OPEN))


def _places(sheet: Sheet) -> Iterator[tuple[ServiceAtLocation, int]]:
    """The places with their number; a single one only where it has hours of its own."""
    found = [(at, number) for number, at in enumerate(sheet.service.service_at_locations, 1)]
    yield from (one for one in found if len(found) > 1 or one[0].schedules)


def _there(sheet: Sheet, at: ServiceAtLocation, number: int, posted: Posted | None, around: Around) -> HoursThere:
    prefix = prefix_of(at.id)
    is_open = posted is not None and (is_sent(posted, prefix) or posted.get(OPEN) == str(at.id))
    zone = next((row.timezone_name for row in sheet.service.schedules if row.timezone_name), None)
    return HoursThere(
        key=str(at.id), prefix=prefix, title=place_title(at.location, number), has_own=bool(at.schedules),
        sentences=hours_said(at.schedules, country=around.country),
        view=_view(at.schedules, prefix, posted, around, zone=zone) if is_open else None, is_going=posted is not None and bool(posted.get(f"{prefix}-drop")),
    )  # fmt: skip


def _view(rows: list[Schedule], prefix: str, posted: Posted | None, around: Around, *, zone: str | None = None) -> TimetableView:
    """A timetable as the page shows it; ``zone`` is that of the service, with which a place without hours begins."""
    before, errors = timetable_of(rows), Errors()
    timetable = before if rows else Timetable(timezone=zone)
    form = form_of(timetable, country=around.country, prefix=prefix)
    if posted is not None and is_sent(posted, prefix):
        form = form_of_post(posted, prefix)
        timetable, errors = read_timetable(form, country=around.country, today=around.today, before=before)
    return timetable_view(form, timetable, errors=errors, country=around.country, today=around.today, before=before)


def _read(rows: list[Schedule], prefix: str, key_of: str, posted: Posted, around: Around) -> tuple[list[Schedule], Errors]:
    if not is_sent(posted, prefix):
        return rows, {}
    timetable, errors = read_timetable(form_of_post(posted, prefix), country=around.country, today=around.today, before=timetable_of(rows))
    written = rows if errors else schedules_of(timetable, lambda key: new_id(around, "schedule", key_of + key), on=around.today, before=rows)
    return written, errors
