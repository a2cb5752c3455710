"""Where a referral can stand, and which side may move it on: values only."""

from __future__ import annotations

from typing import Final

from directory.models.referral import LEGAL

OPEN: Final = ("sent", "no_answer", "waitlisted", "accepted", "connected", "followed_up")
"""On its way: somebody waits for something."""
WAITS: Final = ("sent", "no_answer", "waitlisted")
"""An organization may answer."""
ENDED: Final = ("declined", "closed", "withdrawn")
ANSWERS: Final = ("accepted", "waitlisted", "declined")
OWN_STEPS: Final = ("draft", "sent", "connected", "followed_up", "closed", "withdrawn")
"""Steps of the person's, alone or by the caseworker who works with them."""
SIDES: Final = {
    "client": frozenset(OWN_STEPS), "caseworker": frozenset(OWN_STEPS), "organization": frozenset({*ANSWERS, "connected"}),
    "house": frozenset({"no_answer", "withdrawn"}),
}  # fmt: skip
"""What each side may make of a referral, where that is a legal step."""
REASONS: Final = {
    "full": "There is no space at the moment",
    "does_not_serve": "It is not for what is asked",
    "area": "It is not for this area",
    "not_now": "It does not fit just now",
    "other": "Another reason",
}
"""Why an organization declines: words about the organization, never about the person."""
CHIME: Final = {
    "connectedness": "I am more in touch with people",
    "hope": "I feel more hopeful",
    "identity": "I feel more like myself",
    "meaning": "My days mean more to me",
    "empowerment": "I decide more for myself",
}
"""Headings that somebody may choose for what came of it (Leamy and others, 2011: connectedness, hope, identity, meaning, empowerment); none is needed."""


def may_become(state: str, becomes: str, side: str) -> bool:
    """Whether a side may make this of a referral that stands there."""
    return becomes in LEGAL[state] and becomes in SIDES[side]


def choices(state: str, side: str) -> tuple[str, ...]:
    """Everything that a side may make of it."""
    return tuple(becomes for becomes in LEGAL[state] if becomes in SIDES[side])
