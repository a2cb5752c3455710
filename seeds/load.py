"""Loads what `seeds` ships into a database: our vocabularies, and the demonstration place. Loading twice changes nothing."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from directory.exchange.records import SourceInfo
from directory.exchange.report import ImportReport
from directory.imports import import_records
from directory.models import Provenance, Source
from directory.places import has_country, load_package
from directory.sealing import Sealer
from directory.storage import Storage
from directory.urgent import load_urgent
from directory.vocabularies import load_terms
from seeds.cast import cast
from seeds.demonstration import demonstration
from seeds.pals import pals
from seeds.towns import COUNTRY, SOURCE, TIMEZONE
from seeds.words import taxonomies, terms_of, urgent_lines, urgent_phrases, urgent_sayings

BY = "seeds"
DEMO = SourceInfo(
    code=SOURCE,
    name="The demonstration place",
    kind="demonstration",
    licence="CC0-1.0",
    credit="Invented for Homeground. None of these people or places exist.",
    timezone=TIMEZONE,
    country=COUNTRY,
)


def vocabularies(storage: Storage, *, at: datetime, by: str = BY, sealer: Sealer | None = None) -> int:
    """Make every taxonomy of ours and the words of crisis say what their files say, in one transaction, and give the number of rows that changed.

    ``sealer`` is there because all loaders are called alike; no word of a vocabulary is private.
    """
    with storage.writing() as session:
        return load_urgent(session, lines=urgent_lines(), phrases=urgent_phrases(), sayings=urgent_sayings(), by=by, at=at) + sum(
            load_terms(
                session, taxonomy=code, name=table["name"], description=table["description"], version=table["version"],
                terms=terms_of(code), by=by, at=at,
            )
            for code, table in taxonomies().items()
        )


def demo(storage: Storage, *, sealer: Sealer, at: datetime, by: str = BY) -> ImportReport:
    """Load the demonstration place through the ordinary import verb, and the people who keep it; the vocabularies must be there first.

    Its "days ago" count from the day of the first load into this database (`demo/README.md`), so a later start changes nothing.
    """
    if not has_country(storage, COUNTRY):
        load_package(storage, by=by, at=at)
    report = import_records(storage, DEMO, demonstration(on=first_day(storage, at=at)), by=by, at=at, sealer=sealer)
    cast(storage, sealer=sealer, at=at, by=by)
    pals(storage, sealer=sealer, at=at)
    return report


def first_day(storage: Storage, *, at: datetime) -> date:
    """The day on which the demonstration was first loaded here, in its own time zone; the day of ``at`` if it never was."""
    seen = select(func.min(Provenance.first_seen)).join(Source, Source.id == Provenance.source_id).where(Source.code == SOURCE)
    with storage.reading() as session:
        first: datetime | None = session.scalar(seen)
    return (first or at).astimezone(ZoneInfo(TIMEZONE)).date()
