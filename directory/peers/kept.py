"""What one person said in a scheme, opened; and whose words may be opened at all: while they agree to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from directory.clients.keys import hold_keys, locker_of
from directory.models import Consent, PeerProfile, PeerScheme
from directory.peers.values import Said, of_text
from directory.sealing import Sealer
from matching.pairing.values import Side


class Kept(Struct, frozen=True, kw_only=True):
    """What one person said in one scheme, opened."""

    row: PeerProfile
    said: Said

    @property
    def client_id(self) -> UUID:
        """Whose it is."""
        return self.row.client_id

    @property
    def side(self) -> Side:
        """On which side they are."""
        return "seeker" if self.row.side == "seeker" else "supporter"


def open_kept(session: Session, row: PeerProfile, *, sealer: Sealer) -> Kept:
    """What stands in a row. Whoever calls this answers for who reads it."""
    text = locker_of(session, row.client_id, sealer=sealer).open(row.sealed, "peer_profile", "sealed", row.id)
    return Kept(row=row, said=of_text(text))


def open_all(session: Session, rows: Sequence[PeerProfile], *, sealer: Sealer) -> list[Kept]:
    """The same of many, with one query for all keys. Nothing opened is kept beyond the answer."""
    held = hold_keys(session, [row.client_id for row in rows])
    opened = [open_kept(session, row, sealer=sealer) for row in rows]
    del held   # until here none of them could be asked for one by one
    return opened


def agreed_select(at: datetime) -> Select[PeerProfile]:
    """Everything that was said and is neither ended nor without a living consent for its organization."""
    given = (
        select(Consent.client_id).join(PeerScheme, PeerScheme.organization_id == Consent.organization_id)
        .where(PeerScheme.id == PeerProfile.scheme_id, Consent.client_id == PeerProfile.client_id, Consent.purpose == "peers")
        .where(Consent.starts_at <= at, Consent.ends_at > at, or_(Consent.withdrawn_at.is_(None), Consent.withdrawn_at > at))
    )  # fmt: skip
    return select(PeerProfile).where(PeerProfile.state != "ended", given.exists())
