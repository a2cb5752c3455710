"""Rounds: stable, within the places there are, the best that seekers can have, and the same every time."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from matching.pairing import Pair, deferred_acceptance, weigh
from matching.pairing.values import Peer
from matching.pairing.weighing import Weighed
from tests.matching.pairing import oracle
from tests.matching.pairing.crowd import ON, crowd
from tests.matching.pairing.people import crowds


def orders(weighed: Weighed, forbidden: frozenset[Pair] = frozenset()) -> tuple[dict[str, list[str]], dict[str, list[str]], dict[str, int]]:
    """The tables of a round as lists of names, best first, with the places: what the slow check reads."""
    may = {
        (seeker, supporter)
        for row, seeker in enumerate(weighed.seekers)
        for column, supporter in enumerate(weighed.supporters)
        if weighed.liking[row, column] >= 0 and Pair(seeker, supporter) not in forbidden
    }
    prefers = {
        seeker: [weighed.supporters[column] for column in np.argsort(-weighed.liking[row], kind="stable") if (seeker, weighed.supporters[column]) in may]
        for row, seeker in enumerate(weighed.seekers)
    }
    keeps = {
        supporter: [weighed.seekers[row] for row in np.argsort(-weighed.worth[:, column], kind="stable") if (weighed.seekers[row], supporter) in may]
        for column, supporter in enumerate(weighed.supporters)
    }
    return prefers, keeps, dict(zip(weighed.supporters, weighed.places, strict=True))


def chance(random: Random, seekers: int = 14, supporters: int = 8, holes: tuple[float, ...] = (0.0, 0.3, 0.7)) -> Weighed:
    """An instance by chance, of so many people at most: any orders, any holes, any places."""
    seekers, supporters = random.randint((seekers + 1) // 2, seekers), random.randint((supporters + 1) // 2, supporters)
    made = np.random.default_rng(random.randrange(1 << 30))
    gone = made.random((seekers, supporters)) < random.choice(holes)
    liking = made.permuted(np.tile(np.arange(supporters, dtype=np.int64), (seekers, 1)), axis=1)
    worth = made.permuted(np.tile(np.arange(seekers, dtype=np.int32), (supporters, 1)), axis=1).T.copy()
    liking[gone] = worth[gone] = -1
    places = tuple(int(one) for one in made.integers(0, 4, supporters))
    names = tuple(f"s{one:02}" for one in range(seekers)), tuple(f"t{one}" for one in range(supporters))
    return Weighed(*names, places, liking, worth, np.arange(seekers, dtype=np.int32))


def test_a_thousand_instances_have_no_blocking_pair_and_no_breach_of_places() -> None:
    random, matched = Random(40), 0
    for _ in range(1000):
        weighed = chance(random)
        outcome = deferred_acceptance(weighed)
        prefers, keeps, places = orders(weighed)
        pairs = dict(outcome.pairs)
        assert oracle.blocking(pairs, prefers, keeps, places) == []
        assert all(list(pairs.values()).count(one) <= count for one, count in places.items())
        assert all(supporter in prefers[seeker] for seeker, supporter in pairs.items())
        assert sorted([*pairs, *outcome.unmatched]) == sorted(weighed.seekers)
        matched += len(pairs)
    assert matched > 3000


def test_the_slow_check_finds_a_blocking_pair() -> None:
    """Two who both prefer each other to what they were given."""
    assert oracle.blocking({"a": "y", "b": "x"}, {"a": ["x", "y"], "b": ["x", "y"]}, {"x": ["a", "b"], "y": ["a", "b"]}, {"x": 1, "y": 1}) == [("a", "x")]


def test_seekers_get_the_best_that_any_stable_matching_gives_them() -> None:
    random, several = Random(41), 0
    for _ in range(300):
        weighed = chance(random, 5, 5, (0.0, 0.1))  # small enough to list every matching there is
        weighed = weighed._replace(places=(1,) * len(weighed.places))
        prefers, keeps, places = orders(weighed)
        stable = [pairs for pairs in oracle.every_matching(prefers, places) if not oracle.blocking(pairs, prefers, keeps, places)]
        several += len(stable) > 1
        pairs = dict(deferred_acceptance(weighed).pairs)
        assert pairs in stable
        for other in stable:
            assert set(other) == set(pairs), "who is matched is the same in all of them"
            assert all(prefers[seeker].index(pairs[seeker]) <= prefers[seeker].index(other[seeker]) for seeker in pairs)
    assert several > 10, "instances in which there is a choice"


@settings(deadline=None, max_examples=60)
@given(crowds(6), st.randoms(use_true_random=False))
def test_a_round_of_people_is_stable_and_the_order_of_input_changes_nothing(people: tuple[list[Peer], list[Peer]], random: Random) -> None:
    seekers, supporters = people
    weighed = weigh(seekers, supporters, on=ON)
    outcome = deferred_acceptance(weighed)
    prefers, keeps, places = orders(weighed)
    assert oracle.blocking(dict(outcome.pairs), prefers, keeps, places) == []
    for seeker, supporter in outcome.pairs:
        assert not oracle.vetoes(*(next(one for one in crowd if one.id == id) for crowd, id in ((seekers, seeker), (supporters, supporter))), on=ON)
    again = weigh(random.sample(seekers, len(seekers)), random.sample(supporters, len(supporters)), on=ON)
    assert deferred_acceptance(again) == outcome
    assert again.liking.tobytes() == weighed.liking.tobytes()


@settings(deadline=None, max_examples=60)
@given(crowds(4))
def test_the_orders_are_those_of_the_wishes(people: tuple[list[Peer], list[Peer]]) -> None:
    """Seekers by their own wishes, then by how mutual it is; supporters by bands of theirs with waiting in it, then by who waits longer."""
    seekers, supporters = ({one.id: one for one in side} for side in people)
    prefers, keeps, _ = orders(weigh(*people, on=ON))
    for seeker, liked in prefers.items():
        of = [(oracle.directed(seekers[seeker], supporters[one], ON), round(oracle.mutual(seekers[seeker], supporters[one], ON), 5)) for one in liked]
        assert all(one >= other or abs(one[1] - other[1]) <= 1e-5 for one, other in pairwise(of) if one[0] == other[0])
        assert [one for one, _ in of] == sorted((one for one, _ in of), reverse=True)
    for supporter, liked in keeps.items():
        keys = [worth_of(seekers[one], supporters[supporter]) for one in liked]
        assert keys == sorted(keys, key=lambda key: (-key[0], key[1]))


def worth_of(seeker: Peer, supporter: Peer) -> tuple[int, int]:
    """The band in which a supporter sees a seeker, and the day since when that one waits."""
    days = (ON - seeker.waiting_since).days if seeker.waiting_since else 0
    return int((oracle.directed(supporter, seeker, ON) + 0.01 * min(days // 7, 26)) * 20), (seeker.waiting_since or ON.max).toordinal()


@settings(deadline=None, max_examples=60)
@given(crowds(5), st.integers(1, 400))
def test_waiting_longer_never_loses_a_place(people: tuple[list[Peer], list[Peer]], days: int) -> None:
    seekers, supporters = people
    before = deferred_acceptance(weigh(seekers, supporters, on=ON))
    for number, seeker in enumerate(seekers):
        longer = replace(seeker, waiting_since=(seeker.waiting_since or ON) - timedelta(days=days))
        after = deferred_acceptance(weigh([*seekers[:number], longer, *seekers[number + 1 :]], supporters, on=ON))
        assert seeker.id in before.unmatched or seeker.id not in after.unmatched


def test_among_equals_the_longest_waiting_is_taken() -> None:
    seekers = [Peer(id=f"s{week}", side="seeker", waiting_since=ON - timedelta(weeks=week)) for week in (1, 9, 4)]
    outcome = deferred_acceptance(weigh(seekers, [Peer(id="t", side="supporter", vouched=True)], on=ON))
    assert outcome.pairs == (Pair("s9", "t"),)


@settings(deadline=None, max_examples=60)
@given(crowds(5), st.data())
def test_fixed_pairs_stand_and_forbidden_ones_never_meet(people: tuple[list[Peer], list[Peer]], data: st.DataObject) -> None:
    weighed = weigh(*people, on=ON)
    possible = [Pair(seeker, one) for seeker, liked in orders(weighed)[0].items() for one in liked]
    if not possible:
        return
    fixed = data.draw(st.sampled_from(possible))
    forbidden = frozenset(data.draw(st.sets(st.sampled_from(possible)))) - {fixed}
    outcome = deferred_acceptance(weighed, fixed=[fixed], forbidden=forbidden)
    assert fixed in outcome.pairs
    assert not set(outcome.pairs) & forbidden
    prefers, keeps, places = orders(weighed, forbidden)
    del prefers[fixed.seeker]
    keeps = {supporter: [one for one in liked if one != fixed.seeker] for supporter, liked in keeps.items()}
    places[fixed.supporter] -= 1
    rest = {seeker: one for seeker, one in outcome.pairs if seeker != fixed.seeker}
    assert oracle.blocking(rest, prefers, keeps, places) == []


def test_a_pair_that_something_stands_against_cannot_be_fixed() -> None:
    weighed = weigh([Peer(id="a", side="seeker"), Peer(id="c", side="seeker")], [Peer(id="b", side="supporter", vouched=True)], on=ON, blocked=[("b", "a")])
    with pytest.raises(ValueError, match="stands against"):
        deferred_acceptance(weighed, fixed=[Pair("a", "b")])
    assert deferred_acceptance(weighed, fixed=[Pair("c", "b")]).pairs == (Pair("c", "b"),)


def test_no_more_can_be_fixed_than_there_are_places() -> None:
    weighed = weigh([Peer(id="a", side="seeker"), Peer(id="c", side="seeker")], [Peer(id="b", side="supporter", vouched=True)], on=ON)
    with pytest.raises(ValueError, match="places"):
        deferred_acceptance(weighed, fixed=[Pair("a", "b"), Pair("c", "b")])


@pytest.mark.parametrize(("seekers", "supporters"), [(0, 0), (3, 0), (0, 3)])
def test_an_empty_side_is_a_round_without_pairs(seekers: int, supporters: int) -> None:
    outcome = deferred_acceptance(weigh(*crowd(seekers, supporters, seed=1), on=ON))
    assert (outcome.pairs, len(outcome.unmatched), outcome.fit) == ((), seekers, 0.0)


def test_a_larger_round_is_stable_too() -> None:
    """Several blocks of seekers, checked by the tables: nobody unmatched or worse off is wanted by a supporter with room, or rather than one they kept."""
    weighed = weigh(*crowd(700, 200, seed=2), on=ON)
    outcome = deferred_acceptance(weighed)
    prefers, keeps, places = orders(weighed)
    pairs = dict(outcome.pairs)
    kept: dict[str, list[str]] = {supporter: [] for supporter in keeps}
    for seeker, supporter in outcome.pairs:
        kept[supporter].append(seeker)
    place_of = {supporter: {seeker: at for at, seeker in enumerate(liked)} for supporter, liked in keeps.items()}
    worst = {one: max((place_of[one][seeker] for seeker in kept[one]), default=-1) for one in keeps}
    for seeker, liked in prefers.items():
        better = liked[: liked.index(pairs[seeker])] if seeker in pairs else liked
        for one in better:
            assert len(kept[one]) == places[one]
            assert place_of[one][seeker] > worst[one]
    assert 150 < len(pairs) < 700
