"""What invented listings state, drawn from pools made once for a seed: a million listings share their sets, as real ones share habits."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from msgspec import Struct

from matching.values import Cost, Opening, Stated
from seeds.inventing.dice import Dice
from seeds.words import codes_of, domain_of_support, terms_of

Made = TypeVar("Made")
POOL = 1500
LANGUAGES = ("en", "es", "zh", "vi", "ar", "so", "tl", "ko", "ru", "fr", "ht", "hmn", "sw", "pa", "fa", "uk", "am", "ase", "pt", "ne")
COSTS: tuple[Cost, ...] = ("free", "free", "free", "free", "donation", "sliding", "sliding", "paid")
KINDS = {"service": 62, "peer_group": 12, "activity": 8, "therapy": 5, "training": 3, "group_therapy": 2, "one_to_one": 2, "self_help": 2, "event": 2,
         "give": 2}
LEADING = {"peer_group": "peer_group", "therapy": "talking_therapy", "group_therapy": "group_therapy", "one_to_one": "one_to_one_peer",
           "self_help": "self_help", "give": "volunteering"}
"""The support that every listing of a kind is."""


class Habit(Struct, frozen=True, kw_only=True):
    """How often one sort of source states a thing: shares of its listings."""

    share: int
    hours: float
    languages: float
    ages: float
    access: float
    cost: float
    strengths: float
    assured: float


# The first two as counted in the two large real directories described in the project's data notes, the third as a listing
# looks whose own organization keeps it.
HABITS = (
    Habit(share=55, hours=0.57, languages=0.56, ages=0.30, access=0.76, cost=0.92, strengths=0.05, assured=0.05),
    Habit(share=30, hours=0.0, languages=0.13, ages=0.08, access=0.0, cost=0.05, strengths=0.02, assured=0.0),
    Habit(share=15, hours=0.90, languages=0.85, ages=0.60, access=0.70, cost=0.95, strengths=0.80, assured=0.95),
)


class Purpose(Struct, frozen=True, kw_only=True):
    """What a listing is for: kinds of support with their life domains, and the label of the first in words."""

    supports: frozenset[str]
    domains: frozenset[str]
    label: str


class Pools:
    """Everything that is drawn whole; the same for the same seed."""

    def __init__(self, seed: int) -> None:
        dice = Dice(seed, 2)
        codes = {name: tuple(term.code for term in terms_of(name) if not term.group) for name in
                 ("supports", "strengths", "interests", "communities", "access", "entry", "formats", "settings", "audiences", "faiths")}
        labels = {term.code: term.label for term in terms_of("supports")}
        self.purposes = {kind: [_purpose(kind, dice.some(codes["supports"], 3), labels) for _ in range(POOL)] for kind in KINDS}
        self.strengths = _pool(lambda: Stated(yes=frozenset(dice.some(codes["strengths"], 6))))
        self.wants = _pool(lambda: frozenset(dice.some(codes["strengths"], 4)))
        self.interests = _pool(lambda: frozenset(dice.some(codes["interests"], 3)))
        self.communities = _pool(lambda: frozenset(dice.some(codes["communities"], 2)))
        self.settings = _pool(lambda: frozenset(dice.some(codes["settings"], 1)))
        self.audiences = _pool(lambda: frozenset(dice.some(tuple(sorted(codes_of("audiences") - {"everyone"})), 2)))
        self.faiths = _pool(lambda: frozenset(dice.some(tuple(sorted(codes_of("faiths") - {"secular"})), 1)))
        self.access = _pool(lambda: _stated(dice, codes["access"], 9))
        self.entry = _pool(lambda: _stated(dice, tuple(code for code in codes["entry"] if code != "waiting_list"), 3))
        self.waiting = [Stated(yes=one.yes | {"waiting_list"}, no=one.no) for one in self.entry]
        self.formats = _pool(lambda: Stated(yes=frozenset(dice.some(("in_person", "in_person", "in_person", *codes["formats"]), 3))))
        self.languages = _pool(lambda: Stated(yes=frozenset(("en", *dice.some(LANGUAGES, 6)))))
        self.openings = _pool(lambda: _openings(dice))


def _pool(make: Callable[[], Made]) -> list[Made]:
    return [make() for _ in range(POOL)]


def _purpose(kind: str, drawn: tuple[str, ...], labels: dict[str, str]) -> Purpose:
    supports = frozenset((*drawn, LEADING[kind])) if kind in LEADING else frozenset(drawn)
    domains = frozenset(filter(None, map(domain_of_support, supports)))
    return Purpose(supports=supports, domains=domains, label=labels[drawn[0]])


def _stated(dice: Dice, codes: tuple[str, ...], most: int) -> Stated:
    """Some things that are so, and one in three times one that is not."""
    yes = frozenset(dice.some(codes, most))
    no = frozenset(dice.some(codes, 1)) - yes if bool(dice.yes(1 / 3, 1)[0]) else frozenset()
    return Stated(yes=yes, no=no)


def _openings(dice: Dice) -> tuple[Opening, ...]:
    """Office hours, a lunch gap, an evening a week, two days of the month, or day and night."""
    sort, day, early, long = (int(value) for value in dice.below(60, 4))
    opens = 480 + 30 * (early % 5)
    if sort < 24:
        return _days(range(5), (opens, opens + 420 + 30 * (long % 5)))
    if sort < 34:
        return _days(range(5), (opens, 720), (780, 1020))
    if sort < 50:
        evening = 1020 + 30 * (early % 6)
        return _days([day % 7], (evening, evening + 60 + 30 * (long % 3)))
    if sort < 57:
        return tuple(Opening(weekday=day % 7, opens=opens, closes=opens + 120, weeks=(week,)) for week in ((2, 4), (-1,), (1, 3))[long % 3])
    if sort < 58:
        return _days(range(7), (1260, 1860))   # over midnight
    return _days(range(7), (0, 1440))


def _days(days: range | list[int], *spans: tuple[int, int]) -> tuple[Opening, ...]:
    return tuple(Opening(weekday=day, opens=opens, closes=closes) for day in days for opens, closes in spans)
