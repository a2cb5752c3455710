"""The peer scheme inside an organization: what members offer each other, for members' eyes only."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.errors import Invalid, NotFound
from directory.models import Account, PeerOffer, Role

LONGEST = 600


class Offer(Struct, frozen=True, kw_only=True):
    """What somebody offers, how to take them up on it, and whether it is one's own."""

    id: UUID
    name: str
    words: str
    how: str
    is_mine: bool


def offer(session: Session, organization_id: UUID, account_id: UUID, *, words: str, how: str, at: datetime) -> PeerOffer:
    """Offer something to the other members; ``Invalid`` when it says nothing or too much."""
    said, ways = words.strip(), how.strip()
    wrong = {"words": _wrong(said, "Say what you offer, in a sentence or two."), "how": _wrong(ways, "Say how a colleague can take you up on it.")}
    if found := {field: text for field, text in wrong.items() if text}:
        raise Invalid(**found)
    row = PeerOffer(id=uuid4(), organization_id=organization_id, account_id=account_id, words=said, how=ways, made_at=at)
    session.add(row)
    session.flush()
    return row


def list_offers(session: Session, organization_id: UUID, account_id: UUID | None) -> list[Offer]:
    """What members of now offer each other, the newest first."""
    found = select(PeerOffer, Account.name).join(Account, Account.id == PeerOffer.account_id)
    members = select(Role.account_id).where(Role.organization_id == organization_id)
    found = found.where(PeerOffer.organization_id == organization_id, PeerOffer.account_id.in_(members))
    rows = session.execute(found.order_by(PeerOffer.made_at.desc(), PeerOffer.id)).all()
    return [Offer(id=row.id, name=name, words=row.words, how=row.how, is_mine=row.account_id == account_id) for row, name in rows]


def take_back(session: Session, organization_id: UUID, account_id: UUID | None, offer_id: UUID) -> None:
    """Take an offer of one's own back; ``NotFound`` for anybody else's."""
    mine = PeerOffer.id == offer_id, PeerOffer.organization_id == organization_id, PeerOffer.account_id == account_id
    if session.scalars(select(PeerOffer.id).where(*mine)).one_or_none() is None:
        raise NotFound("There is no such offer of yours.")
    session.execute(delete(PeerOffer).where(*mine))


def _wrong(text: str, empty: str) -> str:
    return empty if not text else f"Use at most {LONGEST} characters." if len(text) > LONGEST else ""
