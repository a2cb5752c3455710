"""Text into plain words, the same way for what listings say and for what people write, in any script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise

_BY_HAND = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ى": "ي", "ة": "ه", "ـ": ""})
"""Letters that people type in a simpler way and that Unicode does not take apart."""
_ACCENTS = re.compile(
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"  # Latin, Greek, Cyrillic
    "\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7-\u06ed]"  # Hebrew, Arabic
)
"""Marks that may be left out without making another word: Latin, Greek and Cyrillic accents, Hebrew and Arabic vowel points. Not Indic vowels."""
_APOSTROPHES = re.compile("[\u2018\u2019\u201b\u02bc\u02b9\u00b4\u0060\uff07\u2032]| \u0301")
_ENDINGS = re.compile(r"'(?:s|ll|d|re|ve|m)\b")
_ELISION = re.compile(r"\b([a-z]{1,2})'(?=[a-z]{3})")
_ASCII_WORD = re.compile(r"[a-z0-9]+")

MOST_KEPT = 32_768
"""Characters of which it is kept what becomes of them: more than any directory has."""

# Scripts written without spaces between words, and Korean, whose particles cling to the word before them.
_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x31FF),  # kana, bopomofo
    (0x3400, 0x4DBF),  # Han, extension A
    (0x4E00, 0x9FFF),  # Han
    (0xAC00, 0xD7AF),  # Hangul
    (0xF900, 0xFAFF),  # Han, compatibility
    (0x20000, 0x323AF),  # Han, further extensions
)
_FIRST_UNSPACED = chr(min(first for first, _ in _UNSPACED))


class Letters(dict[int, int | str | None]):
    """What becomes of each character, for ``str.translate``; found out when a text first has it, and kept for as many as people's scripts have."""

    def __init__(self, becomes: Callable[[str], str]) -> None:
        super().__init__()
        self._becomes = becomes

    def __missing__(self, point: int) -> str:
        new = self._becomes(chr(point))
        if len(self) < MOST_KEPT:
            self[point] = new
        return new


def fold(text: str) -> str:
    """Return ``text`` with case, accents, width and invisible characters taken away; folding twice changes nothing more."""
    if text.isascii():
        return text.lower()
    folded = _fold_once(text)
    while (again := _fold_once(folded)) != folded:  # a few rare characters only settle at the second step
        folded = again
    return folded


def plain(text: str) -> str:
    """Return ``text`` folded, with one space between words and nothing but letters, marks and digits in them."""
    folded = _join_apostrophes(fold(_APOSTROPHES.sub("'", text)))
    if folded.isascii():
        return " ".join(_ASCII_WORD.findall(folded))
    return " ".join(folded.translate(_WORDS).split())


def words(text: str, *, alone: bool = False) -> list[str]:
    """Return the words of ``text`` in order, folded; a run of Chinese, Japanese, Korean, Thai and the like comes as overlapping pairs of characters.

    With ``alone`` each character of such a run comes as well, so that a text can be found by one of them.
    """
    if text.isascii() and "'" not in text and "`" not in text:   # as most texts are: nothing but case to fold
        return _ASCII_WORD.findall(text.lower())
    found: list[str] = []
    for run in plain(text).split():
        found += [run] if max(run) < _FIRST_UNSPACED else _pieces(run, alone)
    return found


@lru_cache(maxsize=65_536)
def is_unspaced(character: str) -> bool:
    """Say whether ``character`` is of a script that puts no space between words."""
    point = ord(character)
    return point >= 0x0E00 and any(first <= point <= last for first, last in _UNSPACED)


def _fold_once(text: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return unicodedata.normalize("NFC", apart.translate(_BARE))


def _bare(character: str) -> str:
    """Nothing for a mark that may be left out and for what cannot be seen; a plainer letter for some."""
    bare = _ACCENTS.sub("", character).translate(_BY_HAND)
    return "" if unicodedata.category(character) == "Cf" else bare


_BARE = Letters(_bare)


def _join_apostrophes(folded: str) -> str:
    """Drop what English hangs on with an apostrophe, part what French and Italian do, and join the rest: "it's" it, "l'aide" l aide, "don't" dont."""
    if "'" not in folded:
        return folded
    return _ELISION.sub(r"\1 ", _ENDINGS.sub("", folded)).replace("'", "")


def _word_character(character: str) -> str:
    return character if character.isalnum() or unicodedata.category(character)[0] == "M" else " "


_WORDS = Letters(_word_character)


def _pieces(run: str, alone: bool) -> list[str]:
    """Cut a run where it changes between spaced and unspaced script, and the unspaced part into pairs."""
    found: list[str] = []
    start = 0
    for end in range(1, len(run) + 1):
        if end == len(run) or _kind(run, end) != _kind(run, start):
            part = run[start:end]
            found += _pairs(part, alone) if is_unspaced(part[0]) else [part]
            start = end
    return found


def _kind(run: str, at: int) -> bool:
    """A mark belongs to the character before it, whatever block it comes from."""
    while at and unicodedata.category(run[at])[0] == "M":
        at -= 1
    return is_unspaced(run[at])


def _pairs(part: str, alone: bool) -> list[str]:
    characters: list[str] = []
    for character in part:
        if characters and unicodedata.category(character)[0] == "M":
            characters[-1] += character
        else:
            characters.append(character)
    pairs = [first + second for first, second in pairwise(characters)]
    return pairs + characters if alone or not pairs else pairs
