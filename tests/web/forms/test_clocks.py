"""Times as people type them: one reading is taken, two are asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hours import clock_words
from web.forms.clocks import Pair, Unclear, read_moment, read_pair, read_pairs

NOTHING = Pair("", "")
CLEAR = [
    ("9", "17", (540, 1020)), ("9am", "5pm", (540, 1020)), ("9 a.m.", "5 P.M.", (540, 1020)), ("9:30", "17:30", (570, 1050)), ("9.30", "17.30", (570, 1050)),
    ("0930", "1730", (570, 1050)), ("930am", "530pm", (570, 1050)), ("noon", "midnight", (720, 1440)), ("midday", "5 pm", (720, 1020)),
    ("midnight", "6 am", (0, 360)), ("midnight", "midnight", (0, 1440)), ("0:00", "24:00", (0, 1440)), ("22:00", "02:00", (1320, 1560)),
    ("10 pm", "2 am", (1320, 1560)), ("22", "6", (1320, 1800)), ("9", "5", (540, 1020)), ("9", "noon", (540, 720)), ("9h30", "17h", (570, 1020)),
    ("8", "17:30", (480, 1050)), (" 9  AM ", "12 noon", (540, 720)), ("12", "4", (720, 960)), ("10", "6 pm", (600, 1080)), ("6", "9 pm", (1080, 1260)),
    ("09:00", "09:00", (540, 1980)),
]  # fmt: skip
UNCLEAR = [
    ("6", "8", "opens"), ("7", "9", "opens"), ("9", "", "closes"), ("", "5pm", "opens"), ("nine", "5pm", "opens"), ("25", "26", "opens"),
    ("9:75", "5pm", "opens"), ("9am", "later", "closes"), ("13pm", "5pm", "opens"), ("0am", "5pm", "opens"),
    ("17:30", "9", "closes"), ("9 am", "10", "closes"), ("5", "19:30", "opens"),
    ("24:30", "1", "opens"), ("1" * 60, "5pm", "opens"),
]  # fmt: skip


@pytest.mark.parametrize(("opens", "closes", "span"), CLEAR)
@pytest.mark.parametrize("country", ["US", "GB"])
def test_what_has_one_reading_is_taken(opens: str, closes: str, span: tuple[int, int], country: str) -> None:
    assert read_pair(Pair(opens, closes), country=country) == span


@pytest.mark.parametrize(("opens", "closes", "field"), UNCLEAR)
def test_what_has_two_readings_or_none_is_asked_about_beside_its_field(opens: str, closes: str, field: str) -> None:
    found = read_pair(Pair(opens, closes), country="US")
    assert isinstance(found, Unclear)
    assert found.field == field
    assert found.words.endswith((".", "?"))


def test_the_question_offers_both_answers() -> None:
    found = read_pair(Pair("7", "9"), country="US")
    assert isinstance(found, Unclear)
    assert found.words == "Is 7 in the morning or in the afternoon or evening? Write 7 am, 7 pm, or 07:00 or 19:00."


def test_minutes_make_it_a_clock_of_24_hours_where_people_have_one() -> None:
    assert read_pair(Pair("7:00", "9:00"), country="GB") == (420, 540)
    assert isinstance(read_pair(Pair("7:00", "9:00"), country="US"), Unclear)


def test_two_stretches_tell_more_than_one() -> None:
    assert read_pairs(Pair("8", "11"), Pair("1", "4"), country="US") == [(480, 660), (780, 960)]
    assert isinstance(read_pairs(Pair("8", "11"), NOTHING, country="US")[0], Unclear)
    assert read_pairs(NOTHING, NOTHING, country="US") == []


@given(st.integers(0, 1439), st.integers(1, 1440), st.sampled_from(["US", "GB", "DE", ""]))
def test_what_the_page_writes_is_read_back_as_it_was(opens: int, length: int, country: str) -> None:
    closes = opens + length
    words = [clock_words(minutes if minutes <= 1440 else minutes - 1440, country=country) for minutes in (opens, closes)]
    assert read_pair(Pair(*words), country=country) == (opens, closes)


@given(st.text(max_size=12), st.text(max_size=12), st.sampled_from(["US", "GB"]))
def test_anything_typed_gives_times_or_words(opens: str, closes: str, country: str) -> None:
    found = read_pair(Pair(opens, closes), country=country)
    if not isinstance(found, Unclear):
        assert 0 <= found[0] < 1440
        assert found[0] < found[1] <= found[0] + 1440


@given(st.from_regex(r"[0-9]{1,2}([:.h][0-9]{2})? ?(am|pm|a\.m\.|p)?", fullmatch=True))
def test_no_hour_that_does_not_exist_is_read(text: str) -> None:
    found = read_moment(text, country="US")
    if found is not None:
        assert found.minute < 60
        assert found.hour <= 24
