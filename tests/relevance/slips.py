"""Slips of the finger: a name as somebody types it in a hurry."""

from __future__ import annotations

from random import Random
from string import ascii_lowercase

SHORTEST = 4
"""Letters of the words that slips are made in; in shorter ones a slip makes another word."""


def slipped(name: str, slips: int, dice: Random) -> str:
    """``name`` with so many slips, each a letter added, left out, changed or swapped with its neighbour, in words of ``SHORTEST`` letters or more."""
    spelt = name.split()
    places = [place for place, word in enumerate(spelt) if len(word) >= SHORTEST]
    for _ in range(slips):
        place = dice.choice(places)
        spelt[place] = _slip(spelt[place], dice)
    return " ".join(spelt)


def _slip(word: str, dice: Random) -> str:
    """One slip that changes something."""
    changed = word
    while changed == word:
        at, letter = dice.randrange(len(word)), dice.choice(ascii_lowercase)
        changed = dice.choice(
            (
                word[:at] + letter + word[at:],
                word[:at] + word[at + 1 :],
                word[:at] + letter + word[at + 1 :],
                word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
            )
        )
    return changed
