"""When it is open: the timetable of the service as a field of the form (``web/forms/timetable.py`` reads it, ``timetable_view.py`` shows it)."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from directory.editing.sheet import Sheet
from directory.editing.words import said_of
from directory.timetable.reading import timetable_of
from directory.timetable.writing import schedules_of
from web.forms.fields import Posted
from web.forms.listing.base import Around, Errors, new_id
from web.forms.timetable import read_timetable
from web.forms.timetable_fields import PREFIX, form_of, form_of_post, is_only_shown
from web.forms.timetable_view import timetable_view


class Hours(Struct, frozen=True, kw_only=True):
    """The hours of the service. Where a listing has hours only at one of its places, those stay as they are and are told."""

    name: str = "hours"

    def show(self, sheet: Sheet, posted: Posted | None, around: Around) -> dict[str, Any]:
        """The timetable as it stands or was typed, and its sentences."""
        timetable, errors = timetable_of(sheet.service.schedules), Errors()
        form = form_of(timetable, country=around.country)
        if posted is not None and is_sent(posted):
            form = form_of_post(posted)
            timetable, errors = read_timetable(form, country=around.country, today=around.today, before=timetable)
        before = timetable_of(sheet.service.schedules)
        view = timetable_view(form, timetable, errors=errors, country=around.country, today=around.today, before=before)
        at_places = [said_of(row) for at in sheet.service.service_at_locations for row in at.schedules]
        return {"kind": "hours", "field": self, "view": view, "at_places": at_places, "says": msgspec.json.encode(timetable).decode()}

    def read(self, sheet: Sheet, posted: Posted, around: Around) -> Errors:
        """The rows of what was typed; one that says what it said stays, id and all."""
        if not is_sent(posted):
            return {}
        before = sheet.service.schedules
        timetable, errors = read_timetable(form_of_post(posted), country=around.country, today=around.today, before=timetable_of(before))
        if not errors:
            sheet.service.schedules = schedules_of(timetable, lambda key: new_id(around, "schedule", key), on=around.today, before=before)
        return errors


def is_sent(posted: Posted) -> bool:
    """Whether the fields of the hours were on the page that was sent: without them, nothing is said of the hours."""
    return posted.get(f"{PREFIX}-note") is not None


def is_asked(posted: Posted) -> bool:
    """Whether a button was pressed that only changes what is shown."""
    return is_only_shown(posted) or bool(posted.get("find"))
