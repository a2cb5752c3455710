"""Invented names and descriptions: a few templates, filled from a vocabulary whose words are as unequal as real ones."""

from __future__ import annotations

import re
from itertools import product

from seeds.inventing.dice import Dice, zipf_edges
from seeds.words import taxonomies

WORDS_IN_ALL = 20_000
WORDS_EACH = 22
PLAIN = ("and", "the", "for", "with", "you", "your", "people", "help", "free", "open", "meet", "come", "family", "week", "home", "support", "friends",
         "learn", "share", "talk", "together", "local", "welcome", "group", "time", "work", "children", "community")
ADJECTIVES = ("Bright", "Common", "Corner", "First", "Golden", "Good", "Harbor", "Kind", "Little", "New", "Open", "Quiet", "Rising", "Second",
              "Steady", "Sunny", "True", "Warm", "Willow",
              "Wide")
NOUNS = ("Bridge", "Bench", "Circle", "Compass", "Door", "Garden", "Hands", "Hearth", "House", "Kettle", "Ladder", "Lantern", "Path", "Porch",
         "River", "Roots", "Table", "Thread", "Wheel",
         "Window")


class Writer:
    """Writes for a batch at a time; ``words`` is the whole vocabulary, the commonest first."""

    def __init__(self) -> None:
        self.words = vocabulary(WORDS_IN_ALL)
        self._edges = zipf_edges(len(self.words))

    def names(self, dice: Dice, count: int) -> list[str]:
        """ "Open Porch", "Kind Kettle" ...: 400 in all, to be told apart by what follows them."""
        return [self.name(number) for number in dice.below(len(ADJECTIVES) * len(NOUNS), count).tolist()]

    def name(self, number: int) -> str:
        """The name with a number; they come round again after 400."""
        return f"{ADJECTIVES[number % len(ADJECTIVES)]} {NOUNS[number // len(ADJECTIVES) % len(NOUNS)]}"

    def sentences(self, dice: Dice, count: int) -> list[str]:
        """So many descriptions of ``WORDS_EACH`` words in two sentences."""
        drawn = dice.weighted(self._edges, count * WORDS_EACH).reshape(count, WORDS_EACH).tolist()
        word = self.words.__getitem__
        half = WORDS_EACH // 3
        return [f"{' '.join(map(word, row[:half])).capitalize()}. {' '.join(map(word, row[half:])).capitalize()}." for row in drawn]


def vocabulary(count: int) -> list[str]:
    """Plain words, then those of our own labels and descriptions (never of cues, which nobody is shown), then made-up ones for the long tail."""
    texts = (text for table in taxonomies().values() for term in table["terms"] for text in (term["label"], term.get("description", "")))
    known = (word for text in texts for word in re.findall(r"[a-z]{3,}", text.lower()))
    parts = ("ba", "co", "di", "fe", "gu", "ha", "jo", "ki", "lu", "ma", "ne", "po", "ri", "so", "tu", "ve", "wa", "yo", "za", "el", "or", "an", "is",
             "um")
    made = ("".join(three) + end for three in product(parts, repeat=3) for end in ("", "n"))
    return list(dict.fromkeys((*PLAIN, *known, *made)))[:count]
