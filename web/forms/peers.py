"""The form in which somebody says what they wish for or can be there for: read whole, so that no preference is lost between the page and the seal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from directory.errors import Invalid
from directory.models import PeerProfile
from directory.peers.values import IN_NONE, WAYS, Said
from matching.pairing.values import Wish
from matching.values import Slot
from web.forms.fields import PARTS_OF_DAY, Posted

ASKED: Final = ("gender", "age", "communities", "faiths")
"""What one can ask of the other beside what one hopes they are good at; each may be a must."""
TEXTS: Final = {"pseudonym": 40, "called": 80, "words": 300, "timezone": 60, "place": 120, "not_people": 1_000, "not_places": 400, "organizations": 600,
                "not_organizations": 600, "places": 3, "rests_until": 10, "days": 3, "age": 10, "version": 9}  # fmt: skip
LISTS: Final = ("about", "not_about", "interests", "strengths", "hopes", "languages", "ways", "times", "traits", "wishes", "musts",
                "keep_areas", "keep_organizations", "keep_not_organizations")  # fmt: skip
TICKS: Final = ("not_my_area", "in_none", "not_my_services", "shows_traits", "no_area")
MOST: Final = 40


class Typed(Struct, frozen=True, kw_only=True):
    """The fields as they were typed. ``keep_*`` are what was said before and stays; the texts beside them, a line each, come on top."""

    pseudonym: str = ""
    called: str = ""
    words: str = ""
    about: tuple[str, ...] = ()
    not_about: tuple[str, ...] = ()
    interests: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    hopes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    ways: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    timezone: str = ""
    place: str = ""
    no_area: bool = False
    not_my_area: bool = False
    not_places: str = ""
    keep_areas: tuple[str, ...] = ()
    organizations: str = ""
    keep_organizations: tuple[str, ...] = ()
    in_none: bool = False
    not_my_services: bool = False
    not_organizations: str = ""
    keep_not_organizations: tuple[str, ...] = ()
    not_people: str = ""
    traits: tuple[str, ...] = ()
    shows_traits: bool = False
    wishes: tuple[str, ...] = ()
    musts: tuple[str, ...] = ()
    age: str = ""
    places: str = "1"
    rests_until: str = ""
    days: str = "90"
    version: str = "0"


def read_typed(form: Posted) -> Typed:
    """What was typed, cut to what the fields hold."""
    texts = {name: str(form.get(name) or "")[:most] for name, most in TEXTS.items()}
    lists = {name: tuple(dict.fromkeys(str(one)[:80] for one in form.getall(name, [])))[:MOST * 2] for name in LISTS}
    return Typed(**texts, **lists, **{name: form.get(name) == "1" for name in TICKS})   # type: ignore[arg-type]


def typed_of(said: Said, row: PeerProfile, days: int) -> Typed:
    """The form as it was filled in."""
    return Typed(
        pseudonym=said.pseudonym, called=said.called, words=said.words, about=said.about, not_about=said.not_about, interests=said.interests,
        strengths=said.strengths, hopes=said.hopes, languages=said.languages, ways=said.ways, times=tuple(filter(None, map(_code, said.slots))),
        timezone=said.timezone, not_my_area=said.not_my_area, keep_areas=said.not_areas, keep_organizations=_known(said.organizations),
        in_none=IN_NONE in said.organizations, not_my_services=said.not_my_services, keep_not_organizations=said.not_organizations,
        not_people=said.not_people, traits=said.traits, shows_traits=said.shows_traits,
        wishes=tuple(sorted(code for wish in said.wishes for code in wish.codes)),
        musts=tuple(kind for kind in ASKED if any(wish.must and _kind(wish) == kind for wish in said.wishes)),
        age="" if said.is_minor is None else "minor" if said.is_minor else "adult", places=str(row.places),
        rests_until=row.rests_until.isoformat() if row.rests_until else "", days=str(days), version=str(row.version),
    )  # fmt: skip


def said_of(typed: Typed, before: Said | None, *, area: str, areas: Iterable[str], organizations: Iterable[str], not_organizations: Iterable[str]) -> Said:
    """What somebody says by this form. ``area`` and the rest were found for what they wrote; what a tick keeps must have been said ``before``."""
    was = before or Said()
    own = (*(code for code in typed.keep_organizations if code in was.organizations), *organizations)
    return Said(
        pseudonym=typed.pseudonym.strip(), called=typed.called.strip(), words=typed.words.strip(), about=typed.about[:MOST], not_about=typed.not_about[:MOST],
        interests=typed.interests[:MOST], strengths=typed.strengths[:MOST], hopes=typed.hopes[:MOST], languages=typed.languages[:20],
        ways=tuple(way for way in WAYS if way in typed.ways), slots=tuple(_slot(code) for code in typed.times if _is_time(code)), timezone=typed.timezone,
        area="" if typed.no_area else area or was.area, not_my_area=typed.not_my_area,
        not_areas=tuple(dict.fromkeys((*(code for code in typed.keep_areas if code in was.not_areas), *areas)))[:MOST],
        organizations=tuple(dict.fromkeys(own or ((IN_NONE,) if typed.in_none else ())))[:MOST], not_my_services=typed.not_my_services,
        not_organizations=tuple(dict.fromkeys((*(one for one in typed.keep_not_organizations if one in was.not_organizations), *not_organizations)))[:MOST],
        not_people=typed.not_people.strip(), traits=typed.traits[:MOST], shows_traits=typed.shows_traits, wishes=_wishes(typed),
        is_minor={"adult": False, "minor": True}.get(typed.age),
    )  # fmt: skip


def load_of(typed: Typed, side: str) -> tuple[int, date | None, int]:
    """How many people at once, until when somebody rests, and for how many days they agree; ``Invalid`` where it is no number or day."""
    errors = {} if side == "seeker" or typed.places.strip().isdecimal() else {"places": "Write a number, such as 1."}
    rests: date | None = None
    try:
        rests = date.fromisoformat(typed.rests_until) if typed.rests_until else None
    except ValueError:
        errors["rests_until"] = "Choose a day, or leave it empty."
    if errors:
        raise Invalid(**errors)
    return int(typed.places) if side == "supporter" else 1, rests, int(typed.days) if typed.days.isdecimal() else 0


def lines(text: str) -> list[str]:
    """What stands in each line."""
    return [line.strip()[:120] for line in text.splitlines() if line.strip()][:20]


def cleaned(typed: Typed, **offered: frozenset[str]) -> Typed:
    """The same without choices that the page did not offer (somebody changed it)."""
    return replace(typed, **{name: tuple(code for code in getattr(typed, name) if code in codes) for name, codes in offered.items()})


def _wishes(typed: Typed) -> tuple[Wish, ...]:
    kinds = {kind: frozenset(code for code in typed.wishes if code.startswith(f"{kind}/")) for kind in ASKED}
    return tuple(Wish(codes=codes, must=kind in typed.musts) for kind, codes in kinds.items() if codes)


def _kind(wish: Wish) -> str:
    return next(iter(wish.codes)).partition("/")[0]


def _known(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(code for code in codes if code != IN_NONE)


def _is_time(code: str) -> bool:
    return len(code) == 2 and code[0] in "0123456" and code[1] in PARTS_OF_DAY


def _slot(code: str) -> Slot:
    starts, ends = PARTS_OF_DAY[code[1]]
    return Slot(weekday=int(code[0]), starts=starts, ends=ends)


def _code(slot: Slot) -> str:
    return next((f"{slot.weekday}{part}" for part, span in PARTS_OF_DAY.items() if span == (slot.starts, slot.ends)), "")
