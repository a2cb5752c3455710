"""What an edit of a listing may never do, whoever sends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy.orm import Session

from directory.editing.rows import Moved, SheetRows, table_named
from directory.editing.shared import places_in, shared_now
from directory.editing.sheet import Sheet
from directory.errors import Invalid, NotFound, NotPermitted
from directory.exchange.intake.checks import faults
from directory.exchange.intake.upsert import stored_rows
from directory.models import Organization, Service

NEVER: Final = frozenset({"organization", "program", "taxonomy", "taxonomy_term", "funding"})
"""Tables that no edit of a listing writes."""
SET_ONCE: Final[Mapping[str, frozenset[str]]] = {"service": frozenset({"id", "organization_id", "program_id"})}
"""Fields that no sheet moves: whose a thing is, is another act."""


def check(session: Session, wanted: Moved, rows: SheetRows, sheet: Sheet, *, is_decided: bool) -> None:
    """``NotPermitted`` for what no sheet may move, ``Invalid`` for what cannot be stored. Places of others too are changed where a curator has decided."""
    untouchable = {*sheet.closed, *(() if is_decided else shared_now(session, sheet))}
    touched = {*wanted.added, *wanted.removed, *(key for key, _ in wanted.changed)}
    if any(key[0] in NEVER for key in touched) or any(name in SET_ONCE.get(key[0], ()) for key, name in wanted.changed):
        raise NotPermitted("An edit of a listing does not change whose it is.")
    if untouchable & places_in(wanted, rows):
        raise NotPermitted("This place serves others too, or is not yours to see. A curator can change it.")
    for key in {*wanted.added, *(key for key, _ in wanted.changed)}:
        if fault := next(faults(key[0], rows[key]), None):
            raise Invalid(**{fault.field: fault.reason})
    _check_ids(session, wanted)


def check_new(session: Session, sheet: Sheet) -> None:
    """A new listing belongs to an organization that is there, and is made once."""
    if sheet.service.organization_id is None or session.get(Organization, sheet.service.organization_id) is None:
        raise NotFound("There is no such organization.")
    if session.get(Service, sheet.service.id) is not None:
        raise Invalid(name="This listing was made already.")


def _check_ids(session: Session, wanted: Moved) -> None:
    """A new row never takes the id of a row of another listing; one that somebody added here meanwhile is told apart where clashes are found."""
    mine = {("service", row["id"]) for key, row in wanted.added.items() if key[0] == "service"}
    for table in {key[0] for key in wanted.added}:
        ids = [key for name, key in wanted.added if name == table]
        for key, stored in stored_rows(session, table_named(table), ids).items():
            if (table, key) not in mine and any(stored.get(name) != wanted.added[table, key].get(name) for name in _homes(stored)):
                raise NotPermitted("This belongs to another listing.")


def _homes(row: Mapping[str, object]) -> list[str]:
    return [name for name in ("service_id", "location_id", "service_at_location_id", "contact_id", "link_id") if name in row]
