"""Maps the words of a source (keywords, categories, target groups) to terms of our own, by rules in files that say which share they reach.

A rule file is TOML under ``mapping/``. It has a table for each kind of word of the source, with exact words and patterns::

    [keywords.words]                        # compared without regard to case and doubled blanks
    "food pantries" = ["supports.food_pantry"]
    [[keywords.patterns]]                   # tried in order where no exact word fits; every one that matches counts
    match = 'support groups?'               # a regular expression between word boundaries
    terms = ["supports.peer_group", "kinds.peer_group"]

A term is ``taxonomy.code``, or ``taxonomy.code@link`` where the link is not the usual one (``LINKS``), or ``taxonomy.code=no`` for what is stated
not to be so. An empty list says that the word was looked at and means none of our terms: it counts as not mapped, and is not listed as unknown.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable
from functools import cache

from msgspec import Struct, field

from directory.exchange.reading.row import fold
from directory.exchange.reading.shipped import FOLDER
from directory.exchange.records import Attribute

PLACE_TAXONOMIES = ("access", "settings")
"""The taxonomies whose terms belong to the place, where a record has one."""
LINKS = {"audiences": "meant_for", "communities": "for", "strengths": "builds_on"}
"""How a term is meant where a rule does not say; for every other taxonomy the link has the taxonomy's own name."""
TERM = re.compile(r"(?P<taxonomy>[a-z_]+)\.(?P<code>[a-z0-9_]+)(?:@(?P<link>[a-z_]+))?(?:=(?P<value>no))?")


class Term(Struct, frozen=True, order=True):
    """A term of ours as a rule names it."""

    taxonomy: str
    code: str
    link_type: str
    value: str = ""

    def attribute(self) -> Attribute:
        """The term as an attribute of a record."""
        return Attribute(taxonomy=self.taxonomy, code=self.code, link_type=self.link_type, value=self.value or None)


class Words(Struct, frozen=True):
    """The rules for one kind of word."""

    exact: dict[str, tuple[Term, ...]]
    patterns: tuple[tuple[re.Pattern[str], tuple[Term, ...]], ...]

    def terms(self, word: str) -> tuple[Term, ...] | None:
        """The terms for a word; None where no rule knows it."""
        folded = fold(word)
        if folded in self.exact:
            return self.exact[folded]
        found = [term for pattern, terms in self.patterns for term in terms if pattern.search(folded)]
        return tuple(dict.fromkeys(found)) or None


class Tally(Struct):
    """What was understood while a source was read, by kind of word: how many mentions, how many mapped, and which words no rule knows.

    ``notes`` are sentences for the report of whatever else became of the source.
    """

    mentions: Counter[str] = field(default_factory=Counter)
    mapped: Counter[str] = field(default_factory=Counter)
    unknown: dict[str, Counter[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def count(self, kind: str, word: str, *, understood: bool | None) -> None:
        """Count one mention; ``understood`` is None for a word that a rule sets aside."""
        self.mentions[kind] += 1
        if understood:
            self.mapped[kind] += 1
        elif understood is False:
            self.unknown.setdefault(kind, Counter())[word] += 1


def share_mapped(tally: Tally, kind: str) -> str:
    """``mapped 91 % of 12,345 keyword mentions``: rounded down, so that 100 means all."""
    mentions = tally.mentions[kind]
    share = tally.mapped[kind] * 100 // mentions if mentions else 0
    return f"mapped {share} % of {mentions:,} {kind} mentions"


def to_terms(rules: Words, words: Iterable[str], *, kind: str, tally: Tally | None = None) -> list[Term]:
    """The terms for some words of one record, each once, in the order of the words."""
    found: dict[Term, None] = {}
    for word in words:
        terms = rules.terms(word)
        if tally is not None:
            tally.count(kind, word, understood=bool(terms) if terms != () else None)
        found.update(dict.fromkeys(terms or ()))
    return list(found)


@cache
def load_rules(name: str) -> dict[str, Words]:
    """The rules of a file under ``mapping/``, by kind of word."""
    return parse_rules((FOLDER / f"{name}.toml").read_text("utf-8"))


def parse_rules(text: str) -> dict[str, Words]:
    """Rules from the text of a file; ValueError names a term that is not written as one."""
    return {kind: words_of(table) for kind, table in tomllib.loads(text).items() if "words" in table or "patterns" in table}


def words_of(table: dict[str, object]) -> Words:
    """The rules in one table of a file, with ``words`` and ``patterns``; ValueError names a term that is not written as one."""
    words, patterns = table.get("words", {}), table.get("patterns", [])
    if not (isinstance(words, dict) and isinstance(patterns, list)):
        raise ValueError("rules are a table of words and a list of patterns")
    return Words(
        {fold(word): _terms(terms) for word, terms in words.items()},
        tuple((re.compile(rf"\b(?:{rule['match']})\b", re.I), _terms(rule["terms"])) for rule in patterns),
    )


def _terms(written: Iterable[str]) -> tuple[Term, ...]:
    return tuple(read_term(text) for text in written)


def read_term(text: str) -> Term:
    """A term as rules write it; ValueError where it is none."""
    found = TERM.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no term: write taxonomy.code, taxonomy.code@link or taxonomy.code=no")
    link = found["link"] or LINKS.get(found["taxonomy"], found["taxonomy"])
    return Term(found["taxonomy"], found["code"], link, found["value"] or "")


KINDS = ("peer_group", "one_to_one", "give", "therapy", "group_therapy", "training", "activity", "self_help", "event")
"""From the most to the least telling, where two are as strong."""
KIND_SHARE = 0.3


def one_kind(terms: Iterable[Term], rules: Words, words: Iterable[str]) -> list[Term]:
    """The terms with at most one kind: the one that most of the words speak for, if they are three in ten of those that say anything.

    A place with many offers, of which one is a support group, is not a peer group: its kind stays unsaid, which means help from an organization.
    """
    telling = [found for word in words if (found := [term for term in rules.terms(word) or () if term.taxonomy in ("supports", "kinds")])]
    votes = Counter(term.code for found in telling for term in found if term.taxonomy == "kinds")
    best = max(votes, key=lambda code: (votes[code], -KINDS.index(code)), default=None)
    kept = best if best is not None and votes[best] >= KIND_SHARE * len(telling) else None
    return [term for term in terms if term.taxonomy != "kinds" or term.code == kept]


def single_kind(terms: Iterable[Term]) -> list[Term]:
    """The terms, without their kinds where they name more than one: what is several things is help from an organization."""
    listed = list(terms)
    kinds = {term.code for term in listed if term.taxonomy == "kinds"}
    return listed if len(kinds) < 2 else [term for term in listed if term.taxonomy != "kinds"]
