"""What only the whole table tells: which words are rare in it, which phones and sites stand for many doors, which doors are crowded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from math import log2

from directory.duplicates.ready import Ready
from directory.duplicates.streets import Street
from directory.duplicates.wordlists import WORDS

PRIOR_ROWS = 1000
"""A table says little while it is small: it counts beside so many imagined rows, in which a word is as common as elsewhere."""
COMMON_SHARE, RARE_SHARE = 0.05, 0.0005
MOST_BITS = 12.0
LOCAL_DIGITS = 6

DoorKey = tuple[int, str]


def door_key(door: Street) -> DoorKey:
    """The number and the first word of a street: what two spellings of one door share."""
    return door.low, door.name.split()[0]


def name_key(row: Ready) -> frozenset[str]:
    """The words of a name, whatever their order."""
    return frozenset(row.words)


class Table:
    """Counts over all rows; asking is cheap and needs no row."""

    def __init__(self, rows: Sequence[Ready]) -> None:
        self.count = len(rows)
        self._words = Counter(word for row in rows for word in {*row.words, *row.organization, *(word for other in row.others for word in other)})
        self._bits: dict[str, float] = {}
        self.doors_of_phone = _spread(rows, lambda row: [phone[-LOCAL_DIGITS:] for phone in row.phones], _doors)
        self.doors_of_name = _spread(rows, lambda row: [name_key(row)], _doors)
        self.doors_of_domain = _spread(rows, lambda row: row.domains, _doors)
        self.phones_of_door = _spread(rows, _doors, lambda row: [phone[-LOCAL_DIGITS:] for phone in row.phones[:1]])

    def bits(self, word: str) -> float:
        """How much a word tells, 0 to 12: minus the log2 of the share of rows that have it, common words of the field told less."""
        found = self._bits.get(word)
        if found is None:
            share = COMMON_SHARE if word in WORDS.common else RARE_SHARE
            found = min(MOST_BITS, -log2((self._words[word] + PRIOR_ROWS * share) / (self.count + PRIOR_ROWS)))
            self._bits[word] = found
        return found


def _doors(row: Ready) -> list[DoorKey]:
    return [door_key(door) for door in row.doors if door.is_whole]


def _spread(rows: Sequence[Ready], of: Callable[[Ready], Iterable[Hashable]], over: Callable[[Ready], Iterable[Hashable]]) -> dict[Hashable, int]:
    """For each value, how many different others go with it in the table, where that is more than one."""
    seen: dict[Hashable, Hashable] = {}
    many: dict[Hashable, set[Hashable]] = {}
    for row in rows:
        for value in of(row):
            for other in over(row):
                first = seen.setdefault(value, other)
                if first != other:
                    many.setdefault(value, {first}).add(other)
    return {value: len(others) for value, others in many.items()}
