"""A hundred thousand names that nobody bears: no two alike, of two to four words, some common and some hardly ever met."""

from __future__ import annotations

import re
from random import Random

from matching.smallwords import ASKING, STOP
from seeds.inventing.texts import ADJECTIVES, NOUNS
from seeds.words import terms_of

OWN_NAMES = 5_000
"""Names of people and places that the invented ones are made with."""
STARTS = ("b", "br", "c", "cl", "d", "dr", "f", "g", "gr", "h", "j", "k", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr", "v", "w", "z", "")
VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
ENDS = ("", "", "l", "n", "r", "s", "th", "rd", "nd", "ck", "m", "lt")
LAST = ("ton", "field", "ley", "ville", "brook", "ford", "mont", "wick", "dale", "stead", "ham", "ova", "ez", "ski", "ani", "een")


def distinct_names(count: int, *, seed: int) -> list[str]:
    """So many names, no two alike, the same for the same seed."""
    dice = Random(seed)
    own, trades = _own_names(dice), _trades()
    found: dict[str, None] = {}
    while len(found) < count:
        found[_name(dice, own, trades)] = None
    return list(found)


def _name(dice: Random, own: list[str], trades: list[str]) -> str:
    """Two to four words, an own name in most: what tells one group from another is usually whose or where it is."""
    proper, noun, trade = dice.choice(own), dice.choice(NOUNS), dice.choice(trades)
    adjective = dice.choice(ADJECTIVES)
    return dice.choice(
        (
            f"{proper} {noun}",
            f"{proper} {trade}",
            f"{proper} {noun} {trade}",
            f"{adjective} {proper} {trade}",
            f"{adjective} {noun} of {proper}",
            f"{proper} {adjective} {noun} {trade}",
            f"{adjective} {noun} {trade} {dice.choice(trades)}",
        )
    )


def _own_names(dice: Random) -> list[str]:
    """Two or three syllables each, unequal in length."""
    found: dict[str, None] = {}
    while len(found) < OWN_NAMES:
        syllables = [dice.choice(STARTS) + dice.choice(VOWELS) + dice.choice(ENDS) for _ in range(dice.choice((1, 1, 2)))]
        name = "".join((*syllables, dice.choice(LAST)))
        if len(name) >= 5:
            found[name.capitalize()] = None
    return list(found)


def _trades() -> list[str]:
    """The longer words of the labels of the kinds of support: what names of services are made of."""
    words = {word for term in terms_of("supports") for word in re.findall(r"[a-z]{4,}", term.label.lower())} - STOP - ASKING
    return sorted(word.capitalize() for word in words)
