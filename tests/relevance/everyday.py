"""How well everyday words lead to kinds of support, beside plain BM25 over their labels and descriptions."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache

from matching.values import Term
from matching.vocabulary import SUPPORTS
from seeds.words import terms_of
from tests.relevance.figures import Figure
from tests.relevance.hidden import hidden_labels
from tests.relevance.named import words_that_name
from tests.relevance.rankers import Bm25
from tests.relevance.strengths import PHRASES, TOP, Guess, Phrase, hit_rate, vocabulary

LANGUAGES = ("en", "es", "ar", "vi", "zh-Hans", "uk", "ru", "fr", "pt", "fil")
CALLED = {
    "supports": "", "supports-second": " (a second set, by whoever wrote the cues)", "dev.supports": " (to work by)",
    "dev-second.supports": " (to work by, second set)",
}  # fmt: skip
SYNONYMS = (
    ("activities for kids", "activities for children"),
    ("bike repair", "bicycle repair"),
    ("help finding a job", "help finding employment"),
    ("food bank", "food pantry"),
    ("help with rent", "rent money"),
    ("lawyer", "attorney"),
    ("hungry", "nothing to eat"),
    ("counselling", "therapy"),
)
"""Two ways to say one thing, which should lead to nearly the same."""


def everyday_words() -> Sequence[Figure]:
    """Everyday words to kinds of support: one that is meant is among the first three, and listings are found that do not say the word"""
    more = [_hits("en", kind) for kind in ("supports-second", "dev.supports", "dev-second.supports")]
    cyrillic = [_hits(language, "dev.supports") for language in ("uk", "ru")]
    return [*(_hits(language) for language in LANGUAGES), *more, *cyrillic, *words_that_name(), *hidden_labels(SYNONYMS)]


def support_phrases(language: str, kind: str = "supports") -> list[Phrase]:
    """What somebody says who needs something, and the kinds of support of which any counts as a hit; written without sight of the cues and sayings, but
    for the kinds "dev.supports" and "dev-second.supports", which are to work by. "supports-second" were written when the cues had been frozen, by
    whoever had written those."""
    table = tomllib.loads((PHRASES / f"{kind}.{language}.toml").read_text(encoding="utf-8"))
    return [(phrase["text"], frozenset(phrase["supports"])) for phrase in table["phrase"]]


def supports_meant(text: str) -> list[str]:
    """The kinds of support that the product reads in a text, surest first."""
    return [code for code, _ in vocabulary().meant(text)]


@cache
def supports() -> tuple[Term, ...]:
    """The kinds of support that a listing may carry."""
    return tuple(term for term in terms_of(SUPPORTS) if not term.group)


@cache
def _bm25() -> Bm25:
    return Bm25({term.code: f"{term.label} {term.description}" for term in supports()})


def by_descriptions(text: str) -> list[str]:
    """Baseline: BM25 over labels and descriptions."""
    scores = Counter({term.code: score for term in supports() if (score := _bm25().score(text, term.code)) > 0})
    return [code for code, _ in scores.most_common(TOP)]


def answered(guess: Guess, language: str, kind: str = "supports") -> float:
    """The share of phrases that are answered: by a kind of support that fits among the first three, or by urgent help where they call for that."""
    said = support_phrases(language, kind)
    calm = [(text, codes) for text, codes in said if not vocabulary().urgent_by_phrase(text)]
    return (hit_rate(guess, calm) * len(calm) + len(said) - len(calm)) / len(said)


def urgent(language: str, kind: str = "supports") -> int:
    """How many phrases call for urgent help."""
    return sum(bool(vocabulary().urgent_by_phrase(text)) for text, _ in support_phrases(language, kind))


def _hits(language: str, kind: str = "supports") -> Figure:
    return Figure(
        name=f"top {TOP}, {language}" + CALLED[kind],
        value=answered(supports_meant, language, kind),
        beside={"BM25 over labels and descriptions": answered(by_descriptions, language, kind)},
        note=f"{len(support_phrases(language, kind))} phrases, {urgent(language, kind)} of them urgent",
    )
