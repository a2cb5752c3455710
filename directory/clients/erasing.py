"""Erasure that erases: every row of a record, its key, its letters and links, and what the database file still held of them.

What stays is one line that says that something was erased, and when: a mark that only the id of the record gives, which is nowhere any more. A
backup from before holds the record until it is deleted (35 days by our rule).
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from directory.clients.joining import forget_links
from directory.errors import NotPermitted
from directory.models import Account, Base, Client, Erased, Link, Mail, Role
from directory.peers.reports.kept import forget_reports
from directory.peers.talking.parting import part_from
from directory.sealing import Sealer
from directory.storage import Storage

TRIES: Final = 40
PAUSE_SECONDS: Final = 0.05
PEOPLE: Final = frozenset({"client", "introduction"})
TOUCHED: Final = frozenset(
    table.name for table in Base.metadata.sorted_tables
    if "client_id" in table.columns or table.name in (*PEOPLE, "mail", "link") or any(key.column.table.name in PEOPLE for key in table.foreign_keys)
)
"""Every table that holds something of people: by name, or because it hangs on one of them, or on two."""


def erase_client(session: Session, client: Client, *, at: datetime, sealer: Sealer, by: str | None = None, why: str | None = None) -> None:
    """Delete a record with everything that hangs on it, and write down that something was erased. ``scrub`` afterwards, outside the transaction."""
    forget_links(session, client.id, sealer=sealer)
    forget_reports(session, client.id, sealer=sealer)
    part_from(session, client.id, at=at)
    if client.account_id is not None:
        session.execute(delete(Mail).where(Mail.account_id == client.account_id))
    session.add(Erased(mark=mark_of(client.id), organization_id=client.organization_id, at=at, by=by, why=why))
    client_id = client.id
    session.expunge(client)
    for table in reversed(Base.metadata.sorted_tables):   # by name rather than by cascade alone: a table that forgets its cascade is emptied, too
        if "client_id" in table.columns and table.name != "erased":
            session.execute(delete(table).where(table.columns["client_id"] == client_id))
    session.execute(delete(Client).where(Client.id == client_id))
    session.flush()


def erase_account(session: Session, account: Account) -> None:
    """Delete an account with its sign-ins, factors, links and letters; ``NotPermitted`` while it has a role, since others count on it then."""
    if session.scalars(select(Role.id).where(Role.account_id == account.id).limit(1)).first() is not None:
        raise NotPermitted("This account has a role here. Give it back first, so that nobody waits for you.")
    for kind in (Mail, Link):
        session.execute(delete(kind).where(kind.account_id == account.id))
    session.delete(account)
    session.flush()


def mark_of(client_id: UUID) -> str:
    """What is kept of an id that was erased: nobody can get the id back out of it."""
    return hashlib.sha256(b"homeground erased v1|" + client_id.bytes).hexdigest()


def scrub(storage: Storage, *, only: Collection[str] = ()) -> bool:
    """Take what was deleted out of the files of the database, or on PostgreSQL out of ``only`` some tables; whether that was done whole.

    SQLite overwrites what is deleted (``secure_delete``) and here empties its write-ahead log, for which nobody may be reading: False when somebody was,
    then the job that forgets does it within the hour. PostgreSQL writes the tables anew; its write-ahead log goes as its server recycles it.
    """
    return _empty_log(storage) if storage.is_sqlite else _write_anew(storage, only or TOUCHED)


def _empty_log(storage: Storage) -> bool:
    for _ in range(TRIES):
        with suppress(OperationalError), storage.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            busy = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).one()[0]
            if not busy:
                return True
        time.sleep(PAUSE_SECONDS)
    return False


def _write_anew(storage: Storage, names: Collection[str]) -> bool:
    with storage.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in Base.metadata.sorted_tables:
            if table.name in names:
                connection.execute(text(f'VACUUM (FULL) "{table.name}"'))
    return True
