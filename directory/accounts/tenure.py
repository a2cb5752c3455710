"""Which roles an account had, and when: read from the change log, which every grant and every loss of a role is a line of."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.models import Change, Role


class Held(Struct, frozen=True, kw_only=True):
    """A role within an organization for a span; ``until`` is None while it goes on. ``is_trusted`` is so for the whole span."""

    role: str
    organization_id: UUID
    is_trusted: bool
    since: datetime
    until: datetime | None


def roles_held(session: Session, account_id: UUID) -> list[Held]:
    """Every span in which an account had a role within an organization, the first first."""
    found: list[Held] = []
    for lines in _lines(session, account_id).values():
        found += _spans(session, lines)
    return sorted(found, key=lambda one: (one.since, one.role, str(one.organization_id)))


def _lines(session: Session, account_id: UUID) -> dict[UUID, list[Change]]:
    """The lines of each role that was ever the account's, in their order."""
    named = or_(Change.before.contains(str(account_id)), Change.after.contains(str(account_id)))
    ids = set(session.scalars(select(Change.entity_id).where(Change.entity == "role", named)))
    lines: dict[UUID, list[Change]] = {key: [] for key in ids}
    for row in session.scalars(select(Change).where(Change.entity == "role", Change.entity_id.in_(ids)).order_by(Change.seq)):
        lines[row.entity_id].append(row)
    return lines


def _spans(session: Session, lines: list[Change]) -> list[Held]:
    """Each line begins another state of the role; a removal begins none."""
    spans: list[Held] = []
    now: dict[str, Any] = {}
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        now = _after(now, line)
        until = after.at if after else None if session.get(Role, line.entity_id) else line.at
        if now.get("organization_id"):
            spans.append(Held(
                role=now["role"], organization_id=UUID(now["organization_id"]), is_trusted=str(now.get("is_trusted", "")).lower() == "true",
                since=line.at, until=until,
            ))  # fmt: skip
    return spans


def _after(now: dict[str, Any], line: Change) -> dict[str, Any]:
    if line.action == "removed":
        return {}
    if line.field is not None:
        return {**now, line.field: line.after}
    return dict(msgspec.json.decode(line.after or "{}"))
