"""What a catalogue says on average: how often each thing is so where it is stated, and where its places lie.

Unknown is worth a little more than the usual rate of yes (README.md). The measures are taken once, when an index is built in full, and kept while
single listings change: so editing or adding one listing never moves the score of another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import sqrt

import numpy as np

from matching.arrays import Floats
from matching.geography import reduced
from matching.values import Listing
from matching.weights import PRIOR_COUNT, PRIOR_RATE, RATE_LEAST, RATE_MOST, UNKNOWN_MOST, UNKNOWN_SPREAD


def unknown_value(rate: float) -> float:
    """What an unknown is worth when ``rate`` of the stated values are yes: the rate and a fifth of its spread, always between no and yes."""
    return min(UNKNOWN_MOST, rate + UNKNOWN_SPREAD * sqrt(rate * (1 - rate)))


UNKNOWN_USUAL = unknown_value(PRIOR_RATE)
"""What an unknown is worth where no rate can be counted beforehand, as with a person's own times."""


def stated_sets(listing: Listing) -> Iterator[tuple[str, frozenset[str], bool]]:
    """(aspect, what it says yes to, whether it says anything at all) for each aspect whose rates are counted."""
    yield "strengths", listing.builds_on.yes, bool(listing.builds_on.yes or listing.builds_on.no)
    yield "languages", listing.languages.yes, bool(listing.languages.yes or listing.languages.no)
    yield "formats", listing.formats.yes, bool(listing.formats.yes or listing.formats.no)
    yield "access", listing.access.yes, bool(listing.access.yes or listing.access.no)
    yield "interests", listing.interests | listing.domains, bool(listing.interests or listing.domains)
    belongs = listing.for_communities | listing.led_by | listing.welcomes | listing.faiths
    yield "belonging", belongs, bool(belongs or listing.everyone_welcome)
    yield "helped_before", listing.supports | listing.interests | listing.settings | {listing.kind}, True
    yield "wants", listing.wants, bool(listing.wants)
    yield "cost", frozenset({"free"} if listing.cost in ("free", "donation") else ()), listing.cost is not None


class Measures:
    """Rates of yes by aspect, kind and code, and the public places of the catalogue; nothing of a confidential listing's place is in it."""

    def __init__(self, stated: Mapping[tuple[str, str], int], yes: Mapping[tuple[str, str, str], int], latitude: Floats, longitude: Floats) -> None:
        """``stated`` and ``yes``: how many listings; the points in radians (the latitude reduced), from south to north."""
        self.stated = Counter(stated)
        self.yes = Counter(yes)
        self.latitude = latitude
        self.longitude = longitude

    @classmethod
    def of(cls, listings: Iterable[Listing]) -> Measures:
        """Count what ``listings`` state."""
        stated: Counter[tuple[str, str]] = Counter()
        yes: Counter[tuple[str, str, str]] = Counter()
        places: set[tuple[float, float]] = set()
        for listing in listings:
            for aspect, codes, is_stated in stated_sets(listing):
                stated[aspect, listing.kind] += is_stated
                yes.update((aspect, listing.kind, code) for code in codes)
            if listing.place is not None and not listing.confidential:
                places.add((listing.place.latitude, listing.place.longitude))
        ordered = np.array(sorted(places)).reshape(-1, 2)
        return cls(stated, yes, reduced(ordered[:, 0]), np.radians(ordered[:, 1]))

    def rate(self, aspect: str, kind: str, code: str) -> float:
        """How often listings of ``kind`` that state this aspect at all say yes to ``code``, drawn towards 0.4 where few state it."""
        yes, stated = self.yes[aspect, kind, code], self.stated[aspect, kind]
        return min(RATE_MOST, max(RATE_LEAST, (yes + PRIOR_COUNT * PRIOR_RATE) / (stated + PRIOR_COUNT)))

    def unknown(self, aspect: str, kind: str, code: str) -> float:
        """What "not stated" is worth for ``code`` in a listing of ``kind``."""
        return unknown_value(self.rate(aspect, kind, code))
