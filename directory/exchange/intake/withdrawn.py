"""Records that their source says must not be shown any more: what came in by them is taken out at once, and comes back when it is shown there again."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.changes import record_change
from directory.exchange.intake.ready import Ready, keyed_keys
from directory.exchange.intake.upsert import Actor, Key, chunks
from directory.exchange.report import ImportReport
from directory.models import Provenance, Service
from directory.sealing import Sealer

LISTED = ("active", "temporarily closed")
WHY = "its source does not publish it any more"


def withdraw(session: Session, report: ImportReport, ready: Iterable[Ready], actor: Actor, sealer: Sealer) -> set[Key]:
    """Take the services of withdrawn records out of the listings, as the source's own word; gives those that were taken out.

    A record that stands in the same file under the same key is no withdrawn one. The record is forgotten as it was, so that it is read anew when it is
    there again, and its source's word then stands against this one.
    """
    withdrawn = {refusal.withdrawn for refusal in report.refusals if refusal.withdrawn} - {item.key for item in ready}
    keys = [key for one in sorted(withdrawn) for key in (one, *keyed_keys(one, sealer))]
    touched: set[Key] = set()
    for chunk in chunks(keys):
        found = select(Provenance).where(Provenance.source_id == actor.source_id, Provenance.record_key.in_(chunk), Provenance.entity == "service")
        for row in session.scalars(found.order_by(Provenance.record_key)):
            service = session.get(Service, row.entity_id)
            if service is not None and service.status in LISTED:
                _take_out(session, service, actor)
                row.hash = ""
                touched.add(("service", service.id))
    session.flush()
    return touched


def _take_out(session: Session, service: Service, actor: Actor) -> None:
    before, service.status, service.last_modified = service.status, "inactive", actor.at
    record_change(
        session, entity="service", entity_id=service.id, action="changed", field="status", before=before, after="inactive",
        by=actor.by, at=actor.at, why=WHY, act=actor.act, source_id=actor.source_id,
    )
