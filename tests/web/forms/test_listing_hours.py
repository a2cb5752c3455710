"""Hours on the form over a listing: those of the service and those of its places are written apart from each other."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec
from hypothesis import given, settings

from directory.editing.differences import differences
from directory.editing.sheet import Sheet, copied
from directory.editing.viewing import Words
from directory.exchange.records import Location, Schedule, Service, ServiceAtLocation
from directory.timetable.reading import timetable_of
from directory.timetable.values import Timetable
from directory.timetable.writing import schedules_of
from matching import Vocabulary
from tests.directory.timetable.made import make_id as hours_id
from tests.directory.timetable.made import timetables
from tests.make import make_id
from tests.web.forms.body import Body
from web.forms.listing.base import Around
from web.forms.listing.hours import OPEN, Hours, is_asked, prefix_of
from web.forms.timetable_fields import form_of
from web.forms.timetable_view import hours_said
from web.hours_wording import timetable_sentences

TODAY = date(2026, 11, 24)
AROUND = Around(vocabulary=Vocabulary([], []), country="US", today=TODAY, draft=UUID(int=5))   # type: ignore[arg-type]
WORDS = Words(label=lambda _, code: code, hours=lambda rows: hours_said(rows, country="US"))
HALL, BARN = make_id("at the hall"), make_id("at the barn")


def sheet_with(general: list[Schedule], at_hall: list[Schedule], *, barn: bool = True) -> Sheet:
    links = [ServiceAtLocation(id=HALL, location=Location(id=make_id("hall"), name="Hall"), schedules=at_hall)]
    links += [ServiceAtLocation(id=BARN, location=Location(id=make_id("barn"), name="Barn"))] if barn else []
    return Sheet(service=Service(id=make_id("lunch"), name="Lunch", schedules=general, service_at_locations=links))


def typed(timetable: Timetable, prefix: str) -> list[tuple[str, str]]:
    """What the fields of one timetable send."""
    form = form_of(timetable, country="US", spare=False, prefix=prefix)
    pairs = [(f"{prefix}-{name}", getattr(form, name)) for name in ("note", "timezone", "holidays", "country", "region")]
    pairs += [(f"{prefix}-holidays_{name}", getattr(form, f"holidays_{name}")) for name in ("opens", "closes", "opens_again", "closes_again")]
    for section in ("weekly", "monthly", "season", "date"):
        for number, row in enumerate(form.rows(section)):
            at = f"{prefix}-{section}-{number}"
            names = ("opens", "closes", "opens_again", "closes_again", "first", "last", "state", "reason")
            pairs += [(f"{at}-{name}", getattr(row, name)) for name in names]
            pairs += [(f"{at}-{name}", code) for name in ("days", "weeks") for code in getattr(row, name)]
            pairs += [(f"{at}-yearly", "1")] if row.yearly else []
    return pairs


def line(key: str, byday: str, opens: str, closes: str) -> Schedule:
    return Schedule(id=make_id(key), freq="WEEKLY", byday=byday, opens_at=opens, closes_at=closes)


@settings(deadline=None, max_examples=40)
@given(timetables(), timetables())
def test_two_timetables_on_one_page_do_not_touch_each_other(general: Timetable, there: Timetable) -> None:
    def rows(timetable: Timetable) -> list[Schedule]:
        return schedules_of(timetable, hours_id, on=TODAY)

    def alone(prefix: str, *, together: bool) -> tuple[Timetable, Timetable]:
        sheet = sheet_with(rows(general), rows(there))
        sent = {"hours": typed(timetable_of(rows(general)), "hours"), prefix_of(HALL): typed(timetable_of(rows(there)), prefix_of(HALL))}
        Hours().read(sheet, Body(*(pair for name, pairs in sent.items() if together or name == prefix for pair in pairs)), AROUND)
        assert sheet.service.service_at_locations[1].schedules == []
        return timetable_of(sheet.service.schedules), timetable_of(sheet.service.service_at_locations[0].schedules)

    assert alone("", together=True) == (alone("hours", together=False)[0], alone(prefix_of(HALL), together=False)[1])


def test_a_place_is_given_hours_of_its_own() -> None:
    sheet = sheet_with([line("general", "MO", "09:00", "12:00")], [])
    base = copied(sheet)
    prefix = prefix_of(BARN)
    fields = {"note": "", "weekly-0-days": "5", "weekly-0-opens": "10 am", "weekly-0-closes": "4 pm"}
    body = Body(*((f"{prefix}-{name}", value) for name, value in fields.items()))
    assert Hours().read(sheet, body, AROUND) == {}
    barn = sheet.service.service_at_locations[1]
    assert [(row.byday, row.opens_at, row.closes_at) for row in barn.schedules] == [("SA", "10:00", "16:00")]
    assert len(sheet.service.schedules) == 1
    again = copied(sheet)
    Hours().read(again, body, AROUND)
    assert again == sheet
    assert [(one.label, one.before, one.after) for one in differences(base, sheet, words=WORDS)] == [("Hours at Barn", "", "Saturday 10:00 am to 4:00 pm")]


@settings(max_examples=40, deadline=None)
@given(before=timetables(), after=timetables())
def test_what_changes_in_the_hours_is_told_in_the_sentences_of_the_form(before: Timetable, after: Timetable) -> None:
    """Of every timetable there can be: what a curator compares is what the form showed back, the whole before and the whole after."""
    base, sheet = (sheet_with(schedules_of(one, hours_id, on=TODAY), []) for one in (before, after))
    told = [(one.before, one.after) for one in differences(base, sheet, words=WORDS) if one.label == "Hours"]
    shown = ["\n".join(hours_said(one.service.schedules, country="US")) for one in (base, sheet)]
    assert told == ([] if base == sheet else [tuple(shown)])
    for words, timetable in zip(shown, (before, after), strict=True):
        assert set(timetable_sentences(timetable, country="US")) <= set(words.split("\n"))


def test_what_cannot_be_read_is_told_by_the_place_it_is_about() -> None:
    sheet = sheet_with([], [line("hall", "TU", "09:00", "12:00")])
    prefix = prefix_of(HALL)
    errors = Hours().read(sheet, Body((f"{prefix}-note", ""), (f"{prefix}-weekly-0-opens", "late"), (f"{prefix}-weekly-0-days", "1")), AROUND)
    assert [name.startswith(f"{prefix}-weekly-0-") for name in errors] == [True]
    assert len(sheet.service.service_at_locations[0].schedules) == 1


def test_hours_of_a_place_are_taken_away_so_that_the_general_ones_hold() -> None:
    sheet = sheet_with([], [line("hall", "TU", "09:00", "12:00")], barn=False)
    assert [one.sentences for one in Hours().show(sheet, None, AROUND)["at_places"]] == [("Tuesday 9:00 am to noon",)]
    assert Hours().read(sheet, Body((f"{prefix_of(HALL)}-drop", "1")), AROUND) == {}
    assert sheet.service.service_at_locations[0].schedules == []
    assert Hours().show(sheet, None, AROUND)["at_places"] == []   # one place needs no hours beside the general ones


def test_hours_that_were_taken_away_come_back_when_the_tick_is_undone() -> None:
    sheet = sheet_with([], [line("hall", "TU", "09:00", "12:00")])
    before, has = copied(sheet), (f"{prefix_of(HALL)}-has", "1")
    around = msgspec.structs.replace(AROUND, base=copied(sheet))
    assert Hours().read(sheet, Body(has, (f"{prefix_of(HALL)}-drop", "1")), around) == {}
    assert sheet.service.service_at_locations[0].schedules == []
    assert Hours().read(sheet, Body(has), around) == {}
    assert sheet == before


def test_a_timetable_is_on_the_page_once_somebody_asks_for_it() -> None:
    sheet = sheet_with([], [line("hall", "TU", "09:00", "12:00")])
    asked = Body((OPEN, str(HALL)))
    assert is_asked(asked, sheet)
    assert is_asked(Body((f"{prefix_of(BARN)}-set", "add=weekly")), sheet)
    assert not is_asked(Body((f"{prefix_of(UUID(int=7))}-set", "show"), ("hours-note", "")), sheet)
    assert [one.view is not None for one in Hours().show(sheet, asked, AROUND)["at_places"]] == [True, False]
