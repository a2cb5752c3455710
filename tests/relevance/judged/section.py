"""The judged set as figures: nDCG@10 of ours beside plain rankers, on what may be tuned and on what is held out, and how far judges agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import fmean

from msgspec import Struct

from tests.relevance.figures import Figure
from tests.relevance.judged import take
from tests.relevance.judged.profiles import FILES, Person, people
from tests.relevance.judged.take import Grade
from tests.relevance.metrics import ndcg, paired_interval, weighted_kappa
from tests.relevance.rankers import SIMPLE, Rankers
from tests.relevance.worlds import World, worlds

OURS = "ours"
BESIDE = (*SIMPLE, "words and tags")
LEAST, LEAST_AHEAD, LEAST_KAPPA = 0.90, 0.10, 0.70  # matching.md section 10, number 8
SHARE_TWICE = 0.2
DEPTH = 10
SEED = 8


class Measured(Struct, frozen=True, kw_only=True):
    """One person: nDCG@10 of each ranker, and how many of the first ten nobody has judged."""

    person: Person
    worth: Mapping[str, float]
    unjudged: Mapping[str, int]
    shown: Mapping[str, int]


def judged() -> Sequence[Figure]:
    """The judged set: what 200 people are shown, by grades given blind (nDCG@10; what is unjudged counts as 0)."""
    here, grades = worlds(), take.read()
    judged_people = {one.profile for one in grades}
    measured = [
        one
        for name in FILES
        if name in here
        for one in measure(here[name], [person for person in people() if person.world == name and person.id in judged_people], grades)
    ]
    missing = [name for name in FILES if name not in here]
    told = f"not measured here: {', '.join(missing)} (its real directory is not at hand)" if missing else "both directories"
    wanted = sum(person.world in here for person in people())
    found = [Figure(name="people judged", value=len(measured), least=wanted, decimals=0, note=told)]
    return [*found, *figures(measured), *agreement(grades)] if measured else found


def measure(world: World, persons: Iterable[Person], grades: Iterable[Grade]) -> list[Measured]:
    """Every ranker for every person of one directory."""
    rankers, by_person = Rankers(world, DEPTH), gains(grades)
    found = []
    for person in persons:
        asked, gain = world.asked(person.inquiry), by_person.get(person.id, {})
        lists = {name: rankers.by_name[name](asked) for name in (OURS, *BESIDE)}
        best = best_gains(gain, lambda listing: service_of(world, listing))
        found.append(
            Measured(
                person=person,
                worth={name: ndcg([gain.get(one, 0.0) for one in shown], best, DEPTH) for name, shown in lists.items()},
                unjudged={name: sum(one not in gain for one in shown) for name, shown in lists.items()},
                shown={name: len(shown) for name, shown in lists.items()},
            )
        )
    return found


def gains(grades: Iterable[Grade]) -> dict[str, dict[str, float]]:
    """The gain of each listing for each person: the mean of 2^grade - 1, as is usual for grades (Burges et al. 2005).

    Chosen before the first grade was seen: a second thought (1) is worth a seventh of just the thing (3), since a person reads few.
    """
    given: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for one in grades:
        given[one.profile][one.listing].append(one.grade)
    return {person: {listing: fmean(2**grade - 1 for grade in some) for listing, some in listings.items()} for person, listings in given.items()}


def best_gains(gain: Mapping[str, float], service: Callable[[str], str]) -> list[float]:
    """The gains that a list could hold: a service once, at its best place, for no ranker shows it twice."""
    best: dict[str, float] = {}
    for listing, value in gain.items():
        key = service(listing)
        best[key] = max(value, best.get(key, 0.0))
    return list(best.values())


def service_of(world: World, listing: str) -> str:
    """The service of a listing; a listing that has left the directory stands for itself."""
    return world.listings[listing].service_id if listing in world.listings else listing


def figures(measured: Sequence[Measured]) -> list[Figure]:
    """nDCG@10 in all and by part, the lead over the best plain ranker, and what was not judged."""
    parts = {
        "all": measured,
        "open to tuning": [one for one in measured if not one.person.held_out],
        "held out": [one for one in measured if one.person.held_out],
        **{name.replace("_", " "): [one for one in measured if one.person.world == name] for name in FILES},
    }
    floors = {"all": LEAST, "held out": LEAST}
    worth = [
        Figure(name=f"nDCG@10, {name}", value=mean(some, OURS), least=floors.get(name), beside=beside(some), note=f"{len(some)} people")
        for name, some in parts.items()
        if some
    ]
    leads = [lead(some, name) for name, some in parts.items() if some and name in floors]
    return [*worth, *leads, unjudged(measured)]


def mean(measured: Sequence[Measured], ranker: str) -> float:
    """nDCG@10 of a ranker over some people."""
    return fmean(one.worth[ranker] for one in measured)


def beside(measured: Sequence[Measured]) -> dict[str, float]:
    """The same for what ours is compared with."""
    return {name: mean(measured, name) for name in BESIDE}


def lead(measured: Sequence[Measured], part: str) -> Figure:
    """How far ours is ahead of the best simple baseline, with the paired bootstrap interval."""
    best = max(SIMPLE, key=lambda name: mean(measured, name))
    ahead, low, high = paired_interval([one.worth[OURS] for one in measured], [one.worth[best] for one in measured], seed=SEED)
    note = f"over {best}; 95 % interval {low:.3f} to {high:.3f}"
    return Figure(name=f"nDCG@10 ahead of the best simple ranker, {part}", value=ahead, least=LEAST_AHEAD, note=note)


def unjudged(measured: Sequence[Measured]) -> Figure:
    """The share of our first ten that nobody has judged, each counted as worth nothing."""
    share = {name: sum(one.unjudged[name] for one in measured) / max(1, sum(one.shown[name] for one in measured)) for name in (OURS, *BESIDE)}
    return Figure(name="unjudged in the first ten", value=share.pop(OURS), beside=share)


def agreement(grades: Sequence[Grade]) -> list[Figure]:
    """How far two judges agree where both have graded, and how many people they share."""
    first, second, shared = pairs(grades)
    share = len(shared) / max(1, len({one.profile for one in grades}))
    found = [Figure(name="share of people judged twice", value=share, least=SHARE_TWICE)]
    if first:
        note = f"{len(first)} listings of {len(shared)} people"
        found.append(Figure(name="agreement of two judges, weighted kappa", value=weighted_kappa(first, second), least=LEAST_KAPPA, note=note))
    return found


def pairs(grades: Iterable[Grade]) -> tuple[list[int], list[int], set[str]]:
    """The grades of what two judges have graded, the judges in order of name, and the people concerned."""
    given: dict[tuple[str, str], list[Grade]] = defaultdict(list)
    for one in grades:
        given[one.profile, one.listing].append(one)
    twice = [sorted(some, key=lambda one: one.judge)[:2] for some in given.values() if len(some) > 1]
    return [a.grade for a, _ in twice], [b.grade for _, b in twice], {a.profile for a, _ in twice}
