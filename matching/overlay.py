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
        self._base, self._make = base, make
        self._tiers: list[dict[str, Sequence[Listing]]] = [{} for _ in range(len(TIERS) + 1)]
        self._parts: list[Part | None] = [None for _ in self._tiers]
        self._gone: set[str] = set()
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
        self._gone.update(changed)
        self._parts[0] = None
        for lower in range(len(TIERS)):
            if sum(map(len, self._tiers[lower].values())) > TIERS[lower]:
                self._tiers[lower + 1].update(self._tiers[lower])
                self._tiers[lower], self._parts[lower], self._parts[lower + 1] = {}, None, None
        self.index = self._together()
        return self.index

    def _together(self) -> Index:
        """The base and the tiers, oldest first; what a younger tier says of a service is taken out of all older ones."""
        beside: list[Part] = []
        younger: set[str] = set()
        for number, tier in enumerate(self._tiers):
            if (part := self._parts[number]) is None:
                part = self._parts[number] = self._make(in_row_order(listing for listings in tier.values() for listing in listings))
            beside.append(part.without(younger))
            younger |= tier.keys()
        return self._base.with_beside(beside[::-1], [self._gone] * len(self._base.parts))
