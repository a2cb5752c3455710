"""The vocabularies that `seeds` ships, read from their files: every term of every taxonomy, by code."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

from directory.errors import UnreadableInput
from matching.danger import UrgentSayings
from matching.urgent import UrgentPhrase
from matching.values import Term

FOLDER = Path(__file__).parent / "vocabularies"
CALM = "calm"


@cache
def taxonomies() -> dict[str, dict[str, Any]]:
    """The vocabulary files as they are written, by the taxonomy's code, in the order of their names.

    ``urgent.toml`` holds phrases and help lines, no terms that a listing could carry, and is not among them.
    """
    tables = [_read(path) for path in sorted(FOLDER.glob("*.toml")) if "." not in path.stem]
    return {table["code"]: table for table in tables if "terms" in table}


@cache
def cues_elsewhere(taxonomy: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """The cues that stand in files of their own ("strengths.es.toml"), by language (BCP 47) and by the code of the term."""
    tables = [_read(path) for path in sorted(FOLDER.glob(f"{taxonomy}.*.toml"))]
    return {table["language"]: {code: tuple(cues) for code, cues in table["cues"].items()} for table in tables}


@cache
def sayings_of(taxonomy: str) -> dict[str, tuple[str, ...]]:
    """The sentences of ``sayings/``, by the code of the term."""
    said: dict[str, list[str]] = defaultdict(list)
    for path in sorted((FOLDER / "sayings").glob(f"{taxonomy}.*.tsv")):
        for code, sentences in _sayings_in(path).items():
            said[code] += sentences
    return {code: tuple(sentences) for code, sentences in said.items()}


def terms_of(taxonomy: str) -> list[Term]:
    """The terms of a taxonomy in the order of its file, headings too; their cues are those of every language, that of the file first."""
    others, sayings = cues_elsewhere(taxonomy).values(), sayings_of(taxonomy)
    return [
        Term(
            taxonomy=taxonomy, code=term["code"], label=term["label"], description=term.get("description", ""), parent=term.get("parent", ""),
            group=term.get("group", False), related=tuple(term.get("related", ())), strengths=tuple(term.get("strengths", ())),
            cues=(*term.get("cues", ()), *(cue for cues in others for cue in cues.get(term["code"], ()))),
            urgent=tuple(term.get("urgent", ())), people=tuple(term.get("people", ())), sayings=sayings.get(term["code"], ()),
        )
        for term in taxonomies()[taxonomy]["terms"]
    ]


@cache
def codes_of(taxonomy: str) -> frozenset[str]:
    """The codes that a listing may carry: all but the headings."""
    return frozenset(term["code"] for term in taxonomies()[taxonomy]["terms"] if not term.get("group"))


@cache
def domain_of_support(code: str) -> str | None:
    """The life domain that a kind of support belongs to."""
    found = [term.get("domain") for term in taxonomies()["supports"]["terms"] if term["code"] == code]
    return found[0] if found else None


def urgent_lines() -> list[dict[str, Any]]:
    """The lines of ``urgent.toml``, as ``directory.urgent`` takes them."""
    kept = ("region", "name", "when", "call", "text", "text_word", "chat", "hours", "note")
    lines = _read(FOLDER / "urgent.toml")["lines"]
    return [{**{key: line.get(key, "") for key in kept}, "topics": " ".join(line["topics"])} for line in lines]


def urgent_phrases() -> list[UrgentPhrase]:
    """The phrases of ``urgent.toml``, each once."""
    groups = _read(FOLDER / "urgent.toml")["phrases"]
    return [UrgentPhrase(topic=group["topic"], language=group["language"], phrase=text) for group in groups for text in group["texts"]]


def urgent_sayings() -> list[UrgentSayings]:
    """The sentences of ``sayings/urgent.*.tsv``: of people in danger by topic, and of people at ease, whom the files call ``calm``."""
    found: list[UrgentSayings] = []
    for path in sorted((FOLDER / "sayings").glob("urgent.*.tsv")):
        said = _sayings_in(path)
        language = path.stem.partition(".")[2]
        found += [UrgentSayings(topic="" if topic == CALM else topic, sentences=tuple(said[topic]), language=language) for topic in sorted(said)]
    return found


def _sayings_in(path: Path) -> dict[str, list[str]]:
    """The sentences of a file by code: a line holds codes, a tab, and what somebody would say; # begins a remark."""
    said: dict[str, list[str]] = defaultdict(list)
    for place, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        codes, _, sentence = line.partition("\t")
        if not sentence:
            raise UnreadableInput(f"line {place} is not a code, a tab and a sentence.", file=path.name)
        for code in codes.split(","):
            said[code].append(sentence)
    return said


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise UnreadableInput(f"this is not TOML: {error}.", file=path.name) from error
