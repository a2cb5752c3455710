"""From what a person types to a place, a question or an honest unknown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.places import Ambiguous, Found, Gazetteer, Unknown, find_place
from directory.places.names import MOST_CHOICES
from tests.directory.places.worlds import gazetteer

WORLD = gazetteer()
AMERICA = gazetteer("us")
WORDS = st.sampled_from(["Franklin", "franklin", "TN", "Orange County", "Newport", "6021", "94063", "California", "New York", "Washington", "5",
                         "Main St", "United States", "NZ", "England", ",", ", ", "37.48", "-122.2", "M21 9AQ", "Queens", "Newtown", "Wellington",
                         "M1", "st"])  # fmt: skip


def found(text: str, world: Gazetteer = WORLD, country: str | None = None) -> Found:
    answer = find_place(world, text, country=country)
    assert isinstance(answer, Found), answer
    return answer


def asked(text: str, world: Gazetteer = WORLD, country: str | None = None) -> list[str]:
    answer = find_place(world, text, country=country)
    assert isinstance(answer, Ambiguous), answer
    return [choice.label for choice in answer.choices]


# --- what holds for any text ------------------------------------------------------------------------------------------------------


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=6).map(" ".join), st.lists(WORDS, max_size=5).map(", ".join)))
def test_every_text_has_one_of_three_answers(text: str) -> None:
    match find_place(WORLD, text):
        case Found(place=place, areas=areas, label=label):
            assert label
            assert not areas or {"world"} < areas
            assert place.precision in {"given", "code", "town"}
        case Ambiguous(choices=choices):
            assert 2 <= len(choices) <= MOST_CHOICES or (choices and find_place(WORLD, text) == Ambiguous(choices=choices, wide=True))
        case Unknown(text=said, near=near):
            assert len(said) <= 200
            assert len(near) <= 5


@given(st.one_of(st.lists(WORDS, max_size=6).map(" ".join), st.lists(WORDS, max_size=5).map(", ".join)))
def test_asking_with_the_text_of_a_choice_gives_that_place_within_two_questions(text: str) -> None:
    answer = find_place(WORLD, text)
    if isinstance(answer, Ambiguous):
        for choice in answer.choices:
            again = find_place(WORLD, choice.text)
            seconds = [find_place(WORLD, one.text) for one in again.choices] if isinstance(again, Ambiguous) else [again]
            assert seconds
            assert all(isinstance(one, Found) for one in seconds), (choice, seconds)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_point_that_is_typed_is_kept_to_a_hundredth_of_a_degree_only(latitude: float, longitude: float) -> None:
    answer = find_place(WORLD, f"{latitude:.6f}, {longitude:.6f}")
    assert isinstance(answer, Found)
    assert answer.place.precision == "given"
    assert abs(answer.place.latitude - latitude) <= 0.0051
    assert answer.place.latitude == round(answer.place.latitude, 2)
    assert answer.place.longitude == round(answer.place.longitude, 2)


# --- codes ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["94063", "94063-1234", "Redwood City, CA 94063", "748 Tennis Dr, Redwood City, CA 94063", "94063 Redwood City",
                                  "94063, USA"])  # fmt: skip
def test_a_code_is_found_alone_and_in_an_address(text: str) -> None:
    answer = found(text)
    assert (answer.place.precision, answer.label) == ("code", "94063, Redwood City, California")
    assert answer.areas == {"world", "us", "us/ca", "us/ca/san mateo county", "us/ca/redwood city", "us/94063"}


def test_the_point_of_a_code_is_the_mean_of_its_places() -> None:
    assert found("M21 9AQ").place.latitude == 53.44
    assert found("94061").areas >= {"us/ca/woodside", "us/ca/redwood city"}


def test_a_house_number_is_no_code() -> None:
    assert found("94027 Main St, Franklin, TN").label == "Franklin, Tennessee"
    assert found("2139 Main St, Franklin, TN").place.precision == "town"


def test_a_code_of_two_countries_asks_which_unless_the_country_is_said() -> None:
    assert asked("6021") == ["6021, Stirling, Western Australia, Australia", "6021, Newtown, Wellington, New Zealand"]
    assert found("6021", country="nz").label == found("6021, New Zealand").label == "6021, Newtown, Wellington"
    assert found("Newtown 6021").label == "6021, Newtown, Wellington"


def test_a_lost_zero_that_makes_two_codes_asks_too() -> None:
    assert found("800").label == "0800, Darwin, Northern Territory"
    assert found("2139").label == "02139, Cambridge, Massachusetts"


def test_a_british_district_falls_back_to_the_one_it_lies_in() -> None:
    assert found("W1D 3QU").label == "W1, Mayfair, England"


def test_an_unknown_code_is_unknown_and_nothing_near_is_put_in_its_place() -> None:
    assert find_place(WORLD, "99999") == Unknown(text="99999")


# --- towns ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["Redwood City", "redwood city, ca", "REDWOOD CITY CA", "Redwood City, California", "redwood city california usa",
                                  "Redwood City, San Mateo County, CA", "123 Main St, Redwood City, CA", "Redwood-City"])  # fmt: skip
def test_a_town_is_found_however_it_is_written(text: str) -> None:
    answer = found(text)
    assert (answer.label, answer.place.precision) == ("Redwood City, California", "town")
    assert [answer.place.latitude, answer.place.longitude] == pytest.approx([37.47, -122.22])
    assert {"us/94061", "us/94063", "us/ca/san mateo county"} < answer.areas
    assert "us/ca/woodside" not in answer.areas


def test_a_name_in_several_states_asks_which_with_state_and_county_the_largest_first() -> None:
    assert asked("Franklin") == [
        "Franklin, Williamson County, Tennessee", "Franklin, Cambria County, Pennsylvania",
        "Franklin, Macon County, North Carolina", "Franklin, Venango County, Pennsylvania",
    ]  # fmt: skip


def test_a_name_twice_in_one_state_is_two_towns() -> None:
    assert asked("Newport, England") == ["Newport, Isle of Wight, England", "Newport, Shropshire, England"]
    assert found("Newport, Isle of Wight").place.latitude == 50.70


def test_towns_that_words_cannot_tell_apart_are_told_apart_by_their_codes() -> None:
    answer = find_place(WORLD, "Newtown, Wellington")
    assert isinstance(answer, Ambiguous)
    assert sorted(choice.text for choice in answer.choices) == ["0602, New Zealand", "6021, New Zealand"]


def test_the_letters_of_a_state_and_of_a_country_are_told_apart_by_what_is_there() -> None:
    assert found("Toronto, CA").areas >= {"ca", "ca/on"}
    assert found("Irvine, CA").areas >= {"us", "us/ca"}


@pytest.mark.parametrize("text", ["Washington DC", "Washington, D.C.", "washington, district of columbia"])
def test_the_capital_is_found(text: str) -> None:
    assert found(text).areas >= {"us/dc/washington"}


def test_people_find_new_york_by_the_names_they_use() -> None:
    assert found("Queens, NY").areas >= {"us/ny/queens county", "us/11354"}
    assert found("Manhattan").place.latitude == 40.75
    assert found("NYC").areas >= {"us/ny/new york county", "us/ny/kings county", "us/ny/queens county"}
    assert "us/ny/albany county" not in found("New York City").areas


def test_a_city_whose_rows_are_its_districts_is_found() -> None:
    assert found("Dublin").areas >= {"ie/d02", "ie/d04"}


def test_a_word_that_is_not_understood_is_never_dropped_for_one_that_is() -> None:
    assert isinstance(find_place(WORLD, "Nowhereville, Irvine"), Unknown)
    assert isinstance(find_place(WORLD, "Redwood City, Florida"), Unknown)


# --- wide areas -------------------------------------------------------------------------------------------------------------------


def test_a_state_is_too_wide_to_stand_in_and_asks_which_part() -> None:
    answer = find_place(AMERICA, "California")
    assert isinstance(answer, Ambiguous)
    assert answer.wide
    assert answer.choices[0].label == "Redwood City, San Mateo County, California"


def test_a_name_of_a_state_and_a_city_offers_both() -> None:
    assert set(asked("Washington", AMERICA)) == {"Washington, District of Columbia, District of Columbia", "Seattle, King County, Washington"}


def test_a_county_of_several_states_asks_which_county_then_which_town() -> None:
    assert asked("Orange County") == ["Orange County, California", "Orange County, Florida"]
    assert asked("Orange County, Florida") == ["Orlando, Orange County, Florida"]


def test_a_further_name_is_found_and_not_offered_beside_the_town_it_means() -> None:
    assert found("Woodside").areas >= {"us/ca/woodside", "us/94061"}
    assert "Woodside, San Mateo County, California" not in asked("San Mateo County")


# --- what is not known ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("typed", "meant"), [("Redwod City", "Redwood City, California"), ("redwood ciyt, ca", "Redwood City, California"),
                                              ("Seatle", "Seattle, Washington"), ("Brookyln", "Brooklyn, New York"),
                                              ("Frankln", "Franklin")])  # fmt: skip
def test_a_slip_is_offered_right_and_not_taken(typed: str, meant: str) -> None:
    answer = find_place(WORLD, typed)
    assert isinstance(answer, Unknown)
    assert answer.near[0].text == meant
    assert not isinstance(find_place(WORLD, answer.near[0].text), Unknown)


def test_a_name_inside_a_longer_one_is_offered() -> None:
    answer = find_place(WORLD, "West Redwood City")
    assert isinstance(answer, Unknown)
    assert [choice.text for choice in answer.near] == ["Redwood City, California"]


@pytest.mark.parametrize("text", ["", "   ", "\x00", "x" * 201, "?", "zzzzqqqq", "91, 181.5", "95.5, 10", "🏠"])
def test_what_is_no_place_is_unknown(text: str) -> None:
    assert isinstance(find_place(WORLD, text), Unknown)


def test_a_point_in_the_sea_lies_in_no_known_area() -> None:
    assert found("0.5, -140.5").areas == frozenset()


def test_a_point_lies_in_the_areas_of_every_code_around_it() -> None:
    answer = found("37.4612,-122.2152")
    assert answer.label == "37.46, -122.22, near Redwood City, California"
    assert answer.areas >= {"us/94061", "us/94027", "us/94063", "us/ca/san mateo county"}
    assert "us/92618" not in answer.areas
