"""Codes that a program sends: each is looked up, and of one that is not known it is said which, what comes near it, and where the known ones stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz, process

from matching.values import HYBRID, Term
from web.house import Vocabulary
from web.refused import FieldError, Refused

LANGUAGES: Final = "languages"
MOST_TOLD: Final = 20
MOST_NEAR: Final = 3
LIKE_ENOUGH: Final = 70.0
"""Of 100: "cookin" is as near to "cooking" as 92, "gardening" to "nonsense" as 35."""
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
Field = tuple[str, tuple[str, ...], Iterable[str]]
"""The path of a field, the vocabularies that its codes are of, and the codes that were sent."""


def check_codes(vocabulary: Vocabulary, fields: Iterable[Field]) -> None:
    """``Refused`` (422) when a code is in none of the vocabularies of its field."""
    wrong = tuple(
        (FieldError(f"{field}[{number}]", _message(vocabulary, taxonomies, code)), taxonomies)
        for field, taxonomies, codes in fields
        for number, code in enumerate(codes)
        if not _is_known(vocabulary, taxonomies, code)
    )
    if wrong:
        first, taxonomies = wrong[0]
        more = f" {len(wrong) - 1} more codes are not known either." if len(wrong) > 2 else " One more code is not known either." if len(wrong) == 2 else ""
        lists = " and ".join(f"`homeground codes {name}`" for name in taxonomies)
        where = " and ".join(f"GET /api/vocabularies/{name}" for name in taxonomies)
        raise Refused(422, f"{first.field}: {first.message}{more} All codes: {where}, or {lists}.", errors=tuple(error for error, _ in wrong[:MOST_TOLD]))


def near_codes(terms: Sequence[Term], text: str) -> list[Term]:
    """At most three terms whose code or label is written nearly as the text, the likest first."""
    asked = _plain(text)
    if not asked:
        return []
    chosen = [term for term in terms if not term.group]
    scores: dict[int, float] = {}
    for names in ([_plain(term.code) for term in chosen], [_plain(term.label) for term in chosen]):
        for _, score, at in process.extract(asked, names, scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=MOST_NEAR):
            scores[at] = max(scores.get(at, 0.0), score)
    return [chosen[at] for at in sorted(scores, key=lambda at: (-scores[at], at))[:MOST_NEAR]]


def _is_known(vocabulary: Vocabulary, taxonomies: tuple[str, ...], code: str) -> bool:
    """A language may be any tag that is written as one: there are more of them than anybody has a list of."""
    if code == HYBRID or (taxonomies == (LANGUAGES,) and _TAG.fullmatch(code)):
        return True
    return any(vocabulary.term(taxonomy, code) for taxonomy in taxonomies)


def _message(vocabulary: Vocabulary, taxonomies: tuple[str, ...], code: str) -> str:
    near = list(_near(vocabulary, taxonomies, code))
    what = f"There is no code “{code}” in {' or '.join(taxonomies)}."
    return what + (f" Near it: {', '.join(near[:MOST_NEAR])}." if near else "")


def _near(vocabulary: Vocabulary, taxonomies: tuple[str, ...], code: str) -> Iterator[str]:
    for taxonomy in taxonomies:
        yield from (f"{term.code} ({term.label})" for term in near_codes(vocabulary.terms(taxonomy), code))


def _plain(text: str) -> str:
    return " ".join(re.split(r"[\W_]+", text.casefold())).strip()
