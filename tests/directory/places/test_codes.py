"""Postcodes as people and spreadsheets write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.places.codes import code_forms, stored_code

COUNTRIES = ["us", "gb", "ca", "ie", "au", "nz", "fr"]


@given(st.integers(0, 99_999), st.integers(0, 9_999))
def test_a_zip_is_found_in_every_way_it_is_written(number: int, more: int) -> None:
    code = f"{number:05}"
    for written in (code, f"{code}-{more:04}", f"{code}{more:04}", f" {code} "):
        assert code_forms("us", written) == (code,)


@given(st.integers(100, 99_999))
def test_the_zeros_that_a_spreadsheet_ate_come_back(number: int) -> None:
    assert code_forms("us", str(number)) == (f"{number:05}",)


@given(st.integers(0, 9_999))
def test_a_lost_zero_is_not_put_back_where_a_house_number_may_stand(number: int) -> None:
    assert code_forms("us", str(number), repair=False) == ()


@given(st.sampled_from(COUNTRIES), st.text(max_size=15))
def test_the_stored_form_is_stored_as_itself(country: str, text: str) -> None:
    stored = stored_code(country, text)
    assert not stored or stored_code(country, stored) == stored
    assert stored.isascii()


@given(st.sampled_from(COUNTRIES), st.text())
def test_any_text_has_forms_or_none_and_never_an_error(country: str, text: str) -> None:
    assert all(code_forms(country, text))


@pytest.mark.parametrize(("written", "forms"), [
    ("M21 9AQ", ("M21",)), ("m219aq", ("M21",)), ("M1 9AQ", ("M1",)), ("m21", ("M21",)), ("M21 9", ("M21",)),
    ("EC1A 1BB", ("EC1A", "EC1")), ("W1D", ("W1D", "W1")), ("Manchester", ()), ("M", ()),
])  # fmt: skip
def test_a_british_code_is_known_by_its_outward_part(written: str, forms: tuple[str, ...]) -> None:
    assert code_forms("gb", written) == forms


@pytest.mark.parametrize(("country", "written", "forms"), [
    ("ca", "M5A 1A1", ("M5A",)), ("ca", "m5a1a1", ("M5A",)), ("ca", "M5A", ("M5A",)), ("ca", "M55", ()),
    ("ie", "D02 AF30", ("D02",)), ("ie", "d6w xy12", ("D6W",)), ("ie", "DUB", ()),
    ("au", "2600", ("2600",)), ("au", "800", ("0800",)), ("nz", "112", ("0112",)), ("nz", "26000", ()),
    ("fr", "75 011", ("75011",)), ("nl", "1012 ab", ("1012AB",)), ("fr", "Paris", ()),
    ("us", "9406", ("09406",)), ("us", "940630", ()), ("us", "94063-12", ()), ("us", "２０００１", ("20001",)), ("us", "2139-1234", ("02139",)),
])  # fmt: skip
def test_codes_of_other_countries_have_their_own_forms(country: str, written: str, forms: tuple[str, ...]) -> None:
    assert code_forms(country, written) == forms
