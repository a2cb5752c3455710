"""Tests of how names, addresses and phones are made comparable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.duplicates.names import compare_words
from directory.duplicates.reach import domain_of, phones_in, postcode_of, same_phone, site_of
from directory.duplicates.streets import numbers_meet, read_street, same_street
from directory.duplicates.text import name_words

SAME_DOOR = [
    ("500 W. 79th St", "500 West 79th Street, Suite 4"),
    ("12 Mill Road", "The Hub, 12 Mill Rd."),
    ("Flat 2, 14 Hill Road", "14 Hill Rd"),
    ("3450-54 W. 79th St", "3452 West 79th Street"),
    ("124 E. 113 St.", "124 East 113th Street 2nd Floor"),
    ("27 Washington Oak Park IL 60302", "27 Washington Blvd"),
    ("100 Second Avenue", "100 2nd Ave."),
    ("12 Millbrook Avenue", "12 Milbrook Ave"),
    ("PO Box 12", "P.O. Box 12"),
    ("4 Saint John's Road", "4 St Johns Rd"),
]
OTHER_DOOR = [
    ("500 W 79th St", "500 E 79th St"),
    ("500 W 79th St", "500 W 78th St"),
    ("12 Mill Road", "14 Mill Road"),
    ("12 Mill Road", "12 Oak Road"),
    ("8938-40 Cottage Row", "8939 Cottage Row"),
    ("12 79th Street", "12 79th Avenue"),
    ("PO Box 12", "PO Box 13"),
]


def are_one_door(one: str, other: str) -> bool:
    first, second = read_street(one), read_street(other)
    assert first is not None
    assert second is not None
    return same_street(first, second) and numbers_meet(first, second)


@pytest.mark.parametrize(("one", "other"), SAME_DOOR)
def test_one_door_is_known_again_however_it_is_written(one: str, other: str) -> None:
    assert are_one_door(one, other)
    assert are_one_door(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER_DOOR)
def test_other_doors_are_told_apart(one: str, other: str) -> None:
    assert not are_one_door(one, other)
    assert not are_one_door(other, one)


@given(st.text(max_size=60))
def test_any_text_can_be_read_as_an_address(text: str) -> None:
    street = read_street(text)
    assert street is None or (street.name and street.low <= street.high)


@given(st.text(max_size=60))
def test_any_text_can_be_read_as_anything(text: str) -> None:
    assert all(phone.isdigit() for phone in phones_in(text))
    name_words(text), site_of(text), postcode_of(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("(312) 555-0143 ext. 12", ["3125550143"]),
        ("+1 312 555 0143", ["3125550143"]),
        ("+44 (0)161 496 0010", ["441614960010"]),
        ("5550143.0", ["5550143"]),
        ("312-555-0143 / 312-555-0199", ["3125550143", "3125550199"]),
        ("000-0000", []),
        ("call us", []),
    ],
)
def test_phones_are_read_as_people_write_them(text: str, numbers: list[str]) -> None:
    assert phones_in(text) == numbers


def test_a_number_without_its_area_code_is_the_same() -> None:
    assert same_phone("3125550143", "5550143")
    assert same_phone("441614960010", "1614960010")
    assert not same_phone("3125550143", "7735550143")


def test_a_page_where_anybody_has_one_tells_nothing_by_its_host() -> None:
    assert site_of("https://www.Lantern.example.org/?utm=1") == "lantern.example.org"
    assert domain_of("facebook.com/lantern") is None
    assert domain_of("lantern.example.org/pantry") == "lantern.example.org"


def test_postcodes_come_in_one_spelling() -> None:
    assert postcode_of("60601-1234") == postcode_of("60601") == postcode_of("60601.0")
    assert postcode_of("2108") == "02108"
    assert postcode_of("m1 2wr") == postcode_of("M12WR")


ALIKE = [
    ("YMCA of the Lakes", "Young Men's Christian Association of the Lakes"),
    ("South East Asia Center", "Southeast Asia Ctr"),
    ("Children?s Dev. Inst.", "Childrens Developmental Institute"),
    ("St. Joseph's School, Inc.", "SAINT JOSEPH SCHOOL"),
    ("Brightwater Kettle", "Brightwater Kettel"),
    ("R.E. Wood Club", "RE Wood Club"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_one_name_is_known_again_however_it_is_written(one: str, other: str) -> None:
    assert compare_words(name_words(one), name_words(other), lambda _: 8.0).of_larger >= 0.7


def test_numbers_and_sides_tell_names_apart() -> None:
    for one, other in (("School 12", "School 14"), ("Lantern North", "Lantern South"), ("Teddy Bear I", "Teddy Bear V")):
        assert compare_words(name_words(one), name_words(other), lambda _: 8.0).numbers_differ
    assert not compare_words(name_words("Teddy Bear II"), name_words("Teddy Bear 2"), lambda _: 8.0).numbers_differ
    assert not compare_words(name_words("School 12"), name_words("School"), lambda _: 8.0).numbers_differ


MIXED = ("ab", "abc", "ymca", "young", "men", "christian", "association", "12", "south", "southeast", "east")


@given(st.lists(st.sampled_from(MIXED), min_size=1, max_size=6).map(tuple),
       st.lists(st.sampled_from(MIXED), min_size=1, max_size=6).map(tuple))  # fmt: skip
def test_shares_are_shares_and_a_name_is_its_own(one: tuple[str, ...], other: tuple[str, ...]) -> None:
    alike = compare_words(one, other, lambda word: float(len(word)))
    assert 0 <= alike.of_larger <= alike.of_smaller <= 1 + 1e-9
    assert compare_words(one, one, lambda word: float(len(word))).of_larger == pytest.approx(1)
    back = compare_words(other, one, lambda word: float(len(word)))
    assert back == pytest.approx(alike)
