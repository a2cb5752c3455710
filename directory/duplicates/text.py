"""Texts made comparable: one spelling for accents, marks and case, and words with their usual short forms written out."""

from __future__ import annotations

import re
import unicodedata

from xxhash import xxh3_64_intdigest

from directory.duplicates.wordlists import WORDS

WORD = re.compile(r"[^\W_]+")
IN_WORD = re.compile(r"(?<=\w)['’`´?](?=s\b|t\b)", re.I)
"""An apostrophe, or the question mark that a lost encoding left in its place: "Children?s" is "childrens"."""
INITIALS = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?", re.I)
"""Letters with dots ("R.E.", "Y.M.C.A."), which others write together."""


def plain(text: str) -> str:
    """Case and accents taken off: "Café Über" is "cafe uber"."""
    if text.isascii():
        return text.lower()
    return "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(letter))


def number_of(text: str) -> int:
    """A number of 64 bits in place of a text: among a hundred million texts, two have the same number by a chance of 1 in 4,000."""
    return xxh3_64_intdigest(text.encode())


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name in their order: short forms written out, plurals as one, legal forms and empty words left out unless nothing else is there."""
    text = INITIALS.sub(lambda found: found[0].replace(".", ""), IN_WORD.sub("", plain(text)))
    words = [_whole(word) for word in WORD.findall(text)]
    return tuple(word for word in words if word not in WORDS.empty and word not in WORDS.legal) or tuple(words)


def _whole(word: str) -> str:
    whole = WORDS.short.get(word, word)
    if len(whole) > 4 and whole.endswith("s") and not whole.endswith("ss"):
        whole = whole[:-3] + "y" if whole.endswith("ies") else whole[:-1]
    return WORDS.short.get(whole, whole)
