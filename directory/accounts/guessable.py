"""Passwords that anybody would try first: the words everybody uses, runs along the keyboard, and what stands in the person's own address."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_WORDS: Final = """
password passwort passw contrasena motdepasse welcome willkommen bienvenue hello letmein login admin administrator root guest user test demo
secret changeme default access master superman batman spiderman pokemon starwars princess dragon monkey tiger eagle butterfly flower rainbow
sunshine summer winter spring autumn january february march april june july august september october november december monday tuesday wednesday
thursday friday saturday sunday football baseball basketball soccer hockey jordan michael jennifer jessica ashley daniel thomas robert charlie
andrew matthew joshua hunter killer shadow freedom trustno whatever computer internet samsung google facebook iphone ferrari mustang harley yankees
liverpool chelsea arsenal barcelona loveyou iloveyou lovely loveme babygirl angel forever family friends happy blessed jesus cookie pepper ginger
cheese chocolate coffee banana orange purple yellow silver golden diamond money lucky ninja qwerty azerty qwertz asdf zxcv community directory
volunteer charity church library kitchen centre center office company homeground
"""
COMMON: Final = frozenset(_WORDS.split())
"""Words that lists of leaked passwords are full of, as every such list shows, and words of this trade."""
ROWS: Final = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "yxcvbnm", "azertyuiop", "qsdfghjklm", "abcdefghijklmnopqrstuvwxyz", "01234567890")
LEET: Final = str.maketrans("013457@$!", "oleastasi")
LEFT = 5
"""Characters that have to be left once such words are taken out."""
FEWEST_KINDS = 5
MOST_WORDS = 2
"""Of so many common words a password may not consist; three in a row are a phrase."""


def is_guessable(password: str, *about: str) -> bool:
    """Whether a password is among those tried first; ``about`` are words of the person's own, such as an e-mail address and a name."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    if len(set(plain)) < FEWEST_KINDS or _repeats(plain):
        return True
    own = {word for text in about for word in re.findall(r"\w{4,}", text.casefold().partition("@")[0])}
    return any(_is_worn(_without_runs(text), own | COMMON) for text in (plain, plain.translate(LEET)))


def _repeats(text: str) -> bool:
    """Whether a text is one short piece again and again."""
    return any(text == (text[:size] * len(text))[:len(text)] for size in range(1, min(6, len(text) // 2 + 1)))


def _without_runs(text: str) -> str:
    """A text without its runs of four and more along the alphabet, the numbers or the keyboard, in either direction."""
    runs = {way[at:at + 4] for row in ROWS for way in (row, row[::-1]) for at in range(len(way) - 3)}
    taken = {at + step for at in range(len(text) - 3) if text[at:at + 4] in runs for step in range(4)}
    return "".join(" " if at in taken else letter for at, letter in enumerate(text))


def _is_worn(text: str, words: frozenset[str] | set[str]) -> bool:
    """Whether hardly a letter is left without at most ``MOST_WORDS`` such words and whatever is no letter."""
    found = 0
    for word in sorted(words, key=lambda word: (-len(word), word)):
        if word in text and found < MOST_WORDS:
            text, found = text.replace(word, " "), found + 1
    return sum(letter.isalpha() for letter in text) < LEFT
