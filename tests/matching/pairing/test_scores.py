"""The fast scores and vetoes against the slow ones, and what may not happen to a pair when one of two says more, or less."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching.pairing import suggest, vetoes, weigh
from matching.pairing.scores import scored
from matching.pairing.values import Peer, Wish
from tests.matching.pairing import oracle
from tests.matching.pairing.crowd import ON
from tests.matching.pairing.people import TRAITS, crowds, peers

ON_ANY = st.sampled_from((ON, date(2026, 7, 1), date(2026, 3, 8), date(2026, 3, 29)))


def scores_of(seeker: Peer, supporter: Peer, on: date = ON) -> tuple[float, float, float]:
    """Both directed scores and the mutual one, whatever stands against the pair."""
    [(_, scores)] = scored([seeker], [supporter], on=on)
    return float(scores.seekers[0, 0]), float(scores.supporters[0, 0]), float(scores.mutual[0, 0])


@settings(deadline=None)
@given(crowds(), ON_ANY, st.sets(st.tuples(st.sampled_from(("s0", "s1", "t0")), st.sampled_from(("t0", "t1", "s0")))))
def test_the_fast_code_equals_the_slow_to_the_last_bit(crowd: tuple[list[Peer], list[Peer]], on: date, blocked: set[tuple[str, str]]) -> None:
    seekers, supporters = crowd
    seen = 0
    for rows, scores in scored(seekers, supporters, on=on, blocked=blocked):
        for row, seeker in enumerate(seekers[rows]):
            for column, supporter in enumerate(supporters):
                against = oracle.vetoes(seeker, supporter, on=on, blocked=blocked)
                assert vetoes(seeker, supporter, on=on, blocked=blocked) == against
                assert bool(scores.allowed[row, column]) is not bool(against)
                assert scores.seekers[row, column] == oracle.directed(seeker, supporter, on)
                assert scores.supporters[row, column] == oracle.directed(supporter, seeker, on)
                assert scores.mutual[row, column] == oracle.mutual(seeker, supporter, on)
                seen += 1
    assert seen == len(seekers) * len(supporters)


@settings(deadline=None)
@given(crowds())
def test_suggestions_are_those_that_nothing_stands_against_the_most_mutual_first(crowd: tuple[list[Peer], list[Peer]]) -> None:
    seekers, supporters = crowd
    for seeker in seekers:
        found = suggest(seeker, supporters, on=ON)
        assert {one.supporter for one in found} == {one.id for one in supporters if not oracle.vetoes(seeker, one, on=ON)}
        assert [one.mutual for one in found] == sorted((one.mutual for one in found), reverse=True)
    for supporter in supporters:
        both_ways = {(one.seeker, one.mutual) for one in suggest(supporter, seekers, on=ON)}
        assert both_ways == {(one.seeker, one.mutual) for seeker in seekers for one in suggest(seeker, [supporter], on=ON)}


@settings(deadline=None)
@given(peers("seeker", "a"), peers("supporter", "b"), ON_ANY)
def test_swapping_sides_swaps_the_scores(seeker: Peer, supporter: Peer, on: date) -> None:
    """Nothing is weighed otherwise for being said by a supporter: vouching and places apart, a veto is one from both sides."""
    able: dict[str, Any] = {"vouched": True, "places": 1}
    seeker, supporter = replace(seeker, **able), replace(supporter, **able)
    turned = replace(supporter, side="seeker"), replace(seeker, side="supporter")
    there, back = scores_of(seeker, supporter, on), scores_of(*turned, on)
    assert there == (back[1], back[0], back[2])
    assert vetoes(seeker, supporter, on=on) == vetoes(*turned, on=on)


@settings(deadline=None)
@given(peers("seeker", "a"), peers("supporter", "b"))
def test_every_score_is_between_nothing_and_one_and_the_mutual_one_between_both(seeker: Peer, supporter: Peer) -> None:
    a, b, mutual = scores_of(seeker, supporter)
    assert 0 <= min(a, b) <= max(a, b) <= 1
    assert min(a, b) - 1e-12 <= mutual <= max(a, b) + 1e-12 or min(a, b) == 0 == mutual


ADDS: dict[str, Any] = {
    "interests": frozenset({"1"}), "strengths": frozenset({"1"}), "about": frozenset({"grief"}), "ways": frozenset({"video"}), "traits": frozenset(TRAITS),
}  # fmt: skip


@settings(deadline=None)
@given(peers("seeker", "a"), peers("supporter", "b"), st.sampled_from(sorted(ADDS)))
def test_saying_more_of_what_the_other_wishes_never_lowers_their_score(seeker: Peer, supporter: Peer, field: str) -> None:
    """The other wishes exactly what is added, so their score of this person cannot fall."""
    wished = {"strengths": "hopes", "traits": "wishes"}.get(field, field)
    what: Any = (Wish(codes=ADDS[field]),) if field == "traits" else ADDS[field]
    seeker = replace(seeker, **{wished: what if field == "traits" else getattr(seeker, wished) | what})
    more = replace(supporter, **{field: getattr(supporter, field) | ADDS[field]})
    assert scores_of(seeker, more)[0] >= scores_of(seeker, supporter)[0]


@settings(deadline=None)
@given(peers("seeker", "a"), peers("supporter", "b"), st.sampled_from(("interests", "strengths")))
def test_naming_what_nobody_asked_for_changes_nothing(seeker: Peer, supporter: Peer, field: str) -> None:
    """Who wishes something of a field has asked for it: what is named beside the wish then says that it is not met."""
    seeker = replace(seeker, wishes=tuple(wish for wish in seeker.wishes if not any(code.startswith(f"{field}/") for code in wish.codes)))
    more = replace(supporter, **{field: getattr(supporter, field) | {"something-else"}})
    assert scores_of(seeker, more)[0] == scores_of(seeker, supporter)[0]


@settings(deadline=None)
@given(peers("seeker", "a"), peers("supporter", "b"), st.sampled_from(TRAITS), st.sampled_from((0.25, 1.0, 4.0)))
def test_no_is_less_than_unknown_is_less_than_yes(seeker: Peer, supporter: Peer, trait: str, importance: float) -> None:
    kind, number = trait.split("/")
    other = f"{kind}/{3 - int(number)}"
    seeker = replace(seeker, wishes=(Wish(codes=frozenset({trait}), importance=importance),))
    silent = supporter.traits - {trait, other}
    no, unknown, yes = (scores_of(seeker, replace(supporter, traits=silent | said))[0] for said in ({other}, set(), {trait}))
    assert no < unknown < yes


@settings(deadline=None)
@given(peers("seeker", "a"), peers("supporter", "b"), st.sampled_from(TRAITS))
def test_what_nobody_wished_about_counts_for_nothing(seeker: Peer, supporter: Peer, trait: str) -> None:
    """Traits are read for wishes and for nothing else: no default criterion of origin, age, gender or condition."""
    seeker = replace(seeker, wishes=tuple(wish for wish in seeker.wishes if trait.split("/")[0] not in {code.split("/")[0] for code in wish.codes}))
    with_it, without = replace(supporter, traits=supporter.traits | {trait}), replace(supporter, traits=supporter.traits - {trait})
    assert scores_of(seeker, with_it) == scores_of(seeker, without)
    assert vetoes(seeker, with_it, on=ON) == vetoes(seeker, without, on=ON)


@settings(deadline=None)
@given(peers("seeker", "a"), peers("supporter", "b"))
def test_a_must_only_ever_takes_pairs_away(seeker: Peer, supporter: Peer) -> None:
    softer = replace(seeker, wishes=tuple(replace(wish, must=False) for wish in seeker.wishes))
    assert vetoes(softer, supporter, on=ON) <= vetoes(seeker, supporter, on=ON)
    assert scores_of(softer, supporter) == scores_of(seeker, supporter)


def test_no_score_makes_up_for_a_veto() -> None:
    """Two made for each other, with one boundary crossed."""
    alike: dict[str, Any] = {"interests": frozenset({"chess"}), "about": frozenset({"grief"}), "languages": frozenset({"en"})}
    seeker, supporter = Peer(id="a", side="seeker", **alike), Peer(id="b", side="supporter", vouched=True, **alike)
    assert suggest(seeker, [supporter], on=ON)[0].mutual > 0.6
    assert suggest(seeker, [replace(supporter, area="north")], on=ON)
    assert not suggest(replace(seeker, not_areas=frozenset({"north"})), [replace(supporter, area="north")], on=ON)


def test_ten_thousand_random_graphs_have_no_pair_across_a_block() -> None:
    """In each graph, pairs are blocked by chance, in either direction, among people whom nothing else stands against."""
    random = Random(21)
    seekers = [Peer(id=f"s{number}", side="seeker") for number in range(4)]
    supporters = [Peer(id=f"t{number}", side="supporter", vouched=True) for number in range(3)]
    every = [(one.id, other.id) for one in seekers for other in supporters]
    crossed = wrongly_apart = 0
    for _ in range(10_000):
        blocked = {pair if random.random() < 0.5 else pair[::-1] for pair in every if random.random() < 0.4}
        weighed = weigh(seekers, supporters, on=ON, blocked=blocked)
        met = {(weighed.seekers[row], weighed.supporters[column]) for row, column in zip(*(weighed.liking >= 0).nonzero(), strict=True)}
        crossed += sum(1 for one, other in met if (one, other) in blocked or (other, one) in blocked)
        wrongly_apart += sum(1 for one, other in every if (one, other) not in met and (one, other) not in blocked and (other, one) not in blocked)
    assert (crossed, wrongly_apart) == (0, 0)


MINORS: list[tuple[dict[str, Any], dict[str, Any], bool]] = [
    ({"is_minor": True}, {}, False),
    ({"is_minor": True, "guardian_agreed": True}, {}, False),
    ({"is_minor": True}, {"checked_for_minors": True}, False),
    ({"is_minor": True, "guardian_agreed": True}, {"checked_for_minors": True}, True),
    ({}, {}, True),
]


@pytest.mark.parametrize(("young", "other", "may"), MINORS)
@pytest.mark.parametrize("side", ["seeker", "supporter"])
def test_no_adult_is_suggested_for_a_minor_without_a_guardian_and_checks(young: dict[str, Any], other: dict[str, Any], may: bool, side: str) -> None:
    ours, theirs = (young, other) if side == "seeker" else (other, young)
    pair = Peer(id="a", side="seeker", **ours), Peer(id="b", side="supporter", vouched=True, **theirs)
    assert (vetoes(*pair, on=ON) == frozenset()) is may


def test_bad_crowds_are_named() -> None:
    """Somebody twice, or on the wrong side."""
    one = Peer(id="a", side="seeker")
    crowds: Sequence[tuple[list[Peer], list[Peer]]] = [([one, one], []), ([], [one])]
    for seekers, supporters in crowds:
        with pytest.raises(ValueError, match="once"):
            weigh(seekers, supporters, on=ON)
