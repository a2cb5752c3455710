"""Schedule rows to a timetable: what a timetable can hold is taken, and what it cannot is kept as it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

import msgspec
from msgspec.structs import fields

from directory.exchange import records
from directory.hours import day_of, minutes_of
from directory.models import Schedule
from directory.timetable.marks import over_midnight, read_holidays, read_special, read_yearly
from directory.timetable.turns import last_of, line_of_rule
from directory.timetable.values import Holidays, Line, Season, SpecialDays, Timetable, While

Row = records.Schedule | Schedule
UNDERSTOOD: Final = frozenset({
    "id", "valid_from", "valid_to", "dtstart", "until", "count", "wkst", "freq", "interval", "byday", "bymonthday", "description", "opens_at", "closes_at",
    "notes", "timezone", "timezone_name",
})
"""Fields that a line, a special date or a note can stand for. A row that says anything else is kept."""
FIELDS: Final = tuple(field.name for field in fields(records.Schedule))
Part = Line | SpecialDays | Holidays | str


def timetable_of(rows: Iterable[Row]) -> Timetable:
    """The timetable that some rows are; rows of the same special dates are put together."""
    parts: list[Part] = []
    kept: list[records.Schedule] = []
    zone: str | None = None
    for row in rows:
        zone = zone or row.timezone_name
        part = part_of(row)
        if part is None or (isinstance(part, Holidays) and any(isinstance(one, Holidays) for one in parts)):
            kept.append(as_record(row))
        else:
            parts.append(part)
    return Timetable(
        lines=tuple(dict.fromkeys(part for part in parts if isinstance(part, Line))),
        specials=_together([part for part in parts if isinstance(part, SpecialDays)]),
        holidays=next((part for part in parts if isinstance(part, Holidays)), None),
        note="\n".join(dict.fromkeys(part for part in parts if isinstance(part, str))),
        timezone=zone,
        kept=tuple(kept),
    )


def part_of(row: Row) -> Part | None:
    """What one row stands for: a line, special dates (with one stretch at most), holidays or a note; None for what a timetable cannot hold."""
    if any(getattr(row, name, None) for name in FIELDS if name not in UNDERSTOOD):
        return None
    text = (row.description or "").strip()
    if row.opens_at is None and row.closes_at is None and not row.freq and not row.byday:
        return _said(row, text)
    if special := read_special(text):
        return _special(row, *special)
    return None if text else _line(row)


def text_of(rows: Iterable[Row]) -> tuple[str, ...]:
    """What the rows say in prose and in nothing else, each sentence once."""
    found: list[str] = []
    for row in rows:
        if row.description and row.description.strip():
            part = part_of(row)
            found += [row.description.strip()] if part is None else part.splitlines() if isinstance(part, str) else []
    return tuple(dict.fromkeys(found))


def as_record(row: Row) -> records.Schedule:
    """A row as a record."""
    if isinstance(row, records.Schedule):
        return row
    said: dict[str, Any] = {name: getattr(row, name) for name in FIELDS if name != "attributes"}
    return records.Schedule(**said)


def _said(row: Row, text: str) -> Part | None:
    """What a row without hours says."""
    dated = any((row.valid_from, row.valid_to, row.dtstart, row.until))
    if not text or row.notes:
        return None
    if dated:
        special = read_special(text)
        return _special(row, *special) if special and special[0] != "other" else None
    return read_holidays(text) or "\n".join(filter(None, (line.strip() for line in text.splitlines())))


def _special(row: Row, state: Any, reason: str) -> SpecialDays | None:
    first, last = date_of(row.valid_from), date_of(row.valid_to)
    if first is None or last is None or last < first or row.notes or row.dtstart or row.until:
        return None
    if state != "other":
        return SpecialDays(first=first, last=last, state=state, reason=reason) if row.opens_at is None and not row.byday else None
    spans = _span(row)
    days = {day_of(part) for part in (row.byday or "").split(",")}
    return SpecialDays(first=first, last=last, state=state, reason=reason, spans=(spans,)) if spans and days == _days_between(first, last) else None


def _days_between(first: date, last: date) -> set[tuple[int, tuple[int, ...]] | None]:
    return {((first.weekday() + step) % 7, ()) for step in range(min(7, (last - first).days + 1))}


def _together(found: list[SpecialDays]) -> tuple[SpecialDays, ...]:
    """One for each dates, state and reason, with all its stretches in order."""
    spans: dict[SpecialDays, list[tuple[int, int]]] = {}
    for one in found:
        spans.setdefault(SpecialDays(first=one.first, last=one.last, state=one.state, reason=one.reason), []).extend(one.spans)
    return tuple(
        SpecialDays(first=one.first, last=one.last, state=one.state, reason=one.reason, spans=tuple(sorted(set(held)))) for one, held in spans.items()
    )


def _line(row: Row) -> Line | None:
    span = _span(row)
    if span is None or (row.freq in ("WEEKLY", "MONTHLY") and not row.byday and not row.bymonthday and not row.dtstart):
        return None
    start = date_of(row.dtstart) or date_of(row.valid_from)
    line = line_of_rule(
        row.freq, interval=row.interval or 1, byday=row.byday, bymonthday=row.bymonthday, start=start, wkst=row.wkst, span=span
    )  # fmt: skip
    if line is None:
        return None
    season = _season(row, line, start)
    held = None if season == While() else season
    return msgspec.structs.replace(line, season=held) if season is not None else None


def _span(row: Row) -> tuple[int, int] | None:
    opens, closes = minutes_of(row.opens_at), minutes_of(row.closes_at)
    if opens is None or closes is None or opens == 1440 or ((row.opens_at or "").count(":") > 1 and not (row.opens_at or "").endswith(":00")):
        return None
    return opens, over_midnight(opens, closes)


def _season(row: Row, line: Line, start: date | None) -> Season | None:
    """The dates between which a row holds; None where they cannot be read. What has turns counts them from its first date, and says it there."""
    is_counted = line.every > 1
    written = (row.valid_from or (None if is_counted else row.dtstart), row.valid_to or row.until)
    if (row.valid_from and row.dtstart and not is_counted) or (row.valid_to and row.until):
        return None
    first, last = (date_of(one) for one in written)
    if (first is None) != (not written[0]) or (last is None) != (not written[1]) or (first and last and last < first) or bool(row.dtstart) > bool(start):
        return None
    if row.count is not None and (last or row.notes or start is None or (last := last_of([line], start, row.count)) is None):
        return None
    if is_counted and not row.dtstart:
        first = None
    if not row.notes:
        return While(first=first, last=last)
    return read_yearly(row.notes) if first and last else None


def date_of(text: str | None) -> date | None:
    """A date as HSDS writes it, or None."""
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
