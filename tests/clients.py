"""Records of clients for tests: Rosa's own, which she lets Alder House see in part, with Nia as her caseworker."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from directory.accounts.actors import Actor, actor_of
from directory.clients.consents import Agreed, give_consent
from directory.clients.opening import Opened, open_own, write_part
from directory.clients.records import begin_own, take_on
from directory.models import Account, Client
from directory.sealing import Sealer
from tests.cast import ORGANIZATIONS, Town

ALDER, NORTH = ORGANIZATIONS["alder"], ORGANIZATIONS["north"]
SEEN = ("label", "own_words", "goals")
"""What Rosa lets Alder House see."""


def actor(session: Session, town: Town, name: str, *, at: datetime, level: int = 2) -> Actor:
    """One of the cast, signed in with so many factors."""
    account = session.get(Account, town.accounts[name])
    assert account
    return actor_of(session, account, level=level, confirmed_at=at)


def make_rosa(session: Session, town: Town, *, at: datetime, sealer: Sealer) -> Client:
    """Rosa's record, with a text in every part that names the part."""
    rosa = actor(session, town, "rosa", at=at)
    client = begin_own(session, rosa, at=at, sealer=sealer)
    opened = open_own(session, client, rosa, at=at, sealer=sealer)
    for part in opened.open:
        write_part(session, opened, part, words(part), version=0, by=rosa.by, at=at)
    return client


def with_nia(session: Session, town: Town, client: Client, *, at: datetime, purpose: str = "together") -> Agreed:
    """Nia works with Rosa, who agreed."""
    take_on(session, client, ALDER, account_id=town.accounts["nia"], at=at)
    return give_consent(session, client, ALDER, purpose=purpose, parts=SEEN, language="en", how="self", by=f"account:{town.accounts['rosa']}", at=at)


def words(part: str) -> str:
    """What stands in a part: JSON that no other part has."""
    return f'{{"words":"zebra-{part}"}}'


def opened_of(session: Session, town: Town, client_id: UUID, *, at: datetime, sealer: Sealer) -> Opened:
    """Rosa's record as she opens it."""
    client = session.get(Client, client_id)
    assert client
    return open_own(session, client, actor(session, town, "rosa", at=at), at=at, sealer=sealer)
