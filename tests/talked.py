"""Two people of Alder House's circle who were introduced: Rosa, who seeks, and Sol, who supports; and what they do to each other's pages."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from httpx import Response
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.accounts.people import get_account, grant
from directory.models import PeerMessage, PeerReport
from directory.peers.blocking import block
from directory.peers.ending import end
from directory.peers.reports.telling import report
from directory.peers.talking.between import Between, get_between
from directory.peers.talking.messages import Message, list_messages, send
from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import Town
from tests.clients import ALDER
from tests.peers import Circle, circle_of
from tests.web.second_door import SecondDoor

BASE: Final = "https://home.example"
DESK: Final = f"/desk/organizations/{ALDER}/peers"


def add_coordinator(storage: Storage, town: Town, name: str, *, at: datetime) -> None:
    """Somebody of the cast coordinates at Alder House, too."""
    with storage.writing() as session:
        grant(session, get_account(session, town.accounts[name]), "coordinator", by="tests", at=at, organization_id=ALDER)


class Talk:
    """What the two do, each step in a transaction of its own, as the pages take them."""

    def __init__(self, circle: Circle, key: UUID, seeker: str = "rosa", supporter: str = "sol") -> None:
        self.circle, self.key, self.names = circle, key, (seeker, supporter)
        self.storage, self.sealer = circle.storage, circle.sealer

    def between(self, session: Session, name: str, *, hold: bool = False) -> Between:
        """The introduction as one of them stands to it."""
        return get_between(session, self.key, self.actor(session, name), hold=hold)

    def actor(self, session: Session, name: str) -> Actor:
        """One of the cast."""
        return self.circle.actor(session, name)

    def write(self, name: str, words: str) -> int:
        """One writes to the other."""
        with self.storage.writing(counting=True) as session:
            return send(session, self.between(session, name, hold=True), words, at=self.circle.at, sealer=self.sealer)

    def read(self, name: str) -> list[Message]:
        """What one of them reads."""
        with self.storage.reading() as session:
            return list_messages(session, self.between(session, name), at=self.circle.at, sealer=self.sealer)

    def end(self, name: str, wish: str = "enough") -> None:
        """One of them ends it."""
        with self.storage.writing(counting=True) as session:
            end(session, self.between(session, name, hold=True), wish=wish, **self.said)

    def block(self, name: str) -> None:
        """One of them never wants to meet the other again."""
        with self.storage.writing(counting=True) as session:
            block(session, self.between(session, name, hold=True), **self.said)

    def report(self, name: str, words: str, *passages: int) -> UUID:
        """One of them tells the moderator."""
        with self.storage.writing(counting=True) as session:
            return report(session, self.between(session, name, hold=True), words, passages=passages, **self.said)

    @property
    def said(self) -> dict[str, Any]:
        """What every verb wants to know."""
        return {"at": self.circle.at, "sealer": self.sealer, "base_url": BASE}

    def rows(self, session: Session) -> list[PeerMessage]:
        """Every message between the two, as it is stored."""
        return list(session.scalars(select(PeerMessage).where(PeerMessage.introduction_id == self.key).order_by(PeerMessage.seq)))

    def reports(self, session: Session) -> list[PeerReport]:
        """Every report, the oldest first."""
        return list(session.scalars(select(PeerReport).order_by(PeerReport.made_at, PeerReport.id)))


def talk_of(storage: Storage, sealer: Sealer, town: Town, *, at: datetime) -> Talk:
    """Rosa and Sol, introduced now; Farah and Wen take part beside them."""
    circle = circle_of(storage, sealer, town, at=at)
    circle.gather("rosa", "sol", "farah", "wen")
    return Talk(circle, circle.introduced("rosa", "sol"))


def talk_in(door: SecondDoor) -> Talk:
    """The same in a house that is open."""
    return talk_of(door.storage, door.sealer, door.town, at=door.at)


def page(door: SecondDoor, talk: Talk, name: str, which: str = "talk") -> Response:
    """A page between the two, as somebody sees it."""
    return door.as_(name).get(f"/my/peers/{talk.key}/{which}")
