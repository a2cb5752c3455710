"""One spelling for the many ways a place is written, so that what people type meets what the gazetteer says."""

from __future__ import annotations

import re
import unicodedata

LONGEST_TEXT = 200
"""No place has a longer name; what is longer is not looked up."""

_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "&": " and ", "'": "", "\u2019": "", "`": ""})
_INITIALS = re.compile(r"(?<=\b\w)\.(?=\w\b)")          # D.C. is one word, St.Louis is two
_ACCENTS = re.compile("[\u0300-\u036f]")   # of Latin, Greek and Cyrillic; vowel signs of other scripts are letters
_APART = re.compile(r"[\W_]+")
_MARKS = re.compile("[.&'`]")
_PLAIN = re.compile("[a-z0-9]+")
_SHORT = {"st": "saint", "ste": "sainte", "ft": "fort", "mt": "mount"}
_WINDS = {"n": "north", "s": "south", "e": "east", "w": "west"}


def clean(text: str) -> str:
    """The text on one line, without control characters and blanks at its ends."""
    return " ".join("".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in text).split())


def fold(text: str) -> str:
    """The spelling to compare by: no case, accents, dots or hyphens, ``St`` as ``saint``, ``E`` in front as ``east``, no ``The`` in front.

    Folding twice changes nothing.
    """
    if text.isascii():   # as most names are: no accents and no letters of other scripts
        plain = text.lower()
        if _MARKS.search(plain):
            plain = _INITIALS.sub("", plain.translate(_LETTERS))
        return _short(_PLAIN.findall(plain))
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS)))
    plain = unicodedata.normalize("NFC", plain.casefold().translate(_LETTERS))
    return _short(_APART.sub(" ", _INITIALS.sub("", plain)).split())


def _short(spelt: list[str]) -> str:
    words = [_SHORT.get(word, word) for word in spelt]
    while len(words) > 1 and words[0] == "the":
        del words[0]
    if len(words) > 1:
        words[0] = _WINDS.get(words[0], words[0])
    return " ".join(words)
