"""How well people's own words lead to the strengths they mean, beside simple baselines."""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate
from pathlib import Path
from statistics import fmean
from time import thread_time

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist
from rapidfuzz.utils import default_process

from matching.conditions import CONDITIONS
from matching.values import Term
from matching.vocabulary import STRENGTHS, Vocabulary
from matching.words import words
from seeds.words import taxonomies, terms_of, urgent_phrases, urgent_sayings
from tests.relevance.figures import Figure

PHRASES = Path(__file__).parent / "phrases"
FLOORS = {"en": 0.92, "es": 0.85, "ar": 0.85, "vi": 0.85, "zh-Hans": 0.85}
SENTENCES_ALONE = dict.fromkeys(("uk", "ru", "fr", "pt", "fil"), 0.8)
"""Floors of languages that have no cues, and are read by sentences alone."""
CALLED = {"dev": " (to work by)", "dev-second": " (to work by, second set)", "dev-third": " (to work by, third set)"}
THIRD_AUTHOR = "strengths-third"
"""The blind set in English by somebody who had read labels and descriptions and nothing else."""
FLOOR_OF_THIRD = 0.92
LEAST_NOTICED, MOST_ALARMS = 0.75, 0.05
"""Of words of danger that nobody had seen, the share that has to bring urgent help; and of calm ones that sound alike, the most that may."""
TOP = 3
SLOWEST_MS = 1.0
_SAID_OF_CONDITIONS = ("{}", "I have {}", "I was diagnosed with {}", "living with {} for years")

Phrase = tuple[str, frozenset[str]]
"""What somebody says, and the facets of which any counts as a hit."""
Guess = Callable[[str], Sequence[str]]
"""From a text to the codes of facets, best first."""


def own_words_to_strengths() -> Sequence[Figure]:
    """Own words to strengths: a facet that is meant is among the first three; words of crisis bring help, conditions bring nothing."""
    figures = [_hits("strengths", language) for language in FLOORS | SENTENCES_ALONE]
    work_by = [*(_hits("dev", language) for language in (*FLOORS, "uk", "ru")), _hits("dev-second", "en"), _hits("dev-third", "en")]
    return [*figures, _third_author(), *work_by, _crisis_helped(), *_noticed(), _crisis_silent(), _conditions_silent(), _speed()]


def phrases(kind: str, language: str) -> list[Phrase]:
    """The phrases of ``kind`` ("strengths" and "strengths-third": by others, who saw no cue; "dev", "dev-second" and "dev-third": to work by) in a language."""
    table = tomllib.loads((PHRASES / f"{kind}.{language}.toml").read_text(encoding="utf-8"))
    return [(phrase["text"], frozenset(phrase["facets"])) for phrase in table["phrase"]]


def hit_rate(guess: Guess, said: Iterable[Phrase]) -> float:
    """The share of phrases of which a facet is among the first three guesses."""
    hits = [not facets.isdisjoint(guess(text)[:TOP]) for text, facets in said]
    return sum(hits) / len(hits)


def suggested(text: str) -> list[str]:
    """What the product suggests."""
    return [found.code for found in vocabulary().suggest(STRENGTHS, text, TOP)]


@cache
def vocabulary() -> Vocabulary:
    """Every vocabulary that is shipped, with the words of crisis."""
    return Vocabulary([term for taxonomy in taxonomies() for term in terms_of(taxonomy)], urgent_phrases(), urgent_sayings())


@cache
def facets() -> tuple[Term, ...]:
    """The strengths that can be chosen."""
    return tuple(term for term in terms_of(STRENGTHS) if not term.group)


def by_rapidfuzz(text: str) -> list[str]:
    """Baseline: the facets by the best token_set_ratio with their label or a cue."""
    codes, cues, first = _processed()
    (alike,) = cdist([default_process(text)], cues, scorer=fuzz.token_set_ratio, dtype=np.float64)
    best = np.maximum.reduceat(alike, first)
    return [codes[place] for place in np.argsort(-best, kind="stable").tolist()]


def by_labels(text: str) -> list[str]:
    """Baseline: plain BM25 over the labels."""
    labels = {term.code: Counter(words(term.label)) for term in facets()}
    mean = sum(map(Counter.total, labels.values())) / len(labels)
    scores = {code: _bm25(set(words(text)), label, labels.values(), mean) for code, label in labels.items()}
    return sorted((code for code in scores if scores[code]), key=lambda code: -scores[code])


