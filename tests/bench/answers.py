"""Whether engines that are compared answer the same: the same sets under hard limits, and ours the order of the slow, obvious ranking."""

from __future__ import annotations

from collections.abc import Sequence

from matching import Index, rank
from matching.index import in_row_order
from matching.text import TextIndex
from matching.values import Inquiry, Listing
from seeds.invent import TODAY
from tests.bench.data import listings, vocabulary
from tests.bench.engines.base import Engine
from tests.bench.engines.ours import AT
from tests.bench.queries import Variant, inquiries
from tests.matching.oracle import Oracle

MOST_COMPARED = 2_000
"""Matches of a question up to which sets are compared id by id: ours writes the reasons of each."""
ORACLE_LISTINGS = 800
ORACLE_VARIANTS: tuple[Variant, ...] = ("near text", "near", "reach text", "country text")


def compare_sets(engines: Sequence[Engine], totals: dict[int, int], variant: Variant, sample: int) -> str:
    """Of the first ``sample`` questions of a variant without text, those with few enough matches: how many sets differ from those of the first engine.

    ``totals`` gives the number of matches by question. Distances are measured by different formulas, so a listing within ten metres of the rim may
    be in one set and not in the other.
    """
    asked = [at for at in range(sample) if totals[at] <= MOST_COMPARED]
    questions = inquiries(variant)
    theirs = {at: engines[0].all_ids(questions[at]) for at in asked}
    parts = []
    for engine in engines[1:]:
        apart = [len(theirs[at] ^ engine.all_ids(questions[at])) for at in asked]
        parts.append(f"{engine.name} {sum(map(bool, apart))} differ (by {sum(apart)} in all)")
    return f"{len(asked)} sets of {sum(map(len, theirs.values())):,} listings in all: " + (", ".join(parts) or "nothing to compare with")


def compare_with_oracle(questions: int) -> tuple[int, int]:
    """(wrong, asked): first pages of ours over a small directory against the slow ranking, ids, order and scores alike."""
    few = in_row_order(listings(ORACLE_LISTINGS))
    index, texts = Index.build(few, vocabulary(), on=TODAY), TextIndex.build(few, vocabulary())
    asked = [one for variant in ORACLE_VARIANTS for one in inquiries(variant, questions)]
    return sum(not _is_same(index, texts, few, one) for one in asked), len(asked)


def _is_same(index: Index, texts: TextIndex, few: Sequence[Listing], inquiry: Inquiry) -> bool:
    rows, scores = texts.hits(texts.read(inquiry.text))
    said = dict.fromkeys((one.id for one in few), 0.0) | {few[row].id: score for row, score in zip(rows.tolist(), scores.tolist(), strict=True)}
    found = [(match.id, match.score) for match in rank(inquiry, index, at=AT).matches]
    names, slips = texts.named(texts.name_in(inquiry.text))
    named = {few[row].name: int(many) for row, many in zip(names.tolist(), slips.tolist(), strict=True)}
    expected = Oracle(inquiry, few, vocabulary(), said, AT, named=lambda typed, name: named.get(name)).ranked()[: inquiry.limit]
    return found == [(one.id, units / 10**9) for one, units in expected]
