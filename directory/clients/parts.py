"""The parts of a client's record, by name, and the few that are the person's alone."""

from __future__ import annotations

from typing import Final

PARTS: Final = (
    "label", "contact", "profile", "strengths", "went_well", "helped_before", "people", "places", "domains", "hopes", "reframes", "goals", "achievements",
    "got_through", "resilience", "shortlist", "scaling", "gratitude",
)  # fmt: skip
"""``label`` is what the person wishes to be called, and ``contact`` how they may safely be reached; the others are the parts of a person's papers."""
OWN: Final = frozenset({"scaling", "gratitude"})
"""Only the person ever sees these: no consent can open them (practice rows 20 and 26)."""
SPECIAL: Final = frozenset({"profile", "reframes", "contact"})
"""Parts that may tell of health, culture, faith or safety: never in a list, a title or a letter (rule P6)."""
SHARED: Final = tuple(part for part in PARTS if part not in OWN)
"""Parts that a consent can name."""
