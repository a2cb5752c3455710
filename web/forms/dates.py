"""Reads what an organiser does on the page of dates: which button was pressed, and the day, hours and reason beside it."""

from __future__ import annotations

import re
from datetime import date
from typing import Final
from uuid import UUID

from directory.errors import Invalid
from directory.meetings import changing
from directory.meetings.keeping import Change
from directory.timetable.values import Span
from web.forms.clocks import Pair, Unclear, read_pair
from web.forms.days import read_day
from web.forms.fields import Posted
from web.forms.listing.base import tidy_line

ACTS: Final = ("cancel", "restore", "away", "say", "add", "pause", "resume", "take", "refuse")
_DATE: Final = re.compile(r"(\d{4}-\d\d-\d\d)/(\d{1,4})/(\d{1,4})")
NO_BUTTON: Final = "Choose one of the buttons."


def act_of(form: Posted) -> str:
    """Which button was pressed. ``Invalid`` for none that we know."""
    found = next((act for act in ACTS if form.get(act) is not None), None)
    if found is None:
        raise Invalid(dates=NO_BUTTON)
    return found


def times_of(form: Posted) -> UUID | None:
    """Whose times are meant: those at a place, or None for those of the whole group."""
    try:
        return UUID(form.get("of") or "")
    except ValueError:
        return None


def change_of(form: Posted, act: str, *, today: date, country: str) -> Change:
    """What the button does to a timetable; ``Invalid`` for what was typed and does not fit."""
    reason = form.get("reason") or ""
    if act in ("cancel", "restore", "away", "say"):
        day, span = _date_of(form.get(act) or "")
        if act == "cancel":
            return lambda timetable: changing.cancelled(timetable, day, span, reason=reason)
        if act == "restore":
            return lambda timetable: changing.restored(timetable, day, span)
        return (lambda timetable: changing.taken_away(timetable, day, span)) if act == "away" else lambda timetable: changing.reasoned(timetable, day, reason)
    if act == "add":
        day, span = _added(form, today, country)
        return lambda timetable: changing.added(timetable, day, span, today=today)
    if act == "resume":
        return lambda timetable: changing.resumed(timetable, today=today)
    first, last = _day(form, "first", today) if (form.get("first") or "").strip() else today, _day(form, "last", today)
    return lambda timetable: changing.paused(timetable, first, last, today=today, reason=reason)


def proposal_of(form: Posted) -> tuple[str, date | None]:
    """Which proposal is taken on, and the date from which it counts, where it needs one."""
    key, _, since = (form.get("take") or "").partition("/")
    try:
        return key, date.fromisoformat(since) if since else None
    except ValueError:
        raise Invalid(dates=changing.NOT_THERE) from None


def is_open_end(form: Posted) -> bool:
    """Whether a pause has no last day and no first: it begins now, and nobody knows until when."""
    return not (form.get("last") or "").strip() and not (form.get("first") or "").strip()


def _date_of(text: str) -> tuple[date, Span]:
    found = _DATE.fullmatch(text)
    try:
        return date.fromisoformat(found[1] if found else ""), (int(found[2]), int(found[3])) if found else (0, 0)
    except ValueError:
        raise Invalid(dates=changing.NOT_THERE) from None


def _added(form: Posted, today: date, country: str) -> tuple[date, Span]:
    pair = Pair(tidy_line(form.get("opens") or ""), tidy_line(form.get("closes") or ""))
    read = read_pair(pair, country=country)
    day = _day(form, "day", today)
    if isinstance(read, Unclear):
        raise Invalid(**{read.field: read.words})
    return day, read


def _day(form: Posted, name: str, today: date) -> date:
    """A day as a browser sends it, or as people write it."""
    text = tidy_line(form.get(name) or "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        found = read_day(text) if text else "Write the day, for example 24 June."
    if isinstance(found, str):
        raise Invalid(**{name: found})
    return found.on(today)
