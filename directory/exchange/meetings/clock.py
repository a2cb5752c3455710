"""Days and times as meeting feeds write them; each is read where one reading is possible, and else told to be wrong."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from directory.exchange.meetings.meeting import DAY_MINUTES

DAYS: Final = ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
"""In the order of Meeting Guide, which counts from Sunday 0."""
CLOCK: Final = re.compile(r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*(?P<half>[ap]\.?m\.?)?", re.IGNORECASE)
WORDS: Final = {"noon": 720, "midday": 720, "midnight": 0}
MOMENTS: Final = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y")
LONGEST: Final = 240
"""Minutes of a meeting that nobody need look at."""


def days_from_sunday(value: Any) -> tuple[int, ...] | None:
    """The days of a Meeting Guide field, from Monday 0: a number, a text, a name, or a list of those; empty where it says nothing, None where it is none."""
    found = []
    for part in value if isinstance(value, list) else str(value).split(",") if isinstance(value, str) else [value]:
        if part in (None, "") or (isinstance(part, str) and not part.strip()):
            continue
        day = _day(part)
        if day is None:
            return None
        found.append((day - 1) % 7)
    return tuple(dict.fromkeys(found))


def _day(part: Any) -> int | None:
    """A day from Sunday 0."""
    if isinstance(part, bool):
        return None
    if isinstance(part, float | int):
        return int(part) if part == int(part) and 0 <= part < len(DAYS) else None
    text = str(part).strip().casefold()
    if text.isascii() and text.isdigit():
        return int(text) if int(text) < len(DAYS) else None
    named = [number for number, name in enumerate(DAYS) if name == text or (len(text) >= 3 and name.startswith(text))]
    return named[0] if len(named) == 1 else None


def minutes(value: Any) -> int | None:
    """``19:30``, ``19:30:00``, ``7:30 PM`` and ``noon`` as minutes after midnight; None for what is no time."""
    text = str(value).strip().casefold()
    if text in WORDS:
        return WORDS[text]
    found = CLOCK.fullmatch(text)
    if found is None or (found["minute"] is None and found["half"] is None):
        return None
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found["half"].startswith("p") else 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None


def end_of(starts: int, ends: int | None) -> int | None:
    """When a meeting ends, counted from the midnight before it starts: past 1440 where it runs over the next one; None for an end that is the start."""
    if ends is None or ends == starts:
        return None
    return ends if ends > starts else ends + DAY_MINUTES


def moment(value: Any) -> str | None:
    """A moment as ISO 8601 in UTC, whether written so, without a zone, or with the month first; None for what is none."""
    text = str(value).strip()
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = next((read for form in MOMENTS if (read := _read(text, form))), None)   # type: ignore[assignment]
    if found is None or not 1990 <= found.year <= 2200:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")


def _read(text: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(text, form).replace(tzinfo=UTC)
    except ValueError:
        return None


@lru_cache(64)   # the system lists its zones anew for each question: 11 ms
def zone(value: str) -> str | None:
    """An IANA zone as it is spelled; None for what is none."""
    text = value.strip()
    if text not in available_timezones():
        return None
    return ZoneInfo(text).key
