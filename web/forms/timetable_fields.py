"""The fields of the hours of a listing: what was typed, as it was typed, and the timetable that it says.

Every field is ``hours-`` and a name: ``hours-SECTION-NUMBER-NAME`` in the rows of a section (``SECTIONS``), else one of ``SINGLE``. ``hours-set`` is
the button that was pressed: ``add=SECTION`` and ``drop=SECTION-NUMBER`` change the rows, ``show`` only shows the sentences; none of them saves. A page
with several timetables gives each a prefix of its own in place of ``hours``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final, get_args

import msgspec
from msgspec import Struct

from directory.hours import clock_words
from directory.timetable.holidays import countries
from directory.timetable.marks import MONTHS
from directory.timetable.values import DAY_MINUTES, Line, Span, SpecialDays, State, Timetable, Yearly
from web.forms.fields import Posted

PREFIX: Final = "hours"
SECTIONS: Final = ("weekly", "monthly", "season", "date")
"""Hours of every week, of some weeks of the month, of a part of the year, and dates that differ."""
SPARE: Final[Mapping[str, int]] = {"weekly": 1, "monthly": 1, "season": 1, "date": 1}
"""Empty rows that a fresh page offers."""
MOST_ROWS: Final = 120
DAYS: Final = tuple("0123456")
WEEKS: Final = ("1", "2", "3", "4", "5", "-1")
STATES: Final[tuple[State, ...]] = get_args(State)
TIMES: Final = ("opens", "closes", "opens_again", "closes_again")
SINGLE: Final = ("holidays", "country", "region", "note", "timezone", *(f"holidays_{name}" for name in TIMES))


class Row(Struct, frozen=True, kw_only=True):
    """One row as typed. ``opens_again`` and ``closes_again`` are the hours after a break; ``first`` and ``last`` are dates."""

    days: tuple[str, ...] = ()
    weeks: tuple[str, ...] = ()
    opens: str = ""
    closes: str = ""
    opens_again: str = ""
    closes_again: str = ""
    first: str = ""
    last: str = ""
    yearly: bool = False
    state: str = "closed"
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing was typed or ticked; what a list shows by itself says nothing."""
        return msgspec.structs.replace(self, yearly=False, state="closed") == Row()


class TimetableForm(Struct, frozen=True, kw_only=True):
    """Everything as typed. ``prefix``: how the names of its fields begin; ``remove``: ids of kept rows, and keys of lines that no row can hold, to go."""

    prefix: str = PREFIX
    weekly: tuple[Row, ...] = ()
    monthly: tuple[Row, ...] = ()
    season: tuple[Row, ...] = ()
    date: tuple[Row, ...] = ()
    holidays: str = ""
    country: str = ""
    region: str = ""
    holidays_opens: str = ""
    holidays_closes: str = ""
    holidays_opens_again: str = ""
    holidays_closes_again: str = ""
    note: str = ""
    timezone: str = ""
    remove: tuple[str, ...] = ()

    def rows(self, section: str) -> tuple[Row, ...]:
        """The rows of a section."""
        found: tuple[Row, ...] = getattr(self, section)
        return found


def is_only_shown(posted: Posted, prefix: str = PREFIX) -> bool:
    """Whether a button was pressed that changes the rows or shows the sentences: then nothing is saved."""
    return bool(posted.get(f"{prefix}-set"))


def form_of_post(posted: Posted, prefix: str = PREFIX) -> TimetableForm:
    """What was typed, with the row that a button adds or takes away."""
    change, _, target = str(posted.get(f"{prefix}-set") or "").partition("=")
    rows: dict[str, tuple[Row, ...]] = {}
    for section in SECTIONS:
        numbers = (number for number in range(MOST_ROWS) if (change, target) != ("drop", f"{section}-{number}"))
        found = (row for number in numbers if (row := _row(posted, prefix, section, number)) is not None)
        rows[section] = (*found, *([Row()] if (change, target) == ("add", section) else ()))
    fields: dict[str, Any] = {**rows, **{name: _text(posted, f"{prefix}-{name}") for name in SINGLE}}
    return TimetableForm(**fields, prefix=prefix, remove=tuple(map(str, posted.getall(f"{prefix}-remove", []))))


