"""Sheets tell a judge nothing of the rankers, and answers are taken in whole or refused with the line and the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.values import Opening
from tests.relevance.judged import pools
from tests.relevance.judged.cards import cut, hours
from tests.relevance.judged.pools import CAP, WHOLE, in_turn, pool
from tests.relevance.judged.profiles import Person, judged_twice, people
from tests.relevance.judged.sheet import sheet, shuffled
from tests.relevance.judged.take import Grade, Unusable, add, read, understand, write
from tests.relevance.worlds import World, worlds

POOLED = {"p001": ["a", "b", "c"], "p101": ["d", "e"]}
IDS = st.lists(st.sampled_from([f"id{number}" for number in range(60)]), max_size=10, unique=True)


# --- pools --------------------------------------------------------------------------------------------------------------------------


def test_turns_are_taken_rank_by_rank() -> None:
    assert in_turn([["a", "b"], ["c", "a", "d"]]) == ["a", "c", "b", "d"]


@given(st.fixed_dictionaries(dict.fromkeys((*WHOLE, "random", "ours without words"), IDS)))
def test_a_pool_holds_all_that_is_measured_once_and_no_more_than_there_is_room_for(found: dict[str, list[str]]) -> None:
    pooled = pool(found)
    measured = {key for name in WHOLE for key in found[name]}
    assert len(set(pooled)) == len(pooled) <= max(CAP, len(measured))
    assert measured <= set(pooled) <= {key for some in found.values() for key in some}
    assert len(pooled) >= min(CAP, len({key for some in found.values() for key in some}))


def test_the_pools_hold_everybody_and_about_thirty_each() -> None:
    pooled = pools.read()
    assert set(pooled) == {person.id for person in people()}
    assert all(20 <= len(set(some)) == len(some) <= 45 for some in pooled.values())


def test_every_pooled_listing_is_in_its_directory() -> None:
    pooled, here = pools.read(), worlds()
    missing = [(person.id, key) for person in people() if person.world in here for key in pooled[person.id] if key not in here[person.world].listings]
    assert missing == []


def test_the_pools_are_kept_in_an_order_that_tells_nothing() -> None:
    assert all(some == sorted(some) for some in pools.read().values())


def test_pools_are_read_as_written(tmp_path: Path) -> None:
    pools.write(POOLED, tmp_path / "pools.csv")
    assert pools.read(tmp_path / "pools.csv") == POOLED


# --- sheets -------------------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def town() -> World:
    return worlds()["alder_falls"]


def of(person_id: str) -> Person:
    return next(person for person in people() if person.id == person_id)


def printed(town: World, person_id: str) -> str:
    return "\n".join(sheet(town, of(person_id), shuffled(person_id, pools.read()[person_id], second=False)))


def test_a_sheet_tells_who_asks_and_every_listing_but_no_score(town: World) -> None:
    text = printed(town, "p003")
    listings = [town.listings[key] for key in pools.read()["p003"]]
    assert of("p003").who in text
    assert all(one.name in text for one in listings)
    assert [word for word in ("score", "BM25", "ranker", "decisive", *(one.id for one in listings)) if word in text] == []


def test_the_order_of_the_cards_hangs_on_nothing_but_the_ids() -> None:
    listings = [f"id{number}" for number in range(30)]
    assert shuffled("p001", listings, second=False) == shuffled("p001", reversed(listings), second=False) != listings
    assert shuffled("p001", listings, second=False) != shuffled("p002", listings, second=False)


def test_a_card_has_at_most_six_lines(town: World) -> None:
    cards = printed(town, "p010").split("\n[")[1:]
    assert len(cards) == len(pools.read()["p010"])
    assert all(len(card.strip().splitlines()) <= 6 for card in cards)


def test_a_sheet_says_what_is_needed_and_whether_it_is_there(town: World) -> None:
    text = printed(town, "p010")
    assert "must Step-free way in" in text
    assert "Step-free way in: yes" in text
    assert "Step-free way in: not known" in text


def test_the_second_judge_reads_in_another_order() -> None:
    pooled = pools.read()
    for person in judged_twice():
        first, second = (shuffled(person.id, pooled[person.id], second=which) for which in (False, True))
        assert sorted(first) == sorted(second) == pooled[person.id]
        assert first != second


def test_hours_that_days_share_stand_together() -> None:
    openings = tuple(Opening(weekday=day, opens=540, closes=1050) for day in (0, 2))
    assert hours((*openings, Opening(weekday=5, opens=600, closes=720, weeks=(1, -1)))) == "MoWe 9-17:30, 1st and last Sa 10-12"


@given(st.text(max_size=400), st.integers(1, 300))
def test_a_shortened_text_is_one_line_and_short(text: str, length: int) -> None:
    assert "\n" not in cut(text, length)
    assert len(cut(text, length)) <= length + len(" ...")


# --- answers ------------------------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 3), min_size=3, max_size=3), st.booleans())
def test_an_answer_is_read_in_the_order_of_the_cards(grades: list[int], second: bool) -> None:
    person = judged_twice()[0].id
    taken = understand(f"# mine\n\n{person} {' '.join(map(str, grades))}\n", "ada", {person: ["a", "b", "c"]}, second=second)
    order = shuffled(person, ["a", "b", "c"], second=second)
    assert taken == [Grade(person, listing, "ada", grade) for listing, grade in zip(order, grades, strict=True)]


WRONG = {
    "p001 3 0": "line 1: p001 has 3 cards, but 2 grades",
    "p001 3 0 4": "a grade '4'",
    "p999 1 1 1": "nobody on these sheets",
    "p001 1 1 1\np001 1 1 1": "line 2: p001 is answered twice",
}


@pytest.mark.parametrize("answer", WRONG)
def test_a_wrong_answer_is_refused_with_the_reason(answer: str) -> None:
    with pytest.raises(Unusable, match=WRONG[answer]):
        understand(answer, "ada", POOLED, second=False)


def test_who_is_not_judged_twice_has_no_place_on_the_second_sheet() -> None:
    once = next(person.id for person in people() if person not in judged_twice())
    with pytest.raises(Unusable, match="nobody on these sheets"):
        understand(f"{once} 1", "ada", {once: ["a"]}, second=True)


def test_a_judge_cannot_grade_a_person_twice_but_another_judge_can() -> None:
    first = understand("p001 3 0 1", "ada", POOLED, second=False)
    assert len(add(first, understand("p001 2 0 1", "ben", POOLED, second=False))) == 6
    with pytest.raises(Unusable, match="ada has judged p001 before"):
        add(first, first)


def test_a_judge_needs_a_plain_name() -> None:
    with pytest.raises(Unusable, match="no name for a judge"):
        understand("p001 3 0 1", "Ada, the judge", POOLED, second=False)


def test_grades_are_read_as_written(tmp_path: Path) -> None:
    grades = add(understand("p101 3 0", "ada", POOLED, second=False), understand("p001 2 0 1", "ben", POOLED, second=False))
    write(grades, tmp_path / "grades.csv")
    assert read(tmp_path / "grades.csv") == grades == sorted(grades)
    assert read(tmp_path / "none.csv") == []
