"""Finds records whose place must not be published whatever the source says: refuges, and places called confidential. When in doubt it hides."""

from __future__ import annotations

import re
from collections.abc import Iterable

VIOLENCE = re.compile(
    r"\b(?:domestic|family|gender[- ]based|intimate partner|dating|relationship) (?:violence|abuse)\b|\brelationship abuse\b|\bbattered\b"
    r"|\babused (?:women|wom[ae]n|men|persons?|people|spouses?)\b|\b(?:sexual|human) (?:assault|trafficking|exploitation)\b|\btrafficking survivors?\b",
    re.I,
)
STAY = re.compile(
    r"\b(?:shelters?|refuges?|safe[- ]?(?:house|home|haven)s?|transitional housing|emergency housing|crisis housing|safe beds?|residential (?:program|services?))\b", re.I
)
SAID_SO = re.compile(
    r"\b(?:confidential|undisclosed|secret) (?:location|site|address|place|shelter)\b|\b(?:location|address|site) is (?:kept )?(?:confidential|undisclosed)\b"
    r"|\bsafe ?house\b|\bwomen'?s refuge\b",
    re.I,
)
HELD = "reads like a refuge or another place that must stay unknown: its address and point are sealed until a person has looked"
LOOK = "speaks of violence at home: check that this address may be shown"


def place_rule(texts: Iterable[str | None]) -> tuple[bool, str | None]:
    """Whether the place of a record with these texts is to be hidden, and the reason to show a person who reads the import report."""
    whole = "\n".join(text for text in texts if text)
    if SAID_SO.search(whole) or (VIOLENCE.search(whole) and STAY.search(whole)):
        return True, HELD
    return False, LOOK if VIOLENCE.search(whole) else None
