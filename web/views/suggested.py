"""What own words may mean in the vocabularies: offered to be ticked, never taken as said."""

from __future__ import annotations

import re

from web.forms.fields import InquiryForm
from web.house import Vocabulary

FIELDS = (("own_strengths", "strengths", 2), ("own_strengths", "interests", 1), ("own_culture", "communities", 3))
"""A field of own words, the vocabulary (and field) it may speak of, and how many terms to offer for each phrase."""
MOST_PHRASES = 5
BREAKS = re.compile(r"[,;.]|\band\b")

Suggestion = tuple[str, str, str]
"""The field to tick, the code and its label."""


def suggestions(vocabulary: Vocabulary, form: InquiryForm) -> list[Suggestion]:
    """Terms to confirm by a tick. Words with an "and" or a comma are taken apart; a phrase that was confirmed is not asked about again."""
    found: dict[Suggestion, None] = {}
    for said, taxonomy, most in FIELDS:
        chosen = set(getattr(form, taxonomy))
        for phrase in _phrases(getattr(form, said)):
            options = vocabulary.suggest(taxonomy, phrase, limit=most)
            if not chosen & {one.code for one in options}:
                found.update(dict.fromkeys((taxonomy, one.code, one.label) for one in options))
    return list(found)


def _phrases(words: str) -> list[str]:
    return [phrase.strip() for phrase in BREAKS.split(words) if phrase.strip()][:MOST_PHRASES]
