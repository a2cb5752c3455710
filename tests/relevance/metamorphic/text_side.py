"""The same question in other letters: slips, plurals, spellings of two countries, other words for one thing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from random import Random

import msgspec

from matching import Index
from matching.values import Inquiry, Listing, Match
from tests.relevance import town
from tests.relevance.metamorphic.case import Pair
from tests.relevance.ordering import ordered
from tests.relevance.worlds import worlds

TOP, KNOWN_TOP = 10, 5
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SAME: dict[str, tuple[tuple[str, str], ...]] = {
    "plural": (
        ("parent group", "parents groups"), ("bike", "bikes"), ("cooking class", "cooking classes"), ("job", "jobs"), ("hot meal", "hot meals"),
        ("child", "children"), ("family", "families"), ("library", "libraries"), ("garden", "gardens"), ("walk", "walks"), ("lawyer", "lawyers"),
        ("volunteer", "volunteers"), ("bus", "buses"), ("school", "schools"), ("neighbour", "neighbours"), ("language", "languages"),
    ),
    "British and American": (
        ("counselling", "counseling"), ("neighbours", "neighbors"), ("organisation", "organization"), ("community centre", "community center"),
        ("colour", "color"), ("theatre", "theater"), ("programme", "program"), ("jewellery", "jewelry"), ("licence", "license"),
        ("learning to practise", "learning to practice"), ("travelling", "traveling"), ("harbour", "harbor"), ("grey", "gray"), ("mum", "mom"),
    ),
    "synonym": (
        ("food bank", "food pantry"), ("bike", "bicycle"), ("job", "employment"), ("lawyer", "attorney"), ("kids", "children"), ("rent", "rent money"),
        ("hungry", "nothing to eat"), ("counselling", "therapy"), ("evicted", "eviction"), ("nappies", "diapers"),
    ),
}  # fmt: skip
"""Pairs of words for one thing, chosen before any of them was tried."""


@cache
def named() -> Index:
    """The town with names as places have them, of words that few others bear: the invented ones are made of forty words in all."""
    return town.index_of([msgspec.structs.replace(one, name=name_of(one)) for one in town.listings()])


def name_of(one: Listing) -> str:
    """Two rarer words of its description and one of its invented name: "Mulberry Reading Porch"."""
    dice = Random(one.id)
    rarer = [word for word in one.description.lower().replace(".", "").split() if len(word) >= 6] or ["corner"]
    return f"{dice.choice(rarer)} {dice.choice(rarer)} {one.name.split(':')[0].split()[1]}".title()


def answer(text: str, depth: int = TOP) -> tuple[Match, ...]:
    return ordered(Inquiry(text=text), named(), town.AT, depth)


def slip(word: str, dice: Random) -> str:
    """One letter left out, doubled, changed or swapped with the next; the first letter stays."""
    at = dice.randrange(1, len(word) - 1)
    return dice.choice((
        word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:], word[:at] + dice.choice(LETTERS) + word[at + 1 :],
        word[:at] + word[at + 1] + word[at] + word[at + 2 :],
    ))  # fmt: skip


def a_slip(dice: Random) -> Iterator[Pair]:
    """A slip in one word keeps the listing that was meant among the first five, unless it makes another word that people use."""
    one = dice.choice(town.listings())
    text = name_of(one).lower()
    word = dice.choice([word for word in text.split() if len(word) >= 5 and word.isascii()])
    slipped = slip(word, dice)
    if not town.vocabulary().knows(slipped) and is_known(one, answer(text, KNOWN_TOP)):
        kept = is_known(one, answer(text.replace(word, slipped, 1), KNOWN_TOP))
        yield Pair(kept, kept)


def is_known(one: Listing, matches: tuple[Match, ...]) -> bool:
    """The listing, or another of the same name."""
    return any(match.name == name_of(one) for match in matches)


def other_letters(dice: Random) -> Iterator[Pair]:
    """Case, accents, Unicode form and the order of words change nothing at all."""
    text = name_of(dice.choice(town.listings())).lower()
    accented = text.replace("e", "é", 1) if dice.random() < 0.5 else text.replace("o", "ö", 1)
    forms = [unicodedata.normalize(form, accented) for form in ("NFKD", "NFC")]
    other = dice.choice((text.upper(), text.title(), in_another_order(text, dice), *forms))
    same = answer(other) == answer(text)
    yield Pair(same, same)


def in_another_order(text: str, dice: Random) -> str:
    return " ".join(dice.sample(text.split(), len(text.split())))


def overlap(first: str, second: str) -> float | None:
    """The share of the first ten that two ways to say a thing have in common in the demonstration place, where people wrote what is said; None for none."""
    place = worlds()["alder_falls"]
    one, other = ({match.id for match in ordered(Inquiry(text=text), place.index, place.at, TOP)} for text in (first, second))
    return len(one & other) / max(len(one), len(other)) if one or other else None


def swaps(sort: str) -> Iterator[tuple[str, float]]:
    """Each pair of words, with the share of the first ten that they have in common."""
    for first, second in SAME[sort]:
        shared = overlap(first, second)
        if shared is not None:
            yield f"{first} / {second}", shared


RELATIONS: dict[str, Callable[[Random], Iterator[Pair]]] = {
    "a slip in one word": a_slip,
    "case, accents, Unicode form, order of words": other_letters,
}
