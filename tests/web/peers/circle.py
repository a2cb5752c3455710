"""The circle through its pages: what each of the cast types, and where things are."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from httpx import Response

from tests.clients import ALDER
from tests.peers import CARDS, NAMES, SIDES, Circle, circle_of
from tests.web.second_door import SecondDoor, text_of

DESK = f"/desk/organizations/{ALDER}/peers"


def typed_by(name: str, **changes: Any) -> dict[str, Any]:
    """What one of them types: all would suit each other. A change to None leaves a field out."""
    typed = {
        "version": "0", "pseudonym": CARDS[name], "called": NAMES[name], "words": f"{CARDS[name]} likes company.", "about": ["life_domains/people"],
        "languages": ["en"], "ways": ["messages", "phone"], "times": ["1e"], "timezone": "America/Chicago", "place": "54911", "in_none": "1",
        "age": "minor" if name == "juno" else "adult", "places": "2", "days": "90",
    }  # fmt: skip
    return {field: value for field, value in {**typed, **changes}.items() if value is not None}


class Pages:
    """The pages of one scheme, as the cast asks for them. What only a coordinator does on paper is done in ``circle``."""

    def __init__(self, door: SecondDoor, *, is_internal: bool = False) -> None:
        self.door = door
        self.circle: Circle = circle_of(door.storage, door.sealer, door.town, at=door.at, is_internal=is_internal)
        self.scheme = f"{DESK}/{self.circle.scheme.id}"

    def mine(self, name: str, end: str = "") -> str:
        """Where somebody's board is."""
        return f"/my/peers/schemes/{self.circle.scheme.id}/{SIDES[name]}{end}"

    def say(self, name: str, **changes: Any) -> Response:
        """Somebody fills in the form and sends it."""
        return self.door.as_(name).post(self.mine(name, "/words"), typed_by(name, **changes))

    def board(self, name: str) -> Response:
        """What somebody sees."""
        return self.door.as_(name).get(self.mine(name))

    def cards(self, name: str) -> list[str]:
        """What the cards on it are called, in their order."""
        return re.findall(r"<article[^>]*><h3[^>]*><bdi>([^<]*)</bdi>", self.board(name).text)

    def answer(self, name: str, other: str, do: str) -> Response:
        """Somebody presses a button of another's card."""
        return self.door.as_(name).post(self.mine(name, f"/cards/{self.profile_id(other)}"), {"do": do})

    def introduce(self, key: UUID, name: str = "imani", **said: str) -> Response:
        """Somebody introduces two."""
        return self.door.as_(name).post(f"{self.scheme}/introductions/{key}", {"first_contact": "here", **said})

    def profile_id(self, name: str) -> UUID:
        """What somebody's card goes by."""
        with self.door.storage.reading() as session:
            return self.circle.kept(session, name).row.id

    def everything(self, name: str) -> str:
        """All that somebody's own pages say."""
        boards = tuple(f"/my/peers/schemes/{self.circle.scheme.id}/{side}" for side in ("seeker", "supporter"))
        pages = ("/my", "/my/peers", *boards, "/my/referrals", "/my/looked", "/my/sharing", "/desk")
        return " ".join(text_of(self.door.as_(name).get(page)) for page in pages)
