"""What the tests of the directory share: an import whose report must add up, and everything a database holds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import delete, select

from directory.exchange.records import Refusal, SourceInfo, SourceRecord
from directory.exchange.report import ImportReport
from directory.imports import import_records
from directory.models import Base
from directory.sealing import Sealer
from directory.storage import Storage
from tests.directory.exchange.make import AT, SOURCE

Bring = Callable[..., ImportReport]


@pytest.fixture
def bring(storage: Storage, sealer: Sealer) -> Bring:
    """Import records of one source; whatever happens, the report adds up."""

    def bring(*records: SourceRecord | Refusal, source: SourceInfo = SOURCE, at: datetime = AT, **options: Any) -> ImportReport:
        report = import_records(storage, source, records, by="test", at=at, sealer=options.pop("sealer", sealer), **options)
        assert report.records_in == len(records) == report.added + report.changed + report.unchanged + report.kept + report.refused
        assert report.refused == len(report.refusals)
        return report

    return bring


def empty(storage: Storage) -> None:
    """Take every row away: an example of a property starts from nothing."""
    with storage.writing() as session:
        for table in reversed(Base.metadata.sorted_tables):
            session.execute(delete(table))


def everything(storage: Storage, *, without: tuple[str, ...] = ()) -> dict[str, list[str]]:
    """Every row of every table as text, in an order that does not depend on when it was written."""
    with storage.reading() as session:
        tables = [table for table in Base.metadata.sorted_tables if table.name not in without]
        return {table.name: sorted(map(repr, session.execute(select(table)).all())) for table in tables}
