"""geopy's interface: the gazetteer as a geocoder, and the online one as a guest that may fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from geopy.exc import GeocoderTimedOut
from geopy.location import Location

from directory.errors import UnsafeSetting
from directory.places import Ambiguous, Found, OfflineGeocoder, OnlineGeocoder, Unknown, find_place, online_geocoder
from tests.directory.places.worlds import gazetteer

WORLD = gazetteer()


class Elsewhere:
    """A geocoder with geopy's interface that answers what the test says and notes what it was asked."""

    def __init__(self, answer: Callable[[], list[Location] | None]) -> None:
        self._answer, self.asked = answer, list[dict[str, Any]]()

    def geocode(self, query: str, *, exactly_one: bool = True, timeout: float | None = None) -> list[Location] | None:
        self.asked.append({"query": query, "exactly_one": exactly_one, "timeout": timeout})
        return self._answer()


def at(address: str, latitude: float, longitude: float) -> Location:
    return Location(address, (latitude, longitude), {})


def test_the_gazetteer_answers_as_a_geocoder_of_geopy_does() -> None:
    location = OfflineGeocoder(WORLD).geocode("94063")
    assert isinstance(location, Location)
    assert (location.address, location.latitude, location.longitude) == ("94063, Redwood City, California", 37.48, -122.21)
    assert location.raw["precision"] == "code"
    assert "us/ca/san mateo county" in location.raw["areas"]


def test_an_ambiguous_name_is_no_single_location_and_all_of_them_when_all_are_asked_for() -> None:
    geocoder = OfflineGeocoder(WORLD)
    assert geocoder.geocode("Franklin") is None
    every = geocoder.geocode("Franklin", exactly_one=False)
    assert isinstance(every, list)
    assert len(every) == 4
    assert OfflineGeocoder(WORLD, country="gb").geocode("Franklin", exactly_one=False) is None
    assert geocoder.geocode("") is None


def test_the_online_geocoder_is_asked_only_for_what_is_not_known_here() -> None:
    elsewhere = Elsewhere(lambda: None)
    for text in ("94063", "Redwood City", "Franklin", "California", "37.48, -122.21"):
        find_place(WORLD, text, geocoder=OnlineGeocoder(elsewhere))
    assert elsewhere.asked == []
    assert isinstance(find_place(WORLD, "Faraway Hollow", geocoder=OnlineGeocoder(elsewhere)), Unknown)
    assert elsewhere.asked == [{"query": "Faraway Hollow", "exactly_one": False, "timeout": 3.0}]


def test_a_point_from_elsewhere_is_made_coarse_and_never_called_exact() -> None:
    answer = find_place(WORLD, "Faraway Hollow", geocoder=Elsewhere(lambda: [at("Faraway Hollow, California", 37.48123, -122.21456)]))
    assert isinstance(answer, Found)
    assert (answer.place.latitude, answer.place.longitude, answer.place.precision) == (37.48, -122.21, "code")
    assert (answer.label, answer.place.name) == ("Faraway Hollow, California", "Faraway Hollow, California")
    assert "us/ca/redwood city" in answer.areas


def test_several_places_elsewhere_are_a_question_and_its_choices_are_found_here() -> None:
    geocoder = Elsewhere(lambda: [at("Hollow, A", 37.48, -122.21), at("Hollow, B", 35.92, -86.87), at("Hollow, A again", 37.4801, -122.2101)])
    answer = find_place(WORLD, "Faraway Hollow", geocoder=geocoder)
    assert isinstance(answer, Ambiguous)
    assert [choice.label for choice in answer.choices] == ["Hollow, A", "Hollow, B"]
    assert all(isinstance(find_place(WORLD, choice.text), Found) for choice in answer.choices)


@pytest.mark.parametrize("error", [GeocoderTimedOut("too slow"), OSError("no network"), ValueError("not JSON")])
def test_trouble_elsewhere_is_unknown_here(error: Exception) -> None:
    def fail() -> None:
        raise error

    assert isinstance(find_place(WORLD, "Faraway Hollow", geocoder=OnlineGeocoder(Elsewhere(fail))), Unknown)


def test_the_operator_names_the_online_geocoder_and_hears_what_is_wrong_with_the_name() -> None:
    assert isinstance(online_geocoder("nominatim", domain="127.0.0.1:1", scheme="http"), OnlineGeocoder)
    with pytest.raises(UnsafeSetting, match="no geocoder called 'nowhere'"):
        online_geocoder("nowhere")
    with pytest.raises(UnsafeSetting, match="does not take these settings"):
        online_geocoder("nominatim", colour="blue")
