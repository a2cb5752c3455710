"""Homeground's own engine: the full score, every limit, the reasons of the page, what is not shown and what would match."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from matching import Index, rank
from matching.index import part_of
from matching.overlay import Overlay
from matching.snapshot import open_index, save
from matching.values import Inquiry, Listing, Ranking
from seeds.invent import TODAY
from tests.bench.data import vocabulary

FILE = "index"
AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


class Ours:
    """The index as the web door uses it. ``around``: with what is not shown and what one change would bring, which a page fetches when it needs them."""

    in_memory = False
    def __init__(self, *, around: bool = False) -> None:
        self._around = around
        self.name = "homeground all" if around else "homeground"
        self.note = "full score, reasons and unknowns of the page" + (", what is not shown and what would match" if around else "")
        self.index: Index

    def build(self, listings: Iterable[Listing], folder: Path) -> None:
        save(Index.build(listings, vocabulary(), on=TODAY), folder / FILE)

    def open(self, folder: Path) -> None:
        words = vocabulary()
        self.index, _ = open_index(folder / FILE, words)
        measures = self.index.measures
        self._overlay = Overlay(self.index, lambda ordered: part_of(ordered, words, measures, None))

    def save(self, listings: Sequence[Listing]) -> None:
        """Put changed listings into the index while it is searched."""
        self.index = self._overlay.replace({one.service_id: [one] for one in listings})

    def forget(self) -> None:
        """Nothing to do: no repair of a word outlives its question."""

    def rank(self, inquiry: Inquiry) -> Ranking:
        return rank(inquiry, self.index, at=AT, around=self._around)

    def first_ids(self, inquiry: Inquiry) -> list[str]:
        return [match.id for match in self.rank(inquiry).matches]

    def all_ids(self, inquiry: Inquiry) -> frozenset[str]:
        return frozenset(match.id for match in self.rank(replace(inquiry, limit=len(self.index))).matches)

    def close(self) -> None:
        del self.index
