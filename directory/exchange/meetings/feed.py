"""A feed of meetings from its file to records: which reader it is for, and what must be known of it beforehand."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from directory.errors import UnreadableInput
from directory.exchange.bmlt.reader import read_bmlt
from directory.exchange.meeting_guide.reader import read_meeting_guide
from directory.exchange.meetings.addresses import country_code
from directory.exchange.meetings.clock import zone
from directory.exchange.meetings.codes import NO_TABLE, TABLES, load_programme
from directory.exchange.meetings.heard import Feed, Heard
from directory.exchange.meetings.to_record import to_records
from directory.exchange.reading.wordrules import Tally
from directory.exchange.records import Refusal, SourceInfo, SourceRecord

Reader = Callable[[Path, SourceInfo, Feed], Iterator[Heard | Refusal]]
READERS: Final[dict[str, Reader]] = {"meeting-guide": read_meeting_guide, "bmlt": read_bmlt}
KINDS: Final = tuple(READERS)
PROGRAMMES: Final = (*(code.replace("_", "-") for code in TABLES if code not in ("bmlt", "general")), NO_TABLE)
"""The programmes that a feed can be of; ``none`` is for those without a vocabulary of their own."""
ASK: Final = "the same letters mean different things in different programmes: say which one this feed is of (--programme CODE: {codes})."
NO_ZONE: Final = "no time zone is called {zone}; give one such as America/New_York (--timezone)."
NO_COUNTRY: Final = "no country has the letters {country}; give two, such as US (--country)."


class MeetingFeed(Struct, frozen=True, kw_only=True):
    """What is told of a feed of meetings: its programme (one of ``PROGRAMMES``), the IANA zone and the country of records that name none.

    ``code`` and ``title`` are those of a source that is known already; without them they are made of the name of the feed.
    """

    programme: str = ""
    timezone: str = ""
    country: str = ""
    code: str = ""
    title: str = ""

    def source(self, kind: str, name: str) -> SourceInfo:
        """The source that the feed is, by its kind and name; UnreadableInput where its programme or zone is none."""
        if self.programme not in PROGRAMMES:
            raise UnreadableInput(ASK.format(codes=", ".join(PROGRAMMES)))
        if self.timezone and zone(self.timezone) is None:
            raise UnreadableInput(NO_ZONE.format(zone=self.timezone))
        if self.country and country_code(self.country) != self.country:
            raise UnreadableInput(NO_COUNTRY.format(country=self.country))
        words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-").removeprefix(f"{kind}-")
        code = self.code or (f"{kind}-{words}" if words and words != kind else kind)
        return SourceInfo(
            code=code, name=self.title or name, kind=kind, timezone=self.timezone or None, country=self.country or None, programme=self.programme
        )


def wrong_of_meetings(said: Mapping[str, str]) -> dict[str, str]:
    """What does not fit of what a form says of a feed of meetings, by field."""
    errors = {}
    if said.get("programme") not in PROGRAMMES:
        errors["programme"] = "Choose whose type codes it has; the same letters mean different things in different programmes."
    if zone(said.get("timezone", "")) is None:
        errors["timezone"] = "Give the time zone of its meetings, such as America/New_York."
    if (country := said.get("country", "").strip()) and country_code(country.upper()) != country.upper():
        errors["country"] = "Give the country in two letters, such as US."
    return errors


def read_meetings(path: Path, source: SourceInfo, of: MeetingFeed, tally: Tally) -> Iterator[SourceRecord | Refusal]:
    """The groups of a feed, after the meetings that were refused."""
    # BMLT servers speak of formats by world ids, which are a vocabulary of their own whatever the programme's letters are elsewhere.
    table = "bmlt" if source.kind == "bmlt" and of.programme == "na" else of.programme if source.kind != "bmlt" else NO_TABLE
    feed = Feed(programme=load_programme(table), timezone=of.timezone, country=of.country, tally=tally)
    yield from to_records(READERS[source.kind](path, source, feed), source, feed)
