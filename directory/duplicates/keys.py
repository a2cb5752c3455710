"""Keys that two rows share when they may be the same; whatever could lift a pair over the threshold has one (proved in tests)."""

from __future__ import annotations

from collections.abc import Iterator
from math import floor

from directory.duplicates.ready import Ready
from directory.duplicates.table import LOCAL_DIGITS, Table
from directory.duplicates.text import number_of

MOST_SECOND = 5
CELL_DEGREES = (0.0018, 0.0036)
"""Latitude and longitude: half a cell is 100 metres and more, as far as the 60th parallel."""


def first_keys(row: Ready) -> list[int]:
    """What a row is looked up by: phones, house numbers, points, sites, mailboxes, words, and its whole name. Numbers of 64 bits."""
    return [number_of(text) for text in dict.fromkeys(_first(row))]


def _first(row: Ready) -> Iterator[str]:
    for phone in row.phones:
        yield f"p{phone[-LOCAL_DIGITS:]}"
        yield f"q{len(phone)} {phone[:-2]}"
    for door in row.doors:
        for number in range(door.low, door.high + 1):
            if number:
                yield f"n{number}"
    yield from _cells(row)
    for text in (*row.sites, *row.domains, *row.emails):
        yield f"s{text}"
    for words in (row.words, *row.others):
        yield "f" + " ".join(sorted(set(words)))
        for word in words:
            yield f"w{word}"
    for word in row.organization:
        yield f"w{word}"


def _cells(row: Ready) -> Iterator[str]:
    """Cells of four grids, shifted by half a cell, so that two points within ``score.HERE_KM`` share one: a name that is misspelt shares no word."""
    if row.point is not None:
        latitude, longitude = row.point[0] / CELL_DEGREES[0], row.point[1] / CELL_DEGREES[1]
        yield from (f"g{north}{east} {floor(latitude + north)} {floor(longitude + east)}" for north in (0.0, 0.5) for east in (0.0, 0.5))


def second_keys(row: Ready, table: Table) -> list[int]:
    """What splits a block that is too large: the rarest words of the name, the house number, the postcode or town, at most five."""
    return [number_of(text) for text in dict.fromkeys(_second(row, table))][:MOST_SECOND]


def _second(row: Ready, table: Table) -> Iterator[str]:
    for word in sorted(set(row.words), key=lambda word: (-table.bits(word), word))[:2]:
        yield f"w{word}"
    for door in row.doors[:1]:
        if door.low:
            yield f"n{door.low}"
    for code in row.postcodes[:1] or (row.city,):
        if code:
            yield f"z{code}"
