"""The figures of the judged set say what the grades say: the best order is worth 1, and what nobody judged is worth nothing."""

from __future__ import annotations

import pytest

from tests.relevance.judged import section, take
from tests.relevance.judged.profiles import Person, people
from tests.relevance.judged.section import Measured, agreement, best_gains, figures, gains, measure, pairs
from tests.relevance.judged.take import Grade
from tests.relevance.rankers import Rankers
from tests.relevance.worlds import World, worlds

SOME = tuple(person for person in people() if person.world == "alder_falls")[:12]


@pytest.fixture(scope="module")
def town() -> World:
    return worlds()["alder_falls"]


def graded_by(town: World, name: str) -> list[Grade]:
    """A judge who likes exactly what one ranker shows, in its order."""
    ranker = Rankers(town).by_name[name]
    return [Grade(person.id, listing, "ada", max(0, 3 - place // 3)) for person in SOME for place, listing in enumerate(ranker(town.asked(person.inquiry)))]


def test_a_ranker_that_orders_as_the_judge_does_is_worth_one(town: World) -> None:
    for name in ("ours", "words only"):
        found = measure(town, SOME, graded_by(town, name))
        assert all(one.worth[name] == pytest.approx(1.0) for one in found)
        assert sum(one.unjudged[name] for one in found) == 0
        assert any(one.worth["random"] < 0.5 for one in found)


def test_what_nobody_judged_counts_as_nothing_and_is_counted(town: World) -> None:
    grades = [Grade(SOME[0].id, "a listing that left", "ada", 3)]
    (found,) = measure(town, SOME[:1], grades)
    assert found.worth["ours"] == 0
    assert found.unjudged["ours"] == found.shown["ours"] > 0


def test_the_gain_is_the_mean_of_the_judges() -> None:
    assert gains([Grade("p", "a", "ada", 3), Grade("p", "a", "ben", 2), Grade("q", "a", "ada", 1)]) == {"p": {"a": 5.0}, "q": {"a": 1.0}}


def test_a_service_counts_once_at_its_best_place() -> None:
    assert sorted(best_gains({"a1": 2.0, "a2": 3.0, "b1": 1.0}, lambda listing: listing[0])) == [1.0, 3.0]


def measured(person: Person, ours: float, words: float) -> Measured:
    names = (section.OURS, *section.BESIDE)
    worth = dict.fromkeys(names, 0.1) | {"ours": ours, "words only": words, "words and tags": 0.99}
    return Measured(person=person, worth=worth, unjudged=dict.fromkeys(names, 1), shown=dict.fromkeys(names, 10))


def test_held_out_people_have_a_figure_of_their_own() -> None:
    found = {one.name: one for one in figures([measured(person, 0.5 if person.held_out else 1.0, 0.4) for person in people()])}
    assert found["nDCG@10, held out"].value == pytest.approx(0.5)
    assert found["nDCG@10, open to tuning"].value == pytest.approx(1.0)
    assert not found["nDCG@10, held out"].holds
    assert found["nDCG@10, alder falls"].note == found["nDCG@10, san mateo"].note == "100 people"


def test_the_lead_is_over_the_best_simple_ranker_and_can_fall_short() -> None:
    ahead = {one.name: one for one in figures([measured(person, 0.9, 0.85) for person in people()])}["nDCG@10 ahead of the best simple ranker, all"]
    assert ahead.value == pytest.approx(0.05)
    assert ahead.note == "over words only; 95 % interval 0.050 to 0.050"
    assert not ahead.holds


def test_agreement_is_told_from_what_two_judges_share() -> None:
    one = [Grade("p", listing, "ada", grade) for listing, grade in zip("abcd", (0, 1, 2, 3), strict=True)]
    two = [Grade("p", listing, "ben", grade) for listing, grade in zip("abcd", (0, 1, 2, 2), strict=True)]
    other = [Grade("q", "a", "ada", 3)]
    assert pairs([*two, *one, *other]) == ([0, 1, 2, 3], [0, 1, 2, 2], {"p"})
    share, kappa = agreement([*one, *two, *other])
    assert share.value == 0.5
    assert 0.8 < kappa.value < 1
    (alone,) = agreement(one)
    assert not alone.holds


def test_people_who_were_not_judged_are_missed(monkeypatch: pytest.MonkeyPatch, town: World) -> None:
    monkeypatch.setattr(section, "worlds", lambda: {"alder_falls": town})
    monkeypatch.setattr(take, "read", lambda: graded_by(town, "words only"))
    found = {one.name: one for one in section.judged()}
    assert found["people judged"].value == len(SOME)
    assert not found["people judged"].holds
    assert "san_mateo" in found["people judged"].note
    assert found["nDCG@10, alder falls"].beside["words only"] == pytest.approx(1.0)
    monkeypatch.setattr(take, "read", list)
    assert [one.name for one in section.judged()] == ["people judged"]
