"""Everything that the fragment ``desk/_timetable.html`` shows: what was typed, what is the matter with it, and what it says in sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from msgspec import Struct

from directory.exchange.records import Schedule
from directory.hours import DAY_NAMES
from directory.timetable.holidays import countries, country_name, holidays_between, knows_region, regions_of
from directory.timetable.reading import text_of, timetable_of
from directory.timetable.times import lines_of_kept
from directory.timetable.values import Timetable
from web.forms.timetable_fields import DAYS, SECTIONS, SPARE, WEEKS, Row, TimetableForm, key_of
from web.hours_wording import ORDINALS, day_words, timetable_sentences, turns_words, zone_words

TEMPLATE: Final = "desk/_timetable.html"
"""The fragment: ``{% from "desk/_timetable.html" import timetable %}{{ timetable(view) }}`` within a form of the page."""
Option = tuple[str, str]
HEADINGS: Final[Mapping[str, tuple[str, str, str]]] = {
    "weekly": ("Every week", "For a break in the middle of the day, fill in the second hours. Hours may end the next day: 22:00 to 2:00.", "Add a line"),
    "monthly": ("In some weeks of the month", "For example the second and the last Tuesday.", "Add a line for some weeks"),
    "season": ("In a part of the year", "Write dates like 1 June 2027. For every year, tick the box and write 1 June.", "Add a line for a part of the year"),
    "date": ("Dates that differ", "A day on which you are closed, or have other hours. For several days in a row, write the last one too.", "Add a date"),
}
RARE: Final = ("monthly", "season", "date")
STATES: Final[tuple[Option, ...]] = (("closed", "Closed"), ("other", "Other hours"), ("usual", "Open as usual"))
HOLIDAYS: Final[tuple[Option, ...]] = (("", "Nothing is said about them"), *STATES)


class RowView(Struct, frozen=True, kw_only=True):
    """One row: the beginning of the names of its fields, what it is called, and what was typed."""

    name: str
    number: int
    label: str
    row: Row


class SectionView(Struct, frozen=True, kw_only=True):
    """The rows of a section, its heading and hint, and the words of the button that adds one. What few need is folded until something is in it."""

    code: str
    heading: str
    hint: str
    add: str
    rows: tuple[RowView, ...]
    is_folded: bool = False


class TimetableView(Struct, frozen=True, kw_only=True):
    """What the fragment shows. ``holiday_dates``: what the choice means in the coming year; ``kept``: ids of rows that cannot be edited, in words."""

    form: TimetableForm
    errors: Mapping[str, str]
    sections: tuple[SectionView, ...]
    sentences: tuple[str, ...]
    note: tuple[str, ...]
    zone: str
    holiday_dates: tuple[str, ...]
    kept: tuple[Option, ...]
    countries: tuple[Option, ...]
    regions: tuple[Option, ...]
    zones: tuple[str, ...]
    days: tuple[Option, ...] = tuple(zip(DAYS, DAY_NAMES, strict=True))
    weeks: tuple[Option, ...] = tuple((code, ORDINALS[int(code)].capitalize()) for code in WEEKS)
    states: tuple[Option, ...] = STATES
    holidays: tuple[Option, ...] = HOLIDAYS

    def error(self, name: str) -> str:
        """What is the matter with a field, or nothing."""
        return self.errors.get(name, "")


def timetable_view(
    form: TimetableForm, timetable: Timetable, *, errors: Mapping[str, str], country: str, today: date, before: Timetable | None = None
) -> TimetableView:
    """What to show of a form and the timetable that was read from it; a fresh page has ``form_of(timetable)`` and no errors.

    ``country`` is that of the listing: how times are written, and the first choice for holidays. ``before`` is what is stored, whose rows that cannot
    be edited are shown even while they are ticked to go.
    """
    chosen = form.country or country
    return TimetableView(
        form=form,
        errors=errors,
        sections=tuple(_section(form.prefix, section, form.rows(section)) for section in SECTIONS),
        sentences=tuple(timetable_sentences(timetable, country=country)),
        note=tuple(timetable.note.splitlines()),
        zone=zone_words(timetable.timezone),
        holiday_dates=_holiday_dates(timetable, today),
        kept=(
            *((key_of(line), turns_words(line, country=country)) for line in (before or timetable).lines if line.is_rare),
            *((str(row.id), kept_words(row, country=country)) for row in (before or timetable).kept),
        ),
        countries=(("", "Choose"), *_countries()),
        regions=(("", "The whole country"), *((region.code, region.name) for region in regions_of(chosen))),
        zones=zones_of(chosen),
    )


def _section(prefix: str, code: str, rows: tuple[Row, ...]) -> SectionView:
    heading, hint, add = HEADINGS[code]
    shown = rows if any(row.is_empty for row in rows) else (*rows, Row())   # there is always a line to write into
    views = tuple(RowView(name=f"{prefix}-{code}-{number}", number=number, label=f"{heading}: line {number + 1}", row=row) for number, row in enumerate(shown))
    is_folded = code in RARE and len(rows) <= SPARE[code] and all(row.is_empty for row in rows)
    return SectionView(code=code, heading=heading, hint=hint, add=add, rows=views, is_folded=is_folded)


def _holiday_dates(timetable: Timetable, today: date) -> tuple[str, ...]:
    held = timetable.holidays
    if held is None or not held.country or not knows_region(held.country, held.region):
        return ()
    return tuple(f"{day_words(day)}: {name}" for day, name in holidays_between(held.country, held.region, today, today + timedelta(days=365)))


def hours_said(rows: Sequence[Schedule], *, country: str) -> tuple[str, ...]:
    """Everything that some rows say of hours, as sentences; whose clock it is of, where they name one."""
    timetable = timetable_of(rows)
    kept = (kept_words(row, country=country) for row in timetable.kept)
    said = (*timetable_sentences(timetable, country=country), *timetable.note.splitlines(), *kept)
    return (*said, zone_words(timetable.timezone)) if timetable.timezone else said


def kept_words(row: Schedule, *, country: str) -> str:
    """A row that cannot be edited, in words: its text and the hours that are certain in it, else what it says field by field."""
    one = Timetable(kept=(row,))
    said = [*timetable_sentences(one, country=country), *text_of([row]), *filter(None, (row.notes,))]
    more = [f"{name.replace('_', ' ')} {value}" for name in UNSAID if (value := getattr(row, name)) is not None]
    if lines_of_kept(one):
        more = [words for words in more if not words.startswith(("opens", "closes", "byday", "freq", "valid"))]
    return "; ".join([*said, *more])


UNSAID: Final = (
    "freq", "interval", "byday", "byweekno", "bymonthday", "byyearday", "count", "dtstart", "until", "valid_from", "valid_to", "opens_at", "closes_at",
    "attending_type", "schedule_link",
)  # fmt: skip


@cache
def _countries() -> tuple[Option, ...]:
    return tuple(sorted(((code, country_name(code)) for code in countries()), key=lambda option: option[1]))


@cache
def zones_of(country: str) -> tuple[str, ...]:
    """The time zones of a country, to choose from; all may be typed."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text()
    lines = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    return tuple(sorted(fields[2] for fields in lines if fields[0] == country))
