"""Turns languages as people write them into names with BCP 47 tags: an alias table first, then the CLDR's English names, and never a guess.

What is no language (an interpreter, a text phone) is told apart; what stays unknown is kept as written and named for a person to look at.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from babel import Locale
from msgspec import Struct, field

from directory.exchange.reading.row import clean, fold
from directory.exchange.reading.shipped import shipped

SEVERAL = re.compile(r"\s*(?:[;,/]|\band\b|&)\s*", re.I)
BRACKETED = re.compile(r"^(?P<name>.*?)\s*\((?P<inside>[^()]*)\)$")


class Tongue(Struct, frozen=True):
    """A language: its name as written, its tag where that is certain, and what was said beside it."""

    name: str
    code: str | None = None
    note: str | None = None


class Spoken(Struct):
    """What a list of languages says, part by part; ``unsure`` pairs a text with the reason that it has no tag."""

    languages: list[Tongue] = field(default_factory=list)
    interpreting: list[str] = field(default_factory=list)
    text_phone: list[str] = field(default_factory=list)
    unsure: list[tuple[str, str]] = field(default_factory=list)


def read_languages(written: Iterable[str], *, country: str | None = None) -> Spoken:
    """The languages in some texts, each once, in the order written. ``country`` decides what "sign language" means; without it nothing does."""
    spoken = Spoken()
    for text in written:
        if name := clean(text):
            _read(name, country, spoken)
    return spoken


def _read(text: str, country: str | None, spoken: Spoken) -> None:
    found = _tongue(text, country)
    if found is not None:
        _add(found, text, spoken)
    elif _any("text_phone", text) and not SEVERAL.search(text):
        spoken.text_phone.append(text)
    elif _any("interpreting", text):
        spoken.interpreting.append(text)
    elif len(parts := [part for part in SEVERAL.split(text) if part]) > 1 and all(_is_understood(part, country) for part in parts):
        for part in parts:
            _read(part, country, spoken)
    elif _any("text_phone", text):
        spoken.text_phone.append(text)
    else:
        reason = shipped("languages")["ask"].get(fold(text))
        _add(Tongue(text), text, spoken, f"not one language: {reason}" if reason else "no language is known by this name")


def _add(tongue: Tongue, text: str, spoken: Spoken, unsure: str | None = None) -> None:
    if tongue in spoken.languages:
        return
    spoken.languages.append(tongue)
    if unsure:
        spoken.unsure.append((text, unsure))


def _is_understood(part: str, country: str | None) -> bool:
    return _tongue(part, country) is not None or _any("interpreting", part) or _any("text_phone", part)


def _tongue(text: str, country: str | None) -> Tongue | None:
    """The language that a text names, with what is said beside it as a note."""
    if code := language_tag(text, country):
        return Tongue(text, code)
    if noted := shipped("languages")["notes"].get(fold(text)):
        return Tongue(text, noted[0], noted[1])
    name, qualifier = _qualified(text)
    code = language_tag(name, country) if qualifier else None
    return Tongue(name, code, qualifier) if code else None


def _qualified(text: str) -> tuple[str, str | None]:
    """``Spanish (limited)`` and ``English only`` as a name and a note."""
    bracketed = BRACKETED.match(text)
    if bracketed and _any("qualifiers", bracketed["inside"]):
        return bracketed["name"], bracketed["inside"]
    for pattern in shipped("languages")["qualifiers"]["patterns"]:
        found = re.search(pattern, text, re.I)
        if found and (name := " ".join((text[: found.start()] + text[found.end() :]).split())):
            return name, found.group(0)
    return text, None


def language_tag(name: str, country: str | None) -> str | None:
    """The tag of one language's name where that is certain; ``country`` decides which language is signed there."""
    folded = fold(name)
    by_country = shipped("languages")["by_country"].get(country or "", {})
    code: str | None = by_country.get(folded) or shipped("languages")["tags"].get(folded)
    if code or folded in shipped("languages")["ask"]:
        return code
    return _english_names().get(folded)


def _any(group: str, text: str) -> bool:
    return any(re.search(pattern, text, re.I) for pattern in shipped("languages")[group]["patterns"])


@cache
def _english_names() -> dict[str, str]:
    """CLDR names to tags; of two tags with one name the shorter. Names of tags that are no language (``mul``, ``und``) are left out."""
    names: dict[str, str] = {}
    for tag, name in sorted(Locale("en").languages.items(), key=lambda pair: (len(pair[0]), pair[0])):
        if tag not in ("mul", "und", "zxx", "root"):
            names.setdefault(fold(name), tag.replace("_", "-"))
    return names
