"""A feed beside the cast's town: imported twice, with a conflict about its bench and a listing that it no longer has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from directory.changes import record_change
from directory.imports import import_records
from directory.models import Conflict, ImportRun, Provenance, Service, Source
from tests.directory.exchange.make import SOURCE, a_record, a_service, an_id
from tests.web.second_door import SecondDoor

BENCH = an_id("service", 1)
OURS, THEIRS, GONE = "The bench by the canal", "Mending bench", "Repair bench 3"


def an_import(door: SecondDoor) -> Mapping[str, UUID]:
    """The ids of the source, the first run, the one conflict and the record that vanished."""
    earlier, by = door.at - timedelta(days=2), f"account:{door.town.accounts['cora']}"
    import_records(door.storage, SOURCE, [a_record(a_service(key), line=key) for key in (1, 2, 3)], by="tests", at=earlier, sealer=door.sealer)
    with door.storage.writing() as session:
        service = session.get_one(Service, BENCH)
        said = {"entity": "service", "entity_id": BENCH, "action": "changed", "field": "name", "act": uuid4()}
        record_change(session, **said, by=by, at=earlier, before=service.name, after=OURS)   # type: ignore[arg-type]
        service.name = OURS
    again = [a_record(a_service(1, name=THEIRS)), a_record(a_service(2), line=2)]
    import_records(door.storage, SOURCE, again, by="tests", at=door.at - timedelta(days=1), sealer=door.sealer)
    with door.storage.reading() as session:
        return {
            "source": session.scalars(select(Source.id).where(Source.code == SOURCE.code)).one(),
            "run": session.scalars(select(ImportRun.act).order_by(ImportRun.at.desc()).limit(1)).one(),
            "conflict": session.scalars(select(Conflict.id)).one(),
            "record": session.scalars(select(Provenance.id).where(Provenance.vanished_at.is_not(None))).one(),
        }
