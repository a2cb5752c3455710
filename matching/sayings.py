"""What sentences that people would say tell of the terms of a vocabulary: each word, and each two that stand together, by whom they are said of."""

from __future__ import annotations

import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Bools, Ints
from matching.files import Arrays
from matching.lazy import once
from matching.neighbours import Known, Numbers, found_among, speaking
from matching.smallwords import SMALL_IN_SENTENCES
from matching.stems import gist
from matching.values import Term
from matching.words import words

SMOOTHING = 0.1
"""What is added to each count, so that a word said once does not say too much."""
HUNDREDTHS = 100
"""Evidence is kept in whole hundredths: they add up to the same in any order, on any machine."""
OFTEN = 2
"""Sentences in which a word has to stand to be taken for a word, and so for no slip: people who write sentences misspell as well."""
LEAST_KNOWN = 0.5
"""A text of whose telling words the sentences know a smaller share is in another language, or about something else."""
Small = NDArray[np.int16]
Repaired = Callable[[str], str]
"""From a folded word that no sentence has to the root that it may stand for; "" where there is none."""


class Speaking(NamedTuple):
    """Words and pairs, rising; where the terms of each begin in ``places``; and how much it speaks for them, in hundredths."""

    keys: Ints
    starts: Ints
    places: Small
    values: Small

    def for_terms(self, said: Collection[int]) -> dict[int, int]:
        """What some words and pairs say of each term they speak for, added up, in hundredths."""
        sums: dict[int, int] = defaultdict(int)
        for place in found_among(self.keys, said).tolist():
            run = slice(*self.starts[place : place + 2].tolist())
            for at, value in zip(self.places[run].tolist(), self.values[run].tolist(), strict=True):
                sums[at] += value
        return sums


class Evidence(NamedTuple):
    """The numbers of roots, which of them several sayings have, and what words and pairs speak for."""

    known: Known
    often: Bools
    speaking: Speaking

    def arrays(self) -> Arrays:
        """The same by name, to be kept in a file."""
        return {**self.known._asdict(), "often": self.often, **self.speaking._asdict()}

    @classmethod
    def of(cls, arrays: Arrays) -> Evidence:
        """What was kept; nothing is copied."""
        return cls(Known(*(arrays[name] for name in Known._fields)), arrays["often"], Speaking(*(arrays[name] for name in Speaking._fields)))


class Sayings:
    """Sentences as evidence. What speaks for a term counts, and nothing speaks against one: a text may be about several."""

    def __init__(self, terms: Sequence[Term]) -> None:
        """``terms`` with their sayings, labels and cues; nothing is worked out before the first text is read.

        ``kept``, once it is set, gives what ``weigh`` has worked out before.
        """
        self._terms = tuple(terms)
        self.kept: Callable[[], Arrays] | None = None
        self.is_empty = not any(term.sayings for term in self._terms)

    def speaks(self, spelt: Sequence[str], repaired: Repaired) -> dict[int, float]:
        """Return, for each term by its place, how much folded words in the order they were written speak for it (natural logarithms, over 0);
        nothing where too few of the words are in any sentence.

        A word or pair f speaks for a term k by ln P(f | k) / P(f), with P(f | k) = (n_fk + a) / (n_k + 2 a) for n_k sentences of k, of which n_fk hold f,
        and P(f) likewise over all. It is pointwise mutual information (Church and Hanks 1990), smoothed; what is not over 0 is left out.
        """
        found = self._evidence
        numbers = self._numbers(spelt, repaired)
        telling = [number for word, number in zip(spelt, numbers, strict=True) if word not in SMALL_IN_SENTENCES]
        if sum(map(bool, telling)) < LEAST_KNOWN * len(telling):
            return {}
        return {at: value / HUNDREDTHS for at, value in found.speaking.for_terms(speaking(spelt, numbers)).items()}

    def prepare(self) -> None:
        """Have at once what the first text would wait for."""
        _ = self._evidence

    def has(self, word: str) -> bool:
        """Say whether a folded word, in this or another form, stands in several sayings."""
        return bool(self._evidence.often[self._evidence.known.of((gist(word),))[0]])

    def _numbers(self, spelt: Sequence[str], repaired: Repaired) -> list[int]:
        """The numbers of words; of one that no sentence has, that of the root for which it may stand."""
        numbers = self._evidence.known.of(map(gist, spelt))
        strange = [at for at, word in enumerate(spelt) if not numbers[at] and word not in SMALL_IN_SENTENCES]
        for at, number in zip(strange, self._evidence.known.of(repaired(spelt[at]) for at in strange), strict=True):
            numbers[at] = number
        return numbers

    @once
    def _evidence(self) -> Evidence:
        return Evidence.of(self.kept()) if self.kept else self.weigh()

    def weigh(self) -> Evidence:
        """Work out what the sentences are evidence of (some 20 ms for a thousand)."""
        numbers, of_term = Numbers(), np.zeros(len(self._terms), np.int64)
        keys, places, said = array("q"), array("q"), array("q")
        for at, sentence, is_saying in _sentences(self._terms):
            spelt = words(sentence)
            roots = numbers.take_in(spelt)
            held = speaking(spelt, roots)
            keys.extend(held)
            places.extend([at] * len(held))
            said.extend(set(roots) if is_saying else ())
            of_term[at] += 1
        often = np.bincount(np.array(said, np.int64), minlength=len(numbers) + 1) >= OFTEN
        return Evidence(numbers.known(), often, weighed(np.array(keys, np.int64), np.array(places, np.int64), of_term))


def weighed(keys: Ints, places: Ints, of_term: Ints) -> Speaking:
    """Return the words and pairs that speak for a term, and how much, of how often each of ``keys`` stands in sentences of the term at
    the same place of ``places``; ``of_term`` is the number of sentences of each term."""
    terms, sentences = len(of_term), int(of_term.sum())
    distinct, number = np.unique(keys, return_inverse=True)
    overall = [math.log((count + terms * SMOOTHING) / (sentences + 2 * terms * SMOOTHING)) for count in np.bincount(number).tolist()]
    held, counts = np.unique(number * terms + places, return_counts=True)
    number, place = np.divmod(held, terms)
    among = [math.log((count + SMOOTHING) / (total + 2 * SMOOTHING)) for count, total in zip(counts.tolist(), of_term[place].tolist(), strict=True)]
    values = np.array([round(HUNDREDTHS * (own - overall[one])) for own, one in zip(among, number.tolist(), strict=True)], np.int64)
    number, place, values = number[values > 0], place[values > 0], values[values > 0]
    telling, times = np.unique(number, return_counts=True)
    return Speaking(distinct[telling], np.concatenate(([0], np.cumsum(times))), place.astype(np.int16), values.astype(np.int16))


def _sentences(terms: Iterable[Term]) -> Iterator[tuple[int, str, bool]]:
    """Each sentence with the place of its term, and whether it is a saying. Of the cues those alone that are read word by word in English."""
    for at, term in enumerate(terms):
        yield from ((at, text, False) for text in (term.label, *filter(str.isascii, term.cues)))
        yield from ((at, text, True) for text in term.sayings)
