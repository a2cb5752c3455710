"""tantivy, set up as well as we know: cells as terms, an exact cut to the circle, limits and wishes as terms, one merged segment."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from matching.typos import Spellings, most_slips
from matching.values import Inquiry, Listing
from matching.weights import REMOTE_FORMATS
from matching.words import words
from tests.bench.engines.cells import cell_of, cover
from tests.bench.engines.plain import NO_PLACE, Asked, Row, asked_of, earth_xyz, row_of

SIZES: Final = (0.2, 0.1)
"""Degrees of the cells, by level: a row has a term for each. More levels, or smaller cells, cost more terms than they save rows."""
FIELDS: Final = {"name": 4.0, "organization": 2.0, "text": 1.0}
SPARING: Final = (NO_PLACE, *(f"formats:{code}" for code in sorted(REMOTE_FORMATS)))
"""What spares the way, as the bits of a small column: to cut what lies in a cell of the circle and yet outside it."""
HEAP_BYTES: Final = 500_000_000


class TantivyCells:
    """An index on disk, mapped. ``fuzzy`` asks tantivy itself what a word may stand for, else our repair of words does."""

    in_memory = False

    def __init__(self, *, fuzzy: bool = False) -> None:
        self._tantivy: Any = import_module("tantivy")
        self._fuzzy = fuzzy
        self.name = "tantivy fuzzy" if fuzzy else "tantivy"
        repair = "its own fuzzy terms" if fuzzy else "our repair of words"
        self.note = f"BM25, cell terms, limits and wishes as terms, one segment, {repair}; no reasons"
        self._index: Any = None

    def build(self, listings: Iterable[Listing], folder: Path) -> None:
        index = self._tantivy.Index(self._schema(), path=str(folder))
        writer = index.writer(heap_size=HEAP_BYTES, num_threads=1)
        known, points, sparing, ids = set[str](), [], [], []
        for row in map(row_of, listings):
            known.update(words(f"{row.name} {row.organization} {row.text}"))
            points.append(earth_xyz(row.place) if row.place else (0.0, 0.0, 0.0))
            sparing.append(_bits(row.tokens))
            ids.append(row.id)
            writer.add_document(self._document(row, len(ids) - 1))
        writer.commit()
        writer.wait_merging_threads()
        index.reload()
        if index.searcher().num_segments > 1:
            raise RuntimeError("tantivy left several segments: the comparison would be unfair to it.")
        np.save(folder / "points.npy", np.array(points))
        np.save(folder / "sparing.npy", np.array(sparing, np.uint8))
        (folder / "ids.json").write_text(json.dumps(ids))
        (folder / "known.json").write_text(json.dumps(sorted(known)))

    def open(self, folder: Path) -> None:
        self._index = self._tantivy.Index.open(str(folder))
        self._index.reload()
        self._searcher = self._index.searcher()
        self._points: NDArray[np.float64] = np.load(folder / "points.npy")
        self._sparing: NDArray[np.uint8] = np.load(folder / "sparing.npy")
        self._ids: list[str] = json.loads((folder / "ids.json").read_text())
        self._known = set(json.loads((folder / "known.json").read_text()))
        self._spellings = Spellings.build(self._known)
        self._analyzer = self._tantivy.TextAnalyzerBuilder(self._tantivy.Tokenizer.simple()).filter(self._tantivy.Filter.lowercase()).filter(
            self._tantivy.Filter.stemmer("english")
        ).build()
        self._schema_ = self._index.schema

    def forget(self) -> None:
        """Nothing to do: no repair of a word outlives its question."""

    def first_ids(self, inquiry: Inquiry) -> list[str]:
        """More than a page is fetched where the circle cuts off the corners of its cells, and more again until the page is full."""
        asked = asked_of(inquiry)
        if inquiry.text and not asked.words:
            return []
        query = self._query(asked)
        wanted, size = inquiry.limit, self._searcher.num_docs
        fetch = wanted * 2 if asked.radius_km is not None else wanted
        while True:
            found = self._numbers(query, fetch)
            inside = self._inside(found, asked)
            if len(inside) >= wanted or len(found) < fetch or fetch >= size:
                return [self._ids[number] for number in inside[:wanted]]
            fetch = min(fetch * 4, size)

    def all_ids(self, inquiry: Inquiry) -> frozenset[str]:
        asked = asked_of(inquiry)
        return frozenset(self._ids[number] for number in self._inside(self._numbers(self._query(asked), self._searcher.num_docs), asked))

    def close(self) -> None:
        self._index = self._searcher = None

    def _schema(self) -> Any:
        builder = self._tantivy.SchemaBuilder()
        for name in FIELDS:
            builder.add_text_field(name, stored=False, tokenizer_name="en_stem", index_option="freq")
        for name in ("token", "cell"):
            builder.add_text_field(name, stored=False, tokenizer_name="raw", index_option="basic")
        builder.add_unsigned_field("number", stored=False, indexed=False, fast=True)
        for name in ("age_from", "price"):
            builder.add_float_field(name, stored=False, indexed=True, fast=True)
        return builder.build()

    def _document(self, row: Row, number: int) -> Any:
        document = self._tantivy.Document(name=row.name, organization=row.organization, text=row.text)
        for token in sorted(row.tokens):
            document.add_text("token", token)
        if row.place:
            for level, degrees in enumerate(SIZES):
                document.add_text("cell", _cell_name(level, *cell_of(row.place, degrees)))
        document.add_unsigned("number", number)
        document.add_float("age_from", float(row.age_from))
        document.add_float("price", float(row.price))
        return document

    def _numbers(self, query: Any, limit: int) -> list[int]:
        addresses = [address for _, address in self._searcher.search(query, limit, count=False).hits]
        return [int(number) for number in self._searcher.fast_field_values("number", addresses)] if addresses else []

    def _inside(self, numbers: Sequence[int], asked: Asked) -> list[int]:
        """Those in the circle, or spared the way, in the same order."""
        if asked.radius_km is None or asked.place is None or not numbers:
            return list(numbers)
        found = np.array(numbers)
        away = self._points[found] - np.array(earth_xyz(asked.place))
        squared = (away**2).sum(axis=1)
        inside = squared <= asked.radius_km**2
        inside |= (squared <= asked.spared_km**2) & ((self._sparing[found] & _bits(asked.spared)) != 0)
        inside |= (self._sparing[found] & _bits(asked.anywhere)) != 0
        kept: list[int] = found[inside].tolist()
        return kept

    def _query(self, asked: Asked) -> Any:
        t = self._tantivy
        must, should = t.Occur.Must, t.Occur.Should
        parts = [(must, self._scored(self._any(group), 0.0)) for group in asked.one_of]
        if asked.radius_km is not None:
            parts.append((must, self._scored(self._near(asked), 0.0)))
        if asked.none_of:
            parts.append((t.Occur.MustNot, self._any(asked.none_of)))
        if asked.age is not None:
            parts.append((must, self._scored(self._range("age_from", None, asked.age), 0.0)))
        if asked.most_cost is not None:
            cheap = self._range("price", 0.0 if asked.cost_known else None, asked.most_cost)
            free = self._any({"cost:free", "cost:donation"})
            parts.append((must, self._scored(t.Query.boolean_query([(should, cheap), (should, free)]), 0.0)))
        if asked.words:
            parts.append((must, t.Query.boolean_query([(should, one) for word in asked.words for one in self._word(word)])))
        parts += [(should, self._scored(self._any(tokens), weight)) for weight, tokens in asked.wishes]
        return t.Query.boolean_query(parts)

    def _near(self, asked: Asked) -> Any:
        """The cells that the circle touches, and beside them what need not be gone to."""
        assert asked.radius_km is not None
        must, should, boolean = self._tantivy.Occur.Must, self._tantivy.Occur.Should, self._tantivy.Query.boolean_query
        parts = [self._cells(asked, asked.radius_km)]
        if asked.spared:
            parts.append(boolean([(must, self._cells(asked, asked.spared_km)), (must, self._any(asked.spared))]))
        if asked.anywhere:
            parts.append(self._any(asked.anywhere))
        return parts[0] if len(parts) == 1 else boolean([(should, part) for part in parts])

    def _cells(self, asked: Asked, radius_km: float) -> Any:
        assert asked.place is not None
        return self._one_of([("cell", _cell_name(*one)) for one in cover(asked.place, radius_km, SIZES)])

    def _any(self, tokens: Iterable[str]) -> Any:
        return self._one_of([("token", token) for token in sorted(tokens)])

    def _one_of(self, terms: Sequence[tuple[str, str]]) -> Any:
        """Plain terms joined by "or": a set of terms would walk the whole dictionary."""
        t = self._tantivy
        found = [t.Query.term_query(self._schema_, field, text, "basic") for field, text in terms]
        return found[0] if len(found) == 1 else t.Query.boolean_query([(t.Occur.Should, one) for one in found])

    def _scored(self, query: Any, score: float) -> Any:
        return self._tantivy.Query.const_score_query(query, score)

    def _range(self, name: str, low: float | None, high: float) -> Any:
        return self._tantivy.Query.range_query(self._schema_, name, self._tantivy.FieldType.Float, -2.0 if low is None else low, high)

    def _word(self, word: str) -> Iterator[Any]:
        known = word in self._known
        slips = 0 if known else most_slips(word)
        forms = [word] if known or self._fuzzy else [near for near, _ in self._spellings.nearest(word)]
        for name, boost in FIELDS.items():
            for form in forms:
                if self._fuzzy and slips:
                    found = self._tantivy.Query.fuzzy_term_query(self._schema_, name, word, slips, True)
                else:
                    stem = self._analyzer.analyze(form)[0]
                    found = self._tantivy.Query.term_query(self._schema_, name, stem, "freq")
                yield self._tantivy.Query.boost_query(found, boost)


def _cell_name(level: int, number: int, column: int) -> str:
    return f"{level},{number},{column}"


def _bits(tokens: Iterable[str]) -> int:
    """Those of ``SPARING`` that are among the tokens."""
    return sum(1 << SPARING.index(token) for token in set(tokens) & set(SPARING))
