"""Invented timetables for hypothesis: gaps, nights, weeks of the month, seasons, special dates, holidays, prose, and rows from elsewhere."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid5

from hypothesis import strategies as st
from msgspec.structs import replace

from directory.exchange.records import Schedule
from directory.timetable.turns import counted
from directory.timetable.values import Holidays, Line, Span, SpecialDays, Timetable, While, Yearly

ON = date(2026, 11, 22)
NAMESPACE = UUID("7d1d3a9e-55b0-4c38-8d0a-3f8a6f0f7f10")
ZONES = ("America/Los_Angeles", "Europe/London", "Asia/Kolkata")
PLACES = (("US", "CA"), ("US", ""), ("GB", "SCT"), ("DE", "BY"))


def make_id(key: str) -> UUID:
    """The id of a new row."""
    return uuid5(NAMESPACE, key)


def week_order(number: int) -> int:
    return number if number > 0 else 6


dates = st.dates(ON - timedelta(days=40), ON + timedelta(days=80))
spans: st.SearchStrategy[Span] = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).map(lambda pair: (pair[0], pair[0] + pair[1]))
month_days = st.dates(date(2000, 1, 1), date(2000, 12, 31)).map(lambda day: (day.month, day.day))
words = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=20).map(lambda text: " ".join(text.split())).filter(bool)


@st.composite
def whiles(draw: st.DrawFn) -> While:
    first, last = sorted((draw(dates), draw(dates)))
    return draw(st.sampled_from([While(first=first, last=last), While(first=first), While(last=last), While(first=first, last=first)]))


seasons = st.one_of(st.none(), whiles(), st.builds(Yearly, first=month_days, last=month_days))
weeks = st.one_of(
    st.just(()), st.just(()),
    st.sets(st.sampled_from([1, 2, 3, 4, 5, -1]), min_size=1, max_size=3).map(lambda found: tuple(sorted(found, key=week_order))),
)  # fmt: skip


@st.composite
def lines(draw: st.DrawFn) -> Line:
    opens, closes = draw(spans)
    days = draw(st.sets(st.integers(0, 6), min_size=1, max_size=7))
    line = Line(days=tuple(sorted(days)), opens=opens, closes=closes, weeks=draw(weeks), season=draw(seasons))
    return draw(rare(line)) if draw(st.booleans()) else line


@st.composite
def rare(draw: st.DrawFn, line: Line) -> Line:
    """The same of every second week, or on days of the month: counted from the first date on which it happens, as lines are written."""
    days_of_month = draw(st.sets(st.sampled_from([1, 13, 28, 31, -1, -30]), max_size=2))
    every = draw(st.sampled_from([1, 2, 3, 14]))
    held = replace(
        line, every=every, since=draw(dates) if every > 1 else None, week_starts=draw(st.integers(0, 6)) if every > 1 else 0,
        month_days=tuple(sorted(days_of_month, key=lambda day: day if day > 0 else 63 + day)),
    )  # fmt: skip
    return counted(held) or line


@st.composite
def specials(draw: st.DrawFn) -> SpecialDays:
    first = draw(dates)
    state = draw(st.sampled_from(["closed", "closed", "other", "usual"]))
    held = draw(st.sets(spans, min_size=1, max_size=2)) if state == "other" else set()
    last = first + timedelta(days=draw(st.sampled_from([0, 0, 0, 2, 9])))
    return SpecialDays(first=first, last=last, state=state, spans=tuple(sorted(held)), reason=draw(st.one_of(st.just(""), words)))


@st.composite
def holidays(draw: st.DrawFn) -> Holidays:
    country, region = draw(st.sampled_from(PLACES))
    state = draw(st.sampled_from(["closed", "closed", "other", "usual"]))
    held = draw(st.lists(spans, min_size=1, max_size=2, unique=True)) if state == "other" else []
    return Holidays(state=state, country=country, region=region, spans=tuple(sorted(held)))


@st.composite
def rows_from_elsewhere(draw: st.DrawFn) -> Schedule:
    """Rows whose form says more than a line can."""
    plain = Schedule(id=make_id(str(draw(st.integers()))), freq="WEEKLY", byday=draw(st.sampled_from(["MO", "TU,WE"])), opens_at="09:00", closes_at="11:00")
    for name, value in draw(st.sampled_from(MORE_THAN_A_LINE)).items():
        setattr(plain, name, value)
    return plain


MORE_THAN_A_LINE: list[dict[str, Any]] = [{"interval": 2}, {"byweekno": "41"}, {"attending_type": "online", "notes": "Ring twice"}, {"count": 3}]


@st.composite
def timetables(draw: st.DrawFn, *, elsewhere: bool = True) -> Timetable:
    """Any timetable, in the form in which it comes back from its rows."""
    zone = draw(st.sampled_from(ZONES))
    return Timetable(
        lines=tuple(draw(st.lists(lines(), min_size=1, max_size=4, unique=True))),
        specials=tuple(draw(st.lists(specials(), max_size=3, unique_by=lambda one: (one.first, one.last, one.state, one.reason)))),
        holidays=draw(st.one_of(st.none(), holidays())),
        note="\n".join(draw(st.lists(words, max_size=2, unique=True))),
        timezone=zone,
        kept=tuple(draw(st.lists(rows_from_elsewhere(), max_size=2, unique_by=lambda row: row.id))) if elsewhere else (),
    )
