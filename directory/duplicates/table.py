"""What only the whole table tells: which words are rare in it, which phones and sites stand for many doors, which doors are crowded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import log2

from directory.duplicates.ready import Ready
from directory.duplicates.spread import Spread
from directory.duplicates.streets import Street
from directory.duplicates.wordlists import WORDS

PRIOR_ROWS = 1000
"""A table says little while it is small: it counts beside so many imagined rows, in which a word is as common as elsewhere."""
COMMON_SHARE, RARE_SHARE = 0.05, 0.0005
MOST_BITS = 12.0
LOCAL_DIGITS = 6
STEP_DIGITS = 5


def door_key(door: Street) -> str:
    """The number and the first word of a street: what two spellings of one door share."""
    return f"{door.low} {door.name.split()[0]}"


def words_of(row: Ready) -> set[str]:
    """Every word of its names and of who runs it."""
    return {*row.words, *row.organization, *(word for other in row.others for word in other)}


def doors_of(row: Ready) -> list[str]:
    """The keys of its doors."""
    return [door_key(door) for door in row.doors if door.is_whole]


def phones_of(row: Ready) -> list[str]:
    """Its phones without what may be an area code."""
    return [phone[-LOCAL_DIGITS:] for phone in row.phones]


def name_key(row: Ready) -> str:
    """The words of a name, whatever their order."""
    return " ".join(sorted(set(row.words)))


def in_steps(count: int) -> int:
    """A number down to its first five binary digits: 33 as 32, 1,000 as 992. A seventeenth less at most, which is 0.09 bits."""
    shift = max(0, count.bit_length() - STEP_DIGITS)
    return count >> shift << shift


class Table:
    """Counts over all rows; asking is cheap and needs no row.

    In a ``steady`` table words are counted in steps (``in_steps``): a row more then changes what few words tell, and most comparisons stay what they were.
    """

    def __init__(self, rows: Iterable[Ready], *, steady: bool = False) -> None:
        self.count, self._counted = 0, in_steps if steady else int
        self._words = Counter[str]()
        self._bits: dict[str, float] = {}
        self.doors_of_phone, self.doors_of_name, self.doors_of_domain, self.phones_of_door = (Spread() for _ in range(4))
        for row in rows:
            self._add(row)
        for spread in (self.doors_of_phone, self.doors_of_name, self.doors_of_domain, self.phones_of_door):
            spread.count()

    def bits(self, word: str) -> float:
        """How much a word tells, 0 to 12: minus the log2 of the share of rows that have it, common words of the field told less."""
        found = self._bits.get(word)
        if found is None:
            share = COMMON_SHARE if word in WORDS.common else RARE_SHARE
            found = min(MOST_BITS, -log2((self._counted(self._words[word]) + PRIOR_ROWS * share) / self._counted(self.count + PRIOR_ROWS)))
            self._bits[word] = found
        return found

    def told_of(self, row: Ready) -> list[float]:
        """All that the table has to say of a row: two rows with the same contents are the same to every comparison as long as this is."""
        words = [self.bits(word) for word in sorted(words_of(row))]
        doors = map(self.phones_of_door.of, doors_of(row))
        phones, sites = map(self.doors_of_phone.of, phones_of(row)), map(self.doors_of_domain.of, row.domains)
        return [*words, *doors, *phones, *sites, self.doors_of_name.of(name_key(row))]

    def _add(self, row: Ready) -> None:
        self.count += 1
        self._words.update(words_of(row))
        doors, phones = doors_of(row), phones_of(row)
        self.doors_of_phone.add(phones, doors)
        self.doors_of_name.add([name_key(row)], doors)
        self.doors_of_domain.add(row.domains, doors)
        self.phones_of_door.add(doors, phones[:1])
