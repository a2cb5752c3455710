"""The verbs that commands call, each imported when it is called, so that ``homeground --help`` is there at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Any

from directory.errors import DirectoryError, UnsafeSetting
from directory.storage import Storage, sqlite_is_safe, sqlite_version
from web.house import Catalogue, House
from web.settings import Settings

if TYPE_CHECKING:
    from directory.exchange.report import ImportReport
    from directory.places import GazetteerReport

BY = "command line"
"""The actor in the change log for what a command does."""

Progress = Callable[[int, int | None], None]


def now() -> datetime:
    """The present moment, aware."""
    return datetime.now(UTC)


def open_storage(settings: Settings) -> Storage:
    """The database of these settings, with the tables, vocabularies and places of this version; ``UnsafeSetting`` when it would lose data."""
    from directory.migrations import upgrade
    from directory.places import PACKAGE_COUNTRY, has_country, load_package

    settings.make_data_dir()
    storage = Storage(settings.database_url)
    if storage.is_sqlite and not sqlite_is_safe(sqlite_version(storage)):
        version = ".".join(map(str, sqlite_version(storage)))
        raise UnsafeSetting(f"SQLite {version} can damage a database with several writers. Install the package pysqlite3, or SQLite 3.51.3 or later.")
    upgrade(storage)
    load_seeds("vocabularies", storage, settings)
    if settings.region == PACKAGE_COUNTRY and not has_country(storage, PACKAGE_COUNTRY):
        load_package(storage, by=BY, at=now())   # 2 s, once: without it no postcode or town is known
    return storage


def open_catalogue(settings: Settings, storage: Storage) -> Catalogue:
    """The catalogue of a database, read and ready to search."""
    from directory.catalogue import Catalogue as Opened

    made = Opened(storage, timezone=settings.timezone, country=settings.region, folder=settings.index_dir)
    made.open()
    return made


def open_house(settings: Settings, storage: Storage | None = None) -> House:
    """Everything a door needs."""
    storage = storage or open_storage(settings)
    return House(settings=settings, storage=storage, catalogue=open_catalogue(settings, storage), clock=now)


def load_seeds(name: str, storage: Storage, settings: Settings) -> Any:
    """Load what the entry point ``name`` of the group ``homeground.seeds`` ships; loading twice changes nothing."""
    found = entry_points(group="homeground.seeds", name=name)
    if not found:
        raise DirectoryError(f"This installation ships no '{name}'. Install Homeground again, whole.")
    return next(iter(found)).load()(storage, at=now(), sealer=settings.sealer())


def import_file(
    settings: Settings, storage: Storage, path: Path, *, kind: str | None, mapping: Path | None, feed: str | None = None,
    progress: Progress, dry_run: bool, is_whole: bool = True, programme: str = "", timezone: str = "", country: str = "",
) -> tuple[ImportReport, list[str]]:
    """Import a file or folder as the command line, now; gives the report, and how much of its words was mapped to our vocabularies.

    ``programme``, ``timezone`` and ``country`` tell of a feed of meetings; without a country its addresses are in that of this installation.
    """
    from directory.exchange.intake.doubts import point_check
    from directory.exchange.located import middles_of, with_points
    from directory.exchange.meetings.feed import MeetingFeed
    from directory.exchange.readers import read_source
    from directory.imports import import_records
    from directory.moves import forget_hidden
    from directory.places import open_gazetteer

    told = MeetingFeed(programme=programme, timezone=timezone, country=country or settings.region)
    source, records = read_source(path, kind=kind, mapping=mapping, feed=feed, of=told)
    with storage.reading() as session:
        check, gazetteer = point_check(session), open_gazetteer(session)
    located = with_points(records, source, gazetteer, middles_of(storage, source, gazetteer, country=settings.region))
    report = import_records(
        storage, source, located, by=BY, at=now(), sealer=settings.sealer(), progress=progress, dry_run=dry_run, check=check, is_whole=is_whole,
    )
    forget_hidden(storage, settings.index_dir)   # a server that runs does the same within half a second; none need be running
    return report, records.shares()


def import_source(settings: Settings, storage: Storage, code: str) -> ImportReport:
    """Fetch a source from where it says and import it, as the command line, now."""
    from directory.feeds import fetch_source
    from directory.moves import forget_hidden

    report = fetch_source(storage, code, fetching=settings.fetching(), sealer=settings.sealer(), by=BY, at=now())
    forget_hidden(storage, settings.index_dir)
    return report


def load_gazetteer(storage: Storage, path: Path) -> GazetteerReport:
    """Take the places of a GeoNames postal file."""
    from directory.places import load_gazetteer as verb

    return verb(storage, path, by=BY, at=now())


def export_hsds(storage: Storage, path: Path, *, progress: Progress) -> int:
    """Write the catalogue as HSDS, one service a line for a name that ends in .ndjson, else one JSON list; gives the number of services."""
    from web.exported import write

    return write(storage, path, progress=progress)
