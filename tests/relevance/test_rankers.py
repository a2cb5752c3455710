"""The plain rankers do what their names say, keep every limit, and show a service once."""

from __future__ import annotations

from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from matching.values import Inquiry, MustHaves, Place, Profile, Strength, Travel
from tests.matching.oracle import FAIL, Oracle, kilometres
from tests.relevance.rankers import Bm25, Rankers, shared
from tests.relevance.worlds import World, worlds

HERE = Place(latitude=44.2619, longitude=-88.4069)
COOK = Profile(strengths=(Strength(code="cooking"),), languages=("es",), age=40)


@pytest.fixture(scope="module")
def town() -> World:
    return worlds()["alder_falls"]


@pytest.fixture(scope="module")
def rankers(town: World) -> Rankers:
    return Rankers(town)


def asked(town: World) -> Inquiry:
    must = MustHaves(free=True, languages=("es",), access=("step_free",))
    return town.asked(Inquiry(text="cooking together", place=HERE, travel=Travel(modes=("bus",), minutes=30), must=must, profile=COOK))


NAMES = ("ours", "words only", "tags only", "distance only", "random", "words and tags", "ours without words", "ours without place")


@pytest.mark.parametrize("name", NAMES)
def test_no_ranker_shows_what_a_limit_keeps_out_or_a_service_twice(name: str, town: World, rankers: Rankers) -> None:
    inquiry = asked(town)
    shown = [town.listings[key] for key in rankers.by_name[name](inquiry)]
    judge = Oracle(inquiry, tuple(town.listings.values()), town.vocabulary, {}, town.at)
    assert 3 <= len(shown) <= 10
    assert all(FAIL not in judge.verdicts(one).values() for one in shown)
    assert len({one.service_id for one in shown}) == len(shown)


@pytest.mark.parametrize("name", NAMES)
def test_a_ranker_gives_the_same_list_twice(name: str, town: World, rankers: Rankers) -> None:
    assert rankers.by_name[name](asked(town)) == Rankers(town).by_name[name](asked(town))


def test_every_name_is_a_ranker(rankers: Rankers) -> None:
    assert tuple(rankers.by_name) == NAMES


def test_distance_only_is_in_order_of_distance(town: World, rankers: Rankers) -> None:
    places = [town.listings[key].place for key in rankers.distance_only(town.asked(Inquiry(place=HERE)))]
    km = [kilometres(HERE, place) for place in places if place]
    assert len(km) == 10
    assert km == sorted(km)


def test_tags_only_is_in_order_of_what_is_shared(town: World, rankers: Rankers) -> None:
    inquiry = Inquiry(supports=("food",), profile=COOK)
    counts = [shared(inquiry, town.listings[key]) for key in rankers.tags_only(inquiry)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == max(shared(inquiry, one) for one in rankers.allowed(inquiry))


def test_words_only_needs_a_word_and_reads_what_was_ticked(town: World, rankers: Rankers) -> None:
    assert rankers.words_only(Inquiry(text="xyzzy")) == []
    by_label = [town.listings[key].supports for key in rankers.words_only(Inquiry(supports=("tax_help",)))]
    assert "tax_help" in by_label[0]


def test_chance_hangs_on_the_question(town: World, rankers: Rankers) -> None:
    assert rankers.random(Inquiry(text="tea")) != rankers.random(Inquiry(text="tee"))


def test_bm25_of_a_worked_case() -> None:
    ranker = Bm25({"a": "tea tea", "b": "tea cake", "c": "soup bread"})
    rarity = log(1 + (3 - 2 + 0.5) / (2 + 0.5))
    assert ranker.score("tea", "a") == pytest.approx(rarity * 2 * 2.2 / (2 + 1.2))
    assert ranker.score("teas", "b") == pytest.approx(rarity * 2.2 / (1 + 1.2))
    assert ranker.score("tea", "c") == 0


@given(st.lists(st.sampled_from(["tea", "cake", "soup", "bread"]), min_size=1, max_size=8), st.integers(1, 3))
def test_a_word_more_of_what_is_asked_never_lowers_an_equally_long_text(text: list[str], times: int) -> None:
    padded = [*text, *["plate"] * times]
    richer = [*text, *["tea"] * times]
    ranker = Bm25({"poor": " ".join(padded), "rich": " ".join(richer), "other": "cup"})
    assert ranker.score("tea", "rich") >= ranker.score("tea", "poor")


def test_a_place_gets_its_areas(town: World) -> None:
    assert any("outagamie" in area for area in town.asked(Inquiry(place=HERE)).areas)
    assert town.asked(Inquiry()).areas == frozenset()
    assert replace(town.asked(Inquiry(place=HERE)), areas=frozenset()) == Inquiry(place=HERE)
