"""Fair: equal fit gets equal attention, whoever runs it and since when; what nobody asks about a person moves nothing; and what fits comes up some day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from functools import cache, partial
from itertools import product
from math import log2
from random import Random

import numpy as np

from matching import Index
from matching.values import Inquiry, Listing
from tests.relevance.figures import Figure
from tests.relevance.ordering import ordered, row_at, watched, without_words
from tests.relevance.sections import Made, Section, shares
from tests.relevance.town import AT, REPLACE, SEED, Person, by_town, codes, home_of, index_of, listings, some, towns

PAGE = 20
BASES = 40
SEARCHES_EACH = 25
SWAPS = 300
SEARCHES = 10_000
TRUE_TOP = 30
Twin = Callable[[Listing, Random], Listing]


def twin_of(one: Listing, mark: str) -> Listing:
    """The same listing under ids of its own, which nobody chose."""
    name = f"{Random(f'{SEED} {one.id} {mark}').getrandbits(128):032x}"
    return REPLACE(one, id=name, service_id=name, organization_id=f"{name}-own")


@cache
def largest(town: int) -> str:
    """The organization with most listings in a town."""
    return Counter(one.organization_id for one in listings() if home_of(one) == town).most_common(1)[0][0]


def of_a_large_organization(one: Listing, dice: Random) -> Listing:
    return REPLACE(one, organization_id=largest(home_of(one)))


def led_by_a_community(one: Listing, dice: Random) -> Listing:
    led = some(dice, "communities", 2)
    return REPLACE(one, led_by=led, for_communities=led)


def of_no_community(one: Listing, dice: Random) -> Listing:
    return REPLACE(one, led_by=frozenset(), for_communities=frozenset(), welcomes=frozenset())


def new(one: Listing, dice: Random) -> Listing:
    return REPLACE(one, added_on=AT.date() - timedelta(days=dice.randint(0, 20)))


def old(one: Listing, dice: Random) -> Listing:
    return REPLACE(one, added_on=AT.date() - timedelta(days=dice.randint(400, 1500)))


PAIRS: dict[str, tuple[Twin, Twin]] = {
    "small over large organization": (lambda one, dice: one, of_a_large_organization),
    "community-led over general": (led_by_a_community, of_no_community),
    "new over old": (new, old),
}


def bases() -> list[Listing]:
    """Listings of every kind and town, with a place and something that they are for; none that ask people to give."""
    open_to_all = [one for one in listings() if one.place and not one.confidential and one.supports and one.kind != "give" and not one.only_for | one.not_for]
    return Random(SEED).sample(open_to_all, BASES)


def exposure_ratio(name: str) -> float:
    """The attention that the first twins of all pairs got, over that of the second, from people who look for what they offer."""
    first, second = PAIRS[name]
    twins = {
        one.id: tuple(change(twin_of(one, f"{name} {mark}"), Random(f"{mark} {one.id}")) for mark, change in enumerate((first, second))) for one in bases()
    }
    others = [one for one in listings() if one.id not in twins]
    index = index_of([*others, *(twin for pair in twins.values() for twin in pair)])
    got = [0.0, 0.0]
    for one, number in product(bases(), range(SEARCHES_EACH)):
        asked = seeking(one, f"{name} {one.id} {number}")
        with without_words():
            shown = ordered(asked, index, AT + timedelta(days=number), PAGE)
        places = {match.id: place for place, match in enumerate(shown, 1)}
        for mark, twin in enumerate(twins[one.id]):
            got[mark] += 1 / log2(1 + places[twin.id]) if twin.id in places else 0.0
    return got[0] / got[1]


def seeking(one: Listing, mark: str) -> Inquiry:
    """Somebody in that town who looks for one of the things it offers, and asks nothing of community or faith."""
    person = Person(mark, strict=0.0)
    asked = person.inquiry(towns()[home_of(one)], topic=0.0)
    profile = REPLACE(asked.profile, communities=(), faiths=(), steer_clear=())
    return REPLACE(asked, supports=(person.dice.choice(sorted(one.supports)),), profile=profile)


NAMING_PEOPLE = ("for_communities", "led_by", "welcomes", "faiths", "only_for", "not_for", "meant_for")


def asking_nothing() -> Index:
    """A town in which no listing is for, led by, kept for or speaks of anybody in particular."""
    silent: dict[str, object] = {"name": "A service", "organization_name": "", "description": "", "keywords": ()}
    nothing: dict[str, frozenset[str]] = {name: frozenset() for name in NAMING_PEOPLE}
    return index_of([REPLACE(one, **nothing, **silent) for one in listings()])


def others(taxonomy: str, mine: Iterable[str], dice: Random) -> dict[str, str]:
    """Another code for each of mine, no two the same: who names two communities names two others."""
    named = sorted(set(mine))
    return dict(zip(named, dice.sample([code for code in codes(taxonomy) if code not in named], len(named)), strict=True))


def swapped(asked: Inquiry, dice: Random) -> Inquiry:
    """The same question by somebody of another background, another faith and another gender, who asks as much of each."""
    profile, must = asked.profile, asked.must
    about = tuple(dict.fromkeys({"women": "men", "men": "women"}.get(code, code) for code in profile.about))
    faiths = others("faiths", profile.faiths, dice)
    communities = others("communities", (*profile.communities, *must.communities), dice)
    elsewhere = {name: tuple(communities[code] for code in held) for name, held in (("profile", profile.communities), ("must", must.communities))}
    return REPLACE(
        asked,
        profile=REPLACE(profile, communities=elsewhere["profile"], faiths=tuple(faiths[code] for code in profile.faiths), about=about),
        must=REPLACE(must, communities=elsewhere["must"]),
    )


def with_background(number: int) -> Inquiry:
    """Somebody who says where they belong."""
    person = Person(f"swap {number}")
    asked = person.inquiry(towns()[number % len(towns())])
    mine = {"communities": some(person.dice, "communities", 2), "faiths": some(person.dice, "faiths", 1)}
    who = (person.dice.choice(("women", "men")), *(code for code in asked.profile.about if code not in ("women", "men")))
    return REPLACE(asked, profile=REPLACE(asked.profile, steer_clear=(), about=who, **{name: tuple(sorted(held)) for name, held in mine.items()}))


def same_lists(count: int) -> float:
    """How many of the people get the very same list when they are somebody else in what no listing asks about."""
    index, same = asking_nothing(), 0
    with without_words():
        for number in range(count):
            asked = with_background(number)
            people = (asked, swapped(asked, Random(number)))
            one, another = ([(match.id, match.score) for match in ordered(who, index, AT, 100)] for who in people)
            same += one == another
    return same / count


def tops(numbers: range) -> tuple[set[str], set[str]]:
    """What these searches show on a first page, and what is among the first thirty of any of them by score alone."""
    shown, best = set[str](), set[str]()
    with without_words(), watched() as found:
        for number in numbers:
            town = number % len(towns())
            index = by_town()[town]
            asked = Person(f"fair {number}", strict=0.1).inquiry(towns()[town])
            shown |= {match.id for match in ordered(asked, index, AT + timedelta(hours=number % 336), PAGE)}
            parts, by_score = found
            first = np.argsort(-by_score.units, kind="stable")[:TRUE_TOP]
            best |= {row_at(parts, by_score, int(position)).id for position in first}
    return shown, best


def figures(made: Made) -> Sequence[Figure]:
    """The ratios of attention, the lists that stay the same, and what never comes up."""
    shown, best = (set().union(*(share[part] for share in made["searches"])) for part in (0, 1))
    note = f"{len(best - shown)} of {len(best)} listings"
    (same,) = made["same"]
    return (
        *(Figure(name=f"exposure, {name}", value=ratio, least=0.90, most=1.11) for name, ratio in zip(PAIRS, made["pairs"], strict=True)),
        Figure(name="identical lists for another community, faith and gender where no listing asks", value=same, least=1.0, note=f"{SWAPS} people"),
        Figure(name=f"in some true top {TRUE_TOP}, never on a first page in {SEARCHES:,} searches", value=len(best - shown) / len(best), most=0.05, note=note),
    )


FAIR = Section(
    "Fair: attention at equal fit, the same list for whoever asks, and nothing that fits out of sight for ever",
    {"pairs": [partial(exposure_ratio, name) for name in PAIRS], "same": [partial(same_lists, SWAPS)], "searches": shares(tops, SEARCHES)},
    figures,
)
