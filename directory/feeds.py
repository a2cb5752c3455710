"""Sources that are fetched by themselves: a file or folder of the operator's, or an address of the open internet, every so many hours."""

from __future__ import annotations

import re
import shutil
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.changes import record_change
from directory.errors import DirectoryError, Invalid, NotFound
from directory.exchange.intake.doubts import point_check
from directory.exchange.located import middles_of, with_points
from directory.exchange.meetings.feed import KINDS as MEETING_KINDS
from directory.exchange.meetings.feed import MeetingFeed, wrong_of_meetings
from directory.exchange.readers import KINDS, read_source
from directory.exchange.report import ImportReport
from directory.fetching.fetch import fetch
from directory.fetching.hosts import NotFetched, target_of
from directory.fetching.plan import Fetching
from directory.imports import import_records
from directory.models import Provenance, Source
from directory.places import open_gazetteer
from directory.sealing import Sealer
from directory.storage import Storage

BY: Final = "schedule"
MOST_NAMED: Final = 20
HOURS: Final = (1, 24 * 90)
CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\Z")
OFF: Final = "Fetching over the web is switched off here (HOMEGROUND_FETCH)."
OUTSIDE: Final = "Give the name of a file or folder in the folder for feeds, or an address that begins with https://."
OTHER_CODE: Final = "The file is of the source “{found}”, not of this one; nothing was taken."


class Feed(Struct, frozen=True, kw_only=True):
    """A source as a curator sees it; ``records`` counts what is known of it, ``is_due`` says whether it would be fetched now."""

    id: UUID
    code: str
    name: str
    kind: str
    fetch_from: str | None
    every_hours: int | None
    fetched_at: datetime | None
    result: str | None
    records: int
    is_due: bool


def list_feeds(session: Session, *, at: datetime) -> list[Feed]:
    """Every source by name, with when it was fetched last and what came of it."""
    counts = {row.source_id: row.n for row in session.execute(
        select(Provenance.source_id, func.count().label("n")).where(Provenance.vanished_at.is_(None)).group_by(Provenance.source_id)
    )}
    rows = session.scalars(select(Source).order_by(Source.name, Source.id))
    return [Feed(
        id=row.id, code=row.code, name=row.name, kind=row.kind, fetch_from=row.fetch_from, every_hours=row.fetch_every_hours, fetched_at=row.fetched_at,
        result=row.fetch_result, records=counts.get(row.id, 0), is_due=_is_due(row, at),
    ) for row in rows]


def save_feed(session: Session, said: dict[str, str], *, source: Source | None, by: str, at: datetime, fetching: Fetching) -> Source:
    """Make a source, or say from where and how often one is fetched. ``Invalid`` names what does not fit, by field.

    ``said`` has ``code``, ``name`` and ``kind`` for a new one, and ``fetch_from`` and ``fetch_every_hours`` (empty: only when somebody imports it); of a feed
    of meetings also ``programme``, ``timezone`` and ``country`` (empty: no address without one has any).
    """
    errors = _errors(session, said, source, fetching)
    if errors:
        raise Invalid(**errors)
    if source is None:
        source = Source(id=uuid4(), code=said["code"].strip(), name=said["name"].strip(), kind=said["kind"])
        session.add(source)
        session.flush()
        record_change(session, entity="source", entity_id=source.id, action="added", by=by, at=at)
    hours = said.get("fetch_every_hours", "").strip()
    new: dict[str, Any] = {"fetch_from": said.get("fetch_from", "").strip() or None, "fetch_every_hours": int(hours) if hours else None}
    if source.kind in MEETING_KINDS:
        new |= {"programme": said["programme"], "timezone": said["timezone"].strip(), "country": said.get("country", "").strip().upper() or None}
    for name, value in new.items():
        if (before := getattr(source, name)) != value:
            setattr(source, name, value)
            record_change(session, entity="source", entity_id=source.id, action="changed", field=name, before=before, after=value, by=by, at=at)
    session.flush()
    return source


def fetch_source(storage: Storage, code: str, *, fetching: Fetching, sealer: Sealer, by: str, at: datetime) -> ImportReport:
    """Fetch a source now and import it; what came of it is kept with the source. Errors are those of fetching, reading and importing."""
    with storage.reading() as session:
        source = session.scalars(select(Source).where(Source.code == code)).one_or_none()
        fetched = session.scalars(select(Source.code).where(Source.fetch_from.is_not(None)).order_by(Source.code)).all()
    if source is None or not source.fetch_from:
        what = f"No source is called {code}." if source is None else f"The source {code} does not say where it is fetched from."
        raise NotFound(f"{what} Those that do: {', '.join(fetched[:MOST_NAMED])}." if fetched else f"{what} None is fetched here yet.")
    try:
        report = _import(storage, source, fetching=fetching, sealer=sealer, by=by, at=at)
    except DirectoryError as error:
        _note(storage, source.id, str(error), at=at)
        raise
    _note(storage, source.id, _result(report), at=at)
    return report


