"""What stays out of open feeds: groups where being seen could do harm. Their pages are there for whoever looks; no feed carries them elsewhere."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from directory.exchange.intake.confidential import speaks_of_refuge
from directory.facts import Facts
from directory.models import Service
from directory.shelf import Shelf

ADULT: Final = 18
SUPPORTS: Final = frozenset((
    "safety_from_violence", "refuge", "sexual_violence_support", "trafficking_support", "immigration_help", "youth", "youth_activities", "baby_toddler_groups",
))
"""Kinds of support: domestic and sexual violence, immigration, and what is for people under 18."""
PEOPLE: Final = frozenset((
    "survivors", "trafficking_survivors", "undocumented", "asylum_seekers", "refugees", "babies_toddlers", "children", "young_people", "young_carers",
    "care_leavers",
))
"""Audiences and communities of the same."""
WORDS: Final = re.compile(
    r"\b(?:HIV|AIDS(?!\s+(?:and|or)\s+(?:adaptations|equipment)))\b"
    r"|(?i:\b(?:undocumented|asylum|deportation|immigration|immigrants?\s+without|green\s+card"
    r"|rape|incest|sexual(?:ly)?\s+(?:assault\w*|abuse\w*|violence|trauma)|abusive\s+(?:partner|relationship|home)s?)\b)"
)
YOUNG: Final = re.compile(r"\b(?:teen(?:s|age|ager|agers)?|under[\s-]?18s?|minors|youth|kids|children['’]s|girls|boys|high\s+school(?:ers)?)\b", re.IGNORECASE)
"""Words for people under 18, in the name of a group: in its text they may be those whom its adults speak of."""


def is_sensitive(shelf: Shelf, service: Service, facts: Facts) -> bool:
    """Whether a group stays out of everything that is copied elsewhere. In doubt it does."""
    if facts.yes("supports") & SUPPORTS or facts.yes("audiences") & PEOPLE or facts.yes("communities") & PEOPLE:
        return True
    if is_for_minors(service.minimum_age, service.maximum_age):
        return True
    if YOUNG.search(service.name):
        return True
    return speaks_of_harm(_texts(shelf, service))


def speaks_of_harm(texts: Collection[str]) -> bool:
    """Whether any of these texts speaks of what could do harm where others see it: violence, a refuge, immigration, HIV."""
    return speaks_of_refuge(texts) or any(WORDS.search(text) for text in texts)


def _texts(shelf: Shelf, service: Service) -> list[str]:
    """What the service says of itself, and what its program and its organization are called."""
    organization, program = shelf.organization_of(service), shelf.program_of(service)
    texts = (service.name, service.alternate_name, service.description, program.name if program else "", organization.name if organization else "")
    return [text for text in texts if text]


def is_for_minors(minimum: float | None, maximum: float | None) -> bool:
    """Whether ages are of people under 18, or mostly: "11 to 19" is, "16 and older" is not."""
    return maximum is not None and (maximum <= ADULT or ((minimum or 0) < ADULT and maximum < ADULT + 8))
