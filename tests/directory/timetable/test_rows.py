"""A timetable goes into HSDS rows and comes back whole; rows that it cannot hold stay as they are."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from directory.exchange.hsds import writer
from directory.exchange.records import Schedule
from directory.models import Schedule as ScheduleRow
from directory.storage import Storage
from directory.timetable.reading import part_of, text_of, timetable_of
from directory.timetable.values import Holidays, Line, SpecialDays, Timetable, While, Yearly
from directory.timetable.writing import schedules_of
from tests.directory.conftest import Bring, empty
from tests.directory.exchange.hsds.faults import faults
from tests.directory.exchange.make import a_record, a_service, an_id
from tests.directory.timetable.made import ON, make_id, timetables

CHRISTMAS = date(2026, 12, 25)
FULL = Timetable(
    lines=(
        Line(days=(0, 1, 2, 3, 4), opens=540, closes=750),
        Line(days=(0, 1, 2, 3, 4), opens=810, closes=1020),
        Line(days=(4,), opens=1320, closes=1560),
        Line(days=(1,), opens=1110, closes=1200, weeks=(2, -1)),
        Line(days=(5,), opens=600, closes=720, season=Yearly(first=(6, 1), last=(8, 31))),
        Line(days=(6,), opens=600, closes=720, season=While(first=date(2027, 1, 3), last=date(2027, 1, 31))),
    ),
    specials=(
        SpecialDays(first=CHRISTMAS, last=CHRISTMAS, reason="Christmas Day"),
        SpecialDays(first=date(2026, 12, 28), last=date(2027, 1, 1), state="other", spans=((600, 720), (780, 840))),
        SpecialDays(first=date(2026, 11, 26), last=date(2026, 11, 26), state="usual"),
    ),
    holidays=Holidays(state="closed", country="US", region="CA"),
    note="Ring the lower bell.",
    timezone="America/Los_Angeles",
)


@given(timetables(), st.integers(-400, 400))
def test_a_timetable_comes_back_from_its_rows_as_it_was(timetable: Timetable, days: int) -> None:
    rows = schedules_of(timetable, make_id, on=ON + timedelta(days=days))
    assert timetable_of(rows) == timetable


@given(timetables())
def test_saving_what_was_read_changes_no_row(timetable: Timetable) -> None:
    rows = schedules_of(timetable, make_id, on=ON)
    assert schedules_of(timetable_of(rows), lambda key: UUID(int=len(key)), on=ON, before=rows) == rows


@given(timetables(), timetables())
def test_an_edit_leaves_the_rows_that_still_say_the_same(before: Timetable, added: Timetable) -> None:
    rows = schedules_of(before, make_id, on=ON)
    edited = msgspec.structs.replace(before, lines=(*before.lines, *added.lines))
    ids = {row.id for row in schedules_of(edited, lambda key: make_id(f"new {key}"), on=ON, before=rows)}
    assert {row.id for row in rows} <= ids


@given(timetables())
def test_rows_have_ids_of_their_own_and_the_same_every_time(timetable: Timetable) -> None:
    ids = [row.id for row in schedules_of(timetable, make_id, on=ON)]
    assert len(set(ids)) == len(ids)
    assert ids == [row.id for row in schedules_of(timetable, make_id, on=ON)]


def test_a_row_written_otherwise_by_another_feed_keeps_its_id_and_its_spelling() -> None:
    said = Schedule(id=make_id("theirs"), freq="WEEKLY", byday="TU,MO", opens_at="09:00:00", closes_at="17:00:00", dtstart="2026-01-05", interval=1, wkst="MO")
    [line] = timetable_of([said]).lines
    assert line == Line(days=(0, 1), opens=540, closes=1020, season=While(first=date(2026, 1, 5)))
    assert schedules_of(Timetable(lines=(line,)), make_id, on=ON, before=[said]) == [said]


def test_another_time_zone_is_written_into_every_row_under_its_id() -> None:
    before = schedules_of(FULL, make_id, on=ON)
    after = schedules_of(msgspec.structs.replace(FULL, timezone="Europe/London"), lambda key: make_id(f"new {key}"), on=ON, before=before)
    assert [row.id for row in after] == [row.id for row in before]
    assert {row.timezone_name for row in after} == {"Europe/London"}


KEPT: list[dict[str, Any]] = [
    {"interval": 2}, {"bymonthday": "15"}, {"byyearday": "1"}, {"byweekno": "41"}, {"count": 3}, {"schedule_link": "https://book.example/"},
    {"attending_type": "online"}, {"description": "Drop in"}, {"notes": "Lunch may move"}, {"byday": "MO,2TU"}, {"byday": "1MO,2TU"}, {"byday": "XX"},
    {"freq": "YEARLY"}, {"opens_at": "9 am"}, {"opens_at": "09:00:30"}, {"valid_from": "June"}, {"valid_from": "2026-06-01", "valid_to": "2026-05-01"},
    {"description": "Closed"}, {"valid_from": "2026-06-01", "notes": "Every year from 1 June to 31 August."}, {"closes_at": None},
]  # fmt: skip


@pytest.mark.parametrize("said", KEPT)
def test_a_row_that_says_more_than_a_line_is_kept_as_it_is(said: dict[str, Any]) -> None:
    row = Schedule(**{"id": make_id("row"), "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00", "closes_at": "12:00", **said})
    assert timetable_of([row]) == Timetable(kept=(row,))
    assert schedules_of(timetable_of([row]), make_id, on=ON) == [row]


DATES: dict[str, str] = {"valid_from": "2026-12-24", "valid_to": "2026-12-26"}
SAID = [
    ({**DATES, "description": "closed"}, SpecialDays(first=date(2026, 12, 24), last=date(2026, 12, 26))),
    ({**DATES, "description": "Closed: stocktaking."}, SpecialDays(first=date(2026, 12, 24), last=date(2026, 12, 26), reason="stocktaking")),
    ({**DATES, "description": "Closed for repairs to some rooms"}, None),
    ({"valid_from": "2026-12-24", "description": "Closed"}, None),
    ({"description": "Closed on public holidays (GB-SCT)."}, Holidays(state="closed", country="GB", region="SCT")),
    ({"description": "On public holidays (US) 10:00-14:00, 22:00-02:00."}, Holidays(state="other", country="US", spans=((600, 840), (1320, 1560)))),
    ({"description": "On public holidays (US) 10:00-34:00."}, "On public holidays (US) 10:00-34:00."),
    ({"description": "Open as usual on public holidays."}, Holidays(state="usual")),
    ({"description": "Closed"}, "Closed"),
    ({"description": " By appointment \n only "}, "By appointment\nonly"),
]  # fmt: skip


@pytest.mark.parametrize(("said", "expected"), SAID)
def test_sentences_in_rows_are_read_only_where_they_say_one_thing(said: dict[str, str], expected: object) -> None:
    assert part_of(Schedule(id=make_id("row"), **said)) == expected


def test_prose_is_what_no_other_form_says() -> None:
    rows = [*schedules_of(FULL, make_id, on=ON), Schedule(id=make_id("row"), byday="MO", description="Mornings")]
    assert text_of(rows) == ("Ring the lower bell.", "Mornings")


def test_a_yearly_season_is_written_with_the_dates_of_the_season_that_is_or_comes_next() -> None:
    summer = Timetable(lines=(Line(days=(0,), opens=600, closes=660, season=Yearly(first=(6, 1), last=(8, 31))),))
    winter = Timetable(lines=(Line(days=(0,), opens=600, closes=660, season=Yearly(first=(11, 1), last=(2, 29))),))
    assert _dates(summer, date(2026, 8, 31)) == ("2026-06-01", "2026-08-31")
    assert _dates(summer, date(2026, 9, 1)) == ("2027-06-01", "2027-08-31")
    assert _dates(winter, date(2027, 1, 1)) == ("2026-11-01", "2027-02-28")
    assert _dates(winter, date(2027, 12, 1)) == ("2027-11-01", "2028-02-29")


def _dates(timetable: Timetable, on: date) -> tuple[str | None, str | None]:
    [row] = schedules_of(timetable, make_id, on=on)
    return row.valid_from, row.valid_to


def test_rows_are_stored_and_exported_and_the_official_schema_takes_them(storage: Storage, bring: Bring, hsds: Path) -> None:
    rows = schedules_of(FULL, make_id, on=ON)
    bring(a_record(a_service(1, schedules=rows)))
    with storage.reading() as session:
        assert timetable_of(session.scalars(select(ScheduleRow).order_by(ScheduleRow.position))) == FULL
        out = writer.service_json(session, an_id("service", 1))
    assert faults(hsds, "service", out) == []
    said = {one["id"]: one for one in out["schedules"]}
    [closed] = [one for one in said.values() if one.get("description") == "Closed: Christmas Day."]
    assert {name: value for name, value in closed.items() if name not in ("id", "service_id")} == {
        "valid_from": "2026-12-25", "valid_to": "2026-12-25", "description": "Closed: Christmas Day.", "x_timezone": "America/Los_Angeles",
    }  # fmt: skip
    assert all("opens_at" not in one and "closes_at" not in one for one in said.values() if "byday" not in one)


def test_what_another_house_exports_is_the_same_timetable_here(storage: Storage, bring: Bring, tmp_path: Path) -> None:
    from directory.exchange.hsds.reader import SOURCE, read_hsds

    bring(a_record(a_service(1, schedules=schedules_of(FULL, make_id, on=ON))))
    with storage.reading() as session:
        path = tmp_path / "service.json"
        path.write_bytes(msgspec.json.encode(writer.service_json(session, an_id("service", 1))))
    empty(storage)
    bring(*read_hsds(path, SOURCE), source=SOURCE)
    with storage.reading() as session:
        assert timetable_of(session.scalars(select(ScheduleRow).order_by(ScheduleRow.position))) == FULL
