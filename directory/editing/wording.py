"""A wording check: words that name people by what they lack, with plain and respectful ones in their place; and a hint at reading age.

The list is ``wording.toml``. It points, and never changes or refuses anything. Names and words of others that a listing quotes are pointed at too.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from msgspec import Struct

from directory.editing.sheet import Sheet

FIELDS: Final = (
    ("name", "Name"), ("alternate_name", "Other name"), ("description", "What happens there"), ("eligibility_description", "Who can come"),
    ("application_process", "How to start"), ("fees_description", "Cost"), ("alert", "Notice"), ("wait_time", "Waiting time"),
)  # fmt: skip
AIM: Final = 11.0
"""The reading age, in years, that plain pages of ours aim at, at most."""
LEAST_SENTENCES: Final = 3
"""Fewer tell nothing of how a person writes."""
ENGLISH_WORDS: Final = frozenset((
    "the", "and", "to", "of", "a", "in", "is", "for", "you", "we", "are", "with", "on", "can", "our", "your", "or", "at", "it", "be", "this", "that", "from",
    "have", "not",
))  # fmt: skip


class Pointer(Struct, frozen=True, kw_only=True):
    """One place where other words would be kinder: the field, what it says, what we would write, and why."""

    field: str
    says: str
    better: str
    why: str


class ReadingAge(Struct, frozen=True, kw_only=True):
    """About how many years old a reader must be; ``years`` None where that is not known, and ``words`` says so."""

    years: float | None
    words: str


def pointers_of(text: str, field: str = "") -> list[Pointer]:
    """Every phrase of the list that a text uses, in the order of the text."""
    pattern, known = _phrases()
    found = []
    for match in pattern.finditer(text.replace("’", "'")):
        better, why = known[int((match.lastgroup or "p0")[1:])]
        found.append(Pointer(field=field, says=match.group(), better=better, why=why))
    return list(dict.fromkeys(found))


def pointers_in(sheet: Sheet) -> list[Pointer]:
    """Every phrase that the texts of a sheet use."""
    texts = [(label, getattr(sheet.service, name)) for name, label in FIELDS]
    texts += [("Your first visit", one.value) for one in sheet.terms("group_facts", "group_facts")]
    return [pointer for label, text in texts if text for pointer in pointers_of(text, label)]


def reading_age(text: str) -> ReadingAge:
    """A hint at the reading age of an English text.

    Flesch-Kincaid grade, 0.39 x words/sentences + 11.8 x syllables/words - 15.59 (Kincaid, Fishburne, Rogers and Chissom 1975, Navy Research Branch
    Report 8-75), and 5 years on top, since the first school grade begins at about 6. Syllables are counted by groups of vowels. Other languages
    and very short texts are not known.
    """
    sentences = [one for one in re.split(r"[.!?:;\n]+", text) if re.search(r"\w", one)]
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text)
    if len(sentences) < LEAST_SENTENCES or len(words) < 20:
        return ReadingAge(years=None, words="Too short to tell how easy it is to read.")
    if (not text.isascii() and sum(letter.isascii() for letter in text) < 0.9 * len(text)) or _share_of_english(words) < 0.12:
        return ReadingAge(years=None, words="How easy it is to read is known for English only.")
    grade = 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    years = round(max(5.0, grade + 5), 1)
    easy = "That is plain." if years <= AIM else "Shorter sentences and shorter words would let more people in."
    return ReadingAge(years=years, words=f"Easy to read from about {years:.0f} years of age. {easy}")


def syllables(word: str) -> int:
    """How many syllables an English word has, roughly: groups of vowels, without a silent e at its end."""
    groups = len(re.findall(r"[aeiouy]+", word.casefold()))
    silent = word.casefold().endswith("e") and not word.casefold().endswith(("le", "ee", "ye")) and groups > 1
    return max(1, groups - silent)


def _share_of_english(words: list[str]) -> float:
    return sum(word.casefold() in ENGLISH_WORDS for word in words) / len(words)


@cache
def _phrases() -> tuple[re.Pattern[str], list[tuple[str, str]]]:
    """One pattern for all phrases, longer ones first, and what is said of each."""
    table = tomllib.loads((files("directory.editing") / "wording.toml").read_text())["phrases"]
    known = [(one["better"], one["why"]) for one in table]
    parts = sorted(((says, number) for number, one in enumerate(table) for says in one["says"]), key=lambda part: -len(part[0]))
    by_number: dict[int, list[str]] = {}
    for says, number in parts:
        by_number.setdefault(number, []).append(_pattern(says))
    groups = "|".join(f"(?P<p{number}>{'|'.join(patterns)})" for number, patterns in by_number.items())
    return re.compile(rf"(?<!\w)(?:{groups})(?!\w)", re.IGNORECASE), known


def _pattern(says: str) -> str:
    words = [r"(?:\w+\s+){0,2}" if word == "…" else re.escape(word) for word in says.split()]
    text = r"\s+".join(words)
    return text.replace(r"(?:\w+\s+){0,2}\s+", r"(?:\w+\s+){0,2}")