@cache
def _processed() -> tuple[tuple[str, ...], list[str], list[int]]:
    """The facets, all their labels and cues, and where those of each begin."""
    cues = {term.code: [default_process(cue) for cue in (term.label, *term.cues)] for term in facets()}
    return tuple(cues), [cue for held in cues.values() for cue in held], [0, *accumulate(map(len, cues.values()))][:-1]


def _bm25(said: set[str], label: Counter[str], labels: Iterable[Counter[str]], mean: float) -> float:
    held = list(labels)
    total = 0.0
    for word in said & label.keys():
        having = sum(word in other for other in held)
        idf = math.log1p((len(held) - having + 0.5) / (having + 0.5))
        total += idf * label[word] * 2.2 / (label[word] + 1.2 * (0.25 + 0.75 * label.total() / mean))
    return total


def _hits(kind: str, language: str) -> Figure:
    said = phrases(kind, language)
    return Figure(
        name=f"top {TOP}, {language}" + CALLED.get(kind, ""),
        value=hit_rate(suggested, said),
        least=(FLOORS | SENTENCES_ALONE)[language] if kind == "strengths" else None,
        beside={"rapidfuzz": hit_rate(by_rapidfuzz, said), "BM25 over labels": hit_rate(by_labels, said)},
        note=f"{len(said)} phrases",
    )


def _third_author() -> Figure:
    return replace(_hits(THIRD_AUTHOR, "en"), name="own words to strengths, en, third author", least=FLOOR_OF_THIRD)


def _crisis() -> list[str]:
    """Every phrase of crisis in every language, alone and, but for those that are meant only so, after something that would be a strength."""
    return [text for phrase in urgent_phrases() for text in (phrase.phrase, f"I cook, {phrase.phrase}")[: 1 if phrase.phrase.endswith(".") else 2]]


def _crisis_helped() -> Figure:
    said = _crisis()
    helped = fmean(bool(vocabulary().urgent_by_phrase(text)) for text in said)
    return Figure(name="crisis: urgent help", value=helped, least=1.0, note=f"{len(said)} texts")


def danger_phrases(language: str) -> list[tuple[str, bool]]:
    """What people say in their own words, and whether they are in danger: written by others, who saw no phrase of crisis and none of the examples."""
    table = tomllib.loads((PHRASES / f"danger.{language}.toml").read_text(encoding="utf-8"))
    return [(phrase["text"], phrase["kind"] != "calm") for phrase in table["phrase"]]


def _noticed() -> list[Figure]:
    return [figure for language in FLOORS | SENTENCES_ALONE for figure in _noticed_in(language)]


def _noticed_in(language: str) -> tuple[Figure, Figure]:
    said = danger_phrases(language)
    alarming, calm = ([bool(vocabulary().urgent(text)) for text, is_danger in said if is_danger is wanted] for wanted in (True, False))
    noticed = Figure(name=f"danger in words not seen before, {language}", value=fmean(alarming), least=LEAST_NOTICED, note=f"{len(alarming)} texts")
    return noticed, Figure(name=f"calm words taken for danger, {language}", value=fmean(calm), most=MOST_ALARMS, note=f"{len(calm)} texts that sound alike")


def _crisis_silent() -> Figure:
    said = _crisis()
    return Figure(name="crisis: a strength", value=sum(bool(suggested(text)) for text in said) / len(said), most=0.0, note=f"{len(said)} texts")


def _conditions_silent() -> Figure:
    said = [pattern.format(name) for name in sorted(CONDITIONS) for pattern in _SAID_OF_CONDITIONS]
    return Figure(name="conditions: a strength", value=sum(bool(suggested(text)) for text in said) / len(said), most=0.0, note=f"{len(said)} texts")


def _speed() -> Figure:
    """The median over all phrases to work by, so that a busy machine moves it little."""
    said = [text for language in FLOORS for text, _ in phrases("dev", language)]
    took = sorted(map(_milliseconds, said))
    return Figure(name="milliseconds a suggestion, median", value=took[len(took) // 2], most=SLOWEST_MS, note=f"{len(said)} phrases")


def _milliseconds(text: str) -> float:
    began = thread_time()
    suggested(text)
    return (thread_time() - began) * 1000
