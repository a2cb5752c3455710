"""What a break-in could have shown, told by ``homeground clients exposed``: in lines, as JSON, or as a table."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from directory.accounts.people import find_account, get_account
from directory.clients.agencies import find_organization
from directory.clients.exposure import Exposed, exposed_by_key, exposed_to
from directory.errors import NotFound
from directory.sealing import Sealer
from directory.spreadsheet.cells import write_csv
from directory.storage import Session

KEY = "key:"
COLUMNS = ("record", "references", "way", "at", "parts", "from", "until", "opened", "log is whole")


def find(session: Session, who: str, *, since: datetime, until: datetime, organization: str | None, sealer: Sealer) -> list[Exposed]:
    """Whose data an account (by address or id) or a key of the house could have read; ``NotFound`` where there is none such."""
    if who.startswith(KEY):
        return exposed_by_key(session, who.removeprefix(KEY), since=since, until=until, sealer=sealer)
    at = find_organization(session, organization).id if organization else None
    return exposed_to(session, _account_id(session, who, sealer), since=since, until=until, organization_id=at, sealer=sealer)


def tell(found: list[Exposed], form: str) -> str:
    """The list as lines, JSON or CSV."""
    if form == "json":
        return (msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n").decode()
    if form == "csv":
        return write_csv([COLUMNS, *(row for one in found for row in _rows(one))]).decode()
    opened = sum(bool(one.opened) for one in found)
    return "".join(f"{_line(one)}\n" for one in found) + f"{len(found):,} records could be read, {opened:,} of them were opened.\n"


def _account_id(session: Session, who: str, sealer: Sealer) -> UUID:
    try:
        return get_account(session, UUID(who)).id
    except ValueError:
        if account := find_account(session, who, sealer=sealer):
            return account.id
    raise NotFound(f"There is no account '{who[:80]}'.")


def _line(one: Exposed) -> str:
    ways = ", ".join(dict.fromkeys(way.way for way in one.ways)) or "no way that is on record"
    told = f"opened {len(one.opened)} times, last {one.opened[-1].at:%Y-%m-%d %H:%M}" if one.opened else "not opened"
    return f"{one.client_id}  {' '.join(one.references) or '-'}  {ways}; {told}{'' if one.is_whole else '; ITS LOG IS BROKEN'}"


def _rows(one: Exposed) -> list[tuple[Any, ...]]:
    """A row for each way and each look."""
    same, whole = (one.client_id, " ".join(one.references)), "yes" if one.is_whole else "no"
    ways = [(*same, way.way, way.organization_id, " ".join(way.parts), way.since.isoformat(), way.until.isoformat(), None, whole) for way in one.ways]
    return ways + [(*same, "opened", look.organization_id, " ".join(look.parts), None, None, look.at.isoformat(), whole) for look in one.opened]
