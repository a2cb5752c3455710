"""A person changes their question, or says the same thing in another way; the directory stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from random import Random

import msgspec

from matching.values import Inquiry, Listing, Match, MustHaves, SignalName, Strength, Travel
from tests.matching.tongue import PARENTS
from tests.matching.worlds import SHARED
from tests.relevance.metamorphic.case import Case, Pair, Relation
from tests.relevance.town import ASKABLE

REPLACE = msgspec.structs.replace
ROUNDING = 2e-9


def shown(matches: tuple[Match, ...]) -> set[str]:
    return {match.service_id for match in matches}


def keeps_all(change: Callable[[Case], Inquiry | None]) -> Callable[[Case], Iterator[Pair]]:
    """Whoever asks for less, goes further or brings more is shown everything that was shown before."""

    def pairs(case: Case) -> Iterator[Pair]:
        changed = change(case)
        if changed is not None and changed != case.inquiry:
            kept = shown(case.before) <= shown(case.after(inquiry=changed))
            yield Pair(kept, kept)

    return pairs


def named(taxonomy: str) -> Callable[[Random], object]:
    """One or two codes of a vocabulary."""
    return lambda dice: tuple(dice.sample(sorted(PARENTS[taxonomy]), dice.randint(1, 2)))


SETTING: dict[str, Callable[[Random], object]] = {
    "languages": named("languages"),
    "access": named("access"),
    "formats": named("formats"),
    "entry": named("entry"),
    "kinds": lambda dice: tuple(dice.sample(sorted(set(PARENTS["kinds"]) - {"give"}), 3)),  # to name "give" is also what asks for it
    "free": lambda dice: True,
    "most_cost": lambda dice: dice.choice((0.0, 5.0, 20.0)),
    "in_my_times": lambda dice: True,
    "without_interpreter": lambda dice: True,
    "not_faith_based": lambda dice: True,
    "group": named("group_facts"),
    "company": lambda dice: True,
    "communities": named("communities"),
    "focus": lambda dice: tuple(dice.sample(SHARED, 2)),
    "confirmed": lambda dice: frozenset(dice.sample(ASKABLE, 3)),
}
"""How each must-have may be set, so that there is one to take away."""


def without(name: str) -> Callable[[Case], Iterator[Pair]]:
    """A must-have that is taken away never shrinks the list."""

    def pairs(case: Case) -> Iterator[Pair]:
        free = REPLACE(case.inquiry.must, **{name: getattr(MustHaves(), name)})
        bound = REPLACE(free, **{name: SETTING[name](case.dice)})
        kept = shown(case.after(inquiry=REPLACE(case.inquiry, must=bound))) <= shown(case.after(inquiry=REPLACE(case.inquiry, must=free)))
        yield Pair(kept, kept)

    return pairs


def without_a_travel_limit(case: Case) -> Inquiry:
    return REPLACE(case.inquiry, travel=Travel(modes=case.inquiry.travel.modes))


def not_steering_clear(case: Case) -> Inquiry:
    return REPLACE(case.inquiry, profile=REPLACE(case.inquiry.profile, steer_clear=()))


def travelling_further(case: Case) -> Inquiry | None:
    travel = case.inquiry.travel
    if travel.minutes is None and travel.max_km is None:
        return None
    minutes = None if travel.minutes is None else travel.minutes + case.dice.randint(1, 60)
    return REPLACE(case.inquiry, travel=Travel(modes=travel.modes, minutes=minutes, max_km=None if travel.max_km is None else travel.max_km * 1.5))


def without_the_way(case: Case) -> Inquiry:
    return REPLACE(case.inquiry, profile=REPLACE(case.inquiry.profile, there_and_back=False))


def in_one_more_way(case: Case) -> Inquiry | None:
    travel = case.inquiry.travel
    return REPLACE(case.inquiry, travel=REPLACE(travel, modes=(*travel.modes, "car"))) if travel.modes else None


def one_more_strength(case: Case) -> Inquiry:
    profile = case.inquiry.profile
    code = case.dice.choice(sorted(PARENTS["strengths"]))
    return REPLACE(case.inquiry, profile=REPLACE(profile, strengths=(*profile.strengths, Strength(code=code, enjoy=3))))


def in_another_order(case: Case) -> Iterator[Pair]:
    """The same things named in another order, and some of them twice, make no difference."""
    inquiry = case.inquiry
    mixed = REPLACE(
        inquiry, profile=REPLACE(inquiry.profile, **shuffled(case.dice, inquiry.profile)), must=REPLACE(inquiry.must, **shuffled(case.dice, inquiry.must)),
        supports=tuple(case.dice.sample(inquiry.supports, len(inquiry.supports))),
    )  # fmt: skip
    if mixed != inquiry:
        same = case.after(inquiry=mixed) == case.before
        yield Pair(same, same)


def shuffled(dice: Random, value: msgspec.Struct) -> dict[str, object]:
    held = {name: getattr(value, name) for name in value.__struct_fields__}
    return {name: (*dice.sample(one, len(one)), *one[:1]) for name, one in held.items() if isinstance(one, tuple)}


def in_capitals(case: Case) -> Iterator[Pair]:
    """Capital letters and more space between words make no difference."""
    if case.inquiry.text:
        same = case.after(inquiry=REPLACE(case.inquiry, text="  ".join(case.inquiry.text.upper().split()))) == case.before
        yield Pair(same, same)


def full_and_none(name: SignalName, one: Listing, inquiry: Inquiry) -> bool | None:
    """True when the listing is known to meet all of that wish, False when known to meet none of it, None when between or not known."""
    profile, must = inquiry.profile, inquiry.must
    if name == "cost":
        return True if one.cost == "free" else False if one.cost == "paid" and not must.most_cost else None
    said, wanted = {
        "access": (one.access, {*profile.access, *must.access}),
        "format": (one.formats, {*profile.formats, *must.formats}),
        "language": (one.languages, {*profile.languages, *must.languages}),
    }[name]
    if wanted <= said.no - said.yes and not (name == "language" and (one.interpreting or one.interpreted or said.yes)):
        return False
    return True if wanted <= said.yes else None


WISHED: dict[SignalName, Callable[[Inquiry], bool]] = {
    "access": lambda asked: bool(asked.profile.access or asked.must.access),
    "format": lambda asked: bool(asked.profile.formats or asked.must.formats),
    "language": lambda asked: bool(asked.profile.languages or asked.must.languages),
    "cost": lambda asked: True,
}


def counting_more(name: SignalName) -> Callable[[Case], Iterator[Pair]]:
    """What counts more never puts a listing that is known not to have it above one that has it and stood higher."""

    def pairs(case: Case) -> Iterator[Pair]:
        if not WISHED[name](case.inquiry):
            return
        profile, rows = case.inquiry.profile, Counter(one.service_id for one in case.directory)
        met = {one.service_id: full_and_none(name, one, case.inquiry) for one in case.directory if rows[one.service_id] == 1}
        once, more = (
            {match.service_id: match.score for match in case.after(inquiry=REPLACE(case.inquiry, profile=REPLACE(profile, importance={name: value})))}
            for value in (1.0, 4.0)
        )
        for has in (service for service in once if met.get(service) is True):
            for lacks in (service for service in once if met.get(service) is False and once[has] > once[service]):
                kept = more[has] >= more[lacks] - ROUNDING
                yield Pair(kept, kept)

    return pairs


RELATIONS = (
    *(Relation("client", f"without the must-have {name}", without(name)) for name in MustHaves.__struct_fields__),
    Relation("client", "without a limit on travel", keeps_all(without_a_travel_limit)),
    Relation("client", "without steering clear", keeps_all(not_steering_clear)),
    Relation("client", "travelling further", keeps_all(travelling_further)),
    Relation("client", "without the way there and back in one's times", keeps_all(without_the_way)),
    Relation("client", "by one more way to travel", keeps_all(in_one_more_way)),
    Relation("client", "one more strength", keeps_all(one_more_strength)),
    Relation("client", "named in another order, some twice", in_another_order),
    Relation("client", "in capitals", in_capitals),
    *(Relation("client", f"{name} counts more", counting_more(name)) for name in WISHED),
)
