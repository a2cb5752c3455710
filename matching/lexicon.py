"""The everyday words of one vocabulary: which terms a phrase may mean, and which terms begin with what is being typed."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from matching.lazy import lazy, once
from matching.sayings import Sayings
from matching.stems import agent, root
from matching.typos import Spellings, halves
from matching.values import Term
from matching.words import plain, words

LABEL, CUES, DESCRIPTION = 2.0, 3.0, 1.0
"""What an occurrence counts in each part. The cues are what people say, so they weigh most."""
SATURATION = 1.2
"""The k1 of BM25. Its b is 0: a term with more cues is better described, not longer."""
SHARED = 0.5
"""A word of a phrase of n telling words counts 1 / n ** SHARED: one word out of a long cue says little."""
TOGETHER = 1.0
"""What is added when several of the words stand together in one cue."""
SAID = 0.5
"""What evidence from sentences (natural logarithms) counts beside the cues; chosen by phrases to work by (README.md)."""
PIVOT = 1.0
BEHIND = 0.6
"""A term that scores less than this share of the best one is not suggested beside it; cues held back in turn are found best with this (README.md)."""
AGENT, ONE_SLIP, TWO_SLIPS = 0.9, 0.7, 0.5
"""How far a word is trusted that was met in another form: "baker" for bake, or misspelt."""


class Suggestion(NamedTuple):
    """A term that a text may mean; ``score`` in [0, 1] orders suggestions and is never shown."""

    code: str
    label: str
    score: float


class Lexicon:
    """The words of the terms that can be chosen (headings are left out), by root."""

    def __init__(self, terms: Iterable[Term], passed_over: frozenset[str]) -> None:
        self.terms = tuple(term for term in terms if not term.group)
        self.sayings = Sayings(self.terms)
        self._passed_over = passed_over
        self._weights: dict[str, dict[int, float]] = {}
        self._cues: list[list[frozenset[str]]] = [[] for _ in self.terms]
        self._spelt: dict[str, str] = {}
        for at, term in enumerate(self.terms):
            self._cues[at] = [self._add(at, phrase, weight) for phrase, weight in ((term.label, LABEL), *((cue, CUES) for cue in term.cues))]
            self._add(at, term.description, DESCRIPTION)
        self._written = frozenset(self._spelt)
        self._spelt = {base: base for base in self._weights} | self._spelt  # a root may be near where no whole word is

    @once
    def _spellings(self) -> Spellings:
        return Spellings.build(self._spelt)

    def prepare(self) -> None:
        """Have at once what the first text would wait for."""
        _ = self._spellings
        if not self.sayings.is_empty:
            self.sayings.prepare()

    @lazy
    def _typed(self) -> list[tuple[str, list[str]]]:
        """Labels and cues as they may be typed; made when somebody first types."""
        return [(plain(term.label), [plain(cue) for cue in term.cues]) for term in self.terms]

    @property
    def roots(self) -> Iterable[str]:
        """Every root that occurs in the vocabulary."""
        return self._weights.keys()

    @property
    def spelt(self) -> Iterable[str]:
        """Every word as it is written in the vocabulary."""
        return self._written

    def knows(self, word: str) -> bool:
        """Say whether a folded word, in this or another form, occurs in the vocabulary."""
        return root(word) in self._weights

    def rarity(self, base: str) -> float:
        """Return how telling a root is: 1 when one term alone has it, towards 0 when all have, whatever the size of the vocabulary."""
        count, having = len(self.terms), len(self._weights.get(base, ()))
        return idf(count, having) / idf(count, 1) if having else 0.0

    def meant(self, word: str, is_known: Callable[[str], bool]) -> dict[str, float]:
        """Return the roots ``word`` may stand for and how far each is trusted: as written, else the deed for the doer, two words in one, misspelt."""
        if self.knows(word):
            return {root(word): 1.0}
        if (deed := agent(word)) in self._weights:
            return {deed: AGENT}
        for both in halves(word):
            if all(map(self.knows, both)):
                return dict.fromkeys(map(root, both), 1.0)
        if is_known(word):
            return {}
        for form in (word, root(word), agent(word)):
            if near := self._spellings.nearest(form):
                return {self._spelt[right]: ONE_SLIP if slips == 1 else TWO_SLIPS for right, slips in near}
        return {}

    def suggest(self, spelt: Sequence[str], limit: int, floor: float, is_known: Callable[[str], bool]) -> tuple[Suggestion, ...]:
        """Return at most ``limit`` terms for the words of a text, best first, none under ``floor`` or far behind the best.

        The sum s of a term (``sums``) becomes s / (s + pivot).
        """
        scored = [(s / (s + PIVOT), at) for at, s in self.sums(spelt, is_known).items() if s]
        least = max(floor, BEHIND * max(scored, default=(0.0, 0))[0])
        best = sorted((-score, self.terms[at].label, at) for score, at in scored if score >= least)
        return tuple(Suggestion(self.terms[at].code, label, -score) for score, label, at in best[:limit])

    def sums(self, spelt: Sequence[str], is_known: Callable[[str], bool]) -> dict[int, float]:
        """Return how much the words speak for each term, by its place: BM25F, what stands together, and what sentences are evidence of.

        Each root adds rarity x tf / (k1 + tf), tf being its weighted count over label, cues and description. To that comes, for the cue that has most
        of it, the rarity of the words standing together in it, and what the words are evidence of by sentences that people would say.
        """
        trust = self._trust(spelt, is_known)
        sums: dict[int, float] = defaultdict(float)
        for base in sorted(trust):
            for at, weight in self._weights.get(base, {}).items():
                sums[at] += trust[base] * self.rarity(base) * weight / (SATURATION + weight)
        for at, together in self._together(trust).items():
            sums[at] += TOGETHER * together
        for at, evidence in self.said(spelt, is_known).items():
            sums[at] += SAID * evidence
        return sums

    def said(self, spelt: Sequence[str], is_known: Callable[[str], bool]) -> dict[int, float]:
        """Return what the words, in the order they were written, are evidence of by the sayings of each term; a misspelt word as the likeliest one."""
        if self.sayings.is_empty:
            return {}
        known = self._known_with_sayings(is_known)
        return self.sayings.speaks(spelt, lambda word: max(self.meant(word, known).items(), key=lambda item: (item[1], item[0]), default=("", 0.0))[0])

    def find(self, text: str, limit: int) -> tuple[Suggestion, ...]:
        """Return terms whose label or cues have words that begin with the words typed so far, labels first; nothing for an empty text."""
        typed = plain(text)
        if not typed:
            return ()
        scored = [(_fit(typed, label, cues), at) for at, (label, cues) in enumerate(self._typed)]
        best = sorted((-score, self.terms[at].label, at) for score, at in scored if score)
        return tuple(Suggestion(self.terms[at].code, label, -score) for score, label, at in best[:limit])

    def _add(self, at: int, phrase: str, weight: float) -> frozenset[str]:
        """Count the words of one phrase for a term, each for less the more of them there are, and return their roots."""
        spelt = words(phrase)
        self._spelt.update((word, root(word)) for word in spelt)
        telling = [word for word in spelt if word not in self._passed_over]
        each = weight / len(telling) ** SHARED if telling else 0.0
        forms = dict.fromkeys(map(root, telling), each)
        for deed in filter(None, map(agent, telling)):
            forms.setdefault(deed, each * AGENT)
        for base, counted in forms.items():
            having = self._weights.setdefault(base, {})
            having[at] = having.get(at, 0.0) + counted
        return frozenset(map(root, telling))

    def _known_with_sayings(self, is_known: Callable[[str], bool]) -> Callable[[str], bool]:
        return is_known if self.sayings.is_empty else lambda word: is_known(word) or self.sayings.has(word)

    def _trust(self, spelt: Sequence[str], is_known: Callable[[str], bool]) -> dict[str, float]:
        telling, known = [word for word in spelt if word not in self._passed_over], self._known_with_sayings(is_known)
        trust: dict[str, float] = {}
        for word in telling:
            for base, certain in self.meant(word, known).items():
                trust[base] = max(trust.get(base, 0.0), certain)
        return trust

    def _together(self, trust: dict[str, float]) -> dict[int, float]:
        """For each term the most that one of its cues has of the words: the rarities of those met, by the share of the cue that is met."""
        met: dict[int, float] = defaultdict(float)
        for base in sorted(trust):
            part = trust[base] * self.rarity(base)
            for number in self._holding.get(base, ()):
                met[number] += part
        most: dict[int, float] = {}
        for number, sum_met in met.items():
            at, whole = self._phrases[number]
            most[at] = max(most.get(at, 0.0), sum_met * sum_met / whole)
        return most

    @lazy
    def _phrases(self) -> list[tuple[int, float]]:
        """Each cue's term and the rarities of its words added up."""
        return [(at, sum(self.rarity(base) for base in sorted(cue))) for at, cues in enumerate(self._cues) for cue in cues]

    @lazy
    def _holding(self) -> dict[str, list[int]]:
        """The numbers of the cues that hold a root."""
        holding: dict[str, list[int]] = defaultdict(list)
        for number, cue in enumerate(cue for cues in self._cues for cue in cues):
            for base in cue:
                holding[base].append(number)
        return holding


def idf(count: int, having: int) -> float:
    """Return how much a word tells that ``having`` of ``count`` terms have (Robertson and Spärck Jones, kept above zero)."""
    return math.log1p((count - having + 0.5) / (having + 0.5))


def _fit(typed: str, label: str, cues: Sequence[str]) -> float:
    if label.startswith(typed):
        return 1.0
    if _begins(typed, label):
        return 0.8
    if any(cue.startswith(typed) for cue in cues):
        return 0.6
    return 0.5 if any(_begins(typed, cue) for cue in cues) else 0.0


def _begins(typed: str, text: str) -> bool:
    """Say whether each typed word begins a word of ``text``, or, outside a-z, stands anywhere in it (there may be no spaces)."""
    starts = text.split()
    return all(any(word.startswith(part) for word in starts) or (not part.isascii() and len(part) > 1 and part in text) for part in typed.split())
