"""How alike two names are: words weighed by how rare they are, with short forms, initials, run-together words and slips of the pen seen through."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from rapidfuzz.distance import OSA

Words = tuple[str, ...]
Bits = Callable[[str], float]

FEWEST_LETTERS = 3
"""Of a short form ("dev" for "development") and of initials ("LSS")."""
SLIP = 0.85
"""What a word is worth that differs by a slip or a short form, of what it is worth in full."""
ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}
SIDES = frozenset(("north", "south", "east", "west"))


class Alike(NamedTuple):
    """Bits in common, in all and of the rarest word; their shares of the smaller and of the larger name (0 to 1); whether numbers or sides disagree."""

    shared: float
    rarest: float
    of_smaller: float
    of_larger: float
    numbers_differ: bool = False

    @property
    def percent(self) -> int:
        """For people: the mean of both shares, in percent."""
        return round(50 * (self.of_smaller + self.of_larger))


NOTHING = Alike(0.0, 0.0, 0.0, 0.0)


def compare_words(one: Words, other: Words, bits: Bits) -> Alike:
    """Steps: (1) equal words; (2) of what is left, joined words, initials, short forms and slips; (3) shares by weight."""
    first, second = set(one), set(other)
    common = first & second
    left, right = sorted(first - common), sorted(second - common)
    matched = [bits(word) for word in common]
    if left and right:
        matched += _soft(one, other, left, right, bits)
    shared = sum(matched)
    smaller, larger = sorted((shared + sum(map(bits, left)), shared + sum(map(bits, right))))
    if not shared:
        return NOTHING
    return Alike(shared, max(matched), shared / smaller, shared / larger, _numbers_differ(first, second))


def _soft(one: Words, other: Words, left: list[str], right: list[str], bits: Bits) -> list[float]:
    """What words that are not equal share, each pair; the words that found a mate are taken out of ``left`` and ``right``."""
    matched = []
    for word in list(left):
        mate = next((mate for mate in right if _one_word(word, mate)), None)
        if mate:
            matched.append(SLIP * min(bits(word), bits(mate)))
            left.remove(word)
            right.remove(mate)
    for mine, whole, theirs in ((left, other, right), (right, one, left)):
        for word in list(mine):
            if found := _joined(word, whole, theirs):
                matched.append(SLIP * bits(word))
                mine.remove(word)
                for mate in found:
                    theirs.remove(mate)
    return matched


def _one_word(word: str, mate: str) -> bool:
    if word[0] != mate[0] and word[-1] != mate[-1]:
        return False   # most pairs of words end here
    shorter, longer = (word, mate) if len(word) <= len(mate) else (mate, word)
    if shorter.isdigit() or longer.isdigit():
        return False
    if len(shorter) >= FEWEST_LETTERS and longer.startswith(shorter):
        return True
    if len(shorter) < 4 or len(longer) < 5 or len(longer) - len(shorter) > 2:
        return False   # a slip makes another word of a short one
    most = 1 if len(shorter) < 8 else 2
    return OSA.distance(word, mate, score_cutoff=most) <= most


def _joined(word: str, whole: Words, free: list[str]) -> list[str]:
    """The words of the other name that this one stands for: "southeast" for "south east", "ymca" for its four words; none where it is no such thing."""
    if len(word) < FEWEST_LETTERS:
        return []
    for start, head in enumerate(whole):
        if head in free and word[0] == head[0]:
            letters = joined = ""
            for end in range(start, min(len(whole), start + len(word))):
                if whole[end] not in free:
                    break
                letters, joined = letters + whole[end][0], joined + whole[end]
                if word in (letters, joined) and end > start:
                    found = list(dict.fromkeys(whole[start : end + 1]))
                    return found
    return []


def _numbers_differ(first: set[str], second: set[str]) -> bool:
    for of in (_numbers, lambda words: words & SIDES):
        one, other = of(first), of(second)
        if one and other and not one & other:
            return True
    return False


def _numbers(words: set[str]) -> set[str]:
    return {ROMAN.get(word, word) for word in words if word.isdigit() or word in ROMAN}
