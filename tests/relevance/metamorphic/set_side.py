"""The directory around a listing changes: others come, are copied, are stored in another order, or have other ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from matching import DEFAULT, Weights
from matching.values import Place
from matching.weights import BAND_WIDTH
from tests.matching.test_rank_against_oracle import oracle_for
from tests.matching.worlds import Chance
from tests.relevance.metamorphic.case import Case, Pair, Relation

REPLACE = msgspec.structs.replace


def an_unfit_listing(case: Case) -> Iterator[Pair]:
    """One more listing that is known not to fit changes nothing for the others."""
    aged = REPLACE(case.inquiry, profile=REPLACE(case.inquiry.profile, age=40.0))
    unfit = REPLACE(Chance(f"unfit {case.dice.random()}").listing(99), id="unfit", service_id="unfit", minimum_age=90.0)
    same = case.after(inquiry=aged) == case.after([*case.directory, unfit], inquiry=aged)
    yield Pair(same, same)


def copies(case: Case) -> Iterator[Pair]:
    """Six copies of a listing take no more places of the first ten than its organization may have while others are left."""
    (chosen,) = case.some(1)
    twins = [REPLACE(chosen, id=f"copy-{number}", service_id=f"copy-{number}") for number in range(6)]
    matches = case.after([*case.directory, *twins])
    others = Counter(match.organization_id for match in matches if match.organization_id != chosen.organization_id)
    room = sum(min(2, times) for times in others.values())
    taken = sum(match.organization_id == chosen.organization_id for match in matches[:10])
    alone = {match.id: match.score for match in case.before}
    kept = all(alone.get(match.id, match.score) == match.score for match in matches)
    yield Pair(kept, taken <= max(2, 10 - room))


def another_order_of_records(case: Case) -> Iterator[Pair]:
    same = case.after(case.dice.sample(case.directory, len(case.directory))) == case.before
    yield Pair(same, same)


def other_ids(case: Case) -> Iterator[Pair]:
    """Other ids change only turns inside a band: each listing keeps its score, and nothing comes above what is a band better, but by the mix, and where
    that is known to be the opposite of the company wished for."""
    renamed = [REPLACE(one, id=f"x{one.id}", service_id=f"y{one.service_id}") for one in case.directory]
    scores = {f"x{match.id}": match.score for match in case.before}
    matches = case.after(renamed)
    oracle = oracle_for(case.world)
    crowds = {f"x{one.id}" for one in case.directory if oracle.is_crowd(one.service_id)}
    best = max((score for key, score in scores.items() if key not in crowds), default=max(scores.values(), default=0.0))
    top = not matches or int(matches[0].score / BAND_WIDTH + 1e-6) == int(best / BAND_WIDTH + 1e-6)
    yield Pair({match.id: match.score for match in matches} == scores, top)


def scaled_weights(case: Case) -> Iterator[Pair]:
    """Only the ratios of weights count."""
    factor = case.dice.choice((0.01, 0.3, 2.0, 7.7, 100.0))
    base = {name: share * factor for name, share in DEFAULT.base.items()}
    scaled = Weights(base=base, give_asked=DEFAULT.give_asked * factor, answer=DEFAULT.answer * factor)
    matches = case.after(weights=scaled)
    close = all(abs(a.score - b.score) <= 1.1e-9 for a, b in zip(matches, case.before, strict=False))
    on_the_edge = any(abs(match.score / BAND_WIDTH - round(match.score / BAND_WIDTH)) < 1e-6 for match in case.before)
    yield Pair(close or on_the_edge, on_the_edge or [one.id for one in matches] == [one.id for one in case.before])


def a_hidden_place(case: Case) -> Iterator[Pair]:
    """Where a confidential listing is moves nothing."""
    place = Place(latitude=37.5 + case.dice.uniform(-0.1, 0.1), longitude=-122.3)
    hidden = [REPLACE(one, place=place) if one.confidential else one for one in case.directory]
    if hidden != case.directory:
        same = case.after(hidden) == case.before
        yield Pair(same, same)


RELATIONS = (
    Relation("set", "one more unfit listing", an_unfit_listing),
    Relation("set", "copies of a listing", copies),
    Relation("set", "another order of records", another_order_of_records),
    Relation("set", "other ids", other_ids),
    Relation("set", "all weights scaled", scaled_weights),
    Relation("set", "another hidden place", a_hidden_place),
)
