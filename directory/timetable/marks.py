"""What HSDS has no field for, as sentences in its texts: readers elsewhere show them to people, and we read them back.

===========================================  ==============  ===========================================================================
sentence                                     field           on a row
===========================================  ==============  ===========================================================================
``Closed.`` ``Closed: REASON.``              description     ``valid_from`` to ``valid_to``, no ``opens_at``
``Open as usual.`` ``Open as usual: R.``     description     the same
``Instead of the usual hours.`` ``...: R.``  description     the same with ``opens_at``, ``closes_at`` and the days of the week between
``Every year from 1 June to 31 August.``     notes           ``valid_from`` and ``valid_to`` are this year's season, or the next
``Closed on public holidays (US-CA).``       description     no dates and no hours, so that nobody reads hours out of it
``Open as usual on public holidays.``        description     the same
``On public holidays (US-CA) 10:00-14:00.``  description     the same
===========================================  ==============  ===========================================================================
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import Final

from directory.timetable.values import DAY_MINUTES, Holidays, Span, State, Yearly

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
OPENINGS: Final[dict[State, str]] = {"closed": "Closed", "usual": "Open as usual", "other": "Instead of the usual hours"}
LEAP_YEAR: Final = 2000
_SPECIAL: Final = re.compile(rf"(?P<said>{'|'.join(OPENINGS.values())})(?:\s*: *(?P<reason>\S.*?))?\.?", re.I)
_DAY: Final = rf"(\d{{1,2}}) ({'|'.join(MONTHS)})"
_YEARLY: Final = re.compile(rf"Every year from {_DAY} to {_DAY}\.?", re.I)
_PLACE: Final = r"\((?P<country>[A-Z]{2})(?:-(?P<region>[A-Za-z0-9]{1,12}))?\)"
_HOLIDAYS: Final = re.compile(
    rf"Closed on public holidays {_PLACE}\.?|(?P<usual>Open as usual on public holidays)(?: {_PLACE.replace('?P<', '?P<u')})?\.?"
    rf"|On public holidays {_PLACE.replace('?P<', '?P<o')} (?P<spans>\d\d:\d\d-\d\d:\d\d(?:, \d\d:\d\d-\d\d:\d\d)?)\.?"
)


def special_mark(state: State, reason: str) -> str:
    """The sentence of special dates."""
    return f"{OPENINGS[state]}: {reason}." if reason else f"{OPENINGS[state]}."


def read_special(text: str) -> tuple[State, str] | None:
    """State and reason, if the sentence is one of special dates."""
    found = _SPECIAL.fullmatch(text.strip())
    if found is None:
        return None
    said: dict[str, State] = {words.casefold(): state for state, words in OPENINGS.items()}
    return said[found["said"].casefold()], found["reason"] or ""


def yearly_mark(season: Yearly) -> str:
    """The sentence of a season that comes back."""
    (first_month, first_day), (last_month, last_day) = season.first, season.last
    return f"Every year from {first_day} {MONTHS[first_month - 1]} to {last_day} {MONTHS[last_month - 1]}."


def read_yearly(text: str) -> Yearly | None:
    """The season, if the sentence is of one that comes back."""
    found = _YEARLY.fullmatch(text.strip())
    if found is None:
        return None
    first, last = (_month_day(found[number + 1], found[number]) for number in (1, 3))
    return Yearly(first=first, last=last) if first and last else None


def holidays_mark(holidays: Holidays) -> str:
    """The sentence of public holidays."""
    place = f" ({'-'.join(filter(None, (holidays.country, holidays.region)))})" if holidays.country else ""
    if holidays.state == "other":
        return f"On public holidays{place} {', '.join(f'{_clock(opens)}-{_clock(closes)}' for opens, closes in holidays.spans)}."
    return f"{OPENINGS[holidays.state]} on public holidays{place}."


def read_holidays(text: str) -> Holidays | None:
    """What holds on public holidays, if the sentence says that."""
    found = _HOLIDAYS.fullmatch(text.strip())
    if found is None:
        return None
    if found["usual"]:
        return Holidays(state="usual", country=found["ucountry"] or "", region=found["uregion"] or "")
    if not found["spans"]:
        return Holidays(state="closed", country=found["country"], region=found["region"] or "")
    spans = [tuple(_minutes(clock) for clock in span.split("-")) for span in found["spans"].split(", ")]
    if any(minutes > DAY_MINUTES for span in spans for minutes in span):
        return None
    whole = tuple((opens, over_midnight(opens, closes)) for opens, closes in spans)
    return Holidays(state="other", country=found["ocountry"], region=found["oregion"] or "", spans=whole)


def over_midnight(opens: int, closes: int) -> int:
    """When it closes, moved past midnight where that is written as an earlier hour."""
    return closes + DAY_MINUTES if closes <= opens else closes


def _month_day(month: str, day: str) -> tuple[int, int] | None:
    number = next(place for place, name in enumerate(MONTHS, 1) if name.casefold() == month.casefold())
    return (number, int(day)) if 1 <= int(day) <= monthrange(LEAP_YEAR, number)[1] else None


def written(span: Span) -> tuple[str, str]:
    """A stretch as HSDS writes it: ``HH:MM`` twice; the end of a day is 24:00, unless it is a day after."""
    return _clock(span[0]), _clock(span[1])


def _clock(minutes: int) -> str:
    kept = minutes if minutes <= DAY_MINUTES else minutes - DAY_MINUTES
    return f"{kept // 60:02}:{kept % 60:02}"


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)
