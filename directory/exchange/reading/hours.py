"""Reads opening hours written as sentences into schedule rows where they are certain, and keeps the sentence where they are not.

A sentence is taken whole when it is a list of "days, times" (``Monday, Tuesday, 8-12, 1-5; Wednesday, 9-6; closed 12-1``,
``2nd and 4th Tuesday, 7-9 pm``, ``24 hours daily``), with the times as ``clock.py`` reads them. It is taken in part when what stays
over only adds to that (``by appointment``, ``evenings available``, ``24-hour helpline``, ``closed on federal holidays``): the rows are kept and the
sentence with them. Anything else (seasons, names of departments, other time zones, exceptions, two statements on one day) is kept as the
sentence alone. A ``closes_at`` at or before ``opens_at`` is on the next day: open all day is 00:00 to 00:00.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from uuid import UUID

from msgspec import Struct

from directory.exchange.reading.clock import CLOCK, DAY, TIME, Moment, Stretch, moment, read_stretches
from directory.exchange.records import Schedule
from directory.hours import DAYS

DAY_WORDS = {
    "mon": "MO", "monday": "MO", "tue": "TU", "tues": "TU", "tuesday": "TU", "wed": "WE", "weds": "WE", "wednesday": "WE", "thu": "TH", "thur": "TH",
    "thurs": "TH", "thursday": "TH", "fri": "FR", "friday": "FR", "sat": "SA", "saturday": "SA", "sun": "SU", "sunday": "SU",
}  # fmt: skip
MANY_DAYS = {"daily": DAYS, "every day": DAYS, "everyday": DAYS, "7 days a week": DAYS, "weekdays": DAYS[:5], "weekends": DAYS[5:]}
ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "last": -1}
TOKEN = re.compile(
    rf"""\s*(?:
    (?P<many>daily|every\ ?day|7\ days\ a\ week|weekdays|weekends)\b |
    (?P<ordinal>first|1st|second|2nd|third|3rd|fourth|4th|last)\b |
    (?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun)day(?=s?\b)|(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)(?=s?\b))s? |
    (?P<month>of\ (?:the|each|every)\ month|each\ month|every\ month|monthly)\b |
    (?P<time>{CLOCK}) |
    (?P<dash>[-–—]|\bto\b|\bthrough\b|\buntil\b) |
    (?P<and>and\b|&) |
    (?P<mark_>[,;:.]) |
    (?P<filler>\bfrom\b|\bat\b|\bopen\b|\bon\b|\bthe\b|hours:)
    )""",
    re.I | re.X,
)
ALL_DAY = re.compile(r"24 hours(?: a day)?(?:,? (?:daily|every day|7 days a week|seven days a week))|24/7|24 hours a day", re.I)
WHOLE_YEAR = re.compile(r"^(?:january|jan) ?[-–] ?(?:december|dec)\b,?", re.I)
OPENS, CLOSES = CLOCK.replace("?P<", "?P<o"), CLOCK.replace("?P<", "?P<c")
LUNCH = re.compile(rf"[;,.]?\s*\(?\bclosed(?: for lunch)?,? (?:from )?({OPENS}\s*[-–]\s*{CLOSES})\)?\s*\.?$", re.I)
ADDITION = re.compile(
    r"""^(?:and|or)?\ ?\(?(?:
    (?:(?:and|or|also|other\ times|other|some|occasional|evenings?|weekends?|saturdays?|sundays?|hours|days|times|appointments?|available|
       by|with|an|as|scheduled|arranged|needed|prior|only|drop-ins?|mornings?|afternoons?|are|may|be|activities|counseling|service|
       (?:mon|tues|wednes|thurs|fri)days?)[\s,]*)+ |
    24[-\ ]hours?\ (?:answering\ (?:service|machine)|(?:crisis|emergency|telephone)?\ ?(?:hotline|helpline|help\ line|line|response|voicemail|on-call)
       |access\ via\ website|service\ available\ as\ needed)[\w\ ]* |
    voicemail[-\ ]24\ hours\ daily |
    (?:emergency\ services?|crisis\ line|emergency)[,\ -]+24\ hours\ daily |
    (?:closed\ )(?:on\ )?(?:all\ )?(?:major\ |federal\ |legal\ |public\ |bank\ |most\ )*(?:holidays)
    )\)?\.?$""",
    re.I | re.X,
)


class Span(Struct, frozen=True):
    """Days with one stretch of time; a day is ``MO`` or, in some weeks of the month, ``2MO`` or ``-1MO``. Times are ``HH:MM``."""

    days: tuple[str, ...]
    opens: str
    closes: str


class Hours(Struct, frozen=True):
    """What a sentence says: the certain spans, and whether they are all of it."""

    sentence: str
    spans: tuple[Span, ...] = ()
    whole: bool = False


def read_hours(sentence: str) -> Hours:
    """The hours in a sentence; without spans where nothing is certain."""
    text = _plain(sentence)
    if ALL_DAY.fullmatch(text):
        return Hours(sentence, (Span(DAYS, "00:00", "00:00"),), whole=True)
    text, lunch = _without_lunch(text)
    core, added = _without_additions(text)
    spans = _spans(core, lunch)
    return Hours(sentence, spans, whole=bool(spans) and not added)


def schedules(hours: Hours, make_id: Callable[[str], UUID], *, timezone: str | None) -> list[Schedule]:
    """The rows for some hours: one for each span, and one with the sentence alone where the spans are not all of it."""
    rows = [
        Schedule(
            id=make_id(f"{','.join(span.days)} {span.opens}-{span.closes}"),
            freq="MONTHLY" if _is_monthly(span.days[0]) else "WEEKLY",
            byday=",".join(span.days),
            opens_at=span.opens,
            closes_at=span.closes,
            timezone_name=timezone,
        )
        for span in hours.spans
    ]
    if not hours.whole:
        rows.append(Schedule(id=make_id("text"), description=hours.sentence, timezone_name=timezone))
    return rows


def doubt(hours: Hours) -> str:
    """Why some hours are not taken whole, for an import report."""
    return "only part of the hours is certain; the sentence is kept beside it" if hours.spans else "kept as text: no hours are certain in it"


def _plain(sentence: str) -> str:
    text = " ".join(sentence.replace("\n", "; ").split())
    text = re.sub(r"\b(mon|tues?|wed|weds|thu|thurs?|fri|sat|sun)\.", r"\1", text, flags=re.I)
    text = re.sub(r"\b([ap])\.\s?m\b\.?", r"\1m", text, flags=re.I)
    return WHOLE_YEAR.sub("", text).strip(" .;,")


def _without_lunch(text: str) -> tuple[str, Stretch | None]:
    found = LUNCH.search(text)
    ends = [moment(match) for match in TIME.finditer(found[1])] if found else []
    if not found or len(ends) != 2 or ends[0] is None or ends[1] is None:
        return text, None
    stretches = read_stretches([(ends[0], ends[1])])
    return (text[: found.start()], stretches[0]) if stretches else (text, None)


def _without_additions(text: str) -> tuple[str, bool]:
    """The text without the clauses that only add to the hours, and whether there were any."""
    text = re.sub(r"[\s,]*\((closed [\w ]*holidays|by appointment)\)", r"; \1", text, flags=re.I)
    text = re.sub(r",? (?=(?:and |or )?(?:by appointment|some evening|evenings? and weekends?))", "; ", text, flags=re.I)
    clauses = [clause.strip(" ,") for clause in re.split(r"[;]|\.(?=\s|$)", text)]
    core = [clause for clause in clauses if clause and not ADDITION.match(clause)]
    return "; ".join(core), len(core) < len([clause for clause in clauses if clause])


def _spans(text: str, lunch: Stretch | None) -> tuple[Span, ...]:
    tokens = _tokens(text)
    groups = _groups(tokens) if tokens else None
    if not groups:
        return ()
    found: dict[tuple[Stretch, bool], list[str]] = {}
    for days, written in groups:
        stretches = read_stretches(written)
        if stretches is None:
            return ()
        for stretch in _around(stretches, lunch):
            for day in days:
                found.setdefault((stretch, _is_monthly(day)), []).append(day)
    return tuple(_span(days, stretch) for (stretch, _), days in found.items()) if _agree(found) else ()


def _tokens(text: str) -> list[re.Match[str]] | None:
    tokens, place = [], 0
    while place < len(text):
        found = TOKEN.match(text, place)
        if found is None or found.end() == place:
            return None
        if not found["filler"]:
            tokens.append(found)
        place = found.end()
    return tokens


Group = tuple[list[str], list[tuple[Moment, Moment]]]


def _groups(tokens: Sequence[re.Match[str]]) -> list[Group] | None:
    """Days and their stretches, in the order of the text; None as soon as something does not fit that shape."""
    groups: list[Group] = []
    place = 0
    while place < len(tokens):
        days, place = _day_list(tokens, place)
        stretches, place = _time_list(tokens, place)
        if not days or not stretches:
            return None
        groups.append((days, stretches))
        while place < len(tokens) and (tokens[place]["mark_"] or tokens[place]["and"]):
            place += 1
    return groups


def _day_list(tokens: Sequence[re.Match[str]], place: int) -> tuple[list[str], int]:
    days: list[str] = []
    ordinals: list[int] = []
    while place < len(tokens):
        token = tokens[place]
        if token["many"]:
            days += MANY_DAYS[" ".join(token["many"].lower().split())]
        elif token["ordinal"]:
            ordinals.append(ORDINALS[token["ordinal"].lower()])
        elif token["day"]:
            first = DAY_WORDS[token["day"].lower()]
            if ordinals:
                days += [f"{ordinal}{first}" for ordinal in ordinals]
                ordinals = []
            elif place + 2 < len(tokens) and tokens[place + 1]["dash"] and tokens[place + 2]["day"]:
                days += _day_range(first, DAY_WORDS[tokens[place + 2]["day"].lower()])
                place += 2
            else:
                days.append(first)
        elif not (token["month"] or token["and"] or token["mark_"] in (",", ":")):
            break
        place += 1
    return ([] if ordinals or len(set(days)) < len(days) else days), place


def _day_range(first: str, last: str) -> list[str]:
    start, length = DAYS.index(first), (DAYS.index(last) - DAYS.index(first)) % 7 + 1
    return [DAYS[(start + step) % 7] for step in range(length)]


def _time_list(tokens: Sequence[re.Match[str]], place: int) -> tuple[list[tuple[Moment, Moment]], int]:
    """Stretches up to the next day; an empty list where a clock time stands alone or does not exist."""
    stretches: list[tuple[Moment, Moment]] = []
    while place + 2 < len(tokens) and tokens[place]["time"] and tokens[place + 1]["dash"] and tokens[place + 2]["time"]:
        opens, closes = moment(tokens[place]), moment(tokens[place + 2])
        if opens is None or closes is None:
            return [], place
        stretches.append((opens, closes))
        place += 3
        if place + 1 < len(tokens) and (tokens[place]["mark_"] == "," or tokens[place]["and"]) and tokens[place + 1]["time"]:
            place += 1
    if place < len(tokens) and tokens[place]["time"]:
        return [], place
    return stretches, place


def _around(stretches: Sequence[Stretch], lunch: Stretch | None) -> list[Stretch]:
    if lunch is None:
        return list(stretches)
    parts: list[Stretch] = []
    for opens, closes in stretches:
        if opens < lunch[0] and lunch[1] < closes:
            parts += [(opens, lunch[0]), (lunch[1], closes)]
        else:
            parts.append((opens, closes))
    return parts


def _agree(found: dict[tuple[Stretch, bool], list[str]]) -> bool:
    """False where two stretches of the same day overlap: then the sentence says two things of that day."""
    taken: dict[str, list[Stretch]] = {}
    for (stretch, _), days in found.items():
        for day in days:
            if any(stretch[0] < other[1] and other[0] < stretch[1] for other in taken.get(day, [])):
                return False
            taken.setdefault(day, []).append(stretch)
    return True


def _is_monthly(day: str) -> bool:
    return len(day) > 2


def _span(days: Sequence[str], stretch: Stretch) -> Span:
    ordered = sorted(days, key=lambda day: (DAYS.index(day[-2:]), day))
    return Span(tuple(ordered), _written(stretch[0]), _written(stretch[1]))


def _written(minutes: int) -> str:
    return f"{minutes % DAY // 60:02d}:{minutes % 60:02d}"
