"""The open feeds held ready: what has changed is made anew when somebody asks, and by the ticker before; everything else is given as it was."""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any, Final
from uuid import UUID

import msgspec

from directory.changes import latest_seq
from directory.exchange.bmlt import writer as bmlt
from directory.exchange.bmlt.formats import to_records
from directory.exchange.meeting_guide import writer as meeting_guide
from directory.exchange.meetings.codes import Programme, load_programme
from directory.exchange.meetings.maps import to_geojson, to_kml
from directory.exchange.meetings.meeting import Meeting
from directory.exchange.meetings.public import USUAL, Choice, Told, public_meetings
from directory.exchange.meetings.spots import country_name
from directory.exchange.meetings.tables import to_table
from directory.moves import moves_since
from directory.storage import Session, Storage

BMLT_PATH: Final = "/feeds/bmlt"
NAME: Final = "Homeground"


class Feeds:
    """The feeds of one state of the directory on one day. Each is made when it is first asked for."""

    def __init__(self, told: list[Told], *, country: str, base_url: str) -> None:
        self.told, self._country, self._base_url = told, country_name(country), base_url

    @cached_property
    def meeting_guide_records(self) -> list[dict[str, Any]]:
        """The records of the Meeting Guide feed."""
        programme = load_programme("general")
        return meeting_guide.to_records((one.under(programme) for one in self.told), programme, country=self._country)

    @cached_property
    def meeting_guide(self) -> bytes:
        """The Meeting Guide feed as JSON."""
        return msgspec.json.encode(self.meeting_guide_records)

    @cached_property
    def geojson(self) -> bytes:
        """Where groups meet, for maps."""
        return msgspec.json.encode(to_geojson(self._meetings))

    @cached_property
    def kml(self) -> bytes:
        """The same as KML."""
        return to_kml(self._meetings, name=NAME).encode()

    @cached_property
    def table(self) -> bytes:
        """A row a meeting, for spreadsheets."""
        return to_table(self._meetings)

    @property
    def _meetings(self) -> Iterator[Meeting]:
        return (one.meeting for one in self.told)

    @cached_property
    def bmlt(self) -> bmlt.Feed:
        """All that the BMLT interface answers from."""
        programme = self.bmlt_programme
        return bmlt.to_feed((one.under(programme) for one in self.told), programme, root=self.bmlt_root, name=NAME)

    @cached_property
    def bmlt_file(self) -> bytes:
        """Every meeting with the formats in use, as the interface answers it: a file that other servers import."""
        formats = to_records(self.bmlt.formats.values(), root=self.bmlt_root)
        return msgspec.json.encode({"meetings": self.bmlt.meetings, "formats": formats})

    @property
    def bmlt_programme(self) -> Programme:
        """The programme whose formats the BMLT interface has."""
        return load_programme("bmlt")

    @property
    def bmlt_root(self) -> str:
        """The address of the BMLT interface, which clients call the root server."""
        return self._base_url + BMLT_PATH


class HeldFeeds:
    """The feeds of the present state. ``timezone`` and ``country`` hold where nothing else is named, ``base_url`` is where people find us."""

    def __init__(self, storage: Storage, *, timezone: str, country: str, base_url: str) -> None:
        self._storage, self._timezone, self._country, self._base_url = storage, timezone, country, base_url
        self._lock = threading.Lock()
        self._day: date | None = None
        self._seq = 0
        self._told: dict[str, list[Told]] = {}
        """The meetings of each group, by the id of its service."""
        self._feeds: Feeds | None = None

    def on(self, day: date) -> Feeds:
        """The feeds as they are on a day. Whoever asks first after a change waits until they are made, so nothing hidden is told a moment longer."""
        with self._lock, self._storage.reading() as session:
            if self._day != day or self._feeds is None or latest_seq(session) != self._seq:
                self._follow(session, day)
                self._feeds = self._of(one for _, told in sorted(self._told.items()) for one in told)
            return self._feeds

    def chosen(self, day: date, choice: Choice) -> Feeds:
        """The feeds of another choice, made for this once."""
        with self._storage.reading() as session:
            return self._of(self._meetings(session, day, choice))

    def find(self, listing_id: str) -> Told | None:
        """A meeting of the state that was held last, by the id of its listing: ``moves_since`` asks when a place is gone."""
        return next((one for told in self._told.values() for one in told if one.listing_id == listing_id), None)

    def _follow(self, session: Session, day: date) -> None:
        """Read anew what the log speaks of, and on another day what hangs on the day; everything the first time, and where that is not enough."""
        seq, moves = latest_seq(session), moves_since(session, self._seq, self) if self._feeds else None
        if moves is None or not moves.is_small:
            self._told = _by_service(self._meetings(session, day, USUAL))
        elif stale := moves.services | (frozenset() if self._day == day else self._dated()):
            anew = _by_service(self._meetings(session, day, USUAL, stale))
            self._told = {key: told for key, told in self._told.items() if UUID(key) not in stale} | anew
        self._day, self._seq = day, seq

    def _dated(self) -> frozenset[UUID]:
        """The groups that are told otherwise on some days than on others. Of a year's groups those are few, and reading all of them takes seconds."""
        return frozenset(UUID(key) for key, told in self._told.items() if any(one.is_dated for one in told))

    def _meetings(self, session: Session, day: date, choice: Choice, services: Collection[UUID] | None = None) -> list[Told]:
        return public_meetings(session, on=day, timezone=self._timezone, base_url=self._base_url, choice=choice, services=services)

    def _of(self, told: Iterable[Told]) -> Feeds:
        return Feeds(sorted(told, key=lambda one: one.meeting.key), country=self._country, base_url=self._base_url)


def _by_service(told: Iterable[Told]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for one in told:
        found.setdefault(one.service_id, []).append(one)
    return found
