"""A person's words read once: what each may stand for, and how telling it is in this directory."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

from rapidfuzz.distance import OSA

from matching.smallwords import ASKING, STOP
from matching.stems import stem
from matching.typos import Repair, halves
from matching.vocabulary import LONGEST_TEXT, Vocabulary
from matching.words import words

ONE_SLIP, TWO_SLIPS, OTHER_START = 0.6, 0.4, 0.7
"""How far a repaired word is trusted; less again when not even its first letter is the one that was typed."""
LEAST_LETTERS = 5
"""Letters from which on a small word is known with a slip in it."""
LONG_SMALL = tuple(sorted(word for word in STOP if len(word) >= LEAST_LETTERS))
UNKNOWN = 0.4
"""What a word that no row has counts in the whole, against a word that one row has. More would sink every row for one odd word; with less, a
row that came to have that very word could fall."""


class Word(NamedTuple):
    """A telling word of a question: the stems it is looked for by, each with how sure it is (0 to 1), the kinds of support it stands for
    with theirs, and its weight (idf)."""

    text: str
    forms: tuple[tuple[str, float], ...] = ()
    codes: tuple[tuple[str, float], ...] = ()
    weight: float = 1.0


class Shelf(Protocol):
    """What reading asks of the words of one part of a directory."""

    size: int

    def having(self, stem: str) -> int: ...
    def having_support(self, code: str) -> int: ...
    def nearest(self, word: str) -> tuple[Repair, ...]: ...


class Reader:
    """Reads questions with the words of a directory (all its parts) and a vocabulary. How rare a word is goes by the first part that has it."""

    def __init__(self, shelves: Sequence[Shelf], vocabulary: Vocabulary) -> None:
        self._shelves = tuple(shelves)
        self._vocabulary = vocabulary

    def read(self, query: str) -> tuple[Word, ...]:
        """The telling words, in alphabetical order: sums come out the same, to the last bit, however the words are ordered."""
        spelt = set(words(query[:LONGEST_TEXT]))
        codes = self._vocabulary.recognise_words(sorted(spelt), self.has)
        telling = sorted(self.without_small(spelt - ASKING) or self.without_small(spelt))
        parts = sorted({(part, word) for word in telling for part in self._parts(word, word in codes)})
        return tuple(self._word(part, tuple(codes.get(word, {}).items())) for part, word in parts)

    def without_small(self, spelt: Collection[str]) -> list[str]:
        """The words without small ones (``STOP``), and without such with a slip that are nothing else: "withoout" tells as little as "without"."""
        return [word for word in spelt if word not in STOP and not self._is_small_with_a_slip(word)]

    def _is_small_with_a_slip(self, word: str) -> bool:
        if self._has(stem(word)) or self._vocabulary.knows(word):
            return False
        near = any(OSA.distance(small, word, score_cutoff=1) <= 1 for small in LONG_SMALL)
        return near and all(known in STOP for shelf in self._shelves for known, slips in shelf.nearest(word) if slips == 1)

    def rarity(self, base: str) -> float:
        """How telling a stem is beside one that a single row has (0 to 1); 0 where nobody has it."""
        for shelf in self._shelves:
            if having := shelf.having(base):
                return idf(shelf.size, having) / idf(shelf.size, 1)
        return 0.0

    def _word(self, text: str, codes: tuple[tuple[str, float], ...]) -> Word:
        forms = tuple(self._forms(text).items())
        for shelf in self._shelves:
            having = max((*(shelf.having(base) for base, _ in forms), *(shelf.having_support(code) for code, _ in codes)), default=0)
            if having:
                return Word(text, forms, codes, idf(shelf.size, having))
        return Word(text, forms, codes, UNKNOWN * idf(max((shelf.size for shelf in self._shelves), default=0), 1))

    def has(self, word: str) -> bool:
        """Whether any listing has a folded word, in this or another form."""
        return self._has(stem(word))

    def _has(self, base: str) -> bool:
        return any(shelf.having(base) for shelf in self._shelves)

    def _parts(self, word: str, is_recognised: bool) -> tuple[str, ...]:
        if is_recognised or self._has(stem(word)):
            return (word,)
        return next((both for both in halves(word) if all(self._has(stem(half)) for half in both)), (word,))

    def _forms(self, word: str) -> dict[str, float]:
        """Exact before fuzzy: only a word that neither a listing nor a vocabulary has is taken for a misspelling."""
        if self._has(stem(word)) or self._vocabulary.knows(word) or self._vocabulary.is_said(word):
            return {stem(word): 1.0}
        found = [repair for shelf in self._shelves for repair in shelf.nearest(word)]
        least = min((slips for _, slips in found), default=0)
        forms: dict[str, float] = {}
        for near, slips in sorted(set(found)):
            if slips == least:
                trust = (ONE_SLIP if slips == 1 else TWO_SLIPS) * (1.0 if near[0] == word[0] else OTHER_START)
                forms[stem(near)] = max(trust, forms.get(stem(near), 0.0))
        return forms


def idf(size: int, having: int) -> float:
    """How telling a word is that ``having`` of ``size`` rows have: ln(1 + (N - n + .5) / (n + .5))."""
    return math.log1p((size - having + 0.5) / (having + 0.5)) if size else 0.0
