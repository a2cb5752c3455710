"""A stretch of time is read in one way or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.reading.clock import DAY, TIME, Moment, Stretch, moment, read_stretches


def read(*written: str) -> list[Stretch] | None:
    pairs: list[tuple[Moment, Moment]] = []
    for stretch in written:
        ends = [moment(found) for found in TIME.finditer(stretch)]
        assert len(ends) == 2, stretch
        if ends[0] is None or ends[1] is None:
            return None
        pairs.append((ends[0], ends[1]))
    return read_stretches(pairs)


def at(hour: int, minute: int = 0) -> int:
    return hour * 60 + minute


@pytest.mark.parametrize(("written", "opens", "closes"), [
    ("8-5", at(8), at(17)), ("8:30-4:45", at(8, 30), at(16, 45)), ("7-7", at(7), at(19)), ("9-9", at(9), at(21)), ("8-12", at(8), at(12)),
    ("9-12:30", at(9), at(12, 30)), ("9-11:30", at(9), at(11, 30)), ("10-11", at(10), at(11)), ("12-4", at(12), at(16)), ("1-5", at(13), at(17)),
    ("12:30-3", at(12, 30), at(15)), ("5-7 pm", at(17), at(19)), ("7-9:30 pm", at(19), at(21, 30)), ("10-6 pm", at(10), at(18)),
    ("9-8:45 pm", at(9), at(20, 45)), ("7-9 am", at(7), at(9)), ("8 am-5", at(8), at(17)), ("9 am-12", at(9), at(12)), ("6 pm-10", at(18), at(22)),
    ("8 am-10 pm", at(8), at(22)), ("10-noon", at(10), at(12)), ("12 noon-5 pm", at(12), at(17)), ("8-12 pm", at(8), at(12)),
    ("7:30 am-12 midnight", at(7, 30), DAY), ("6 pm-2 am", at(18), DAY + at(2)), ("13:00-17:30", at(13), at(17, 30)), ("09:00-17:00", at(9), at(17)),
    ("8-5p", at(8), at(17)), ("9:00 AM-1:00 PM", at(9), at(13)), ("12 pm-5", at(12), at(17)),
])
def test_forms_that_can_be_read_in_one_way_are_read(written: str, opens: int, closes: int) -> None:
    assert read(written) == [(opens, closes)]


@pytest.mark.parametrize("written", [
    "6-8", "7-9", "8-9", "8-11", "9 am-10", "5-12", "5-4", "9-45", "9:75-5", "25-26", "7 pm-7 pm", "6 pm-5",
    "17:00-13:00", "13 pm-14 pm", "7 noon-9",
])
def test_forms_that_could_mean_two_things_or_nothing_are_refused(written: str) -> None:
    assert read(written) is None


def test_a_short_morning_is_certain_when_the_afternoon_follows() -> None:
    assert read("8-11") is None
    assert read("8-11", "1-4") == [(at(8), at(11)), (at(13), at(16))]


def test_an_evening_is_certain_when_it_follows_the_afternoon() -> None:
    assert read("9-12", "2-5", "6-9") == [(at(9), at(12)), (at(14), at(17)), (at(18), at(21))]


def test_stretches_out_of_order_are_refused() -> None:
    assert read("1-5", "9 am-12") is None


HOURS = st.integers(1, 12)
MINUTES = st.sampled_from([0, 15, 30, 45])


@given(HOURS, MINUTES, HOURS, MINUTES)
def test_without_markers_the_answer_fits_the_dial_and_an_ordinary_day(hour: int, minute: int, end_hour: int, end_minute: int) -> None:
    found = read(f"{hour}:{minute:02d}-{end_hour}:{end_minute:02d}")
    if found is None:
        return
    [(opens, closes)] = found
    assert opens % 720 == (hour % 12) * 60 + minute
    assert closes % 720 == (end_hour % 12) * 60 + end_minute
    assert at(6) <= opens < closes < DAY
    assert closes - opens <= 720


@given(st.integers(0, DAY - 1), st.integers(0, DAY - 1))
def test_a_stretch_with_both_ends_marked_is_always_read_back(opens: int, closes: int) -> None:
    def written(minutes: int) -> str:
        return f"{(minutes // 60 - 1) % 12 + 1}:{minutes % 60:02d} {'am' if minutes < 720 else 'pm'}"

    expected = None if opens == closes else [(opens, closes if closes > opens else closes + DAY)]
    assert read(f"{written(opens)}-{written(closes)}") == expected
