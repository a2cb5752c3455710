"""Address lines taken apart: house number, street, direction and kind of street, however the line is written."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct
from rapidfuzz.distance import OSA

from directory.duplicates.text import plain
from directory.duplicates.wordlists import WORDS

SPELT = {"saint": "st", "mount": "mt", "fort": "ft", "martin": "martin"}
ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)")
NUMBER = re.compile(r"(\d{1,6})([a-z]?)")
PIECE = re.compile(r"[^\W_]+|,")
RANGE = re.compile(r"\b(\d{1,6})[a-z]?\s*(?:-|–|/|&|\band\b)\s*(\d{1,6})[a-z]?\b")
PO_BOX = re.compile(r"\bp\.?\s*o\.?\s*box\s*#?\s*(\d+)|\bpost office box\s*#?\s*(\d+)")
STREET_WORDS = 3
FARTHEST_RANGE = 100
"""House numbers in one range: "8938-40" is 8938 to 8940, "2-1850" is a unit and a house."""


class Street(Struct, frozen=True, gc=False, array_like=True):
    """An address line: numbers ``low`` to ``high`` (0 where there is none), the words of the street, its direction ("n") and kind ("ave"), "" if unsaid."""

    low: int
    high: int
    name: str
    direction: str = ""
    kind: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether it names a door: a number and a street."""
        return self.low > 0 and bool(self.name)


@lru_cache(maxsize=20_000)
def read_street(line: str) -> Street | None:
    """Take a line apart; None where it names no street. What comes before the number ("The Hub, 12 Mill Road") and after the street is left."""
    text = plain(line)
    if box := PO_BOX.search(text):
        number = int(box[1] or box[2])
        return Street(number, number, "po box")
    low = high = 0
    if found := RANGE.search(text):
        low, high = _range(found[1], found[2])
        text = text[: found.start()] + f" {low} " + text[found.end() :] if high else text
    words = PIECE.findall(text.replace("'", ""))
    at = _number_at(words)
    if at is None:
        return _named(words)
    number = int("".join(filter(str.isdigit, words[at])))
    direction, kind, name = _parts(_rest(words, at))
    return Street(number, max(number, high), " ".join(name), direction, kind) if name else None


def _range(first: str, last: str) -> tuple[int, int]:
    """8938-40 as 8938 to 8940; (0, 0) where the two are no range."""
    if len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    low, high = int(first), int(last)
    return (low, high) if low < high <= low + FARTHEST_RANGE else (0, 0)


def _number_at(words: list[str]) -> int | None:
    """The place of the house number: the first number that a word follows and no unit goes before."""
    for at, word in enumerate(words[:-1]):
        found = NUMBER.fullmatch(word)
        if found and int(found[1]) and (at == 0 or words[at - 1] not in WORDS.units) and _parts(_rest(words, at))[2]:
            return at
    return None


def _rest(words: list[str], at: int) -> list[str]:
    """What follows the number up to the next comma; one that stands right behind the number ends nothing."""
    rest = words[at + 1 :]
    rest = rest[1:] if rest[:1] == [","] else rest
    return rest[: rest.index(",")] if "," in rest else rest


def _parts(words: list[str]) -> tuple[str, str, list[str]]:
    """Direction, kind, and up to three words of a street, which ends at its kind, a unit or another number."""
    direction = kind = ""
    name: list[str] = []
    for at, word in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else ""
        if not name and not direction and word in WORDS.directions and after and after not in WORDS.units and not (after in WORDS.kinds and len(word) > 1):
            direction = WORDS.directions[word]
        elif word in WORDS.kinds and name:
            kind = WORDS.kinds[word]
            if not direction and len(after) <= 2 and after in WORDS.directions:
                direction = WORDS.directions[after]
            break
        elif word in WORDS.units or (name and word.isdigit()) or len(name) == STREET_WORDS:
            break
        else:
            name.append(_street_word(word))
    return direction, kind, name


def _street_word(word: str) -> str:
    found = ORDINAL.fullmatch(word)
    return found[1] if found else WORDS.ordinals.get(word, SPELT.get(word, word))


def _named(words: list[str]) -> Street | None:
    """A street without a number, where its kind is said."""
    at = next((at for at, word in enumerate(words) if at and word in WORDS.kinds), None)
    if at is None:
        return None
    direction, kind, name = _parts([word for word in words[max(0, at - 2) : at + 2] if word != ","])
    return Street(0, 0, " ".join(name), direction, kind) if name else None


def same_street(one: Street, other: Street) -> bool:
    """Whether two lines name one street: no opposite directions, and names equal, begun alike, or a slip of the pen apart."""
    if one.direction and other.direction and one.direction != other.direction:
        return False
    first, second = one.name, other.name
    if first == second:
        return not (one.kind and other.kind and one.kind != other.kind and first.isdigit())
    if first[0].isdigit() or second[0].isdigit():
        return first.split()[0] == second.split()[0]
    if not (one.kind and other.kind) and first.split()[0] == second.split()[0]:
        return True   # without its kind a street runs on into the town: "washington oak park"
    return min(len(first), len(second)) >= 5 and OSA.distance(first, second, score_cutoff=2) <= (2 if min(len(first), len(second)) >= 8 else 1)


def numbers_meet(one: Street, other: Street) -> bool:
    """Whether a house number is in both; a range of even numbers holds no odd one, which stands across the road."""
    if not (one.low > 0 and other.low > 0 and one.low <= other.high and other.low <= one.high):
        return False
    return (one.low - other.low) % 2 == 0 or (one.high - one.low) % 2 == 1 or (other.high - other.low) % 2 == 1
