"""The people of the judged set: who they are in a sentence or two, and the inquiry they would have filled in."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from matching.values import Inquiry, Slot

HERE: Final = Path(__file__).parent
FILES: Final = ("alder_falls", "san_mateo")
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
AGAIN: Final = 20
"""How many people of each place are judged twice: a fifth."""
_SLOT = re.compile(r"([A-Z][a-z]{2}) (\d\d):(\d\d)-(\d\d):(\d\d)")


class Person(Struct, frozen=True, kw_only=True):
    """One of the two hundred. ``world`` is the directory that they ask."""

    id: str
    who: str
    world: str
    inquiry: Inquiry

    @property
    def held_out(self) -> bool:
        """True for the third that no number may be tuned on; it hangs on the id alone."""
        return number("held out", self.id) % 3 == 0


def number(salt: str, text: str) -> int:
    """A number that looks like chance and is the same for ever."""
    return int.from_bytes(sha256(f"{salt}|{text}".encode()).digest()[:8], "big")


@cache
def people() -> tuple[Person, ...]:
    """All of them, the two places in turn, so that any stretch of the list holds both. Raises ValueError or msgspec.ValidationError for what cannot be."""
    files = [[_person(row, name) for row in tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))["person"]] for name in FILES]
    return tuple(person for turn in zip(*files, strict=True) for person in turn)


@cache
def judged_twice() -> tuple[Person, ...]:
    """The fifth of the people whose listings a second judge grades as well."""
    chosen = {
        person.id
        for world in FILES
        for person in sorted((one for one in people() if one.world == world), key=lambda one: number("judged twice", one.id))[:AGAIN]
    }
    return tuple(person for person in people() if person.id in chosen)


def _person(row: dict[str, Any], world: str) -> Person:
    asked = {key: value for key, value in row.items() if key not in ("id", "who")}
    if place := asked.get("place"):
        asked["place"] = dict(zip(("latitude", "longitude"), place, strict=True))
    profile = dict(asked.get("profile", {}))
    profile["strengths"] = [_strength(text) for text in profile.get("strengths", ())]
    profile["times"] = [slot(text) for text in profile.get("times", ())]
    return Person(id=row["id"], who=row["who"], world=world, inquiry=msgspec.convert({**asked, "profile": profile}, Inquiry))


def _strength(text: str) -> dict[str, Any]:
    """ "cooking" or, with how much it is enjoyed, "cooking 3"."""
    code, _, enjoy = text.partition(" ")
    return {"code": code, "enjoy": int(enjoy)} if enjoy else {"code": code}


def slot(text: str) -> Slot:
    """ "Tue 17:00-22:00" as a slot of time. Raises ValueError when it is written otherwise."""
    found = _SLOT.fullmatch(text)
    if found is None:
        raise ValueError(f"'{text}' is no time somebody has. Write for instance: Tue 17:00-22:00")
    day, hour, minute, until, past = found.groups()
    return Slot(weekday=DAYS.index(day), starts=int(hour) * 60 + int(minute), ends=int(until) * 60 + int(past))
