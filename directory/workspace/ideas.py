"""Ideas for activities out of the team's strengths, where the area lacks them: each names the strength, who has it, and the gap it would fill.

1. For each strength that members show, the activities that put it to use (``ACTIVITIES``, our own choice).
2. For each activity, the listings that offer it with a public place within ``NEAR_KM`` of a public place of the organization.
3. Those that at most ``FEW`` listings offer are ideas, the rarest first. Places that are not public take no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from uuid import UUID

from geopy.distance import great_circle
from msgspec import Struct
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from directory.models import Attribute, Location, Service, ServiceAtLocation
from directory.vocabularies import term_id
from directory.workspace.team import TeamFacet

NEAR_KM: Final = 15.0
FEW: Final = 1
MOST_IDEAS: Final = 6
ACTIVITIES: Final[dict[str, tuple[str, ...]]] = {
    "making_fixing": ("repairing", "woodwork"), "cooking": ("cooking", "eating_out"), "gardening": ("gardening",), "textiles": ("sewing", "knitting"),
    "hair_beauty": ("fashion_beauty",), "homemaking": ("tea_coffee",), "money_stretching": ("cooking", "repairing"), "resourcefulness": ("helping_out",),
    "local_knowledge": ("walking", "history"), "caring_children": ("helping_out", "board_games"), "caring_adults": ("tea_coffee",),
    "animals": ("dogs", "other_animals"), "welcoming": ("tea_coffee",), "listening": ("tea_coffee", "walking"), "humour": ("comedy",),
    "knowing_people": ("local_life", "tea_coffee"), "teamwork": ("football", "volleyball"), "speaking_up": ("local_life",), "peacemaking": ("local_life",),
    "persuading": ("local_life",), "selling": ("fashion_beauty",), "storytelling": ("creative_writing", "radio_podcasts"), "organising": ("travel",),
    "leading": ("walking", "helping_out"), "teaching": ("languages", "coding"), "writing": ("creative_writing",), "music": ("choir", "playing_music"),
    "art": ("drawing_painting", "pottery"), "dance_drama": ("dancing", "theatre"), "photography": ("photography", "film"), "reading": ("reading",),
    "curiosity": ("museums", "science"), "puzzles": ("chess", "puzzles_quizzes"), "details": ("models", "nature_watching"),
    "computers_phones": ("coding", "gaming"), "numbers_paperwork": ("helping_out",), "driving": ("travel", "cars_bikes"), "sport": ("running", "racket_sports"),
    "outdoors": ("walking", "nature_watching"), "physical_strength": ("gym", "gardening"), "persistence": ("running", "hiking"),
    "reliability": ("helping_out",), "calm": ("meditation", "yoga"), "hope": ("helping_out", "creative_writing"), "lived_experience": ("tea_coffee",),
    "languages": ("languages",), "faith": ("prayer_study",), "cultural_knowledge": ("history", "cooking"),
}  # fmt: skip
"""Interests that put a strength to use, the most fitting first; every strength of ours has one (a test says so)."""
Point = tuple[float, float]


class Idea(Struct, frozen=True, kw_only=True):
    """An activity that a strength of the team would carry. ``there`` is how many listings near offer it now."""

    strength: str
    people: tuple[str, ...]
    activity: str
    there: int


def ideas_for(session: Session, organization_id: UUID, team: Sequence[TeamFacet], interests: dict[str, str]) -> list[Idea]:
    """Activities for the team, the rarest near it first; none while the organization has no public place to be near to."""
    here = points_of(session, organization_id)
    if not here:
        return []
    found = [
        Idea(strength=facet.label, people=facet.people, activity=interests[activity], there=there)
        for facet in team for activity in ACTIVITIES.get(facet.code, ()) if activity in interests
        if (there := _offered_near(session, activity, here)) <= FEW
    ]  # fmt: skip
    best: dict[str, Idea] = {}
    for idea in sorted(found, key=lambda idea: (idea.there, -len(idea.people), idea.activity, idea.strength)):
        best.setdefault(idea.activity, idea)
    return list(best.values())[:MOST_IDEAS]


def points_of(session: Session, organization_id: UUID) -> list[Point]:
    """The public points where an organization gives its services."""
    found = select(Location.latitude, Location.longitude).join(ServiceAtLocation, ServiceAtLocation.location_id == Location.id)
    found = found.join(Service, Service.id == ServiceAtLocation.service_id).where(Service.organization_id == organization_id, *_is_public())
    return sorted({(row.latitude, row.longitude) for row in session.execute(found)})


def _offered_near(session: Session, activity: str, here: Iterable[Point]) -> int:
    on_service = select(Attribute.link_id).where(Attribute.taxonomy_term_id == term_id("interests", activity), Attribute.link_entity == "service")
    on_service = on_service.where(Attribute.value.is_distinct_from("no"))
    found = select(Service.id, Location.latitude, Location.longitude).join(ServiceAtLocation, ServiceAtLocation.service_id == Service.id)
    found = found.join(Location, Location.id == ServiceAtLocation.location_id)
    rows = session.execute(found.where(Service.status == "active", Service.id.in_(on_service), *_is_public()))
    places = list(here)
    return len({key for key, *point in rows if any(great_circle(point, place).km <= NEAR_KM for place in places)})


def _is_public() -> tuple[ColumnElement[bool], ...]:
    return Location.visibility == "public", Location.latitude.is_not(None)
