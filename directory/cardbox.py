"""Cards made once, when the index is, and kept as bytes beside it: what a result shows then costs no query."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from operator import attrgetter
from typing import Final

from msgspec import Struct, msgpack
from msgspec.structs import fields

from directory.hours import open_state
from directory.listings import Card, OpenState, StandingCard
from matching.values import Opening

MOST_DECODED: Final = 5_000
"""Cards that are held ready at once, some ten megabytes: those of a town, or the ones that a country asks for."""


class Hours(Struct, frozen=True, kw_only=True, array_like=True):
    """All that it takes to say at any moment whether a listing is open. ``is_closed``: for now, whatever its openings are."""

    is_closed: bool = False
    openings: tuple[Opening, ...] = ()
    closed_on: tuple[date, ...] = ()
    always_open: bool = False
    has_text: bool = False
    timezone: str = "UTC"

    def state(self, at: datetime, *, country: str) -> OpenState:
        """Whether it is open at a moment (aware), in times as the readers' country writes them."""
        if self.is_closed:
            return OpenState(state="closed", text="Closed for now")
        return open_state(
            self.openings, closed_on=self.closed_on, always_open=self.always_open, has_text=self.has_text, timezone=self.timezone, at=at, country=country
        )


class StoredCard(StandingCard, frozen=True, kw_only=True, array_like=True):
    """A card without its moment, as it is kept."""

    hours: Hours

    def at(self, at: datetime, *, country: str) -> Card:
        """The card at a moment (aware)."""
        return Card(opening=self.hours.state(at, country=country), **dict(zip(STANDING, standing_of(self), strict=True)))


STANDING: Final = tuple(field.name for field in fields(StandingCard))
standing_of: Final = attrgetter(*STANDING)


class CardBox:
    """The cards of one state of the directory, by listing id; they are read as that state was, and never change. For any number of threads."""

    def __init__(self, attachment: Callable[[str], bytes | None]) -> None:
        """``attachment`` gives the bytes of a listing, None for one that is not there: that of an index gives them from the disk, shared."""
        self._attachment = attachment
        self._decoder = msgpack.Decoder(StoredCard)
        self._decoded: dict[str, StoredCard] = {}
        self._shown: dict[str, tuple[int, str, Card]] = {}

    def find(self, listing_id: str) -> StoredCard | None:
        """The card of a listing, if it is in this state of the directory."""
        if (known := self._decoded.get(listing_id)) is not None:
            return known
        content = self._attachment(listing_id)
        if content is None:
            return None
        if len(self._decoded) >= MOST_DECODED:
            self._decoded.clear()   # what is asked for often is soon back
        card = self._decoded[listing_id] = self._decoder.decode(content)
        return card

    def at(self, listing_id: str, at: datetime, *, country: str) -> Card | None:
        """The card of a listing at a moment (aware): the same object for as long as nothing on it changes, which is looked at once a minute."""
        minute = int(at.timestamp() // 60)
        known = self._shown.get(listing_id)
        if known is not None and known[0] == minute and known[1] == country:
            return known[2]
        stored = self.find(listing_id)
        if stored is None:
            return None
        if len(self._shown) >= MOST_DECODED:
            self._shown.clear()
        card = stored.at(at, country=country)
        if known is not None and known[2] == card:
            card = known[2]   # what was drawn of it may be shown again
        self._shown[listing_id] = minute, country, card
        return card


def encode(card: StoredCard) -> bytes:
    """A card as it is kept."""
    return msgpack.encode(card)
