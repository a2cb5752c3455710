"""The key of one client: everything of theirs is sealed with it, so that nothing of it can be read anywhere once the key is gone."""

from __future__ import annotations

import base64
import os
from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.errors import NotFound
from directory.models import ClientKey
from directory.sealing import KEY_BYTES, Sealer


class Locker:
    """Seals and opens what belongs to one client. A seal is bound to its table, column, row and client, and opens nowhere else."""

    def __init__(self, client_id: UUID, key: bytes) -> None:
        self.client_id = client_id
        self._sealer = Sealer({"c": key})

    def seal(self, text: str, table: str, column: str, row: object) -> str:
        """Seal a text for one place."""
        return self._sealer.seal(text, bound_to=self._place(table, column, row))

    def open(self, sealed: str, table: str, column: str, row: object) -> str:
        """The text that was sealed for this place; ``BrokenSeal`` for any other."""
        return self._sealer.open(sealed, bound_to=self._place(table, column, row))

    def mark(self, data: bytes) -> str:
        """A mark of some data (HMAC-SHA256, hexadecimal) that only this client's key makes, and that stays when the key is wrapped anew."""
        return self._sealer.fingerprints(data)[0]

    def _place(self, table: str, column: str, row: object) -> str:
        return f"{table}|{column}|{row}|{self.client_id}|1"


def make_locker(session: Session, client_id: UUID, *, sealer: Sealer) -> Locker:
    """A key for a new client, kept wrapped."""
    key = os.urandom(KEY_BYTES)
    session.add(ClientKey(client_id=client_id, wrapped=_wrap(client_id, key, sealer)))
    session.flush()
    return Locker(client_id, key)


def locker_of(session: Session, client_id: UUID, *, sealer: Sealer) -> Locker:
    """What opens and seals everything of a client; ``NotFound`` when their key is gone."""
    row = session.get(ClientKey, client_id)
    if row is None:
        raise NotFound("There is no such page here.")
    return Locker(client_id, _unwrap(row, sealer))


def hold_keys(session: Session, client_ids: Collection[UUID]) -> list[ClientKey]:
    """Read the keys of many at once. While the answer is held, ``locker_of`` asks the database for none of them; nothing is unwrapped before that."""
    return list(session.scalars(select(ClientKey).where(ClientKey.client_id.in_(client_ids))))


def _wrap(client_id: UUID, key: bytes, sealer: Sealer) -> str:
    return sealer.seal(base64.b64encode(key).decode(), bound_to=f"client_key|wrapped|{client_id}")


def _unwrap(row: ClientKey, sealer: Sealer) -> bytes:
    return base64.b64decode(sealer.open(row.wrapped, bound_to=f"client_key|wrapped|{row.client_id}"))
