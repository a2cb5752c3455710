"""The terms of all vocabularies: their labels, which are broader, and how near they are to each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from matching.values import Term

STRENGTHS, SUPPORTS, INTERESTS, COMMUNITIES, AUDIENCES = "strengths", "supports", "interests", "communities", "audiences"
STEP, RELATED, SIBLINGS = 0.6, 0.4, 0.3
"""How near a term is to a broader one, to one that would still deal with it, and to one under the same heading; ``RELATED`` by the judged set (README.md)."""


class Terms:
    """Every term of every taxonomy. Built once, then only read, by any number of threads."""

    def __init__(self, terms: Iterable[Term]) -> None:
        """Raise ValueError when a code comes twice in one taxonomy, or when terms are each other's broader term."""
        self._by_taxonomy: dict[str, dict[str, Term]] = defaultdict(dict)
        for term in terms:
            if term.code in self._by_taxonomy[term.taxonomy]:
                raise ValueError(f"The code {term.code!r} comes twice in the vocabulary {term.taxonomy!r}; each code must mean one thing.")
            self._by_taxonomy[term.taxonomy][term.code] = term
        self._lines = {(term.taxonomy, term.code): self._line(term) for held in self._by_taxonomy.values() for term in held.values()}
        self._below = self._find_descendants()
        self._related = {pair for held in self._by_taxonomy.values() for term in held.values() for pair in _pairs(term)}
        self._kinds_for: dict[str | None, frozenset[str]] = {}

    def term(self, taxonomy: str, code: str) -> Term | None:
        """Return the term, or None when the vocabulary does not have it."""
        return self._by_taxonomy.get(taxonomy, {}).get(code)

    def terms(self, taxonomy: str) -> tuple[Term, ...]:
        """Return the terms of ``taxonomy`` in the order they were given, headings included; empty when there is no such taxonomy."""
        return tuple(self._by_taxonomy.get(taxonomy, {}).values())

    def label(self, taxonomy: str, code: str) -> str:
        """Return what a person reads for ``code``; a code nobody described is made readable ("food_bank" becomes "Food bank")."""
        term = self.term(taxonomy, code)
        if term and term.label:
            return term.label
        readable = " ".join(code.replace("_", " ").replace("-", " ").split())
        return readable[:1].upper() + readable[1:]

    def similarity(self, taxonomy: str, a: str, b: str) -> float:
        """Return how near two terms are: 1 the same, 0.6 for each step between a term and a broader one, 0.4 where either names the other as related, 0.3
        under one parent, else 0; the most of these."""
        return max(self._in_tree(taxonomy, a, b), RELATED if (taxonomy, a, b) in self._related else 0.0)

    def _in_tree(self, taxonomy: str, a: str, b: str) -> float:
        if a == b:
            return 1.0
        above_a, above_b = self._above(taxonomy, a), self._above(taxonomy, b)
        if b in above_a:
            return float(STEP ** (above_a.index(b) + 1))
        if a in above_b:
            return float(STEP ** (above_b.index(a) + 1))
        return SIBLINGS if above_a and above_b and above_a[0] == above_b[0] else 0.0

    def descendants(self, taxonomy: str, code: str) -> frozenset[str]:
        """Return ``code`` and every narrower term under it."""
        return self._below.get((taxonomy, code), frozenset((code,)))

    def people_of(self, code: str) -> tuple[str, ...]:
        """Return the groups for whom a kind of support is there by its nature; empty for one that is for anybody."""
        term = self.term(SUPPORTS, code)
        return term.people if term else ()

    def kinds_for(self, people: str | None) -> frozenset[str]:
        """Return the kinds of support that are there by their nature for a group, or for one a step broader or narrower; None stands for any group."""
        if people not in self._kinds_for:
            of_whom = {term.code: term.people for term in self.terms(SUPPORTS)}
            near = {code for code, groups in of_whom.items() if any(people is None or self.similarity(AUDIENCES, one, people) >= STEP for one in groups)}
            self._kinds_for[people] = frozenset(near)
        return self._kinds_for[people]

    def _above(self, taxonomy: str, code: str) -> tuple[str, ...]:
        return self._lines.get((taxonomy, code), ())

    def _line(self, term: Term) -> tuple[str, ...]:
        """The broader terms of ``term``, nearest first; a parent that nobody described still counts."""
        held = self._by_taxonomy[term.taxonomy]
        line: list[str] = []
        parent = term.parent
        while parent:
            if parent == term.code or parent in line:
                raise ValueError(f"In the vocabulary {term.taxonomy!r} the terms {', '.join([term.code, *line])} are each other's broader term.")
            line.append(parent)
            parent = held[parent].parent if parent in held else ""
        return tuple(line)

    def _find_descendants(self) -> dict[tuple[str, str], frozenset[str]]:
        below: dict[tuple[str, str], set[str]] = defaultdict(set)
        for (taxonomy, code), line in self._lines.items():
            for broader in (code, *line):
                below[taxonomy, broader] |= {code, broader}
        return {key: frozenset(codes) for key, codes in below.items()}


def _pairs(term: Term) -> tuple[tuple[str, str, str], ...]:
    """What is related is so both ways."""
    return tuple(pair for other in term.related for pair in ((term.taxonomy, term.code, other), (term.taxonomy, other, term.code)))
