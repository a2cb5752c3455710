"""The open feeds held ready: made when somebody asks and the directory has changed since, else given as they were."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from typing import Any, Final

import msgspec

from directory.changes import latest_seq
from directory.exchange.bmlt import writer as bmlt
from directory.exchange.bmlt.formats import to_records
from directory.exchange.meeting_guide import writer as meeting_guide
from directory.exchange.meetings.codes import Programme, load_programme
from directory.exchange.meetings.maps import to_geojson, to_kml
from directory.exchange.meetings.meeting import Meeting
from directory.exchange.meetings.public import Choice, Told, public_meetings
from directory.exchange.meetings.spots import country_name
from directory.exchange.meetings.tables import to_table
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
        self._held: tuple[tuple[int, date], Feeds] | None = None

    def on(self, day: date) -> Feeds:
        """The feeds as they are on a day. Whoever asks first after a change waits until they are made, so nothing hidden is told a moment longer."""
        with self._lock, self._storage.reading() as session:
            mark = latest_seq(session), day
            if self._held is None or self._held[0] != mark:
                self._held = mark, self._made(session, day, Choice())
            return self._held[1]

    def chosen(self, day: date, choice: Choice) -> Feeds:
        """The feeds of another choice, made for this once."""
        with self._storage.reading() as session:
            return self._made(session, day, choice)

    def _made(self, session: Session, day: date, choice: Choice) -> Feeds:
        told = public_meetings(session, on=day, timezone=self._timezone, base_url=self._base_url, choice=choice)
        return Feeds(told, country=self._country, base_url=self._base_url)
