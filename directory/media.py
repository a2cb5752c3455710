"""What something to use by oneself is, in plain words: "Video, with captions"; what nobody has said is never told as a no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from directory.facts import Facts

KIND: Final = "self_help"
"""The kind of listing that is asked what it is and how it can be taken in."""
TAXONOMY: Final = "media"
FORMS: Final = ("article", "video", "audio", "course", "workbook")
WAYS: Final = (
    ("access", "captions", "with captions", "no captions", "video"),
    (TAXONOMY, "transcript", "with a transcript", "no transcript", "audio"),
    (TAXONOMY, "plain_words", "in plain words", "not in plain words", ""),
)
"""Taxonomy and code of what makes it easy, its words for yes and for no, and the form of which it is told when nobody has said."""


def media_words(facts: Facts, label: Callable[[str, str], str]) -> str:
    """What it is and how it can be taken in, on one line; empty for other kinds of listing and where nothing was said. ``label``: taxonomy, code to a name."""
    if facts.kind != KIND:
        return ""
    forms = [code for code in FORMS if code in facts.stated(TAXONOMY).yes]
    said = [" and ".join(label(TAXONOMY, code).lower() for code in forms)] if forms else []
    unsaid = []
    for taxonomy, code, yes, no, told_of in WAYS:
        stated = facts.stated(taxonomy)
        if code in stated.yes | stated.no:
            said.append(yes if code in stated.yes else no)
        elif told_of in forms:
            unsaid.append(f"{code}: nobody has said")
    words = "; ".join([", ".join(said), *unsaid])
    return words[:1].upper() + words[1:]
