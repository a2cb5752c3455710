"""Hours as sentences: the same words on the page of a listing, and shown back to whoever edits it before anything is saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from directory.hours import DAY_NAMES, clock_words
from directory.timetable.holidays import country_name, region_name
from directory.timetable.marks import MONTHS
from directory.timetable.times import lines_of_kept
from directory.timetable.values import DAY_MINUTES, Holidays, Line, Season, Span, SpecialDays, Timetable, Yearly, only_day
from matching.wording import joined

ORDINALS = {
    1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth", -1: "last", -2: "last but one", -3: "last but two", -4: "last but three", -5: "last but four",
}
EACH_WEEK = (1, 2, 3, 4, 5)
RUN = 3
"""So many days in a row are "Monday to Wednesday"."""


def timetable_sentences(timetable: Timetable, *, country: str) -> list[str]:
    """Every line, date and rule of a timetable as a sentence, in times as a country writes them; kept rows too, as far as they state times."""
    lines = [*(line for line in timetable.lines if not line.is_rare), *lines_of_kept(timetable)]
    usual = [line for line in lines if line.season is None]
    found = list(_weekly(usual, country))
    seasons: dict[Season, list[Line]] = {}
    for line in lines:
        if line.season is not None:
            seasons.setdefault(line.season, []).append(line)
    for season, of_season in sorted(seasons.items(), key=lambda item: _season_key(item[0])):
        found += _in_season(season, of_season, " also" if usual else "", country)
    found += [turns_words(line, country=country) for line in timetable.lines if line.is_rare]
    found += [special_words(special, country=country) for special in sorted(timetable.specials, key=lambda one: (one.first, one.last))]
    return found + ([holidays_words(timetable.holidays, country=country)] if timetable.holidays else [])


def turns_words(line: Line, *, country: str) -> str:
    """A line of every second week, of every third month, or of days of the month: "Every 2 weeks on Tuesday 18:00 to 19:30, counted from ..."."""
    is_monthly = bool(line.weeks or line.month_days)
    every = "" if line.every == 1 else f"Every {line.every} {'months' if is_monthly else 'weeks'} "
    which = f"the {joined([_nth(day) for day in line.month_days])}" if line.month_days else _turn_days(line)
    on = f"on {which}" if every else f"{which} of the month"
    if line.month_days and (line.weeks or len(line.days) < len(DAY_NAMES)):
        on = f"{on} if it is {_turn_days(line) if line.weeks else 'a ' + ' or '.join(DAY_NAMES[day] for day in line.days)}"
    words = f"{every}{on} {spans_words([(line.opens, line.closes)], country=country)}"
    counted = f", counted from {day_words(line.since)}" if line.since else ""
    season = f"{_season_words(line.season)} " if line.season else ""
    return f"{season}{words[:1].lower()}{words[1:]}{counted}" if season else f"{words[:1].upper()}{words[1:]}{counted}"


def _turn_days(line: Line) -> str:
    if not line.weeks:
        return joined([DAY_NAMES[day] for day in line.days])
    if line.weeks == EACH_WEEK:
        return f"every {joined([DAY_NAMES[day] for day in line.days])}"
    return f"the {joined([ORDINALS[week] for week in line.weeks])} {joined([DAY_NAMES[day] for day in line.days])}"


def _nth(day: int) -> str:
    """A day of the month: "3rd", "last day", "2nd day before the last"."""
    if day < 0:
        return "last day" if day == -1 else f"{_nth(-day - 1)} day before the last"
    return f"{day}{'th' if 10 < day < 14 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


def zone_words(zone: str | None) -> str:
    """Whose clock the times are of, by the name of the zone; nothing where no zone is named."""
    return f"Times are those of {zone.rpartition('/')[2].replace('_', ' ')}." if zone else ""


def special_words(special: SpecialDays, *, country: str) -> str:
    """What holds on certain dates, and why."""
    reason = f" ({special.reason})" if special.reason else ""
    dates = f"on {day_words(special.first)}" if special.first == special.last else f"from {day_words(special.first)} to {day_words(special.last)}"
    if special.state == "closed":
        return f"Closed {dates}{reason}"
    if special.state == "usual":
        return f"Open as usual {dates}{reason}"
    return f"{dates[:1].upper()}{dates[1:]} only {spans_words(special.spans, country=country)}{reason}"


def holidays_words(holidays: Holidays, *, country: str) -> str:
    """What holds on public holidays, and whose they are."""
    region = region_name(holidays.country, holidays.region) if holidays.region else ""
    where = ", ".join(filter(None, (region, country_name(holidays.country) if holidays.country else "")))
    days = f"public holidays ({where})" if where else "public holidays"
    if holidays.state == "other":
        return f"On {days} only {spans_words(holidays.spans, country=country)}"
    return f"Closed on {days}" if holidays.state == "closed" else f"Open as usual on {days}"


def day_words(day: date) -> str:
    """A date as people say it, with its day of the week, so that a wrong one is seen: "Friday 25 December 2026"."""
    return f"{DAY_NAMES[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def spans_words(spans: Iterable[Span], *, country: str) -> str:
    """Stretches of one day: "09:00 to 12:30 and 13:30 to 17:00"."""
    return joined([_span_words(span, country) for span in sorted(spans)])


def _span_words(span: Span, country: str) -> str:
    opens, closes = span
    if (opens, closes) == (0, DAY_MINUTES):
        return "all day"
    ends = clock_words(closes if closes <= DAY_MINUTES else closes - DAY_MINUTES, country=country)
    return f"{clock_words(opens, country=country)} to {ends}{' of the next day' if closes > DAY_MINUTES else ''}"


def _weekly(lines: Iterable[Line], country: str) -> Iterator[str]:
    """Lines of one season: days with the same hours together, each day with all its stretches."""
    days: dict[tuple[tuple[int, ...], int], set[Span]] = {}
    for line in lines:
        for day in line.days:
            days.setdefault((line.weeks, day), set()).add((line.opens, line.closes))
    together: dict[tuple[tuple[int, ...], tuple[Span, ...]], list[int]] = {}
    for (weeks, day), spans in sorted(days.items(), key=lambda item: (item[0][0] != (), item[0][0], item[0][1])):
        together.setdefault((weeks, tuple(sorted(spans))), []).append(day)
    for (weeks, stretches), of_them in together.items():
        yield f"{_day_words(weeks, of_them)} {spans_words(stretches, country=country)}"


def _day_words(weeks: tuple[int, ...], days: list[int]) -> str:
    if not weeks:
        return _days(days)
    ordinals = joined([ORDINALS[week] for week in weeks])
    return f"{ordinals[:1].upper()}{ordinals[1:]} {joined([DAY_NAMES[day] for day in days])} of the month"


def _days(days: list[int]) -> str:
    """Days of one week: "Every day", "Monday to Friday", "Monday to Wednesday and Saturday"."""
    if len(days) == len(DAY_NAMES):
        return "Every day"
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    words = [[f"{DAY_NAMES[run[0]]} to {DAY_NAMES[run[-1]]}"] if len(run) >= RUN else [DAY_NAMES[day] for day in run] for run in runs]
    return joined([name for names in words for name in names])


def _in_season(season: Season, lines: list[Line], also: str, country: str) -> Iterator[str]:
    day = only_day(season)
    if day is not None and all(line.days == (day.weekday(),) and not line.weeks for line in lines):
        yield f"On {day_words(day)}{also} {spans_words({(line.opens, line.closes) for line in lines}, country=country)}"
        return
    for words in _weekly(lines, country):
        yield f"{_season_words(season)}{also} {words if words.startswith(DAY_NAMES) else words[:1].lower() + words[1:]}"


def _season_words(season: Season) -> str:
    if isinstance(season, Yearly):
        (first_month, first_day), (last_month, last_day) = season.first, season.last
        return f"Every year from {first_day} {MONTHS[first_month - 1]} to {last_day} {MONTHS[last_month - 1]}"
    first, last = (f"{day.day} {MONTHS[day.month - 1]} {day.year}" if day else "" for day in (season.first, season.last))
    return f"From {first} to {last}" if first and last else f"From {first} on" if first else f"Until {last}"


def _season_key(season: Season) -> tuple[int, date, date]:
    if isinstance(season, Yearly):
        return 0, date(2000, *season.first), date(2000, *season.last)
    return 1, season.first or date.min, season.last or date.max
