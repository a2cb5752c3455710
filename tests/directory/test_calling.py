"""Phone links: right for whole numbers, for extensions and for short crisis lines, absent where a number is not certain."""

from __future__ import annotations

import pytest

from directory.calling import phone_line
from directory.models import Phone


def href(number: str, *, extension: str | None = None, kind: str | None = None, country: str = "US") -> str:
    return phone_line(Phone(number=number, extension=extension, type=kind), country=country).href


@pytest.mark.parametrize(
    ("number", "country", "address"),
    [
        ("(415) 555-0123", "US", "tel:+1-415-555-0123"),
        ("415 555-0123", "US", "tel:+1-415-555-0123"),
        ("+44 20 7946 0123", "US", "tel:+44-20-7946-0123"),
        ("020 7946 0123", "GB", "tel:+44-20-7946-0123"),
        ("1-800-799-7233", "US", "tel:+1-800-799-7233"),
    ],
)
def test_a_number_becomes_its_international_address(number: str, country: str, address: str) -> None:
    assert href(number, country=country) == address


@pytest.mark.parametrize(("number", "country"), [("988", "US"), ("911", "US"), ("999", "GB"), ("112", "IE")])
def test_short_crisis_lines_stay_as_they_are(number: str, country: str) -> None:
    assert href(number, country=country) == f"tel:{number}"


def test_an_extension_is_dialled_too_and_shown() -> None:
    line = phone_line(Phone(number="415 555-0123", extension="007"), country="US")
    assert (line.href, line.number) == ("tel:+1-415-555-0123;ext=007", "415 555-0123 ext. 007")


@pytest.mark.parametrize("number", ["call the desk", "555", "12", "", "0" * 30])
def test_what_is_not_certain_to_be_a_number_gets_no_link(number: str) -> None:
    assert href(number) == ""


def test_a_fax_is_no_number_to_call() -> None:
    assert href("415 555-0123", kind="fax") == ""


@pytest.mark.parametrize("extension", ["7;phone-context=x", "1?body=x", "call first", "1" * 12, "٧"])
def test_an_extension_that_is_no_number_adds_nothing_to_the_address(extension: str) -> None:
    assert href("415 555-0123", extension=extension) == "tel:+1-415-555-0123"
