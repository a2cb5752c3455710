"""What prose may mean for when a group meets: "2nd & 4th Fridays only" is proposed to somebody who knows, and never taken as said.

Of 309 meetings of one real feed whose words name a week of the month, two mean the meeting; the others tell of business meetings, of birthday chips, of what
happens on a first Thursday, of a floor, or are names. So a phrase counts only where it stands for the meeting itself: as a sentence that says that it meets
then, with "only", as "no meeting on ...", or alone with nothing else beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

import msgspec
from msgspec import Struct

from directory.hours import DAY_NAMES
from directory.timetable.values import Line, Timetable

ORDINALS: Final = {"1st": 1, "first": 1, "2nd": 2, "second": 2, "3rd": 3, "third": 3, "4th": 4, "fourth": 4, "5th": 5, "fifth": 5, "last": -1}
ALL: Final = (1, 2, 3, 4, 5)
_ORDINAL: Final = rf"(?:{'|'.join(ORDINALS)})"
_DAY: Final = r"(?:mon|tues?|wed(?:nes)?|weds|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?s?\b\.?"
_LIST: Final = rf"{_ORDINAL}(?:(?:\s*(?:,|&|\+|/|and|or)\s*)+(?:the\s+)?{_ORDINAL})*"
_OF: Final = r"(?:\s+(?:of|in)\s+(?:[tf]he|each|every)?\s*month|\s+(?:each|every|of)\s+month|\s+monthly)?"
_WEEKS: Final = rf"(?:every\s+|each\s+|the\s+)*(?P<ordinals>{_LIST})\s+(?:(?P<day>{_DAY})|weeks?\b){_OF}"
_TURNS: Final = r"(?:every\s+(?:other|second(?!.*month)|two|2)|alternat(?:e|ing)|bi-?weekly|fortnightly)"
_OTHER: Final = rf"{_TURNS}\s*(?:(?P<oday>{_DAY})|weeks?\b)?(?:\s+on\s+(?P<oday2>{_DAY}))?"
_WHEN: Final = rf"(?:(?P<other>{_OTHER})|(?P<weeks>{_WEEKS}))"
_CLOCK: Final = r"\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?"
_TIMES: Final = rf"(?:,?\s*(?:at|from|@)?\s*{_CLOCK}(?:\s*(?:-|–|to|until)\s*{_CLOCK})?)?"
_SUBJECT: Final = r"(?:(?:this|the|our)\s+)?(?:meetings?|mtgs?|groups?|we|it|sessions?|circle)"
_MEETS: Final = r"(?:only\s+)?(?:meets?|occurs?|gathers?|takes?\s+place|happens?|runs?|(?:is|are)\s+(?:only\s+)?held|held)(?:\s+only)?"
_NOT: Final = r"(?:no|not?\s+a?)\s*(?:meetings?|mtgs?|groups?|sessions?)|(?:does|do)(?:\s+not|n[’']t)\s+meet|(?:is|are)\s+not\s+held"
_MAY: Final = re.compile(rf"{_ORDINAL}|{_TURNS.replace('(?!.*month)', '')}", re.I)
"""What no phrase is without: most sentences need no closer look."""
_FORMS: Final = tuple(re.compile(form, re.I) for form in (
    rf"(?P<no>{_NOT})\s*(?:on\s+)?(?:the\s+)?{_WHEN}\W*",
    rf"(?:{_SUBJECT}\s+)?{_MEETS}\s*(?:on\s+)?(?:the\s+)?{_WHEN}{_TIMES}(?:\s+only)?(?:,\s.*)?\W*",
    rf"(?:(?:{_SUBJECT})\s*:?\s+)?(?:only\s+)?(?:on\s+)?(?:the\s+)?{_WHEN}{_TIMES}\s*,?\s*only{_TIMES}\W*",
))  # fmt: skip
_ALONE: Final = re.compile(rf"(?:on\s+)?(?:the\s+)?{_WHEN}{_TIMES}\W*", re.I)
"""Nothing but the phrase: it counts where it is of a day, and no colon or dash after it says that it is about something else."""
_OUTSIDE: Final = re.compile(r"[\n\r;!?()\[\]*/]+|\.(?:\s+|$)|\s[-–—]\s|:\s")
_ENDS: Final = re.compile(rf"^.+?(?<![,&+/])(?<!and)(?<!or)\s+(?=(?:{_LIST})\s+{_DAY}{_OF}\s+only\W*$)", re.I)
"""A name that ends with it: "Happy and Free 2nd & 4th Fridays only"."""


class Proposal(Struct, frozen=True, kw_only=True):
    """What a phrase may mean. ``weeks`` are those of the month in which it meets, empty where ``every`` says each n-th week: then somebody has to say
    from which date that counts. ``days`` is empty where the phrase names none: the days on which it meets."""

    phrase: str
    weeks: tuple[int, ...] = ()
    every: int = 1
    days: tuple[int, ...] = ()


def propose(text: str) -> Proposal | None:
    """What a text may mean for when a group meets, by its first phrase that can mean nothing else; None for nearly every text."""
    parts = _OUTSIDE.split(text)
    for number, part in enumerate(parts):
        if not _MAY.search(part):
            continue
        said = " ".join(part.split()).strip(" ,-–")
        if number and parts[number - 1].strip() and _is_label(text, parts, number):
            continue
        if found := _read(said) or _read(_ENDS.sub("", said)) or (None if _goes_on(text, part) else _alone(said)):
            return found
    return None


def proposed(timetable: Timetable, proposal: Proposal, *, since: date | None = None) -> Timetable | None:
    """A timetable as a proposal would make it: its weekly lines of those days meet in some weeks only.

    None where the proposal says nothing about it: no such line, or it says the same already. ``since`` is a date on which it meets, for each n-th week.
    """
    lines = tuple(_changed(line, proposal, since) for line in timetable.lines)
    found = tuple(line for pair in lines for line in pair)
    return msgspec.structs.replace(timetable, lines=found) if found != timetable.lines else None


def first_proposal(texts: Iterable[str], timetable: Timetable) -> Proposal | None:
    """The first proposal of some texts that would change a timetable."""
    found = (proposal for text in texts if text and (proposal := propose(text)))
    return next((one for one in found if proposed(timetable, one, since=date.min.replace(day=2)) is not None), None)


def _read(said: str) -> Proposal | None:
    for form in _FORMS:
        if found := form.fullmatch(said):
            return _proposal(found, said)
    return None


def _alone(said: str) -> Proposal | None:
    found = _ALONE.fullmatch(said)
    made = _proposal(found, said) if found else None
    return made if made and (made.days or made.every > 1) else None


def _goes_on(text: str, part: str) -> bool:
    """Whether something comes after a part that the part is about: "1st Wednesday: speaker", "first week - beginners"."""
    return bool(part.strip()) and re.search(rf"{re.escape(part.strip())}\s*[:–—-]", text) is not None


def _proposal(found: re.Match[str], said: str) -> Proposal | None:
    is_not = "no" in found.groupdict() and bool(found["no"])
    day = found["day"] or found["oday"] or found["oday2"]
    days = (_day(day),) if day else ()
    if found["other"]:
        return None if is_not else Proposal(phrase=said, every=2, days=days)
    weeks = tuple(dict.fromkeys(ORDINALS[one.casefold()] for one in re.findall(_ORDINAL, found["ordinals"], re.I)))
    if is_not:
        weeks = tuple(week for week in ALL if week not in weeks) if -1 not in weeks else ()
    return Proposal(phrase=said, weeks=weeks, days=days) if 0 < len(weeks) < len(ALL) else None


def _day(name: str) -> int:
    return next(at for at, day in enumerate(DAY_NAMES) if day.casefold().startswith(name.casefold()[:3]))


def _is_label(text: str, parts: list[str], number: int) -> bool:
    """Whether the part before ends in a colon, and so says what this one is about: "Business meeting: 2nd Sunday"."""
    before = parts[number - 1].strip()
    is_colon = re.search(rf"{re.escape(before)}\s*:\s*{re.escape(parts[number].strip()[:20])}", text) is not None
    return is_colon and re.fullmatch(rf"{_SUBJECT}|{_MEETS}|when|dates?|schedule|note", before, re.I) is None


def _changed(line: Line, proposal: Proposal, since: date | None) -> tuple[Line, ...]:
    if line.weeks or line.month_days or line.every > 1 or (proposal.every > 1 and since is None):
        return (line,)
    meant = tuple(day for day in line.days if not proposal.days or day in proposal.days)
    if not meant:
        return (line,)
    rest = tuple(day for day in line.days if day not in meant)
    first = since if proposal.every > 1 else None
    new = msgspec.structs.replace(line, days=meant, weeks=proposal.weeks, every=proposal.every, since=first)
    return (msgspec.structs.replace(line, days=rest), new) if rest else (new,)
