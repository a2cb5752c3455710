"""Reads a stretch of time as people write it, ``8-5`` or ``6:30-9 pm``, into minutes, and gives up where two readings are possible.

Without am or pm a stretch is taken only in these forms; everything else is refused, so that nobody stands before a closed door:

====================  =======================  =================================================================================
written               read as                  because
====================  =======================  =================================================================================
``8-5``, ``7-7``      08:00-17:00              it opens at 6 to 11 and the closing hour is not later on the dial: twelve hours on
``8-12``, ``9-12:30`` 08:00-12:00              twelve after a morning hour is noon; midnight is written as such
``9-11:30``           09:00-11:30              it opens at 9 to 11 and closes before noon
``8-11, 1-4``         08:00-11:00, 13:00-...   the next stretch of the day begins in the afternoon
``12-4``, ``1-5``     12:00-16:00              nothing here is open from 1 to 5 at night without saying so
``9-12, 2-5, 6-9``    ..., 18:00-21:00         it begins after the stretch before it
``5-7 pm``            17:00-19:00              one marker for both ends, where they are at most four hours apart
``10-6 pm``           10:00-18:00              the marker cannot belong to both
``8 am-5``            08:00-17:00              the closing hour is not later on the dial
====================  =======================  =================================================================================

Refused: ``6-8``, ``8-9``, ``7-9`` (morning, evening or all day), ``9 am-10``, ``5-12``, and hours that do not exist. ``13:00-17:30`` is a
24-hour clock. A stretch that ends at or before its beginning runs over midnight, and only with both ends marked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

HALF, DAY = 720, 1440
SHARED_MARKER_MINUTES = 240
CLOCK = r"(?:(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?\s*(?P<mark>am|pm|noon|midnight|[ap])?|(?P<word>noon|midnight))(?![\w:])"
TIME = re.compile(CLOCK, re.I)


class Moment(Struct, frozen=True):
    """A clock time as written: hour and minute on the dial, and ``am``, ``pm``, ``24`` or nothing."""

    hour: int
    minute: int
    mark: str

    @property
    def dial(self) -> int:
        """Minutes on a dial of twelve hours, where twelve is 0."""
        return self.hour % 12 * 60 + self.minute

    @property
    def minutes(self) -> int:
        """Minutes after midnight, of a marked moment."""
        if self.mark == "24":
            return self.hour * 60 + self.minute
        return self.dial + (HALF if self.mark == "pm" else 0)


Stretch = tuple[int, int]
"""From and to, in minutes after midnight; the second is past 1440 when it runs over midnight."""


def moment(found: re.Match[str]) -> Moment | None:
    """A clock time from a match of ``TIME``; None where there is no such hour."""
    word = (found["word"] or found["mark"] or "").lower()
    hour, minute = int(found["hour"] or 12), int(found["minute"] or 0)
    if word in ("noon", "midnight"):
        return Moment(12, 0, "pm" if word == "noon" else "am") if (hour, minute) == (12, 0) else None
    if minute > 59 or hour > 23 or (hour > 12 and word):
        return None
    if hour > 12 or hour == 0 or (found["hour"] or "").startswith("0"):
        return Moment(hour, minute, "24") if not word else Moment(hour, minute, word[0] + "m")
    return Moment(hour, minute, word[0] + "m" if word else "")


def read_stretches(written: Sequence[tuple[Moment, Moment]]) -> list[Stretch] | None:
    """The stretches of one day in the order they are written; None as soon as one of them could be read in two ways."""
    stretches: list[Stretch] = []
    for place, (opens, closes) in enumerate(written):
        before = stretches[-1][1] if stretches else 0
        next_opens = written[place + 1][0] if place + 1 < len(written) else None
        stretch = _read(opens, closes, before, next_opens)
        if stretch is None or stretch[0] < before:
            return None
        stretches.append(stretch)
    return stretches


def _read(opens: Moment, closes: Moment, before: int, next_opens: Moment | None) -> Stretch | None:
    if "24" in (opens.mark, closes.mark):
        return _ordered(opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute) if opens.mark in ("24", "") else None
    if opens.mark and closes.mark:
        return _both_marked(opens.minutes, closes.minutes)
    if opens.mark:
        return _opening_marked(opens, closes)
    if closes.mark:
        return _closing_marked(opens, closes)
    return _unmarked(opens, closes, before, next_opens)


def _both_marked(opens: int, closes: int) -> Stretch | None:
    return None if opens == closes else (opens, closes if closes > opens else closes + DAY)


def _opening_marked(opens: Moment, closes: Moment) -> Stretch | None:
    if opens.mark == "pm":
        return _ordered(opens.minutes, closes.dial + HALF) if closes.hour != 12 or opens.hour == 12 else None
    if closes.hour == 12 or closes.dial <= opens.dial:
        return _ordered(opens.minutes, closes.dial + HALF)
    return None


def _closing_marked(opens: Moment, closes: Moment) -> Stretch | None:
    apart = closes.dial - opens.dial
    if closes.mark == "am":
        return _ordered(opens.dial, closes.minutes) if opens.hour != 12 and apart > 0 and closes.hour != 12 else None
    if opens.hour == 12 or opens.hour < 6:
        return _ordered(opens.dial + HALF, closes.minutes)
    if apart < 0:
        return _ordered(opens.dial, closes.minutes)
    return (opens.dial + HALF, closes.minutes) if 0 < apart <= SHARED_MARKER_MINUTES else None


def _unmarked(opens: Moment, closes: Moment, before: int, next_opens: Moment | None) -> Stretch | None:
    if opens.hour == 12 or opens.hour < 6 or opens.dial < before <= opens.dial + HALF:
        return _ordered(opens.dial + HALF, closes.dial + HALF) if closes.hour != 12 or opens.hour == 12 else None
    if closes.hour == 12 or closes.dial <= opens.dial:
        return _ordered(opens.dial, closes.dial + HALF)
    return (opens.dial, closes.dial) if opens.hour >= 9 or _is_afternoon(next_opens) else None


def _is_afternoon(moment: Moment | None) -> bool:
    return moment is not None and (moment.mark == "pm" or (not moment.mark and (moment.hour == 12 or moment.hour < 6)))


def _ordered(opens: int, closes: int) -> Stretch | None:
    return (opens, closes) if opens < closes else None
