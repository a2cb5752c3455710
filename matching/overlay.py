"""What has changed since an index was built, kept in small parts beside it, so that an edit is in the results at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from matching.index import Index, in_row_order
from matching.part import Part
from matching.values import Listing

TIERS: Final = (512, 4_096)
"""Listings that a part beside the index may hold before it is poured into the next; the last takes what comes, until all is folded in."""
FOLD: Final = 32_768
"""Changed listings from which on the whole index should be built anew."""
Changed = Mapping[str, Sequence[Listing]]
"""By service: all its listings as they are now; none when it is gone."""


class Overlay:
    """An index with changes beside it. One writer calls ``replace``; each index that it gives is whole and never changes."""

    def __init__(self, base: Index, make: Callable[[Sequence[Listing]], Part]) -> None:
        """``make`` builds a part of listings in row order, with the measures and words of ``base``."""
        self._kept, self._make = base, make
        self._tiers: list[dict[str, Sequence[Listing]]] = [{} for _ in range(len(TIERS) + 1)]
        self._parts: list[Part | None] = [None for _ in self._tiers]
        self.index = base
        """The index as it is now."""

    def __len__(self) -> int:
        """How many listings lie beside the index, and services that are gone from it."""
        return sum(max(1, len(listings)) for tier in self._tiers for listings in tier.values())

    @property
    def is_full(self) -> bool:
        """True when it is time to build anew."""
        return len(self) >= FOLD

    def replace(self, changed: Changed) -> Index:
        """Take the listings of some services for what they are now. Later words count: of two changes of one service, the one that came last."""
        self._tiers[0].update(changed)
        self._kept = self._kept.without(changed.keys())
        self._parts = [None, *(part and part.without(changed.keys()) for part in self._parts[1:])]
        for lower in range(len(TIERS)):
            if sum(map(len, self._tiers[lower].values())) > TIERS[lower]:
                self._tiers[lower + 1].update(self._tiers[lower])
                self._tiers[lower], self._parts[lower], self._parts[lower + 1] = {}, None, None
        self.index = self._together()
        return self.index

    def _together(self) -> Index:
        """What is left of the base, and the tiers, oldest first; a part that is made leaves out what a younger tier says of a service."""
        younger: set[str] = set()
        for number, tier in enumerate(self._tiers):
            if self._parts[number] is None:
                ordered = in_row_order(listing for listings in tier.values() for listing in listings)
                self._parts[number] = self._make(ordered).without(younger)
            younger |= tier.keys()
        return self._kept.with_beside([part for part in reversed(self._parts) if part])
