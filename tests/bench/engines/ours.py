"""Homeground's own engine: the full score, every limit, the reasons of the page, what is not shown and what would match."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from msgspec.structs import replace

from matching import Index, rank
from matching.values import Inquiry, Listing, Ranking
from seeds.invent import TODAY
from tests.bench.data import vocabulary

AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)


class Ours:
    """The index as the web door uses it. ``around``: with what is not shown and what one change would bring, which a page fetches when it needs them."""

    in_memory = True
    save: Callable[[Sequence[Listing]], None] | None = None
    """Put changed listings into the index while it is searched; None while the index takes no edits."""
    _built: ClassVar[dict[Path, Index]] = {}
    """What was built in this process, by folder, so that both ways of asking share one index."""

    def __init__(self, *, around: bool = False) -> None:
        self._around = around
        self.name = "homeground all" if around else "homeground"
        self.note = "full score, reasons and unknowns of the page" + (", what is not shown and what would match" if around else "")
        self.index: Index

    def build(self, listings: Iterable[Listing], folder: Path) -> None:
        if folder not in self._built:
            self._built[folder] = Index.build(listings, vocabulary(), on=TODAY)

    def open(self, folder: Path) -> None:
        self.index = self._built[folder]

    def forget(self) -> None:
        """Nothing to do: no repair of a word outlives its question."""

    def rank(self, inquiry: Inquiry) -> Ranking:
        return rank(inquiry, self.index, at=AT, around=self._around)

    def first_ids(self, inquiry: Inquiry) -> list[str]:
        return [match.id for match in self.rank(inquiry).matches]

    def all_ids(self, inquiry: Inquiry) -> frozenset[str]:
        return frozenset(match.id for match in self.rank(replace(inquiry, limit=len(self.index))).matches)

    def close(self) -> None:
        self._built.clear()
