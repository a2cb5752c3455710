"""What a program may ask of ``POST /api/match``, and how that becomes an inquiry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Meta, Struct

from directory.places import Ambiguous, Found, PlaceAnswer
from matching.checking import check_inquiry
from matching.errors import NotAllowed
from matching.values import Code, Inquiry, MustHaves, Place, Profile, Travel
from web.api.codes import LANGUAGES, Field, check_codes
from web.house import House
from web.refused import FieldError, Refused

Latitude = Annotated[float, Meta(ge=-90, le=90)]
Longitude = Annotated[float, Meta(ge=-180, le=180)]
Kilometres = Annotated[float, Meta(gt=0, le=20_000)]

TAXONOMIES: dict[str, tuple[str, ...]] = {
    "supports": ("supports",),
    "profile.strengths": ("strengths",),
    "profile.interests": ("interests",),
    "profile.domains": ("life_domains",),
    "profile.helped_before": ("supports",),
    "profile.steer_clear": ("supports", "interests", "settings", "faiths"),
    "profile.languages": (LANGUAGES,),
    "profile.communities": ("communities",),
    "profile.faiths": ("faiths",),
    "profile.access": ("access",),
    "profile.formats": ("formats",),
    "profile.about": ("audiences",),
    "profile.not_about": ("audiences",),
    "profile.group": ("group_facts",),
    "must_haves.languages": (LANGUAGES,),
    "must_haves.group": ("group_facts",),
    "must_haves.communities": ("communities",),
    "must_haves.access": ("access",),
    "must_haves.formats": ("formats",),
    "must_haves.entry": ("entry",),
    "must_haves.kinds": ("kinds",),
}
"""The vocabularies that the codes of a field come from. Languages are BCP 47 tags, of which the vocabulary names those that have a name in English."""


class MatchRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """A person's question: what would help, where they are, how far they can go, what has to be so, and what they chose to say of themselves.

    The place is either ``place`` (a postcode, or a town) or ``latitude`` and ``longitude``. How far is ``max_km`` (a straight line) or
    ``travel`` (modes and minutes); both count when both are given. Everything is optional, and nothing is kept.
    With ``around`` false the answer comes sooner, without ``not_shown`` and ``would_match``: they look far beyond the page.
    """

    text: Annotated[str, Meta(max_length=400)] = ""
    supports: Annotated[tuple[Code, ...], Meta(max_length=40)] = ()
    place: Annotated[str, Meta(max_length=200)] | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    max_km: Kilometres | None = None
    travel: Travel | None = None
    must_haves: MustHaves = MustHaves()
    profile: Profile = Profile()
    limit: Annotated[int, Meta(ge=1, le=100)] = 20
    offset: Annotated[int, Meta(ge=0, le=10_000)] = 0
    around: bool = True


def to_inquiry(house: House, asked: MatchRequest) -> tuple[Inquiry, str]:
    """The inquiry and the place in words. ``Refused`` (422) when parts contradict each other, a code is not known, or the place is not clear."""
    check_codes(house.catalogue.vocabulary, _codes(asked))
    found = _where(house, asked)
    inquiry = Inquiry(
        text=asked.text, supports=asked.supports, place=found.place if found else None, areas=found.areas if found else frozenset(),
        travel=_travel(asked), must=asked.must_haves, profile=asked.profile, limit=asked.limit, offset=asked.offset,
    )
    _check_meant(inquiry)
    return inquiry, found.label if found else ""


def _check_meant(inquiry: Inquiry) -> None:
    """The shape holds what each field may be by itself; that an hour comes after another one only the two of them together tell."""
    try:
        check_inquiry(inquiry)
    except NotAllowed as error:
        raise _unclear(error.field, f"This has to be {error.allowed}.") from None


def _travel(asked: MatchRequest) -> Travel:
    travel = asked.travel or Travel()
    if asked.max_km is None:
        return travel
    if travel.max_km is not None:
        raise _unclear("max_km", "Given twice: here and in travel. Give it once.")
    return Travel(modes=travel.modes, minutes=travel.minutes, max_km=asked.max_km)


def _where(house: House, asked: MatchRequest) -> Found | None:
    if (asked.latitude is None) != (asked.longitude is None):
        raise _unclear("longitude" if asked.longitude is None else "latitude", "A point needs both latitude and longitude.")
    if asked.latitude is None or asked.longitude is None:
        return _named(house, asked.place) if asked.place else None
    if asked.place:
        raise _unclear("place", "Give either a place in words or latitude and longitude.")
    point = Place(latitude=asked.latitude, longitude=asked.longitude)
    near = _look_up(house, f"{asked.latitude:.6f}, {asked.longitude:.6f}")
    return Found(place=point, areas=near.areas if isinstance(near, Found) else frozenset(), label="")


def _named(house: House, text: str) -> Found:
    answer = _look_up(house, text)
    if isinstance(answer, Found):
        return answer
    if isinstance(answer, Ambiguous):
        raise _unclear("place", "There is more than one such place. Ask again with the text of one of the choices.", choices=answer.choices)
    meant = " Perhaps one of the choices is meant." if answer.near else ""
    raise _unclear("place", f"This place is not known here. Try a postcode, or a town with its state.{meant}", choices=answer.near)


def _look_up(house: House, text: str) -> PlaceAnswer:
    return house.catalogue.find_place(text, geocoder=house.geocoder)


def _codes(asked: MatchRequest) -> Iterator[Field]:
    for field, taxonomies in TAXONOMIES.items():
        part, _, name = field.rpartition(".")
        given = getattr(getattr(asked, part) if part else asked, name)
        yield field, taxonomies, [item if isinstance(item, str) else item.code for item in given]


def _unclear(field: str, message: str, *, choices: tuple[object, ...] = ()) -> Refused:
    return Refused(422, f"{field}: {message}", errors=(FieldError(field, message),), choices=choices)
