"""What comes back when somebody names a place: the place, a question which of several is meant, or an honest "not known here"."""

from __future__ import annotations

from matching.values import Place, Value


class Choice(Value, frozen=True, kw_only=True):
    """One of several places: the words to show, and the text that asks for exactly this one."""

    label: str
    text: str


class Found(Value, frozen=True, kw_only=True, tag="found"):
    """The place, the areas it lies in as ``Inquiry.areas`` wants them, and its name in words.

    ``place.precision`` says how the point was made; areas are empty when nothing near the point is known.
    """

    place: Place
    areas: frozenset[str]
    label: str


class Ambiguous(Value, frozen=True, kw_only=True, tag="ambiguous"):
    """At most ten places that the text may mean, the likeliest first. ``wide`` is True when it named a whole state or county: which part of it?"""

    choices: tuple[Choice, ...]
    wide: bool = False


class Unknown(Value, frozen=True, kw_only=True, tag="unknown"):
    """No such place is known here. ``near`` are names spelt nearly so: to offer, never to take without asking."""

    text: str
    near: tuple[Choice, ...] = ()


PlaceAnswer = Found | Ambiguous | Unknown
