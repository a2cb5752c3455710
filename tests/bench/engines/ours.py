"""Homeground's own engine: the full score, every limit, the reasons of the page, what is not shown and what would match."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from matching import Index, rank
from matching.values import Inquiry, Listing, Ranking
from seeds.invent import TODAY
from tests.bench.data import vocabulary

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


class Ours:
    """The index as the web door uses it."""

    name = "homeground"
    note = "full score, reasons, unknowns, not shown, would match"
    in_memory = True
    save: Callable[[Sequence[Listing]], None] | None = None
    """Put changed listings into the index while it is searched; None while the index takes no edits."""

    def __init__(self) -> None:
        self.index: Index

    def build(self, listings: Iterable[Listing], folder: Path) -> None:
        self.index = Index.build(listings, vocabulary(), on=TODAY)

    def open(self, folder: Path) -> None:
        """Nothing to do: it was built in memory."""

    def forget(self) -> None:
        """Nothing to do: no repair of a word outlives its question."""

    def rank(self, inquiry: Inquiry) -> Ranking:
        return rank(inquiry, self.index, at=AT)

    def first_ids(self, inquiry: Inquiry) -> list[str]:
        return [match.id for match in self.rank(inquiry).matches]

    def all_ids(self, inquiry: Inquiry) -> frozenset[str]:
        return frozenset(match.id for match in self.rank(replace(inquiry, limit=len(self.index))).matches)

    def close(self) -> None:
        del self.index
