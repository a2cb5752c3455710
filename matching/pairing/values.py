"""What pairing goes by and what comes out of it: plain, frozen, comparable. Nothing here computes."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from matching.values import Code, Slot, Value

Way = Literal["in_person", "video", "phone", "messages"]
Side = Literal["seeker", "supporter"]
Codes = frozenset[Code]


class Wish(Value, frozen=True, kw_only=True):
    """Something hoped for in the other: any of ``codes`` (``taxonomy/code``: a community, a gender, an age band, a strength, a faith).

    A ``must`` is a veto where the other said something else, and a question to the coordinator where the other said nothing of it.
    """

    codes: Annotated[Codes, Meta(max_length=40)]
    must: bool = False
    importance: Annotated[float, Meta(ge=0, le=4)] = 1.0


class Peer(Value, frozen=True, kw_only=True):
    """One person as pairing knows them: only what they chose to say, and of it nothing that the other side is ever shown by itself.

    ``about`` is what a supporter can be there for, or what a seeker would like company with; ``not_about`` what one will not talk about. ``traits`` are what
    one says of oneself, and count only where the other asks. ``hopes`` are strengths wished for. ``slots`` are times of the week in ``timezone``.
    ``area`` is a coarse region and never a point; ``not_areas`` and ``not_organizations`` are whom one must not meet ("not someone from my area or service").
    ``places`` is how many more a supporter can take on, 0 while resting. ``vouched``: an organization stands for training, checks and supervision today.
    ``is_minor`` has a meaning for both sides: a minor is suggested only somebody whose ``checked_for_minors`` holds, and only with ``guardian_agreed``.
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
    wishes: tuple[Wish, ...] = ()
    places: Annotated[int, Meta(ge=0, le=50)] = 1
    vouched: bool = False
    is_minor: bool = False
    checked_for_minors: bool = False
    guardian_agreed: bool = False
    waiting_since: date | None = None
