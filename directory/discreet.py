"""What would tell whoever sees a phone what somebody lives with, and the plain words that stand for it (practice, row 45)."""

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
_SUPPORTS: Final = """
group_therapy talking_therapy couple_family_therapy psychiatric_care medication_support grief_support crisis_help safety_from_violence refuge
sexual_violence_support crime_support recovery recovery_support recovery_groups substance_use_care harm_reduction gambling_support recovery_living
identity_community emergency_shelter immigration_help clear_record debt_advice sexual_health long_term_condition_support end_of_life gender_care
neurodiversity_support memory_support
"""
_AUDIENCES: Final = """
trans_and_nonbinary refugees asylum_seekers undocumented lgbtq long_term_condition mental_health_experience memory unhoused in_recovery family_recovery
suicide_loss survivors crime_harm trafficking_survivors reentry prison_families
"""
_COMMUNITIES: Final = """
lgbtq lgbtq_people lesbian gay bisexual trans nonbinary queer intersex asexual two_spirit refugees been_inside prison_families been_without_home
in_recovery mental_health_peers survivors
"""
TELLING_CODES: Final = {"supports": frozenset(_SUPPORTS.split()), "audiences": frozenset(_AUDIENCES.split()), "communities": frozenset(_COMMUNITIES.split())}
"""Codes that tell the same whatever a listing is called, by taxonomy: what it is for, and whom it is for."""
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


def is_telling(page: ListingPage) -> bool:
    """Whether to be seen with this listing tells something: by its names and summary, by what and whom it is for, or because its place is not public."""
    card = page.card
    if any(map(tells, (card.name, card.summary, card.organization_name, page.program))):
        return True
    if any(fact.stated and fact.code in TELLING_CODES.get(fact.taxonomy, ()) for fact in page.facts):
        return True
    return any(where.confidential for where in (*page.places, *filter(None, (card.where,))))


def discreet_page(page: ListingPage) -> ListingPage:
    """The page for a calendar that others may see: where it tells, a plain word is its name and no text is left of it. When and where stay."""
    if not is_telling(page):
        card = page.card
        where = card.where and replace(card.where, name="" if tells(card.where.name) else card.where.name)
        return replace(page, card=replace(card, where=where))
    where = page.card.where and replace(page.card.where, name="")
    quiet: Card = replace(page.card, name=PLAIN.get(page.card.kind, OTHER), summary="", where=where)
    return replace(page, card=quiet)
