"""What an organiser does with the dates of a group, as a change of its timetable: cancel, bring back, add, pause, go on. Nothing here is stored."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

import msgspec

from directory.errors import Invalid
from directory.meetings.coming import Meeting, coming
from directory.timetable.times import rules_of
from directory.timetable.values import DAY_MINUTES, Line, Span, SpecialDays, Timetable, While, only_day

LONGEST_REASON: Final = 80
LONGEST_PAUSE: Final = timedelta(days=400)
FARTHEST: Final = timedelta(days=800)
NOT_THERE: Final = "This date is not one of its dates any more. Look at the list again."
_WALL: Final = "UTC"
"""Changes are made on the wall, where no clock jumps."""


def on_day(timetable: Timetable, day: date) -> list[Meeting]:
    """The meetings that begin on a date, cancelled ones too, by the wall."""
    after = datetime.combine(day, time(), UTC) - timedelta(minutes=1)
    found = []
    for one in coming(timetable, zone=_WALL, after=after):
        if one.day > day:
            break
        found += [one] if one.day == day else []
    return found


def cancelled(timetable: Timetable, day: date, span: Span, *, reason: str = "") -> Timetable:
    """Without the meeting of a date; others that day stay. ``Invalid`` where there is none."""
    there = on_day(timetable, day)
    if not any(_span(one) == span for one in there):
        raise Invalid(dates=NOT_THERE)
    return _with_day(timetable, day, {_span(one) for one in there if one.is_on} - {span}, tidy(reason))


def restored(timetable: Timetable, day: date, span: Span) -> Timetable:
    """With a cancelled meeting of a date again. ``Invalid`` where none was cancelled."""
    there = on_day(timetable, day)
    if not any(_span(one) == span and not one.is_on for one in there):
        raise Invalid(dates=NOT_THERE)
    reason = next((one.reason for one in there if not one.is_on), "")
    return _with_day(timetable, day, {_span(one) for one in there if one.is_on} | {span}, reason)


def reasoned(timetable: Timetable, day: date, reason: str) -> Timetable:
    """With another reason why a date is cancelled. ``Invalid`` where it is not by itself."""
    if not any(_is_of(one, day) for one in timetable.specials):
        raise Invalid(dates=NOT_THERE)
    said = (msgspec.structs.replace(one, reason=tidy(reason)) if _is_of(one, day) else one for one in timetable.specials)
    return msgspec.structs.replace(timetable, specials=tuple(said))


def added(timetable: Timetable, day: date, span: Span, *, today: date) -> Timetable:
    """With one more date. ``Invalid`` for one that is past, too far away, or there already."""
    if not today <= day <= today + FARTHEST:
        raise Invalid(day="This day is past." if day < today else "This is more than two years ahead.")
    there = on_day(timetable, day)
    if any(_span(one) == span and one.is_on for one in there):
        raise Invalid(day="It meets then already.")
    rule = rules_of(Timetable(specials=timetable.specials), on=day).get(day)
    if rule is not None and rule.state != "usual":
        return _with_day(timetable, day, {_span(one) for one in there if one.is_on} | {span}, rule.reason)
    line = Line(days=(day.weekday(),), opens=span[0], closes=span[1], season=While(first=day, last=day))
    return msgspec.structs.replace(timetable, lines=(*timetable.lines, line))


def taken_away(timetable: Timetable, day: date, span: Span) -> Timetable:
    """Without a date that was added: as if nobody had. ``Invalid`` where there is none."""
    kept = tuple(line for line in timetable.lines if not (only_day(line.season) == day and (line.opens, line.closes) == span))
    if len(kept) < len(timetable.lines):
        return msgspec.structs.replace(timetable, lines=kept)
    return cancelled(timetable, day, span)


def pause_of(timetable: Timetable, *, on: date) -> SpecialDays | None:
    """The pause that a day lies in, or else the next one: several dates in a row on which it does not meet."""
    found = [one for one in timetable.specials if _is_pause(one) and one.last >= on]
    return min(found, key=lambda one: one.first, default=None)


def paused(timetable: Timetable, first: date, last: date, *, today: date, reason: str = "") -> Timetable:
    """Not meeting from a date to a date, both included. ``Invalid`` for dates that are past, in the wrong order, or too long."""
    if last < max(first, today):
        raise Invalid(last="This day is past." if last < today else "This is before the first day.")
    if last == first:
        raise Invalid(last="For one day, cancel that date.")
    if last - first > LONGEST_PAUSE or first > today + FARTHEST:
        raise Invalid(last="This is more than a year. Leave it empty while you do not know when it goes on.")
    return msgspec.structs.replace(timetable, specials=(*timetable.specials, SpecialDays(first=first, last=last, reason=tidy(reason))))


def resumed(timetable: Timetable, *, today: date) -> Timetable:
    """Meeting again from today on: the pause that is on ends the day before, or is gone where it has only begun; the next one where none is on."""
    pause = pause_of(timetable, on=today)
    if pause is None:
        return timetable
    last = today - timedelta(days=1)
    ended = (msgspec.structs.replace(pause, last=last),) if pause.first <= last else ()
    return msgspec.structs.replace(timetable, specials=(*(one for one in timetable.specials if one != pause), *ended))


def tidy(reason: str) -> str:
    """A reason on one line. ``Invalid`` for one that is too long."""
    said = " ".join(reason.split()).rstrip(".")
    if len(said) > LONGEST_REASON:
        raise Invalid(reason=f"Say why in at most {LONGEST_REASON} letters.")
    return said


def _with_day(timetable: Timetable, day: date, wanted: Collection[Span], reason: str) -> Timetable:
    """A timetable that has these meetings on a date: by no rule of its own where none is needed."""
    others = tuple(one for one in timetable.specials if not _is_of(one, day))
    bare = msgspec.structs.replace(timetable, specials=others)
    if {_span(one) for one in on_day(bare, day) if one.is_on} == set(wanted):
        return bare
    usual = {_span(one) for one in on_day(msgspec.structs.replace(bare, specials=(*others, SpecialDays(first=day, last=day, state="usual"))), day)}
    if not wanted:
        rule = SpecialDays(first=day, last=day, state="closed", reason=reason)
    elif usual == set(wanted):
        rule = SpecialDays(first=day, last=day, state="usual")
    else:
        rule = SpecialDays(first=day, last=day, state="other", spans=tuple(sorted(wanted)), reason=reason)
    return msgspec.structs.replace(bare, specials=(*others, rule))


def _is_of(special: SpecialDays, day: date) -> bool:
    return special.first == special.last == day


def _is_pause(special: SpecialDays) -> bool:
    return special.state == "closed" and special.first < special.last


def _span(one: Meeting) -> Span:
    return one.opens, min(one.closes, one.opens + DAY_MINUTES)
