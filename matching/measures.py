"""What a catalogue says on average: how often each thing is so where it is stated, and where its places lie.

Unknown is worth a little more than the usual rate of yes (README.md). The measures are taken once, when an index is built in full, and kept while
single listings change: so editing or adding one listing never moves the score of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import sqrt
from typing import Final

import numpy as np

from matching.arrays import Floats
from matching.columns import COSTS, Columns
from matching.weights import PRIOR_COUNT, PRIOR_RATE, RATE_LEAST, RATE_MOST, UNKNOWN_MOST, UNKNOWN_SPREAD


def unknown_value(rate: float) -> float:
    """What an unknown is worth when ``rate`` of the stated values are yes: the rate and a fifth of its spread, always between no and yes."""
    return min(UNKNOWN_MOST, rate + UNKNOWN_SPREAD * sqrt(rate * (1 - rate)))


UNKNOWN_USUAL = unknown_value(PRIOR_RATE)
"""What an unknown is worth where no rate can be counted beforehand, as with a person's own times."""


ASPECTS: Final[dict[str, tuple[str, ...]]] = {
    "strengths": ("builds_on", "not_builds_on"),
    "languages": ("languages", "not_languages"),
    "formats": ("formats", "not_formats"),
    "access": ("access", "not_access"),
    "interests": ("interests", "domains"),
    "belonging": ("for_communities", "led_by", "welcomes", "faiths"),
    "helped_before": ("supports", "interests", "settings", "kinds"),
    "wants": ("wants",),
    "group": ("group", "not_group"),
}
"""The columns of codes that speak of each aspect; those that begin with "not_" say no."""


class Measures:
    """Rates of yes by aspect, kind and code, and the public places of the catalogue; nothing of a confidential listing's place is in it."""

    def __init__(self, stated: Mapping[tuple[str, str], int], yes: Mapping[tuple[str, str, str], int], latitude: Floats, longitude: Floats) -> None:
        """``stated`` and ``yes``: how many listings; the points in radians (the latitude reduced), from south to north."""
        self.stated = Counter(stated)
        self.yes = Counter(yes)
        self.latitude = latitude
        self.longitude = longitude

    @classmethod
    def of(cls, columns: Columns) -> Measures:
        """Count what listings state: what is alike is counted at once."""
        stated: Counter[tuple[str, str]] = Counter()
        yes: Counter[tuple[str, str, str]] = Counter()
        for aspect, names in ASPECTS.items():
            say_yes = [at for at, name in enumerate(names) if not name.startswith("not_")]
            for kind, welcome, sets, count in alike(columns, names):
                stated[aspect, kind] += count * (any(sets) or (welcome and aspect == "belonging"))
                for code in frozenset().union(*[sets[at] for at in say_yes]):
                    yes[aspect, kind, code] += count
        for cost, name in enumerate(COSTS):
            for number, kind in enumerate(columns.kind_names) if name else ():
                count = int(((columns.cost == cost) & (columns.kind == number)).sum())
                stated["cost", kind] += count
                yes["cost", kind, "free"] += count * (name in ("free", "donation"))
        has = columns.flags["has_place"]
        points = np.unique(np.stack([columns.latitude[has], columns.longitude[has]], axis=1), axis=0)
        return cls(+stated, +yes, np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1]))

    def rate(self, aspect: str, kind: str, code: str) -> float:
        """How often listings of ``kind`` that state this aspect at all say yes to ``code``, drawn towards 0.4 where few state it."""
        yes, stated = self.yes[aspect, kind, code], self.stated[aspect, kind]
        return min(RATE_MOST, max(RATE_LEAST, (yes + PRIOR_COUNT * PRIOR_RATE) / (stated + PRIOR_COUNT)))

    def unknown(self, aspect: str, kind: str, code: str) -> float:
        """What "not stated" is worth for ``code`` in a listing of ``kind``."""
        return unknown_value(self.rate(aspect, kind, code))


def alike(columns: Columns, names: Sequence[str]) -> Iterator[tuple[str, bool, list[frozenset[str]], int]]:
    """(kind, whether everyone is welcome, the sets in some columns, how many rows are so), for all that differ."""
    key = columns.kind.astype(np.int64) * 2 + columns.flags["everyone_welcome"]
    for name in names:
        key = np.unique(key, return_inverse=True)[1] * len(columns.codes[name].masks) + columns.codes[name].number
    _, first, counts = np.unique(key, return_index=True, return_counts=True)
    for row, count in zip(first.tolist(), counts.tolist(), strict=True):
        sets = [columns.codes[name].held(row) for name in names]
        yield columns.kind_names[int(columns.kind[row])], bool(columns.flags["everyone_welcome"][row]), sets, count
