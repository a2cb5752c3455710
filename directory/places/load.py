"""Loading a gazetteer file into the database: one transaction, each bad line named, nothing changed by a second run."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from msgspec import Struct
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from directory.errors import UnreadableInput
from directory.exchange.records import Refusal
from directory.models import Change, GazetteerFile, GazetteerRow
from directory.places.rows import Row, package_content, package_rows, read_rows
from directory.storage import Storage

GEONAMES_CREDIT = "Places from GeoNames.org, CC BY 4.0"
PACKAGE_CREDIT = "Places from the zipcodes package, MIT"


class GazetteerReport(Struct, kw_only=True):
    """What a load did. ``records_in`` = ``added`` + ``unchanged`` + refusals; ``removed`` were there before and are not in this file."""

    countries: tuple[str, ...]
    records_in: int
    added: int
    unchanged: int
    removed: int
    refusals: list[Refusal]


def load_gazetteer(storage: Storage, path: Path, *, by: str, at: datetime) -> GazetteerReport:
    """Take the places of each country in a GeoNames postal file, in the room of what was known of that country before.

    Raises ``UnreadableInput`` when the file is not such a file or has no good line; the gazetteer then stays as it was.
    """
    rows: list[Row] = []
    refusals: list[Refusal] = []
    for read in read_rows(path):
        if isinstance(read, Row):
            rows.append(read)
        else:
            refusals.append(read)
    if not rows:
        reason = f" The first line refused is line {refusals[0].line}: {refusals[0].reason}." if refusals else ""
        raise UnreadableInput(f"there is no place in it, so nothing was changed.{reason}", file=path.name)
    with path.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    report = _replace(storage, rows, name=path.name, content=content, credit=GEONAMES_CREDIT, by=by, at=at)
    report.records_in += len(refusals)
    report.refusals = refusals
    return report


PACKAGE_COUNTRY = "US"
"""The country whose places come with the installation."""


def load_package(storage: Storage, *, by: str, at: datetime) -> GazetteerReport:
    """Take the US places of the ``zipcodes`` package, so that no process has to keep the package's own 55 MB in memory."""
    rows = list(package_rows())
    return _replace(storage, rows, name=package_content(), content=package_content(), credit=PACKAGE_CREDIT, by=by, at=at)


def has_country(storage: Storage, country: str) -> bool:
    """Whether any place of a country (two letters) was loaded."""
    with storage.reading() as session:
        return session.scalar(select(GazetteerRow.country_code).where(GazetteerRow.country_code == country.lower()).limit(1)) is not None


def _replace(storage: Storage, rows: list[Row], *, name: str, content: str, credit: str, by: str, at: datetime) -> GazetteerReport:
    by_country: dict[str, list[Row]] = {}
    for row in rows:
        by_country.setdefault(row.country, []).append(row)
    report = GazetteerReport(countries=tuple(sorted(by_country)), records_in=len(rows), added=0, unchanged=0, removed=0, refusals=[])
    with storage.writing() as session:
        for country, theirs in sorted(by_country.items()):
            before = Counter(country_rows(session, country))
            now = Counter(theirs)
            added, removed = (now - before).total(), (before - now).total()
            report.added, report.removed = report.added + added, report.removed + removed
            report.unchanged += len(theirs) - added
            if added or removed:
                _write(session, country, theirs, name=name, content=content, credit=credit, by=by, at=at)
    return report


def country_rows(session: Session, country: str) -> Iterable[Row]:
    """The rows of a country as they were loaded, in the order of their file."""
    kept = GazetteerRow
    columns = (kept.postal_code, kept.name, kept.state, kept.state_code, kept.county, kept.latitude, kept.longitude, kept.is_alias)
    return (Row(country, *found) for found in session.execute(select(*columns).where(kept.country_code == country).order_by(kept.id)))


def _write(session: Session, country: str, rows: list[Row], *, name: str, content: str, credit: str, by: str, at: datetime) -> None:
    session.execute(delete(GazetteerRow).where(GazetteerRow.country_code == country))
    names = ("country_code", "postal_code", "name", "state", "state_code", "county", "latitude", "longitude", "is_alias")
    session.execute(insert(GazetteerRow), [dict(zip(names, row, strict=True)) for row in rows])
    file = session.scalars(select(GazetteerFile).where(GazetteerFile.country_code == country)).one_or_none()
    before = f"{file.name}, {file.rows} rows" if file else None
    if file is None:
        file = GazetteerFile(id=uuid4(), country_code=country)
        session.add(file)
    file.name, file.sha256, file.rows, file.credit, file.loaded_at, file.loaded_by = name, content, len(rows), credit, at, by
    session.add(Change(at=at, by=by, action="changed" if before else "added", entity="gazetteer_file", entity_id=file.id, field=None if before is None
                       else "rows", before=before, after=f"{name}, {len(rows)} rows"))
