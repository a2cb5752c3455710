"""What pairing goes by and what comes out of it: plain, frozen, comparable. Nothing here computes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from matching.values import Code, Slot, Value

Way = Literal["in_person", "video", "phone", "messages"]
Side = Literal["seeker", "supporter"]
Codes = frozenset[Code]
Shared = Literal["about", "interests", "strengths", "languages", "ways"]
"""What a card may show. Times, areas, traits, wishes, boundaries and organizations are on no card."""
Veto = Literal["self", "blocked", "vouching", "minor", "places", "about", "area", "organization", "wish", "language", "way", "hours"]
Lack = Literal["language", "way", "hours"]
"""What two must have in common."""
Question = Literal["area", "organization", "wish", "language", "way", "hours"]
Kind = Literal["about", "hopes", "interests", "languages", "ways"]


class Wish(Value, frozen=True, kw_only=True):
    """Something hoped for in the other: any of ``codes`` (``taxonomy/code``: a community, a gender, an age band, a strength, a faith).

    A ``must`` is a veto where the other said something else, and a question to the coordinator where the other said nothing of it.
    """

    codes: Annotated[Codes, Meta(min_length=1, max_length=40)]
    must: bool = False
    importance: Annotated[float, Meta(ge=0, le=4)] = 1.0


class Peer(Value, frozen=True, kw_only=True):
    """One person as pairing knows them: only what they chose to say, and of it nothing that the other side is ever shown by itself.

    ``id`` is the person's, the same on both sides, so that nobody is suggested to themselves. ``about`` is what a supporter can be there for, or what a seeker
    would like company with; ``not_about`` what one will not talk about. ``traits`` (``taxonomy/code``) are what one says of oneself, and count only where
    the other asks; ``strengths`` and ``interests`` can be wished for too, as ``strengths/...`` and ``interests/...``. ``hopes`` are strengths wished for.
    ``slots`` are times of the week in ``timezone``. ``area`` is a coarse region and never a point; ``not_areas`` and ``not_organizations`` are whom one must
    not meet ("not someone from my area or service"). ``places`` is how many more a supporter can take on, 0 while resting. ``vouched``: an organization
    stands for training, checks and supervision today. ``is_minor`` has a meaning for both sides: a minor is suggested only somebody whose
    ``checked_for_minors`` holds, and only with ``guardian_agreed``. ``shares`` is what one's card shows. What is empty was not said.
    """

    id: str
    side: Side
    about: Codes = frozenset()
    not_about: Codes = frozenset()
    interests: Codes = frozenset()
    strengths: Codes = frozenset()
    hopes: Codes = frozenset()
    languages: Codes = frozenset()
    ways: frozenset[Way] = frozenset()
    slots: tuple[Slot, ...] = ()
    timezone: str = "UTC"
    area: str = ""
    not_areas: Codes = frozenset()
    organizations: Codes = frozenset()
    not_organizations: Codes = frozenset()
    traits: Codes = frozenset()
    wishes: Annotated[tuple[Wish, ...], Meta(max_length=20)] = ()
    places: Annotated[int, Meta(ge=0, le=50)] = 1
    vouched: bool = False
    is_minor: bool = False
    checked_for_minors: bool = False
    guardian_agreed: bool = False
    waiting_since: date | None = None
    shares: frozenset[Shared] = frozenset({"about", "interests", "strengths", "languages", "ways"})


class Card(Value, frozen=True, kw_only=True):
    """All that the other side may be shown of somebody before both have said yes, as far as it is in codes."""

    about: Codes = frozenset()
    interests: Codes = frozenset()
    strengths: Codes = frozenset()
    languages: Codes = frozenset()
    ways: frozenset[Way] = frozenset()


class Because(Value, frozen=True, kw_only=True):
    """One reason for a suggestion, as one side hears it: a kind, and the codes it is about, in order."""

    kind: Kind
    codes: tuple[Code, ...]


class Ask(Value, frozen=True, kw_only=True):
    """Something that must hold and that nobody knows: the coordinator asks ``of`` before anything is suggested; ``codes`` are what is wished."""

    of: Side
    about: Question
    codes: tuple[Code, ...] = ()


class Suggestion(Value, frozen=True, kw_only=True):
    """A pair that nothing stands against. ``mutual`` in [0, 1] is for ordering, and for nobody's eyes but the coordinator's."""

    seeker: str
    supporter: str
    mutual: float
    asks: tuple[Ask, ...] = ()
