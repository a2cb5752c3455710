"""The parts of a client's record, by name, and the few that are the person's alone."""

from __future__ import annotations

from typing import Final

from directory.papers import NEVER_SENT, NEVER_SHARED
from directory.papers import PARTS as PAPERS

PARTS: Final = ("label", "contact", *(part for part in PAPERS if part not in NEVER_SENT))
"""``label`` is what the person wishes to be called, and ``contact`` how they may safely be reached, each as ``{"words": "..."}``;
the others are the parts of a person's papers.

What someone wants to raise stays in their browser: it is in no record.
"""
OWN: Final = frozenset(PARTS) & frozenset(NEVER_SHARED)
"""Only the person ever sees these: no consent can open them (practice rows 20 and 26)."""
FIRST: Final = (
    "label", "achievements", "own_words", "came_through", "resilience", "reframes", "circle", "hopes", "goals", "shortlist", "domains", "about", "contact",
)
"""The parts in the order in which anybody reads a record: what went well comes first (practice row 9). The person's own alone are after these."""
SPECIAL: Final = frozenset({"about", "own_words", "reframes", "contact"})
"""Parts that may tell of health, culture, faith or safety: never in a list, a title or a letter (rule P6)."""
SHARED: Final = tuple(part for part in PARTS if part not in OWN)
"""Parts that a consent can name."""
