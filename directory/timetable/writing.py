"""A timetable to schedule rows: one for each line and each stretch of special dates, in words that readers of HSDS elsewhere can show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from uuid import UUID

import msgspec

from directory.exchange import records
from directory.hours import DAYS
from directory.timetable.marks import holidays_mark, special_mark, written, yearly_mark
from directory.timetable.reading import Row, as_record, part_of
from directory.timetable.times import season_of
from directory.timetable.turns import EVERY_DAY
from directory.timetable.values import Line, SpecialDays, Timetable, While, Yearly

WEEKS_OF_DAYS = 7
NOBODY = UUID(int=0)


def schedules_of(timetable: Timetable, make_id: Callable[[str], UUID], *, on: date, before: Iterable[Row] = ()) -> list[records.Schedule]:
    """The rows of a timetable, saved on a day: the season of that time is the one whose dates are written for those that come back every year.

    A row of ``before`` that says the same stays as it is, id and all, so that an edit changes what it changes and nothing else. ``make_id`` makes the
    id of a new row from what it says.
    """
    standing = {key: row for row in map(as_record, before) if (key := _key_of(row)) is not None}
    rows: list[records.Schedule] = []
    for row in _rows(timetable, on):
        key = _key(row)
        same = standing.pop(key, None)
        is_whole = same is not None and same.timezone_name == timetable.timezone
        rows.append(same if same is not None and is_whole else msgspec.structs.replace(row, id=same.id if same else make_id(key)))
    return [*rows, *timetable.kept]


def _rows(timetable: Timetable, on: date) -> Iterator[records.Schedule]:
    zone = timetable.timezone
    for line in dict.fromkeys(timetable.lines):
        yield _line(line, zone, on)
    for special in timetable.specials:
        yield from _special(special, zone)
    said = [holidays_mark(timetable.holidays)] if timetable.holidays else []
    for text in [*said, *filter(None, (line.strip() for line in timetable.note.splitlines()))]:
        yield records.Schedule(id=NOBODY, description=text, timezone_name=zone)


def _line(line: Line, zone: str | None, on: date) -> records.Schedule:
    opens, closes = written((line.opens, line.closes))
    parts = [f"{week}{DAYS[day]}" for day in line.days for week in line.weeks] if line.weeks else [DAYS[day] for day in line.days]
    while_ = season_of(line.season, on) if isinstance(line.season, Yearly) else line.season or While()
    return records.Schedule(
        id=NOBODY,
        freq="MONTHLY" if line.weeks or line.month_days else "WEEKLY",
        interval=line.every if line.every > 1 else None,
        byday=None if line.month_days and line.days == EVERY_DAY and not line.weeks else ",".join(parts),
        bymonthday=",".join(map(str, line.month_days)) or None,
        dtstart=line.since.isoformat() if line.since else None,
        wkst=DAYS[line.week_starts] if line.week_starts else None,
        opens_at=opens,
        closes_at=closes,
        valid_from=while_.first.isoformat() if while_.first else None,
        valid_to=while_.last.isoformat() if while_.last else None,
        notes=yearly_mark(line.season) if isinstance(line.season, Yearly) else None,
        timezone_name=zone,
    )


def _special(special: SpecialDays, zone: str | None) -> Iterator[records.Schedule]:
    row = records.Schedule(
        id=NOBODY,
        valid_from=special.first.isoformat(),
        valid_to=special.last.isoformat(),
        description=special_mark(special.state, special.reason),
        timezone_name=zone,
    )
    if special.state != "other":
        yield row
        return
    between = sorted({(special.first.weekday() + step) % WEEKS_OF_DAYS for step in range(min(WEEKS_OF_DAYS, (special.last - special.first).days + 1))})
    for span in special.spans:
        opens, closes = written(span)
        yield msgspec.structs.replace(row, freq="WEEKLY", byday=",".join(DAYS[day] for day in between), opens_at=opens, closes_at=closes)


def _key_of(row: records.Schedule) -> str | None:
    """What a row says, in the one way that we write it; None for one that a timetable cannot hold."""
    part = part_of(row)
    if part is None:
        return None
    return _key(row) if not isinstance(part, Line) else _key(_line(part, None, date_of_row(row)))


def date_of_row(row: records.Schedule) -> date:
    """A day of the season that a row was written for, so that the same season is written again."""
    return date.fromisoformat(row.valid_from) if row.valid_from else date.min


def _key(row: records.Schedule) -> str:
    said = (row.byday, row.opens_at, row.closes_at, row.valid_from, row.valid_to, row.description, row.notes)
    turns = (row.bymonthday, row.dtstart, str(row.interval or ""), row.wkst)
    return "|".join(part or "" for part in (*said, *(turns if any(turns) else ())))
