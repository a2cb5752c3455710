"""Whether words in other languages name what somebody loves and whose company they look for, and whether ordinary requests name nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from matching.vocabulary import COMMUNITIES, INTERESTS
from tests.relevance.figures import Figure
from tests.relevance.strengths import PHRASES, vocabulary

LANGUAGES = ("es", "ar", "vi", "zh-Hans", "uk", "ru", "fr", "pt", "fil")
LEAST, MOST_AT_REST = 0.7, 0.08
Namer = Callable[[str], Collection[str]]


class Said(NamedTuple):
    """A phrase, and what it names: a taxonomy and a code, or nothing."""

    text: str
    taxonomy: str = ""
    code: str = ""


def phrases(language: str) -> list[Said]:
    """What somebody types; written without sight of the cues."""
    table = tomllib.loads((PHRASES / f"named.{language}.toml").read_text(encoding="utf-8"))
    return [Said(phrase["text"], *phrase["names"]) for phrase in table["phrase"]]


def interests_named(text: str) -> set[str]:
    """The interests that the product reads in a text."""
    return {code for code, _ in vocabulary().loved(text)}


def communities_named(text: str) -> set[str]:
    """The communities that it reads, by code."""
    codes = {term.label: term.code for term in vocabulary().terms(COMMUNITIES)}
    return {codes[label] for label in vocabulary().communities_called(text)}


def found(namer: Namer, taxonomy: str, language: str) -> tuple[int, int]:
    """How many phrases that name something of a taxonomy are understood, and how many there are."""
    hits = [said.code in namer(said.text) for said in phrases(language) if said.taxonomy == taxonomy]
    return sum(hits), len(hits)


def at_rest(namer: Namer, language: str) -> tuple[int, int]:
    """How many phrases that name nothing are taken to name something, and how many there are."""
    taken = [bool(namer(said.text)) for said in phrases(language) if not said.taxonomy]
    return sum(taken), len(taken)


def words_that_name() -> Sequence[Figure]:
    """Words in nine other languages that name an interest or a community"""
    return [
        figure
        for taxonomy, namer in ((INTERESTS, interests_named), (COMMUNITIES, communities_named))
        for figure in (
            _share(f"{taxonomy} named in other languages", [found(namer, taxonomy, language) for language in LANGUAGES], least=LEAST),
            _share(f"{taxonomy} taken to be named where none is", [at_rest(namer, language) for language in LANGUAGES], most=MOST_AT_REST),
        )
    ]


def _share(name: str, counts: Sequence[tuple[int, int]], *, least: float | None = None, most: float | None = None) -> Figure:
    note = ", ".join(f"{language} {hits} of {count}" for language, (hits, count) in zip(LANGUAGES, counts, strict=True))
    return Figure(name=name, value=sum(hits for hits, _ in counts) / sum(count for _, count in counts), least=least, most=most, note=note)
