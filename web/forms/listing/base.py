"""What every field of the form can do: show itself from a sheet or from what was typed, and read what was typed into the sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from msgspec import Struct

from directory.editing.own_places import OwnPlace
from directory.editing.places import FindExact, FindPlace
from directory.editing.sheet import Sheet
from directory.exchange.records import ServiceAtLocation, made_id
from directory.places import Landmark, PlaceAnswer, Unknown
from web.forms.fields import Posted
from web.house import Vocabulary

Errors = dict[str, str]
"""What is the matter, by the id of the field on the page."""


def _nowhere(text: str) -> PlaceAnswer:
    return Unknown(text=text)


def _nothing_near(_latitude: float, _longitude: float) -> Sequence[Landmark]:
    return ()


def _nobodys(_key: UUID) -> ServiceAtLocation | None:
    return None


class Around(Struct, frozen=True, kw_only=True):
    """What fields need to know of the house: the words, the country, today, the draft (for lasting ids of new rows) and a curator's right."""

    vocabulary: Vocabulary
    country: str
    today: date
    draft: UUID
    is_curator: bool = False
    find: FindPlace = _nowhere
    """Looks an address up; ``find_here`` asks nobody outside, for places that are not public."""
    find_here: FindPlace = _nowhere
    exact: FindExact | None = None
    """Asks the geocoder that the operator has named (``asks``) for the point of a public address."""
    asks: str = ""
    landmarks: Callable[[float, float], Sequence[Landmark]] = _nothing_near
    ours: Callable[[], Sequence[OwnPlace]] = tuple
    """The other public places of the organization."""
    take: Callable[[UUID], ServiceAtLocation | None] = _nobodys
    """One of those as a place of this listing."""
    base: Sheet | None = None
    """The listing as it was when the draft was begun: a row that was taken away on a page that still shows it can come back."""
    taken: frozenset[UUID] = frozenset()
    """The places of the sheet that it takes on as they are."""
    others: Mapping[UUID, Sequence[str]] = {}
    """What else is listed at each place of the sheet, by name."""


class Field(Protocol):
    """A part of a section."""

    def show(self, sheet: Sheet, posted: Posted | None, around: Around) -> dict[str, Any]:
        """What the template needs: ``kind`` names the macro. With ``posted`` it shows what was typed, as it was typed."""
        ...

    def read(self, sheet: Sheet, posted: Posted, around: Around) -> Errors:
        """Write what was typed into the sheet. A field that was not sent at all changes nothing; one that was sent empty says nothing any more."""
        ...


def new_id(around: Around, entity: str, slot: str) -> UUID:
    """The id of a new row: made of the draft and its slot in the form, so that sending it twice makes one row, and never that of another listing."""
    return id_in(around.draft, entity, slot)


def id_in(draft: UUID, entity: str, slot: str) -> UUID:
    """The same by the id of the draft."""
    return made_id("draft", entity, f"{draft}|{slot}")


def line(posted: Posted, name: str) -> str | None:
    """One line as typed, blanks put in order; None when it was not sent."""
    value = posted.get(name)
    return None if value is None else tidy_line(str(value))


def prose(posted: Posted, name: str) -> str | None:
    """Some lines as typed, without blanks at their ends; None when it was not sent."""
    value = posted.get(name)
    return None if value is None else tidy_prose(str(value))


def tidy_line(text: str) -> str:
    """A text as one line."""
    return " ".join(text.split())


def tidy_prose(text: str) -> str:
    """A text without blanks at the ends of its lines."""
    return "\n".join(one.rstrip() for one in text.replace("\r\n", "\n").strip().split("\n"))


def put_back(rows: list[Any], base: Sequence[Any], is_sent: Callable[[Any], bool]) -> None:
    """Bring back rows of the base that were taken away while their page was open, and that it sends again: a tick that was undone, or words typed anew."""
    there = {row.id for row in rows}
    rows += [copy(row) for row in base if row.id not in there and is_sent(row)]
