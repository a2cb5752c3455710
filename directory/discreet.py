"""Names that would tell whoever sees a phone what somebody lives with, and the plain words that stand for them (practice, row 45)."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from directory.exchange.meetings.sensitive import speaks_of_harm
from directory.listings import Card, ListingPage
from matching.conditions import names_condition
from matching.words import words

_WORDS: Final = """
abortion abuse abused abusive abuso alanon alcohol anonymous anonimos assault bisexual detox drogas drug drugs gambler gamblers gambling gay
gays inpatient lesbian lesbians lgbt lgbtq lgbtqia mental naranon narcotics nonbinary outpatient overdose overeaters parole prison
probation psychiatric psychiatry queer recovery recuperacion rehab sex sexual sexually sober sobriety suicidal suicide suicidio
survivor survivors sobrevivientes trafficking trans transgender violence violencia violent
"""
TELLING: Final = frozenset(words(_WORDS))
"""Folded words that say of somebody what is theirs to say, beside the names of conditions and what keeps a group out of open feeds."""
PLAIN: Final = {
    "peer_group": "Group", "group_therapy": "Group", "therapy": "Appointment", "one_to_one": "Appointment", "activity": "Activity", "event": "Activity",
    "training": "Course", "give": "Activity",
}  # fmt: skip
"""What stands for a name that tells, by kind."""
OTHER: Final = "Visit"


def tells(text: str) -> bool:
    """Whether a text names a condition, or another thing that is nobody else's business."""
    read = words(text)
    return names_condition(read) or not TELLING.isdisjoint(read) or speaks_of_harm([text])


def discreet_name(name: str, kind: str) -> str:
    """The name, or a plain word where it tells."""
    return PLAIN.get(kind, OTHER) if tells(name) else name


def discreet_page(page: ListingPage) -> ListingPage:
    """The page for a calendar that others may see: a name that tells is a plain word, what else of its texts tells is left out. When and where stay."""
    card = page.card
    where = card.where and replace(card.where, name="" if tells(card.where.name) else card.where.name)
    summary = "" if tells(card.name) or tells(card.summary) else card.summary
    quiet: Card = replace(card, name=discreet_name(card.name, card.kind), summary=summary, where=where)
    return replace(page, card=quiet)
