"""Which reader a file or folder is for: told by its kind, by a mapping, or by what it looks like."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from msgspec.structs import replace

from directory.errors import UnreadableInput
from directory.exchange.hsds import reader as hsds
from directory.exchange.meetings.feed import KINDS as MEETING_KINDS
from directory.exchange.meetings.feed import MeetingFeed, read_meetings
from directory.exchange.nyc import reader as nyc
from directory.exchange.ohana import reader as ohana
from directory.exchange.reading.files import read_header, read_lines, read_objects
from directory.exchange.reading.shipped import FOLDER
from directory.exchange.reading.wordrules import Tally, share_mapped
from directory.exchange.records import Refusal, SourceInfo, SourceRecord
from directory.exchange.table.mapping import Mapping, load_mapping
from directory.exchange.table.reader import read_table

Records = Iterator[SourceRecord | Refusal]
KINDS = ("bmlt", "hsds", "meeting-guide", "nyc", "ohana", "table")
OHANA_FIELDS = {"keywords", "agency", "service_hours", "urls", "street_address", "phones", "services_provided", "eligibility_requirements"}
NO_MAPPING = (
    "a table needs a mapping: a TOML file that says what its columns mean (--map FILE). "
    "The ones under directory/exchange/mapping show the form, and directory/exchange/table/mapping.py explains it."
)


class Reading:
    """The records of a source, read as they are asked for; ``tally`` counts on the way which of its words were understood."""

    def __init__(self, read: Callable[[Tally], Records]) -> None:
        self.tally = Tally()
        self._records = read(self.tally)

    def __iter__(self) -> Records:
        return self._records

    def shares(self) -> list[str]:
        """``mapped 91 % of 12,345 keyword mentions``, a line for each kind of word; right once every record was read."""
        return [*self.tally.notes, *(share_mapped(self.tally, kind) for kind in self.tally.mentions)]


def read_source(
    path: Path, *, kind: str | None = None, mapping: Path | None = None, feed: str | None = None, of: MeetingFeed | None = None
) -> tuple[SourceInfo, Reading]:
    """The source of a file or folder and its records. UnreadableInput says what to add where the kind cannot be told.

    ``feed`` names the feed that an HSDS file or one of meetings is a part of; without it the name of the file does. ``of`` is what must be known of a feed
    of meetings beforehand.
    """
    if kind is not None and kind not in KINDS:
        raise UnreadableInput(f"no reader is called {kind}; there are {', '.join(KINDS)}.", file=path.name)
    kind = kind or ("table" if mapping else _kind_of(path))
    if kind in MEETING_KINDS:
        return read_meeting_feed(path, kind, of or MeetingFeed(), name=feed or path.stem)
    if kind == "table":
        return _table(path, load_mapping(mapping) if mapping else _shipped_mapping(path))
    if kind == "nyc":
        return nyc.SOURCE, Reading(lambda tally: nyc.read_nyc(path, tally=tally))
    if kind == "ohana":
        return ohana.SOURCE, Reading(lambda tally: ohana.read_ohana(path, tally=tally))
    source = replace(hsds.SOURCE, code=_feed_code(feed or path.stem))
    return source, Reading(lambda _: hsds.read_hsds(path, source))


def read_meeting_feed(path: Path, kind: str, of: MeetingFeed, *, name: str) -> tuple[SourceInfo, Reading]:
    """A feed of meetings as its source and its records; UnreadableInput where its programme was not told."""
    source = of.source(kind, name)
    return source, Reading(lambda tally: read_meetings(path, source, of, tally))


def _table(path: Path, mapping: Mapping | None) -> tuple[SourceInfo, Reading]:
    if mapping is None:
        raise UnreadableInput(NO_MAPPING, file=path.name)
    return mapping.source, Reading(lambda tally: read_table(path, mapping, tally=tally))


def _feed_code(name: str) -> str:
    """The code of an HSDS feed, from its name: two feeds must not take each other's records for theirs."""
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return f"hsds-{words}" if words else "hsds"


def _kind_of(path: Path) -> str:
    folder = path if path.is_dir() else path.parent
    is_nyc = path.is_dir() or path.stem in nyc.TABLES
    if is_nyc and all((folder / f"{name}.csv").is_file() for name in nyc.TABLES):
        return "nyc"
    if path.is_dir():
        raise UnreadableInput("no format that comes as a folder is known here: give one file, or say what it is (--as KIND).", file=path.name)
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        return "table"
    return "ohana" if _looks_like_ohana(path) else "hsds"


def _looks_like_ohana(path: Path) -> bool:
    """Whether the first line is an object with no id and several of the fields of that format."""
    first = next((line for _, line in islice(read_lines(path), 1)), "").strip()
    if not (first.startswith("{") and first.endswith("}")):
        return False
    try:
        _, record = next(read_objects(path))
    except UnreadableInput:
        return False
    return "id" not in record and "name" in record and len(OHANA_FIELDS & set(record)) >= 3


def _shipped_mapping(path: Path) -> Mapping | None:
    """The mapping of ours that this table has every column for: of several the one that names most columns; None where there is none."""
    header = read_header(path)
    shipped = (load_mapping(file) for file in sorted(FOLDER.glob("*.toml")) if "[columns]" in file.read_text("utf-8").splitlines())
    fitting = [mapping for mapping in shipped if mapping.fits(header)]
    return max(fitting, key=lambda mapping: len(mapping.needed()), default=None)
