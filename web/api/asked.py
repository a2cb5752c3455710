"""What a program may ask of ``POST /api/match``, and how that becomes an inquiry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec import Meta, Struct

from directory.places import Ambiguous, Found, PlaceAnswer
from matching.values import HYBRID, Code, Inquiry, MustHaves, Place, Profile, Travel
from web.house import House, Vocabulary
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
    "profile.communities": ("communities",),
    "profile.faiths": ("faiths",),
    "profile.access": ("access",),
    "profile.formats": ("formats",),
    "profile.about": ("audiences",),
    "profile.not_about": ("audiences",),
    "profile.group": ("group_facts",),
    "must_haves.group": ("group_facts",),
    "must_haves.communities": ("communities",),
    "must_haves.access": ("access",),
    "must_haves.formats": ("formats",),
    "must_haves.entry": ("entry",),
    "must_haves.kinds": ("kinds",),
}
"""The vocabularies that the codes of a field come from. Languages are BCP 47 tags and belong to none."""


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
    _check_codes(house.catalogue.vocabulary, asked)
    found = _where(house, asked)
    inquiry = Inquiry(
        text=asked.text, supports=asked.supports, place=found.place if found else None, areas=found.areas if found else frozenset(),
        travel=_travel(asked), must=asked.must_haves, profile=asked.profile, limit=asked.limit, offset=asked.offset,
    )
    return inquiry, found.label if found else ""


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
    raise _unclear("place", "This place is not known here. Try a postcode, or a town with its state.", choices=answer.near)


def _look_up(house: House, text: str) -> PlaceAnswer:
    return house.catalogue.find_place(text, geocoder=house.geocoder)


def _check_codes(vocabulary: Vocabulary, asked: MatchRequest) -> None:
    wrong = tuple(
        FieldError(f"{field}[{number}]", f"There is no such code in {' or '.join(TAXONOMIES[field])}.")
        for field, codes in _codes(asked)
        for number, code in enumerate(codes)
        if code != HYBRID and not any(vocabulary.term(taxonomy, code) for taxonomy in TAXONOMIES[field])
    )
    if wrong:
        raise Refused(422, "Some codes are not in the vocabularies. GET /api/vocabularies/{taxonomy} lists them.", errors=wrong[:20])


def _codes(asked: MatchRequest) -> Iterator[tuple[str, Iterable[str]]]:
    for field in TAXONOMIES:
        part, _, name = field.rpartition(".")
        given = getattr(getattr(asked, part) if part else asked, name)
        yield field, [item if isinstance(item, str) else item.code for item in given]


def _unclear(field: str, message: str, *, choices: tuple[object, ...] = ()) -> Refused:
    return Refused(422, f"{field}: {message}", errors=(FieldError(field, message),), choices=choices)
