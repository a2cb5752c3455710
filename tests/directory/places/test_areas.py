"""The words of listings for the areas they serve."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.places import Found, find_place, resolve_areas
from tests.directory.places.worlds import US, gazetteer

WORLD = gazetteer()


def resolved(*names: str, state: str | None = "CA", country: str = "us", county: str | None = None, town: str | None = None) -> set[str] | None:
    areas, everything = resolve_areas(WORLD, names, country=country, state=state, county=county, town=town)
    return set(areas) if everything else None


@given(st.lists(st.text(max_size=40), max_size=4), st.sampled_from(["us", "gb", "ie", "fr"]), st.sampled_from([None, "CA", "England", "Nowhere"]))
def test_any_words_give_names_and_a_yes_only_when_each_was_understood(names: list[str], country: str, state: str | None) -> None:
    areas, everything = resolve_areas(WORLD, names, country=country, state=state)
    each = [resolve_areas(WORLD, [name], country=country, state=state) for name in names]
    assert everything >= (bool(each) and all(one for _, one in each))
    assert areas >= frozenset().union(*(one for one, _ in each))
    assert everything <= bool(areas)


@pytest.mark.parametrize("row", US)
def test_whoever_lives_in_a_town_lies_in_its_town_county_state_and_country_as_listings_write_them(row: object) -> None:
    code, name, state, state_code, county = row[1:6]   # type: ignore[index]
    person = find_place(WORLD, code)
    assert isinstance(person, Found)
    for words in (name, f"{name}, {state_code}", f"City of {name}", state, "statewide", "nationwide", "worldwide", code):
        areas = resolved(words, state=state_code)
        assert areas is not None, words
        assert areas & person.areas, words
    if "city" not in county and state_code != "DC":
        areas = resolved(f"{county} County", state=state_code)
        assert areas is not None
        assert areas < person.areas


@pytest.mark.parametrize(("words", "areas"), [
    ("San Mateo County", {"us/ca/san mateo county"}), (" san mateo  county ", {"us/ca/san mateo county"}), ("San Mateo", {"us/ca/san mateo county"}),
    ("County of San Mateo", {"us/ca/san mateo county"}), ("Redwood City", {"us/ca/redwood city"}), ("all of California", {"us/ca"}),
    ("CA", {"us/ca"}),
    ("Orange County", {"us/ca/orange county"}), ("Washington", {"us/wa"}), ("Canada", {"ca"}), ("Nationwide", {"us"}), ("Statewide", {"us/ca"}),
    ("Seattle, WA", {"us/wa/seattle"}), ("94063", {"us/94063"}), ("Guam", {"us/gu"}), ("Williamson County", {"us/tn/williamson county"}),
])  # fmt: skip
def test_words_of_listings_are_understood(words: str, areas: set[str]) -> None:
    assert resolved(words) == areas


@pytest.mark.parametrize("words", ["northern California", "western United States", "Unincorporated San Mateo County", "Chinese (Mandarin)", "Seattle",
                                   "", "in", "Countywide", "citywide", "Franklin", "North San Mateo County"])  # fmt: skip
def test_what_is_not_sure_is_left_open(words: str) -> None:
    assert resolved(words) is None


def test_a_name_in_many_states_is_taken_only_in_the_state_of_the_listing() -> None:
    assert resolved("Franklin", state="TN") == {"us/tn/franklin"}
    assert resolved("Franklin", state=None) is None
    assert resolved("Seattle", state=None) == {"us/wa/seattle"}


def test_the_sure_names_of_a_listing_say_where_its_other_names_are() -> None:
    assert resolved("Franklin", "Williamson County", "statewide", state=None) == {"us/tn/franklin", "us/tn/williamson county", "us/tn"}
    assert resolved("Franklin", "Williamson County", "Seattle", state=None) is None
    assert resolved("Franklin", "nationwide", state=None) is None


def test_words_that_lean_on_the_home_of_a_listing_take_it_from_there() -> None:
    assert resolved("Countywide", county="San Mateo") == {"us/ca/san mateo county"}
    assert resolved("citywide", town="Irvine") == {"us/ca/irvine"}
    assert resolved("Statewide", state=None) is None


def test_a_state_that_is_a_town_at_home_as_well_means_both() -> None:
    assert resolved("Washington", state="DC") == {"us/wa", "us/dc/washington"}
    assert resolved("New York", state="NY") == {"us/ny"}


def test_the_boroughs_of_new_york_are_understood() -> None:
    assert resolved("brooklyn", "Queens", state="NY") == {"us/ny/brooklyn", "us/ny/queens"}
    everyone = resolved("all boroughs", state="NY")
    assert everyone == {"us/ny/new york city"}
    for code in ("10001", "11201", "11354"):
        person = find_place(WORLD, code)
        assert isinstance(person, Found)
        assert everyone <= person.areas


def test_a_county_and_a_city_of_one_name_are_two_areas() -> None:
    assert resolved("St. Louis County", state="MO") == {"us/mo/saint louis county"}
    ballwin, city = find_place(WORLD, "63011"), find_place(WORLD, "63101")
    assert isinstance(ballwin, Found)
    assert isinstance(city, Found)
    assert "us/mo/saint louis county" in ballwin.areas
    assert "us/mo/saint louis county" not in city.areas


def test_a_country_that_is_not_loaded_still_knows_the_wide_words() -> None:
    assert resolved("nationwide", country="fr", state=None) == {"fr"}
    assert resolved("Canada", country="fr", state=None) == {"ca"}
    assert resolved("Paris", country="fr", state=None) is None


def test_no_words_are_not_understood_words() -> None:
    assert resolve_areas(WORLD, [], country="us") == (frozenset(), False)
