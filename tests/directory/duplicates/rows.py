"""Rows for tests: invented entries that resemble each other, out of small pools, and the slow, obvious finder that looks at every pair."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from hypothesis import strategies as st

from directory.duplicates import Row
from directory.duplicates.closing import AGAINST_BITS
from directory.duplicates.ready import make_ready
from directory.duplicates.score import chance_of, compare
from directory.duplicates.table import Table
from directory.duplicates.weights import shipped_weights

WORDS = ("Riverside", "Riversde", "River", "side", "Lantern", "Community", "Center", "Ctr", "Young", "Mens", "Christian", "Association", "YMCA", "YCA",
         "Pantry", "Food", "North", "South", "12", "14", "II", "St.", "Joseph's", "Kettle", "Kettel", "Brightwater")  # fmt: skip
STREETS = ("12 Mill Road", "12 Mill Rd.", "12-16 Mill Road", "14 Mill Road", "212 Mill Road", "Mill Road", "12 Millbrook Avenue", "12 Milbrook Ave",
           "500 W. 79th St", "500 West 79th Street, Suite 4", "500 E 79th St", "PO Box 12", "The Hub, 12 Mill Road", "9 Oak Lane")  # fmt: skip
PHONES = ("(312) 555-0143", "555-0143", "312-555-0144", "312 555 0198", "+1 312 555 0143", "0161 496 0010", "+44 (0)161 496 0010", "773 555 0143")
SITES = ("www.lantern.example.org", "https://lantern.example.org/", "https://lantern.example.org/pantry", "https://facebook.com/lantern", "kettle.example.com")
POINTS = ((41.88, -87.63), (41.8803, -87.63), (41.9, -87.63), (42.5, -87.6))


def some_of(values: Sequence[str], most: int) -> st.SearchStrategy[tuple[str, ...]]:
    """A few of these."""
    return st.lists(st.sampled_from(values), max_size=most).map(tuple)


names = st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join)


@st.composite
def row_like(draw: st.DrawFn) -> Row:
    """Any row; much is left out, as in real tables."""
    point = draw(st.none() | st.sampled_from(POINTS))
    return Row(
        key=draw(st.uuids()).hex,
        name=draw(names),
        other_names=tuple(filter(None, (draw(names),))) if draw(st.integers(0, 4)) == 0 else (),
        organization=draw(names) if draw(st.integers(0, 2)) == 0 else "",
        phones=draw(some_of(PHONES, 2)),
        websites=draw(some_of(SITES, 1)),
        emails=draw(some_of(("hello@lantern.example.org", "hello@kettle.example.com", "lantern@gmail.com"), 1)),
        streets=draw(some_of(STREETS, 2)),
        postcodes=draw(some_of(("60601", "60601-1234", "60602"), 1)),
        city=draw(st.sampled_from(("", "Chicago", "Oak Park"))),
        latitude=point[0] if point else None,
        longitude=point[1] if point else None,
    )


tables = st.lists(row_like(), min_size=2, max_size=14)


def every_pair(rows: Sequence[Row], *, following: bool = True) -> dict[tuple[int, int], float]:
    """All pairs over the shipped threshold, by comparing all with all, and what follows from two of them."""
    weights, ready = shipped_weights(), [make_ready(row) for row in rows]
    table, bits = Table(ready), {}
    for one, other in combinations(range(len(rows)), 2):
        compared = compare(ready[one], ready[other], table, weights)
        bits[one, other] = compared[0] if compared else 0.0
    alone = {pair: chance_of(told) for pair, told in bits.items() if chance_of(told) >= weights.threshold}
    found = dict(alone)
    if not following:
        return found
    for one, other in bits.keys() - alone.keys():
        through = [alone.get(_pair(one, third), 0.0) * alone.get(_pair(third, other), 0.0) for third in range(len(rows))]
        if max(through) >= weights.threshold and bits[one, other] >= AGAINST_BITS:
            found[one, other] = max(through)
    return found


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)