def fetch_due(storage: Storage, *, fetching: Fetching, sealer: Sealer, at: datetime, by: str = BY) -> list[str]:
    """Fetch every source whose time has come, one after another; gives the codes of those that worked. One that fails holds no other up."""
    with storage.reading() as session:
        due = [row.code for row in session.scalars(select(Source).where(Source.fetch_from.is_not(None)).order_by(Source.code)) if _is_due(row, at)]
    done = []
    for code in due:
        try:
            fetch_source(storage, code, fetching=fetching, sealer=sealer, by=by, at=at)
            done.append(code)
        except DirectoryError:
            continue   # its words are kept with the source
    return done


def _is_due(source: Source, at: datetime) -> bool:
    hours = source.fetch_every_hours
    return bool(source.fetch_from and hours) and (source.fetched_at is None or source.fetched_at <= at - timedelta(hours=hours or 0))


def _import(storage: Storage, source: Source, *, fetching: Fetching, sealer: Sealer, by: str, at: datetime) -> ImportReport:
    where = source.fetch_from or ""
    folder = Path(tempfile.mkdtemp(prefix="homeground-feed-"))
    try:
        path = _fetched(where, folder, fetching) if _is_web(where) else _own_file(where, fetching)
        mapping = path.with_suffix(".toml") if path.is_file() and path.with_suffix(".toml").is_file() else None
        kind = source.kind if source.kind in KINDS else None
        info, records = read_source(path, kind=kind, mapping=mapping, feed=source.code.removeprefix("hsds-"), of=_meetings_of(source))
        if kind in MEETING_KINDS:
            info = replace(info, licence=source.licence, credit=source.credit, url=source.url)   # such a feed says nothing of them
        if info.code != source.code:
            raise NotFetched(OTHER_CODE.format(found=info.code))
        with storage.reading() as session:
            check, gazetteer = point_check(session), open_gazetteer(session)
        located = with_points(records, info, gazetteer, middles_of(storage, info, gazetteer, country=source.country or ""))
        return import_records(storage, info, located, by=by, at=at, sealer=sealer, check=check)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _meetings_of(source: Source) -> MeetingFeed:
    return MeetingFeed(
        programme=source.programme or "", timezone=source.timezone or "", country=source.country or "", code=source.code, title=source.name,
    )


def _fetched(where: str, folder: Path, fetching: Fetching) -> Path:
    if not fetching.web:
        raise NotFetched(OFF)
    return fetch(where, folder, limits=fetching.limits)


def _own_file(where: str, fetching: Fetching) -> Path:
    """A file in the folder for feeds; a link that leads out of it counts as outside."""
    root = fetching.folder.resolve()
    path = (root / where).resolve()
    if not path.is_relative_to(root) or path == root:
        raise NotFetched(OUTSIDE)
    if not path.exists():
        raise NotFetched("There is no such file or folder in the folder for feeds now.")
    return path


def _is_web(where: str) -> bool:
    return "://" in where or where.startswith("//")


def _errors(session: Session, said: dict[str, str], source: Source | None, fetching: Fetching) -> dict[str, str]:
    errors: dict[str, str] = {}
    if source is None:
        code = said.get("code", "").strip()
        if not CODE.match(code):
            errors["code"] = "Give a short code of small letters, digits and hyphens, such as hsds-county."
        elif session.scalar(select(Source.id).where(Source.code == code)):
            errors["code"] = "There is a source with this code."
        if not 0 < len(said.get("name", "").strip()) <= 200:
            errors["name"] = "Give the source a name that people understand."
        if said.get("kind") not in KINDS:
            errors["kind"] = "Choose what it is."
    if (source.kind if source else said.get("kind")) in MEETING_KINDS:
        errors |= wrong_of_meetings(said)
    if wrong := _wrong_place(said.get("fetch_from", "").strip(), fetching):
        errors["fetch_from"] = wrong
    hours = said.get("fetch_every_hours", "").strip()
    if hours and not (hours.isascii() and hours.isdigit() and HOURS[0] <= int(hours[:6]) <= HOURS[1]):
        errors["fetch_every_hours"] = f"Give a whole number of hours, from {HOURS[0]} to {HOURS[1]:,}; leave it empty to import by hand only."
    return errors


def _wrong_place(where: str, fetching: Fetching) -> str:
    if not where:
        return ""
    try:
        if _is_web(where):
            if not fetching.web:
                return OFF
            _check_spelling(where, fetching)
        else:
            _own_file(where, fetching)
    except NotFetched as error:
        return str(error)
    return ""


def _check_spelling(where: str, fetching: Fetching) -> None:
    """The parts of an address, without asking anybody for it: names are looked up when it is fetched."""
    target_of(where, ports=fetching.limits.ports, resolve=lambda host, port, **_: [(0, 0, 0, "", ("1.1.1.1", port))])


def _note(storage: Storage, source_id: UUID, words: str, *, at: datetime) -> None:
    with storage.writing() as session:
        source = session.get_one(Source, source_id)
        source.fetched_at, source.fetch_result = at, words[:500]


def _result(report: ImportReport) -> str:
    counts = f"{report.added:,} added, {report.changed:,} changed, {report.unchanged:,} unchanged"
    said = f"{counts}, {report.kept:,} kept as they are here, {report.refused:,} refused"
    more = [f"{report.conflicts:,} conflicts"] * bool(report.conflicts) + [f"{report.vanished:,} no longer there"] * bool(report.vanished)
    return "; ".join([said, *more, report.warning] if report.warning else [said, *more])

