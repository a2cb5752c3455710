"""The import verb: the records of one source into the catalogue, in one transaction, idempotent, with nothing lost in silence.

1. Read every record; set impossible points aside; take what tells where held places are out of them (``exchange/intake/confidential.py``).
2. Know a record again by source, key and fingerprint: an unchanged one is passed over.
3. Refuse what cannot be stored, what another source brought in, and whatever names a record that is not there; everything else goes on.
4. Leave out what was merged into another (``exchange/intake/merged.py``), and what somebody here took away or does not want listed.
5. Write the rows that are new or differ, field by field and never over what was changed here (``exchange/intake/ours.py``), remove those that no record
   makes any more, one line of the change log for each difference, all of one act.
6. Flag the records that the source no longer has (``exchange/intake/vanished.py``), and note the import, so that it can be undone (``runs.py``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import uuid4

from directory.changes import be_patient, hold_log
from directory.exchange.intake.checks import unnotable
from directory.exchange.intake.ledger import Ledger
from directory.exchange.intake.ready import Doubt, PointCheck, Ready, with_sane_points
from directory.exchange.intake.running import TOLD_EVERY, Progress, Run
from directory.exchange.intake.upsert import Actor
from directory.exchange.records import Refusal, SourceInfo, SourceRecord
from directory.exchange.report import ImportReport
from directory.sealing import Sealer
from directory.storage import Storage

__all__ = ["Doubt", "ImportReport", "PointCheck", "Progress", "import_records"]

WAITS_SECONDS = 300
"""How long an import waits for another that is under way."""


class _Trial(Exception):
    """Ends the transaction of a dry run, so that nothing is kept."""


def import_records(
    storage: Storage, source: SourceInfo, records: Iterable[SourceRecord | Refusal], *,
    by: str, at: datetime, sealer: Sealer, progress: Progress | None = None, dry_run: bool = False, check: PointCheck | None = None,
    is_whole: bool = True,
) -> ImportReport:
    """Import the records of a source and say what became of each.

    A record that cannot be stored is refused with a reason and the rest goes on; ``UnreadableInput`` from the reader ends the import with nothing
    changed. ``check`` may doubt a point (its distance from its postcode, say). With ``dry_run`` the report is the same and nothing is kept. Records that
    are missing from what ``is_whole`` of a source are flagged as vanished, never deleted.
    """
    report = ImportReport(source=source.code, dry_run=dry_run)
    told = progress or _untold
    ready = _read(records, check, report, told)   # before the transaction: a slow file must not keep other writers out
    try:
        with storage.writing(wait_seconds=WAITS_SECONDS) as session:
            be_patient(session)
            hold_log(session)
            ledger = Ledger.of(session, source, at=at)
            actor = Actor(by=by, at=at, source_id=ledger.source_id, act=uuid4())
            Run(session, ledger, report, actor, sealer, told).go(ready, is_whole=is_whole)
            if dry_run:
                raise _Trial
    except _Trial:
        pass
    return report


def _untold(_done: int, _total: int | None) -> None:
    return None


def _read(records: Iterable[SourceRecord | Refusal], check: PointCheck | None, report: ImportReport, progress: Progress) -> list[Ready]:
    ready = []
    for record in records:
        report.records_in += 1
        if isinstance(record, Refusal):
            report.refuse(record)
        elif fault := unnotable(record):
            report.refuse(Refusal(file=record.file, line=record.line, field=fault.field, value=fault.value, reason=fault.reason))
        else:
            ready.append(with_sane_points(record, check))
        if report.records_in % TOLD_EVERY == 0:
            progress(report.records_in, None)
    return ready
