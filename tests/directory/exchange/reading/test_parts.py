"""Addresses of the web, codes, points, ages and numbers are repaired where the slip is plain and refused where it is not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.intake.confidential import speaks_of_refuge
from directory.exchange.reading.hours import read_hours
from directory.exchange.reading.parts import ages, email_address, is_none, is_unknown, point, postal_code, web_address
from directory.exchange.reading.phones import Dialled, split_phone


@pytest.mark.parametrize(("written", "address"), [
    ("www.elm.example.org", "http://www.elm.example.org"), ("https//elm.example.org/", "https://elm.example.org/"),
    ("http//elm.example.org/a?b=1", "http://elm.example.org/a?b=1"), ("http:/elm.example.org", "http://elm.example.org"),
    ("HTTP://elm.example.org`", "http://elm.example.org"), ("https://elm.example.org/x\"", "https://elm.example.org/x"),
    ("http://elm@example.org", None), ("http://elm.example.org(local chapter)", None), ("call us", None), ("javascript:alert(1)", None),
    ("ftp://elm.example.org", None), ("http://", None), ("http://[::1", None), ("", None),
])
def test_web_addresses_are_made_whole_or_left_out(written: str, address: str | None) -> None:
    assert web_address(written) == address


@given(st.text(max_size=40))
def test_a_web_address_is_only_ever_http_and_stays_as_it_is(text: str) -> None:
    address = web_address(text)
    assert address is None or (address.startswith(("http://", "https://")) and web_address(address) == address)


def test_an_email_address_loses_stray_marks_only() -> None:
    assert email_address(" elm@example.org` ") == "elm@example.org"
    assert email_address("elm at example.org") is None


@pytest.mark.parametrize(("written", "code"), [
    ("94063", "94063"), ("94063-1234", "94063"), ("940631234", "94063"), ("2134", "02134"), ("612", "00612"), ("USA", None), ("12", None), ("00000", None),
])
def test_us_codes_are_padded_or_cut_to_five_digits(written: str, code: str | None) -> None:
    assert postal_code(written, "US") == code


def test_codes_of_other_countries_stay_in_upper_case() -> None:
    assert postal_code(" m21 9aq ", "GB") == "M21 9AQ"


def test_a_point_is_latitude_then_longitude_and_takes_longitude_first() -> None:
    assert point(-122.23, 37.48) == (37.48, -122.23)


@pytest.mark.parametrize(("longitude", "latitude"), [(37.48, -122.23), (0, 0), ("", ""), (None, 1), ("x", "y"), (float("nan"), 1), (1, float("inf"))])
def test_what_is_no_point_on_the_earth_is_none(longitude: object, latitude: object) -> None:
    assert point(longitude, latitude) is None


@pytest.mark.parametrize(("text", "expected"), [
    ("Age 18 or over", (18, None)), ("San Mateo County resident, age 55 or over", (55, None)), ("Age 6-18", (6, 18)), ("Ages 5 to 12", (5, 12)),
    ("Under age 18", (None, 17)), ("Age 12 or under", (None, 12)), ("At least 21 years old", (21, None)), ("program for youth (ages 16-24)", (16, 24)),
])
def test_an_age_that_is_one_plain_condition_is_a_limit(text: str, expected: tuple[int | None, int | None]) -> None:
    assert ages(text) == expected


@pytest.mark.parametrize("text", [
    "Age 60 or over and spouse of any age", "Veteran or age 60 or over", "Age 18 or over for some programs", "Age 13-18; adults age 18 or over",
    "Age 18 or over unless with a parent", "Varies: age 60 or over for meals", "Low income", "Age 18-6", "24 hours a day",
])
def test_an_age_with_a_way_round_it_is_no_limit(text: str) -> None:
    assert ages(text) == (None, None)


def test_none_is_a_statement_and_na_is_a_gap() -> None:
    assert is_none("None. ")
    assert is_none("No fees")
    assert not is_none("None for members")
    assert is_unknown("N/A")
    assert not is_unknown("None")


@pytest.mark.parametrize(("written", "expected"), [
    ("650 363-4790", Dialled("650 363-4790")), ("650 363-4790 ext 12", Dialled("650 363-4790", "12")),
    ("650 369-1411 Ext. 7246 or 7339", Dialled("650 369-1411", "7246 or 7339")), ("408 555-0101 x233", Dialled("408 555-0101", "233")),
    ("650 555-0101 (Redwood City)", Dialled("650 555-0101", None, "Redwood City")), ("(213)555-0101", Dialled("(213)555-0101")),
    ("650 365-HELP", Dialled("650 365-HELP")), ("800 VICTIMS", Dialled("800 VICTIMS")), ("+44 20 7946 0000", Dialled("+44 20 7946 0000")),
    ("711 (Relay)", Dialled("711", None, "Relay")), ("Office", None), ("(24-hour recording)", None), ("(Monday-Friday, 9-5)", None), ("Ext. 4", None),
])
def test_numbers_are_told_from_extensions_and_words(written: str, expected: Dialled | None) -> None:
    assert split_phone(written) == expected


@given(st.text(max_size=40))
def test_a_number_is_never_made_up(text: str) -> None:
    found = split_phone(text)
    assert found is None or found.number in text


SLOW = ("1-", "9", "(", "1 ", "+1", "a@", "a ", "x", "ext 1 or ", "first ", "Mon-", "9:00 ", "english/", "lgbt ", "location ", "not a ", "domestic ", " ")


@pytest.mark.parametrize("piece", SLOW)
def test_no_text_keeps_a_reader_busy(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    began = time.process_time()
    split_phone(text)
    ages(text)
    web_address(text)
    email_address(text)
    read_hours(text)
    speaks_of_refuge([text])
    assert time.process_time() - began < 8   # one that goes back over the text for every character takes minutes
