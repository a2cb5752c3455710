"""What own words may mean in the vocabularies: offered to be ticked, never taken as said."""

from __future__ import annotations

import re
from collections.abc import Iterable

from web.forms.fields import InquiryForm
from web.house import Vocabulary

FIELDS = (("own_strengths", (("strengths", 3), ("interests", 1))), ("own_culture", (("communities", 3),)))
"""A field of own words, and the vocabularies (and fields) it may speak of with how many terms to offer for each phrase."""
MOST_PHRASES = 5
BREAKS = re.compile(r"[,;.،、，。；]|\band\b|\by\b|\bvà\b")

Suggestion = tuple[str, str, str]
"""The field to tick, the code and its label."""


def suggestions(vocabulary: Vocabulary, form: InquiryForm) -> list[Suggestion]:
    """Terms to confirm by a tick. Words with an "and" or a comma are taken apart; a phrase of which one was confirmed is not asked about again."""
    found: dict[Suggestion, None] = {}
    for said, taxonomies in FIELDS:
        for phrase in phrases_of(getattr(form, said)):
            options = [(name, one.code, one.label) for name, most in taxonomies for one in vocabulary.suggest(name, phrase, limit=most)]
            if not any(code in getattr(form, name) for name, code, _ in options):
                found.update(dict.fromkeys(options))
    return _named_once(found)


def _named_once(found: Iterable[Suggestion]) -> list[Suggestion]:
    """Without a second one that reads the same: cooking is a strength and an interest, and one box to tick."""
    by_label: dict[str, Suggestion] = {}
    for one in found:
        by_label.setdefault(one[2], one)
    return list(by_label.values())


def phrases_of(words: str) -> list[str]:
    """Own words taken apart at commas and "and"."""
    return [phrase.strip() for phrase in BREAKS.split(words) if phrase.strip()][:MOST_PHRASES]
