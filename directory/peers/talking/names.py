"""The name that passes once both have said yes, as the person themselves wrote it in the scheme."""

from __future__ import annotations

from uuid import UUID

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.clients.keys import locker_of
from directory.models import PeerProfile
from directory.sealing import Sealer

NOBODY = "Somebody"


class _Said(Struct):
    called: str = ""


def name_in(session: Session, scheme_id: UUID, client_id: UUID, side: str, *, sealer: Sealer) -> str:
    """How somebody is called in a scheme; "Somebody" where they have taken their words back. Whoever calls this answers for who reads it."""
    same = PeerProfile.client_id == client_id, PeerProfile.scheme_id == scheme_id, PeerProfile.side == side
    row = session.scalars(select(PeerProfile).where(*same)).one_or_none()
    if row is None:
        return NOBODY
    text = locker_of(session, client_id, sealer=sealer).open(row.sealed, "peer_profile", "sealed", row.id)
    return msgspec.json.decode(text, type=_Said).called.strip() or NOBODY
