"""Reads what was typed of the hours of a listing into a timetable; what cannot be read is said beside its field, and what was typed stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Final
from zoneinfo import available_timezones

from directory.timetable.holidays import countries, knows_region
from directory.timetable.values import Holidays, Line, Season, Span, SpecialDays, State, Timetable, While, Yearly
from web.forms.clocks import Pair, Unclear, read_pairs
from web.forms.days import Day, read_day
from web.forms.timetable_fields import MOST_ROWS, SECTIONS, STATES, Row, TimetableForm, key_of

LONGEST_NOTE: Final = 1_000
LONGEST_REASON: Final = 80
LONGEST_DAYS: Final = 370
Errors = dict[str, str]


def read_timetable(form: TimetableForm, *, country: str, today: date, before: Timetable | None = None) -> tuple[Timetable, Errors]:
    """The timetable that was typed, and what is the matter by field (its name, which is its id on the page too).

    ``country`` is how times are written there; a date without a year is the next one from ``today``. Rows that the form cannot show are taken from
    ``before``, but for those that were ticked to go. With errors the timetable holds what could be read, to be shown and never to be saved.
    """
    reader = _Reader(form, country, today)
    kept = tuple(row for row in (before or Timetable()).kept if str(row.id) not in form.remove)
    rare = [line for line in (before or Timetable()).lines if line.is_rare and key_of(line) not in form.remove]
    timetable = Timetable(
        lines=tuple(dict.fromkeys([*(line for section in ("weekly", "monthly", "season") for line in reader.lines(section)), *rare])),
        specials=reader.specials(),
        holidays=reader.holidays(),
        note=reader.note(),
        timezone=reader.timezone(),
        kept=kept,
    )
    return timetable, reader.errors


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


class _Reader:
    """One form, and the errors found so far."""

    def __init__(self, form: TimetableForm, country: str, today: date) -> None:
        self.form, self.country, self.today = form, country, today
        self.errors: Errors = {}
        for section in SECTIONS:
            if len(form.rows(section)) >= MOST_ROWS:
                self._say(f"{section}-{MOST_ROWS - 1}", "opens", f"There is room for {MOST_ROWS} lines. Write the rest as a note.")

    def lines(self, section: str) -> Iterator[Line]:
        """The lines of a section, two for a row with a break in it."""
        for number, row in enumerate(self.form.rows(section)):
            if not row.is_empty:
                yield from self._line(f"{section}-{number}", section, row)

    def _line(self, at: str, section: str, row: Row) -> Iterator[Line]:
        spans = self._spans(at, row, "Write when it opens, or untick the days.")
        weeks = tuple(map(int, row.weeks))
        season = self._season(at, row) if section == "season" else None
        if not row.days:
            self._say(at, "days", "Tick the days that these hours are for.")
        if section == "monthly" and not weeks:
            self._say(at, "weeks", "Tick the weeks of the month that these hours are for.")
        elif row.days and (section != "season" or season is not None):
            for opens, closes in spans:
                yield Line(days=tuple(map(int, row.days)), opens=opens, closes=closes, weeks=weeks, season=season)

    def _spans(self, at: str, row: Row, missing: str) -> list[Span]:
        if not any((row.opens, row.closes, row.opens_again, row.closes_again)):
            self._say(at, "opens", missing)
            return []
        return self._read(at, "", Pair(row.opens, row.closes), Pair(row.opens_again, row.closes_again))

    def _read(self, at: str, name: str, first: Pair, again: Pair) -> list[Span]:
        places = [suffix for suffix, pair in (("", first), ("_again", again)) if not pair.is_empty]
        spans: list[Span] = []
        for suffix, found in zip(places, read_pairs(first, again, country=self.country), strict=True):
            if isinstance(found, Unclear):
                self._say(at, f"{name}{found.field}{suffix}", found.words)
            else:
                spans.append(found)
        if len(spans) > 1 and spans[0][0] < spans[1][1] and spans[1][0] < spans[0][1]:
            self._say(at, f"{name}opens_again", "These hours overlap with those before the break.")
            return []
        return spans

    def _season(self, at: str, row: Row) -> Season | None:
        first, last = (self._day(at, name, text) for name, text in (("first", row.first), ("last", row.last)))
        if (row.first and first is None) or (row.last and last is None):
            return None
        if row.yearly:
            for name, day in (("first", first), ("last", last)):
                if day is None:
                    self._say(at, name, "Write the first and the last day of the season, for example 1 June and 31 August.")
            return Yearly(first=(first.month, first.day), last=(last.month, last.day)) if first and last else None
        return self._while(at, first, last)

    def _while(self, at: str, first: Day | None, last: Day | None) -> While | None:
        if first is None and last is None:
            self._say(at, "first", "Write from when, or until when, these hours hold.")
            return None
        for name, day in (("first", first), ("last", last)):
            if day is not None and day.year is None:
                self._say(at, name, "Write the year too, or tick “every year”.")
                return None
        dates = [day.on(self.today) if day else None for day in (first, last)]
        if dates[0] and dates[1] and dates[1] < dates[0]:
            self._say(at, "last", "The last day is before the first.")
            return None
        return While(first=dates[0], last=dates[1])

    def _day(self, at: str, name: str, text: str) -> Day | None:
        if not text:
            return None
        found = read_day(text)
        if isinstance(found, str):
            self._say(at, name, found)
            return None
        return found

    def specials(self) -> tuple[SpecialDays, ...]:
        """The dates that differ; stretches of the same dates are put together."""
        found: dict[tuple[date, date, State, str], list[Span]] = {}
        said: dict[tuple[date, date], tuple[State, str]] = {}
        for number, row in enumerate(self.form.date):
            at = f"date-{number}"
            dates = None if row.is_empty else self._dates(at, row)
            if dates is None:
                continue
            state: State = next(one for one in STATES if one == row.state)
            reason = " ".join(row.reason.split())
            if len(reason) > LONGEST_REASON:
                self._say(at, "reason", f"Say why in at most {LONGEST_REASON} letters.")
            elif said.setdefault(dates, (state, reason)) != (state, reason):
                self._say(at, "first", "Another line speaks of the same dates. Say it in one.")
            else:
                found.setdefault((*dates, state, reason), []).extend(self._special_spans(at, row, state))
        return tuple(
            SpecialDays(first=first, last=last, state=state, reason=reason, spans=tuple(sorted(set(spans))))
            for (first, last, state, reason), spans in found.items()
            if spans or state != "other"
        )

    def _special_spans(self, at: str, row: Row, state: State) -> list[Span]:
        if state == "other":
            return self._spans(at, row, "Write the hours of that day.")
        if any((row.opens, row.closes, row.opens_again, row.closes_again)):
            self._say(at, "state", "There are hours in this line. Choose “other hours”, or empty them.")
        return []

    def _dates(self, at: str, row: Row) -> tuple[date, date] | None:
        if not row.first:
            self._say(at, "first", "Write the date that this is about.")
            return None
        first, last = self._day(at, "first", row.first), self._day(at, "last", row.last)
        if first is None or (row.last and last is None):
            return None
        begins = first.on(self.today)
        ends = last.on(begins) if last else begins
        if ends < begins or (ends - begins).days > LONGEST_DAYS:
            self._say(at, "last", "The last day is before the first." if ends < begins else "That is more than a year. Use a part of the year for it.")
            return None
        return begins, ends

    def holidays(self) -> Holidays | None:
        """What holds on public holidays; None where nothing was said."""
        form = self.form
        state = next((one for one in STATES if one == form.holidays), None)
        if state is None:
            return None
        pairs = Pair(form.holidays_opens, form.holidays_closes), Pair(form.holidays_opens_again, form.holidays_closes_again)
        spans: list[Span] = []
        if state == "other":
            spans = self._read("", "holidays_", *pairs)
            if all(pair.is_empty for pair in pairs):
                self._say("", "holidays_opens", "Write the hours of public holidays.")
        elif not all(pair.is_empty for pair in pairs):
            self._say("", "holidays", "There are hours for public holidays. Choose “other hours”, or empty them.")
        return self._whose(state, tuple(sorted(spans)))

    def _whose(self, state: State, spans: tuple[Span, ...]) -> Holidays | None:
        form = self.form
        if state != "usual" and form.country not in countries():
            self._say("", "country", "Choose the country whose public holidays these are.")
            return None
        if form.country in countries() and not knows_region(form.country, form.region):
            self._say("", "region", "Choose the region again: the list now holds those of the country.")
            return None
        if state == "other" and not spans:
            return None
        country = form.country if form.country in countries() else ""
        return Holidays(state=state, country=country, region=form.region if country else "", spans=spans)

    def note(self) -> str:
        """The note, a sentence a line."""
        note = "\n".join(dict.fromkeys(line for line in map(str.strip, self.form.note.splitlines()) if line))
        if len(note) > LONGEST_NOTE:
            self._say("", "note", f"The note has {len(note)} letters. There is room for {LONGEST_NOTE}.")
        return note

    def timezone(self) -> str | None:
        """The zone that was chosen, None where none was."""
        name = self.form.timezone.strip()
        if name and name not in _zones():
            self._say("", "timezone", f"“{name}” is no time zone that we know. Choose one from the list, for example Europe/London.")
            return None
        return name or None

    def _say(self, at: str, name: str, words: str) -> None:
        self.errors.setdefault("-".join(filter(None, (self.form.prefix, at, name))), words)
