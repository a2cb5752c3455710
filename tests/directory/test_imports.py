"""An import takes what it can, says what it could not, changes nothing twice, and adds up."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from directory.errors import UnreadableInput
from directory.exchange.records import Refusal, SourceInfo, SourceRecord
from directory.exchange.report import ImportReport
from directory.imports import import_records
from directory.models import Base, Change, Phone, Service
from directory.sealing import Sealer
from directory.storage import Storage
from tests.directory.exchange.make import AT, LATER, SOURCE, a_record, a_service


@pytest.fixture
def bring(storage: Storage, sealer: Sealer):  # type: ignore[no-untyped-def]
    """Import records of one source."""
    def bring(*records: SourceRecord | Refusal, source: SourceInfo = SOURCE, at=AT, **options) -> ImportReport:
        report = import_records(storage, source, records, by="test", at=at, sealer=sealer, **options)
        assert report.records_in == report.added + report.changed + report.unchanged + report.refused
        assert report.refused == len(report.refusals)
        return report
    return bring


def dump(storage: Storage, *, without: tuple[str, ...] = ()) -> dict[str, list[object]]:
    with storage.reading() as session:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in without]
        return {table.name: sorted(map(repr, session.execute(select(table)).all())) for table in tables}


def test_a_record_becomes_rows(storage, bring) -> None:
    assert bring(a_record()).added == 1
    with storage.reading() as session:
        service = session.scalars(select(Service)).one()
        assert (service.name, service.added_on, service.last_modified) == ("Repair bench 1", AT.date(), AT)
        assert session.scalars(select(Phone)).one().service_id == service.id


def test_the_same_records_again_change_nothing(storage, bring) -> None:
    bring(a_record(a_service(1)), a_record(a_service(2)))
    before = dump(storage, without=("provenance",))
    report = bring(a_record(a_service(1)), a_record(a_service(2)), at=LATER)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 2)
    assert dump(storage, without=("provenance",)) == before


def test_a_changed_field_is_one_line_of_the_log(storage, bring) -> None:
    bring(a_record())
    assert bring(a_record(a_service(name="Mending bench")), at=LATER).changed == 1
    with storage.reading() as session:
        change = session.scalars(select(Change).where(Change.action == "changed")).one()
        assert (change.entity, change.field, change.before, change.after) == ("service", "name", "Repair bench 1", "Mending bench")


def test_a_row_that_vanished_from_its_record_goes_and_the_log_keeps_it(storage, bring) -> None:
    bring(a_record())
    bring(a_record(a_service(phones=[])), at=LATER)
    with storage.reading() as session:
        assert session.scalars(select(Phone)).all() == []
        assert "0161 496 0000" in (session.scalars(select(Change.before).where(Change.action == "removed")).one() or "")


def test_a_broken_stream_changes_nothing(storage, bring) -> None:
    def stream():
        yield a_record()
        raise UnreadableInput("the file ends in the middle of a record", file="elm.csv", line=2)
    before = dump(storage)
    with pytest.raises(UnreadableInput):
        import_records(storage, SOURCE, stream(), by="test", at=AT, sealer=Sealer({"a": b"k" * 32}))
    assert dump(storage) == before
