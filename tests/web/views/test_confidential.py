"""Places that are not public: no address, no distance, no directions, on no page, however one asks."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from directory.listings import Card
from tests.web.views.reading import CODE, results_of

VENUES = tomllib.loads((files("seeds") / "demo/venues.toml").read_text())["venue"]
HIDDEN = [venue for venue in VENUES if venue.get("visibility", "public") != "public"]
ASKED = (
    {"text": "a safe place to stay"}, {"text": "a group to breathe"}, {"supports": "refuge"}, {"supports": "mind"}, {},
    {"minutes": "15", "modes": "walk"}, {"minutes": "600", "modes": "car"}, {"modes": "bus", "weight_reach": "4"},
)


def secrets_of(venue: dict[str, Any]) -> list[str]:
    return [venue["street"], venue["name"], str(venue["latitude"])[:7], str(venue["longitude"])[1:8]]


def confidential_ids(cards: list[Card]) -> set[str]:
    return {card.id for card in cards if card.where and card.where.confidential}


def test_the_demonstration_has_places_that_are_not_public(cards: list[Card]) -> None:
    assert len(HIDDEN) == 2 <= len(confidential_ids(cards))


def test_the_page_of_one_tells_the_area_and_how_to_ask(client: Any, cards: list[Card]) -> None:
    for key in confidential_ids(cards):
        page = client.get(f"/listings/{key}").text
        assert "The exact place is not public" in page
        assert not re.search(r"geo:|Directions|<address>|\b(km|minutes? (on|by))\b", page)
        for secret in [secret for venue in HIDDEN for secret in secrets_of(venue)]:
            assert secret not in page


@pytest.mark.parametrize("asked", ASKED)
def test_a_result_tells_no_distance_and_no_way(client: Any, cards: list[Card], asked: dict[str, str]) -> None:
    seen, hidden = 0, confidential_ids(cards)
    for offset in range(0, 250, 10):
        page = client.post("/search", data={**asked, "place": CODE, "offset": str(offset)}).text
        for secret in [secret for venue in HIDDEN for secret in secrets_of(venue)]:
            assert secret not in page
        for card in results_of(page):
            if any(key in card for key in hidden):
                seen += 1
                assert "The place is not public: call" in card
                assert not re.search(r"geo:|Directions|\bkm\b|minutes? (on|by)\b|\d m away|nearby|within", card)
        if "Show more" not in page:
            break
    assert seen or asked in ASKED[:2]
