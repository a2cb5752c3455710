"""The least a search of the whole country without words can take: the bytes that must be read, at the speed that this memory gives."""

from __future__ import annotations

from collections.abc import Iterator
from time import perf_counter_ns

import numpy as np

from matching.values import Inquiry
from tests.bench.queries import inquiries

REPEATS = 15


def bandwidth(count: int) -> None:
    """Print the bytes a row needs for the median question, what this memory reads in a second, and the time that makes."""
    needed = sorted(sum(bytes_of(inquiry).values()) for inquiry in inquiries("country"))
    median, most = needed[len(needed) // 2], needed[-1]
    print(f"\nwhole country without text, {count:,} rows: {median} bytes a row for the median question ({most} for the largest), packed as tightly as they go")
    for name, rows in (("median", median), ("largest", most)):
        size = rows * count
        speed = gigabytes_a_second(size)
        print(f"   {name}: {size / 1e6:,.1f} MB at {speed:.1f} GB/s = {size / speed / 1e6:.3f} ms")


def bytes_of(inquiry: Inquiry) -> dict[str, int]:
    """Bytes a row that an exact answer has to look at, by what they are.

    A column of up to eight things is one byte, of up to 64 one word of eight; a yes and a no are two. Everybody needs the kind and the wants (Give
    listings), for whom it is, trust (a day and a source), space (what and when) and the number of the service.
    """
    must, profile = inquiry.must, inquiry.profile
    needed = {"kind, wants, audience": 1 + 8 + 8, "trust": 2 + 1, "space": 1 + 2, "service": 4}
    named: dict[str, tuple[bool, int]] = {
        "strengths": (bool(profile.strengths), 16),
        "interests and domains": (bool(profile.interests or profile.domains), 9),
        "languages": (bool(profile.languages or must.languages), 8),
        "communities": (bool(profile.communities), 24),
        "access": (bool(profile.access or must.access), 16),
        "formats": (bool(profile.formats or must.formats), 1),
        "helped before": (bool(profile.helped_before), 24),
        "cost": (must.free or must.most_cost is not None, 3),
        "age": (profile.age is not None, 2),
        "faith": (must.not_faith_based, 1),
        "place": (inquiry.place is not None, 8),
    }
    return needed | {name: size for name, (is_named, size) in named.items() if is_named}


def gigabytes_a_second(size: int) -> float:
    """How fast one thread adds up an array of so many bytes, the best of several times; read as 64-bit words."""
    array = np.ones(max(size // 8, 1), np.int64)
    return max(size / nanoseconds for nanoseconds in _times(array))


def _times(array: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Iterator[int]:
    for _ in range(REPEATS):
        start = perf_counter_ns()
        array.sum()
        yield perf_counter_ns() - start


