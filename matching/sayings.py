"""What sentences that people would say tell of the terms of a vocabulary: each word, and each two that stand together, by whom they are said of."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from matching.arrays import Ints
from matching.lazy import lazy
from matching.smallwords import STOP
from matching.stems import root
from matching.values import Term
from matching.words import words

SMOOTHING = 0.1
"""What is added to each count, so that a word said once does not say too much."""
HUNDREDTHS = 100
"""Evidence is kept in whole hundredths: they add up to the same in any order, on any machine."""
OFTEN = 2
"""Sentences in which a word has to stand to be taken for a word, and so for no slip: people who write sentences misspell as well."""
LEAST_KNOWN = 0.7
"""A text of whose telling words the sentences know a smaller share is in another language, or about something else."""

Repaired = Callable[[str], str]
"""From a folded word that no sentence has to the root that it may stand for; "" where there is none."""


class Evidence(NamedTuple):
    """Words and pairs by number; where the terms of each begin in ``places``, which rise for each; and how much it speaks for them, in hundredths."""

    numbers: dict[str, int]
    starts: Ints
    places: Ints
    values: Ints


class Sayings:
    """Sentences as evidence. What speaks for a term counts, and nothing speaks against one: a text may be about several."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """``terms`` with their sayings, labels and cues; nothing is worked out before the first text is read."""
        self._terms = tuple(terms)
        self.is_empty = not any(term.sayings for term in self._terms)

    def speaks(self, spelt: Sequence[str], repaired: Repaired) -> dict[int, float]:
        """Return, for each term by its place, how much folded words in the order they were written speak for it (natural logarithms, over 0);
        nothing where most of the words are in no sentence.

        A word or pair f speaks for a term k by ln P(f | k) / P(f), with P(f | k) = (n_fk + a) / (n_k + 2 a) for n_k sentences of k, of which n_fk hold f,
        and P(f) likewise over all. It is pointwise mutual information (Church and Hanks 1990), smoothed; what is not over 0 is left out.
        """
        numbers, starts, places, values = self._evidence
        roots = [self._root(word, repaired) for word in spelt]
        if not self._is_of_ours(roots):
            return {}
        sums: dict[int, int] = defaultdict(int)
        for one in features(roots):
            if (number := numbers.get(one)) is not None:
                run = slice(*starts[number : number + 2].tolist())
                for at, value in zip(places[run].tolist(), values[run].tolist(), strict=True):
                    sums[at] += value
        return {at: value / HUNDREDTHS for at, value in sums.items()}

    def prepare(self) -> None:
        """Work out at once what the first text would wait for (some 50 ms for a thousand sentences)."""
        _ = self._evidence, self._said_often

    def has(self, word: str) -> bool:
        """Say whether a folded word, in this or another form, stands in several sentences."""
        return root(word) in self._said_often

    def _is_of_ours(self, roots: Sequence[str]) -> bool:
        telling = [base for base in roots if base not in STOP]
        return sum(base in self._evidence.numbers for base in telling) >= LEAST_KNOWN * len(telling)

    def _root(self, word: str, repaired: Repaired) -> str:
        base = root(word)
        return base if base in self._evidence.numbers or word in STOP else repaired(word) or base

    @lazy
    def _said_often(self) -> frozenset[str]:
        held = Counter(base for term in self._terms for sentence in term.sayings for base in set(map(root, words(sentence))))
        return frozenset(base for base, times in held.items() if times >= OFTEN)

    @lazy
    def _evidence(self) -> Evidence:
        numbers: dict[str, int] = {}
        found: list[tuple[int, int]] = []
        sentences = [(at, text) for at, term in enumerate(self._terms) for text in (term.label, *filter(str.isascii, term.cues), *term.sayings)]
        for at, text in sentences:
            found += [(numbers.setdefault(one, len(numbers)), at) for one in features([root(word) for word in words(text)])]
        return weighed(numbers, np.array(found, np.int64), np.bincount([at for at, _ in sentences], minlength=len(self._terms)))


def features(roots: Sequence[str]) -> list[str]:
    """Return the roots that are no small words, and each two neighbours, small or not; each once."""
    return list(dict.fromkeys([*(base for base in roots if base not in STOP), *(f"{left} {right}" for left, right in pairwise(roots))]))


def weighed(numbers: dict[str, int], found: Ints, of_term: Ints) -> Evidence:
    """Return how much each word or pair speaks for each term, where it does.

    ``found`` has a line (number, term) for each sentence that holds one, ``of_term`` the number of sentences of each term.
    """
    terms, sentences = len(of_term), int(of_term.sum())
    held, counts = np.unique(found[:, 0] * terms + found[:, 1], return_counts=True)
    of_all = np.bincount(found[:, 0], minlength=len(numbers)).tolist()
    number, place = np.divmod(held, terms)
    among = [math.log((count + SMOOTHING) / (total + 2 * SMOOTHING)) for count, total in zip(counts.tolist(), of_term[place].tolist(), strict=True)]
    overall = [math.log((total + terms * SMOOTHING) / (sentences + 2 * terms * SMOOTHING)) for total in of_all]
    values = np.array([round(HUNDREDTHS * (own - overall[one])) for own, one in zip(among, number.tolist(), strict=True)], np.int64)
    kept = values > 0
    starts = np.concatenate(([0], np.cumsum(np.bincount(number[kept], minlength=len(numbers)))))
    return Evidence(numbers, starts, place[kept], values[kept])
