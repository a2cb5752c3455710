"""Splits a telephone text into its number as written, its extension and what is said beside it."""

from __future__ import annotations

import re

from msgspec import Struct

EXTENSION = re.compile(r"[\s,;(]*\b(?:ext(?:ension)?|x)[\s.:#]*(?P<extension>\d{1,7}(?:\s*(?:or|,|/|and)\s*\d{1,7})*)\)?", re.I)
NUMBER = re.compile(r"\+?\(?\d[\d\s().+/-]{4,60}\d(?![\w-])(?!-?[A-Z])")
# Bounded: without the 60 a cell of 100,000 digits and dashes took minutes.
LETTERED = re.compile(r"\b(?:1[\s-])?\(?\d{3}\)?[\s-]\d{3}-[A-Z]{4}\b|\b(?:1[\s-])?\(?8\d\d\)?[\s-][A-Z][A-Za-z0-9-]{3,}\b")
"""Numbers with letters on the keys (``650 365-HELP``, ``800 VICTIMS``). A whole word only after 8xx, so that no name beside digits is taken."""
SHORT = re.compile(r"^(?:[2-9]11)\b")


class Dialled(Struct, frozen=True):
    """One number as written, its extension and the words around it."""

    number: str
    extension: str | None = None
    note: str | None = None


def split_phone(text: str) -> Dialled | None:
    """``650 363-4790 ext 12 (Office)`` as number, extension and note; None where the text holds no number.

    The number keeps the way it was written; nothing is added to it. A text with two numbers gives the first and keeps the other in the note.
    """
    found = NUMBER.search(text) or LETTERED.search(text) or SHORT.search(text)
    if found is None:
        return None
    rest = text[: found.start()] + " " + text[found.end() :]
    extension = EXTENSION.search(rest)
    if extension:
        rest = rest[: extension.start()] + " " + rest[extension.end() :]
    return Dialled(_balanced(found.group(0).strip()), extension["extension"] if extension else None, _note(rest))


def _balanced(number: str) -> str:
    return number if number.count("(") == number.count(")") else number.strip("()")


def _note(rest: str) -> str | None:
    words = " ".join(rest.split()).strip(" ,;:-")
    while words.startswith("(") and words.endswith(")"):
        words = words[1:-1].strip()
    return words if words.strip("()., ") else None
