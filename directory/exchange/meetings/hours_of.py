"""When a group meets, as schedule rows: one for each stretch of hours with all its days, and sentences for what rows cannot say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from uuid import UUID

from directory.exchange.meetings.grouping import Group
from directory.exchange.meetings.meeting import DAY_MINUTES, Meeting
from directory.exchange.records import Schedule
from directory.hours import DAYS
from directory.timetable.marks import holidays_mark, written
from directory.timetable.values import Holidays

NAMES = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
BY_APPOINTMENT = "By appointment: ask when."
NO_HOUR = "{day}: ask for the hour."
NO_END = "{day} from {starts}."
NOT_ON_HOLIDAYS = "Not on public holidays."
REGION = re.compile(r"[A-Z]{2,3}")


def schedules_of(group: Group, make_id: Callable[[str], UUID], *, not_on_holidays: bool) -> list[Schedule]:
    """The rows of a group; ``make_id`` makes the id of each from what it says, so that a day more is a change of one row."""
    rows = [*_rows(group, make_id), *_sentences(group, make_id)]
    if not_on_holidays:
        text = _holidays(group.first)
        rows.append(Schedule(id=make_id("holidays"), description=text, timezone_name=group.first.timezone))
    return rows


def _rows(group: Group, make_id: Callable[[str], UUID]) -> Iterator[Schedule]:
    days: dict[tuple[int, int], set[int]] = {}
    for one in group.members:
        meeting = one.meeting
        if meeting.weekday is not None and meeting.starts is not None and meeting.ends is not None:
            days.setdefault((meeting.starts, min(meeting.ends, meeting.starts + DAY_MINUTES)), set()).add(meeting.weekday)
    for span, on in sorted(days.items()):
        opens, closes = written(span)
        byday = ",".join(DAYS[day] for day in sorted(on))
        yield Schedule(
            id=make_id(f"{opens}-{closes}"), freq="WEEKLY", byday=byday, opens_at=opens, closes_at=closes, timezone_name=group.first.timezone
        )


def _sentences(group: Group, make_id: Callable[[str], UUID]) -> Iterator[Schedule]:
    """What is certain of meetings without an hour, an end or a day."""
    told: dict[str, None] = {}
    for one in group.members:
        meeting = one.meeting
        if meeting.weekday is None:
            told[BY_APPOINTMENT] = None
        elif meeting.starts is None:
            told[NO_HOUR.format(day=NAMES[meeting.weekday])] = None
        elif meeting.ends is None:
            told[NO_END.format(day=NAMES[meeting.weekday], starts=written((meeting.starts, meeting.starts))[0])] = None
    for text in told:
        yield Schedule(id=make_id(text), description=text, timezone_name=group.first.timezone)


def _holidays(meeting: Meeting) -> str:
    """The sentence that nothing is held on public holidays, with the place whose holidays are meant where it is known."""
    spot = meeting.spot
    if spot is None or not spot.country:
        return NOT_ON_HOLIDAYS
    return holidays_mark(Holidays(state="closed", country=spot.country, region=spot.region if REGION.fullmatch(spot.region) else ""))
