"""Times of day as people type them: 9, 9am, 9:30, 17.30, 1730, noon, midnight. What could be morning or evening is asked about, never guessed."""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from directory.exchange.reading.clock import Moment, Stretch, read_stretches
from directory.hours import TWELVE_HOUR
from directory.timetable.marks import over_midnight
from directory.timetable.values import DAY_MINUTES, Span

NOON, MIDNIGHT = ("noon", "midday", "12 noon", "12noon"), ("midnight", "12 midnight")
TYPED: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})|(?P<h>\s*h))?\s*(?P<mark>[ap]\.?\s?m\.?|[ap])?|(?P<four>\d{3,4})\s*(?P<fmark>[ap]\.?\s?m\.?)?", re.I
)
HALF: Final = 720
NIGHT_ENDS: Final = 6
"""Hardly anything opens from 1 to 5 at night: such an hour without am or pm is asked about."""
ASK_EXAMPLE: Final = "Write for example 9:30, 5 pm or 17:00."


class Pair(Struct, frozen=True):
    """When it opens and closes, as typed."""

    opens: str
    closes: str

    @property
    def is_empty(self) -> bool:
        """Nothing was typed."""
        return not self.opens.strip() and not self.closes.strip()


class Unclear(Struct, frozen=True):
    """What cannot be read: ``opens`` or ``closes``, and what to do about it, in words."""

    field: str
    words: str


def read_pairs(first: Pair, again: Pair, *, country: str) -> list[Span | Unclear]:
    """One or two stretches of a day. Without am or pm, two that are read together tell more: 9 to 12 and 1 to 5."""
    pairs = [pair for pair in (first, again) if not pair.is_empty]
    read = [(read_moment(pair.opens, country=country), read_moment(pair.closes, country=country)) for pair in pairs]
    moments = [(opens, closes) for opens, closes in read if opens is not None and closes is not None and "24" not in (opens.mark, closes.mark)]
    together = read_stretches(moments) if len(moments) == len(pairs) > 1 else None
    return [*together] if together else [read_pair(pair, country=country) for pair in pairs]


def read_pair(pair: Pair, *, country: str) -> Span | Unclear:
    """One stretch; an end at or before its beginning is on the next day."""
    moments = {}
    for field, text, missing in (("opens", pair.opens, "Write when it opens, too."), ("closes", pair.closes, "Write when it closes, too.")):
        found = read_moment(text, country=country)
        if found is None:
            return Unclear(field, f"“{text.strip()}” is no time of day that we can read. {ASK_EXAMPLE}" if text.strip() else missing)
        moments[field] = found
    opens, closes = moments["opens"], moments["closes"]
    span = _span(opens, closes)
    if span is not None:
        return span
    field, asked = ("opens", opens) if not opens.mark else ("closes", closes)
    hour = f"{asked.hour}:{asked.minute:02}" if asked.minute else f"{asked.hour}"
    return Unclear(field, f"Is {hour} in the morning or in the afternoon or evening? Write {hour} am, {hour} pm, or {_both(asked)}.")


def read_moment(text: str, *, country: str) -> Moment | None:
    """A time of day. Where people write 24 hours, 9:30 is in the morning; elsewhere it has no am or pm yet."""
    words = " ".join(text.casefold().split()).rstrip(".") if not text.strip().casefold().endswith("m.") else " ".join(text.casefold().split())
    if words in NOON or words in MIDNIGHT:
        return Moment(12, 0, "pm" if words in NOON else "am")
    found = TYPED.fullmatch(words)
    if found is None:
        return None
    four, mark = found["four"], (found["mark"] or found["fmark"] or "")[:1]
    hour, minute = (int(four[:-2]), int(four[-2:])) if four else (int(found["hour"]), int(found["minute"] or 0))
    if minute > 59 or hour > 24 or (hour == 24 and minute) or (mark and not 1 <= hour <= 12):
        return None
    is_whole = hour > 12 or hour == 0 or (four or found["hour"]).startswith("0")
    is_24 = is_whole or (country not in TWELVE_HOUR and bool(four or found["minute"] or found["h"]))
    return Moment(hour, minute, f"{mark}m" if mark else "24" if is_24 else "")


def _span(opens: Moment, closes: Moment) -> Span | None:
    if opens.mark and closes.mark:
        return _between(opens, closes)
    if "24" not in (opens.mark, closes.mark):
        found = read_stretches([(opens, closes)])
        return _first(found)
    if not opens.mark:
        return _between(opens, closes) if opens.hour >= NIGHT_ENDS else None
    could_be_evening = _minutes(closes) <= _minutes(opens) < _minutes(closes) + HALF
    return None if could_be_evening else _between(opens, closes)


def _first(found: list[Stretch] | None) -> Span | None:
    return found[0] if found else None


def _between(opens: Moment, closes: Moment) -> Span:
    begins = _minutes(opens) % DAY_MINUTES
    return begins, over_midnight(begins, _minutes(closes))


def _minutes(moment: Moment) -> int:
    return moment.hour * 60 + moment.minute if moment.mark in ("24", "") else moment.minutes


def _both(moment: Moment) -> str:
    """The two times that it may be, with 24 hours."""
    return f"{moment.dial // 60:02}:{moment.minute:02} or {moment.dial // 60 + 12}:{moment.minute:02}"
