"""What somebody says in a scheme, on either side, and how pairing reads it: values only, no database, no clock.

All of it is sealed with the key of the person's own record. What the other side may see of it before both said yes is in ``cards``, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Final
from uuid import UUID
from zoneinfo import available_timezones

import msgspec
from msgspec import Meta, Struct

from directory.errors import Invalid
from matching.pairing.values import Peer, Side, Way, Wish
from matching.values import Code, Slot

SIDES: Final[tuple[Side, ...]] = ("seeker", "supporter")
WAYS: Final[tuple[Way, ...]] = ("in_person", "video", "phone", "messages")
KINDS: Final = ("training", "checks", "supervision", "checks_for_minors", "guardian")
VOUCHED: Final = frozenset({"training", "checks", "supervision"})
"""What an organization has to stand for, all of it and today, before a supporter is suggested to anybody."""
MOST_PEOPLE: Final = 50
IN_NONE: Final = "none"
"""Said of the organizations that one belongs to: none. What was not said is unknown, and asked before anything is suggested."""
Codes = Annotated[tuple[Code, ...], Meta(max_length=40)]


class Said(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one person said in one scheme, on one side. Codes are ``taxonomy/code``, but languages (BCP 47), areas and organizations (ids).

    ``called`` is the name of their choice, which passes when both said yes; until then they are ``pseudonym``. ``shows_traits``: what they say of
    themselves may stand on their card. ``not_people`` are names for the coordinator's eyes: whom they must never meet.
    """

    pseudonym: Annotated[str, Meta(max_length=40)] = ""
    called: Annotated[str, Meta(max_length=80)] = ""
    words: Annotated[str, Meta(max_length=300)] = ""
    about: Codes = ()
    not_about: Codes = ()
    interests: Codes = ()
    strengths: Codes = ()
    hopes: Codes = ()
    languages: Annotated[tuple[Code, ...], Meta(max_length=20)] = ()
    ways: tuple[Way, ...] = ()
    slots: Annotated[tuple[Slot, ...], Meta(max_length=60)] = ()
    timezone: Annotated[str, Meta(max_length=60)] = "UTC"
    area: Code = ""
    not_my_area: bool = False
    not_areas: Codes = ()
    organizations: Codes = ()
    not_my_services: bool = False
    not_organizations: Codes = ()
    not_people: Annotated[str, Meta(max_length=1_000)] = ""
    traits: Codes = ()
    shows_traits: bool = False
    wishes: Annotated[tuple[Wish, ...], Meta(max_length=20)] = ()
    is_minor: bool | None = None


class Standing(Struct, frozen=True, kw_only=True):
    """What pairing has to know beside what somebody said: places left, what is vouched for today, and the organizations they are known to belong to."""

    places: int = 1
    vouched: frozenset[str] = frozenset()
    organizations: frozenset[str] = frozenset()
    waiting_since: date | None = None


def to_text(said: Said) -> str:
    """The JSON that is sealed."""
    return msgspec.json.encode(said).decode()


def of_text(text: str) -> Said:
    """What was sealed."""
    return msgspec.json.decode(text, type=Said)


def check(said: Said, side: str) -> None:
    """``Invalid`` where something is missing without which nobody could be suggested, or which does not fit; whatever else is left out is unknown."""
    errors = {
        "pseudonym": "" if said.pseudonym.strip() else "Choose what your card calls you. It need not be like your name.",
        "called": "" if said.called.strip() else "Write the name that passes once you both said yes.",
        "languages": "" if said.languages else "Choose at least one language.",
        "ways": "" if said.ways else "Choose at least one way to be in touch.",
        "times": "" if said.slots else "Choose at least one time of the week.",
        "timezone": "" if said.timezone in available_timezones() else "Choose a time zone from the list.",
        "about": "" if said.about else "Choose at least one thing.",
        "age": "" if said.is_minor is not None else "Say whether you are 18 or older: people under 18 are looked after in another way.",
        "side": "" if side in SIDES else "Choose a side.",
    }
    if set(said.about) & set(said.not_about):
        errors["not_about"] = "The same thing stands above. Take it out in one place."
    if said.called.strip() and said.called.strip().casefold() == said.pseudonym.strip().casefold():
        errors["pseudonym"] = "Take another word than your name, since everybody who is suggested to you reads it."
    wrong = {field: words for field, words in errors.items() if words}
    if wrong:
        raise Invalid(**wrong)


def peer_of(client_id: UUID, side: Side, said: Said, standing: Standing) -> Peer:
    """Somebody as pairing knows them. Every wish of theirs is in it: a preference that is silently lost is a safety fault."""
    own = frozenset(said.organizations) | standing.organizations
    return Peer(
        id=str(client_id), side=side, about=frozenset(said.about), not_about=frozenset(said.not_about), interests=frozenset(said.interests),
        strengths=frozenset(said.strengths), hopes=frozenset(said.hopes), languages=frozenset(said.languages), ways=frozenset(said.ways), slots=said.slots,
        timezone=said.timezone, area=said.area, not_areas=frozenset(said.not_areas) | _own(said.not_my_area, [said.area]),
        organizations=own, not_organizations=frozenset(said.not_organizations) | _own(said.not_my_services, own - {IN_NONE}), traits=frozenset(said.traits),
        wishes=said.wishes, places=standing.places, vouched=standing.vouched >= VOUCHED, is_minor=said.is_minor is not False,
        checked_for_minors="checks_for_minors" in standing.vouched, guardian_agreed="guardian" in standing.vouched,
        waiting_since=standing.waiting_since,
    )  # fmt: skip


def _own(is_wished: bool, codes: Iterable[str]) -> frozenset[str]:
    return frozenset(code for code in codes if code) if is_wished else frozenset()
