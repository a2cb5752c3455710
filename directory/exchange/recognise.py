"""Which reader a file is for: by the name that somebody gives, or by what the file itself looks like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace
from sqlalchemy.orm import Session

from directory.errors import UnreadableInput
from directory.exchange.hsds.document import read_objects
from directory.exchange.hsds.reader import SOURCE as HSDS
from directory.exchange.hsds.reader import kind_of, read_hsds
from directory.exchange.intake import Doubt, PointCheck
from directory.exchange.nyc import SOURCE as NYC
from directory.exchange.nyc import read_nyc
from directory.exchange.ohana import SOURCE as OHANA
from directory.exchange.ohana import read_ohana
from directory.exchange.records import Location, Refusal, SourceInfo, SourceRecord
from directory.exchange.table import read_table
from directory.exchange.table_mapping import load_mapping
from directory.exchange.wordrules import FOLDER, Tally, share_mapped
from directory.places import FAR_FROM_CODE_KM, Gazetteer, check_point, open_gazetteer
from matching.values import Place

OHANA_WORDS = {"agency", "services_provided", "target_group", "service_wait", "audience", "market_match"}
"""Properties of an Ohana record of 2013 that no HSDS object has."""
NOT_TABLES = {"ohana", "nyc", "languages"}


class Opened(Struct, kw_only=True):
    """A file with its reader. ``tally`` fills while ``records`` are read."""

    source: SourceInfo
    records: Iterator[SourceRecord | Refusal]
    tally: Tally = field(default_factory=Tally)

    def shares(self) -> list[str]:
        """How much of each kind of word was mapped to our vocabularies, once the records were read."""
        return [share_mapped(self.tally, kind) for kind in sorted(self.tally.mentions)]


def kinds() -> tuple[str, ...]:
    """The names that ``open_source`` takes: the formats, and the tables whose mapping is shipped."""
    return ("hsds", "nyc", "ohana", *sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem not in NOT_TABLES))


def open_source(path: Path, *, kind: str | None = None, mapping: Path | None = None) -> Opened:
    """The records of a file or folder. ``UnreadableInput`` when it is nothing that is known, or a table without a mapping."""
    if mapping is not None:
        return _table(path, mapping)
    kind = kind or _recognised(path)
    tally = Tally()
    if kind == "nyc":
        return Opened(source=NYC, records=read_nyc(path, tally=tally), tally=tally)
    if kind == "ohana":
        return Opened(source=OHANA, records=read_ohana(path, tally=tally), tally=tally)
    if kind == "hsds":
        source = replace(HSDS, code=_code(path))
        return Opened(source=source, records=read_hsds(path, source), tally=tally)
    if kind in kinds():
        return _table(path, kind)
    raise UnreadableInput(f"'{kind}' is no kind of source. The kinds are: {', '.join(kinds())}.", file=path.name)


def point_check(session: Session) -> PointCheck:
    """Doubts a point that lies far from the middle of the postcode of its own address."""
    gazetteer = open_gazetteer(session)
    return lambda location: _doubt(gazetteer, location)


def _doubt(gazetteer: Gazetteer, location: Location) -> Doubt | None:
    if location.latitude is None or location.longitude is None:
        return None
    place = Place(latitude=location.latitude, longitude=location.longitude)
    for address in location.addresses:
        if address.postal_code and address.country:
            far = check_point(gazetteer, place, postal_code=address.postal_code, country=address.country)
            if far is not None and far > FAR_FROM_CODE_KM:
                return Doubt(f"the point lies {far:.0f} km from the middle of its postcode: one of the two is wrong")
    return None


def _table(path: Path, mapping: Path | str) -> Opened:
    rules, tally = load_mapping(mapping), Tally()
    return Opened(source=rules.source, records=read_table(path, rules, tally=tally), tally=tally)


def _recognised(path: Path) -> str:
    if path.is_dir() or (path.suffix.lower() == ".csv" and (path.parent / "providers.csv").is_file()):
        return "nyc"
    if path.suffix.lower() in (".csv", ".tsv", ".txt"):
        what = f"a table needs a mapping that says what its columns mean: --map FILE, or --as one of {', '.join(kinds())}."
        raise UnreadableInput(what, file=path.name)
    _, first = next(iter(read_objects(path)), (0, None))
    if isinstance(first, dict) and OHANA_WORDS & set(first):
        return "ohana"
    if kind_of(first, path.name) is not None:
        return "hsds"
    raise UnreadableInput(f"this is nothing that is known here. Say what it is with --as; the kinds are: {', '.join(kinds())}.", file=path.name)


def _code(path: Path) -> str:
    """The code of an HSDS feed, from the name of its file: two feeds must not take each other for removed."""
    words = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    return f"hsds-{words}" if words else "hsds"
