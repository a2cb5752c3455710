"""Fields by which people reach an organization: where somebody who is not trusted yet changes them, the address listed until now is told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy.orm import Session

from directory.editing.rows import moved, rows_of
from directory.editing.sheet import Sheet
from directory.models import Organization, Service
from directory.outbox import Letter, post_where_safe
from directory.sealing import Sealer

FIELDS: Final[Mapping[str, str]] = {"email": "the e-mail address", "url": "the web address", "status": "whether it is open at all"}
TABLES: Final[Mapping[str, str]] = {
    "phone": "a phone number", "address": "an address", "schedule": "the hours", "location": "a place", "service_at_location": "a place",
    "url": "a web address",
}  # fmt: skip
PLACE_FIELDS: Final = ("latitude", "longitude", "name", "visibility", "url")

TEXT: Final = """Hello,

somebody who edits "{name}" in Homeground wants to change {what}.

A curator looks at it before anybody sees it. If your organization wants this, there is nothing to do. If you do not know of it, please answer this
message or call us, and it will not be published.
"""


def critical_changes(base: Sheet, sheet: Sheet) -> tuple[str, ...]:
    """What a draft changes of how people reach the organization, in words; nothing when it leaves all that alone."""
    found = moved(rows_of(base), rows_of(sheet))
    words = {TABLES[table] for table, _ in {*found.added, *found.removed} if table in TABLES}
    for (table, _), name in found.changed:
        if table == "service":
            words |= {FIELDS[name]} if name in FIELDS else set()
        elif table in TABLES and (table != "location" or name in PLACE_FIELDS):
            words.add(TABLES[table])
    return tuple(sorted(words))


def tell_old_contact(session: Session, service_id: UUID | None, base: Sheet, sheet: Sheet, *, at: datetime, sealer: Sealer) -> bool:
    """Write to the address that is listed now about such changes; False when there are none, or no address."""
    service = session.get(Service, service_id) if service_id else None
    what = critical_changes(base, sheet)
    if service is None or not what:
        return False
    organization = session.get(Organization, service.organization_id) if service.organization_id else None
    address = service.email or (organization.email if organization else None)
    if not address:
        return False
    text = TEXT.format(name=service.name, what=" and ".join(what))
    post_where_safe(session, Letter(to=address, subject="A change to your listing is waiting", text=text), at=at, sealer=sealer)
    return True