def form_of(timetable: Timetable, *, country: str, spare: bool = True, prefix: str = PREFIX) -> TimetableForm:
    """A timetable as it would be typed in a country, with some empty rows below."""
    rows: dict[str, list[Row]] = {section: [] for section in SECTIONS}
    for line, again in _paired(tuple(line for line in timetable.lines if not line.is_rare)):
        section = "season" if line.season else "monthly" if line.weeks else "weekly"
        rows[section].append(_row_of_line(line, again, country))
    for special in timetable.specials:
        rows["date"] += _rows_of_special(special, country)
    for section, count in SPARE.items():
        rows[section] += [Row()] * (count if spare else 0)
    held = timetable.holidays
    fields: dict[str, Any] = {section: tuple(found) for section, found in rows.items()}
    fields |= {f"holidays_{name}": value for name, value in _times(held.spans if held else (), country).items()}
    return TimetableForm(
        **fields,
        prefix=prefix,
        holidays=held.state if held else "",
        country=held.country if held else country if country in countries() else "",
        region=held.region if held else "",
        note=timetable.note,
        timezone=timetable.timezone or "",
    )


def key_of(line: Line) -> str:
    """What a line that no row of the form can hold is ticked by, to let it go."""
    return hashlib.sha256(msgspec.json.encode(line)).hexdigest()[:16]


def _text(posted: Posted, name: str) -> str:
    value = posted.get(name)
    return value if isinstance(value, str) else ""


def _row(posted: Posted, prefix: str, section: str, number: int) -> Row | None:
    """A row of the form, empty or not; None where the form has no such row."""
    at = f"{prefix}-{section}-{number}"
    typed = {name: posted.get(f"{at}-{name}") for name in (*TIMES, "first", "last", "state", "reason")}
    days, weeks = (tuple(str(one) for one in posted.getall(f"{at}-{name}", [])) for name in ("days", "weeks"))
    yearly = posted.get(f"{at}-yearly") is not None
    if not (days or weeks or yearly or any(value is not None for value in typed.values())):
        return None
    text = {name: value.strip() for name, value in typed.items() if isinstance(value, str)}
    state = text.pop("state", "closed")
    return Row(
        days=tuple(code for code in DAYS if code in days),
        weeks=tuple(code for code in WEEKS if code in weeks),
        yearly=yearly,
        state=state if state in STATES else "closed",
        **text,
    )


def _paired(lines: tuple[Line, ...]) -> list[tuple[Line, Line | None]]:
    """Lines as rows: two of the same days are one row with a break, the earlier first."""
    alike: dict[tuple[object, ...], list[Line]] = {}
    for line in lines:
        alike.setdefault((line.days, line.weeks, line.season), []).append(line)
    rows: list[tuple[Line, Line | None]] = []
    for found in alike.values():
        ordered = sorted(found, key=lambda line: (line.opens, line.closes))
        rows += [(ordered[at], ordered[at + 1] if at + 1 < len(ordered) else None) for at in range(0, len(ordered), 2)]
    return rows


def _row_of_line(line: Line, again: Line | None, country: str) -> Row:
    spans = [(one.opens, one.closes) for one in (line, again) if one]
    first, last = _season_words(line)
    return Row(
        days=tuple(map(str, line.days)),
        weeks=tuple(map(str, line.weeks)),
        first=first,
        last=last,
        yearly=isinstance(line.season, Yearly),
        **_times(spans, country),
    )


def _rows_of_special(special: SpecialDays, country: str) -> list[Row]:
    first, last = (f"{day.day} {MONTHS[day.month - 1]} {day.year}" for day in (special.first, special.last))
    row = Row(first=first, last="" if first == last else last, state=special.state, reason=special.reason)
    pairs = [special.spans[at : at + 2] for at in range(0, len(special.spans), 2)] or [()]
    return [msgspec.structs.replace(row, **_times(spans, country)) for spans in pairs]


def _season_words(line: Line) -> tuple[str, str]:
    season = line.season
    if isinstance(season, Yearly):
        return tuple(f"{day} {MONTHS[month - 1]}" for month, day in (season.first, season.last))   # type: ignore[return-value]
    dates = (season.first, season.last) if season else (None, None)
    first, last = (f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else "" for day in dates)
    return first, last


def _times(spans: list[Span] | tuple[Span, ...], country: str) -> dict[str, str]:
    written = [clock_words(minutes if minutes <= DAY_MINUTES else minutes - DAY_MINUTES, country=country) for span in spans[:2] for minutes in span]
    return dict(zip(TIMES, written, strict=False))
