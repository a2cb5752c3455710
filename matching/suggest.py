"""From what people say about themselves to the strengths it may mean, in any of the languages that the cues are written in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence

import msgspec

from matching.lazy import once
from matching.lexicon import BEHIND, CUES, DESCRIPTION, LABEL, PIVOT, SAID, SATURATION, SHARED, TOGETHER, Lexicon, Suggestion, idf
from matching.tongues import Forms, cue_forms, readings
from matching.values import Term
from matching.words import words

Known = Callable[[str], bool]
SURELY = 0.35
"""A strength that less than this share of what speaks for the best one speaks for is not suggested beside it: fewer, rather than to fill up three."""


class Cues:
    """The cues of every language in their forms: how often each strength has a form, how rare it is, and which cues hold it."""

    def __init__(self, terms: Iterable[Term], passed_over: frozenset[str]) -> None:
        self.counts: dict[str, dict[int, float]] = defaultdict(dict)
        self.owners: list[int] = []
        self.holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
        read = [(at, cue_forms(phrase), weight) for at, term in enumerate(terms) for phrase, weight in _parts_of(term)]
        phrases = [(at, telling, weight) for at, forms, weight in read if (telling := [one for one in forms if one[0][0] not in passed_over])]
        for at, telling, weight in phrases:
            self._add(at, telling, weight)
        count = 1 + max((at for at, _, _ in read), default=0)
        self.rarities = {form: idf(count, len(having)) / idf(count, 1) for form, having in self.counts.items()}
        self.wholes = [sum(self.rarities[forms[0][0]] * forms[0][1] for forms in telling) for _, telling, weight in phrases if weight != DESCRIPTION]

    def _add(self, at: int, telling: Sequence[Forms], weight: float) -> None:
        each, number = weight / len(telling) ** SHARED, len(self.owners)
        for form, trust in _surest(telling).items():
            having = self.counts[form]
            having[at] = having.get(at, 0.0) + each * trust
            if weight != DESCRIPTION:
                self.holding[form].append((number, trust))
        if weight != DESCRIPTION:
            self.owners.append(at)


class StrengthWords(Lexicon):
    """The words of the strengths in every language, each in the forms of ``matching.tongues``.

    English words, their misspellings and the search while typing are those of ``Lexicon``. The forms of the other languages are made when the first
    text is read, so that a directory opens as fast as before.
    """

    def __init__(self, terms: Iterable[Term], passed_over: frozenset[str]) -> None:
        held = tuple(terms)
        super().__init__([msgspec.structs.replace(term, cues=tuple(filter(str.isascii, term.cues))) for term in held], passed_over)
        self.terms = tuple(term for term in held if not term.group)

    def prepare(self) -> None:
        """Have at once what the first text would wait for: nearly a second for the forms of the words that are shipped."""
        super().prepare()
        _ = self._all

    @once
    def _all(self) -> Cues:
        return Cues(self.terms, self._passed_over)

    def suggest_from(self, text: str, kept: Collection[str], limit: int, floor: float, is_known: Known) -> tuple[Suggestion, ...]:
        """Return at most ``limit`` strengths that ``text`` may mean, best first, none under ``floor`` or far behind the best: fewer rather than to fill up.

        1. Each way to read the text (``readings``) gives its words in several forms; ``kept`` are the folded words that count.
        2. BM25F: a word adds, for each strength, the most of trust x rarity x tf / (k1 + tf) over its forms.
        3. The cue of a strength that has most of its words in the text adds the rarity of those words, by the share of the cue that is met.
        4. The reading whose words are known best is taken. To its sum s comes what the words are evidence of by sentences that people would say, but
           for a text that names a condition; it becomes s / (s + pivot).
        """
        known = self._known_with_sayings(is_known)
        sums = max((self._read(reading, known) for reading in readings(text, kept)), key=lambda read: read[0])[1]
        spelt = words(text)
        for at, evidence in self.said(spelt, is_known).items() if all(word in kept for word in spelt) else ():
            sums[at] += SAID * evidence
        surely = SURELY * max(sums.values(), default=0.0)
        scored = [(s / (s + PIVOT), at) for at, s in sums.items() if s and s >= surely]
        least = max(floor, BEHIND * max(scored, default=(0.0, 0))[0])
        best = sorted((-score, self.terms[at].label, at) for score, at in scored if score >= least)
        return tuple(Suggestion(self.terms[at].code, label, -score) for score, label, at in best[:limit])

    def _read(self, reading: Sequence[Forms], is_known: Known) -> tuple[float, dict[int, float]]:
        """How much of a reading is known (0 to 1), and what it adds up to for each strength."""
        telling = sorted({forms for forms in reading if forms[0][0] not in self._passed_over})
        sums: dict[int, float] = defaultdict(float)
        met: dict[int, float] = defaultdict(float)
        known = 0.0
        for forms in telling:
            meant = [form for form in forms if form[0] in self._all.counts] or self._repaired(forms, is_known)
            known += max((trust for _, trust in meant), default=0.0)
            _add_most(sums, (self._parts(form, trust) for form, trust in meant))
            _add_most(met, (self._cue_parts(form, trust) for form, trust in meant))
        for at, together in self._in_cues(met).items():
            sums[at] += TOGETHER * together
        return known / sum(forms[0][1] for forms in telling) if telling else 0.0, sums

    def _repaired(self, forms: Forms, is_known: Known) -> list[tuple[str, float]]:
        """A word that is written in no known form is taken for a misspelt one."""
        word = forms[0][0]
        return [(base, trust) for base, trust in self.meant(word, is_known).items() if base in self._all.counts] if word.isalpha() else []

    def _parts(self, form: str, trust: float) -> dict[int, float]:
        rarity = self._all.rarities[form]
        return {at: trust * rarity * tf / (SATURATION + tf) for at, tf in self._all.counts[form].items()}

    def _cue_parts(self, form: str, trust: float) -> dict[int, float]:
        rarity = self._all.rarities[form]
        return {number: rarity * min(trust, own) for number, own in self._all.holding.get(form, ())}

    def _in_cues(self, met: dict[int, float]) -> dict[int, float]:
        most: dict[int, float] = {}
        for number, sum_met in met.items():
            at = self._all.owners[number]
            most[at] = max(most.get(at, 0.0), sum_met * min(1.0, sum_met / self._all.wholes[number]))
        return most


def _parts_of(term: Term) -> Iterable[tuple[str, float]]:
    return (term.label, LABEL), *((cue, CUES) for cue in term.cues), (term.description, DESCRIPTION)


def _surest(phrase: Iterable[Forms]) -> dict[str, float]:
    surest: dict[str, float] = {}
    for forms in phrase:
        for form, trust in forms:
            surest[form] = max(trust, surest.get(form, 0.0))
    return surest


def _add_most(sums: dict[int, float], parts: Iterable[dict[int, float]]) -> None:
    """Add, for each key, the most that any of ``parts`` has for it."""
    most: dict[int, float] = {}
    for part in parts:
        for key, value in part.items():
            most[key] = max(value, most.get(key, 0.0))
    for key, value in most.items():
        sums[key] += value
