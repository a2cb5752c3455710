"""Peer support for tests: the circle of Alder House, which Imani coordinates, where Sol and Farah are there for Rosa, Wen and Juno."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.records import own_record
from directory.models import Client, Introduction, Organization, PeerProfile
from directory.peers.introducing import introduce, name_for
from directory.peers.kept import Kept
from directory.peers.profiles import own_profile, save_profile
from directory.peers.schemes import Scheme, get_kept, make_scheme
from directory.peers.suggesting import Board, answer_card, board_of
from directory.peers.values import VOUCHED, Said
from directory.peers.vouching import vouch
from directory.sealing import Sealer
from directory.storage import Storage
from matching.values import Slot
from tests.cast import Town
from tests.clients import ALDER, actor

AT: Final = datetime(2026, 11, 24, 17, tzinfo=UTC)
TUESDAY: Final = Slot(weekday=1, starts=17 * 60, ends=22 * 60)
AREA: Final = "us/wi/outagamie county"
NAMES: Final = {"sol": "Soledad Reyes", "farah": "Farah Noor", "rosa": "Rosa M.", "wen": "Wen Li", "juno": "Juno Park"}
"""The names of their choice, which nobody may read too early."""
CARDS: Final = {"sol": "Marigold", "farah": "Bluebird", "rosa": "Quilt", "wen": "Sesame", "juno": "Knight"}
"""What their cards call them."""
SIDES: Final = {"sol": "supporter", "farah": "supporter", "rosa": "seeker", "wen": "seeker", "juno": "seeker"}


def said_by(name: str, **changes: Any) -> Said:
    """What one of them says, unless it is changed: all would suit each other."""
    said = Said(
        pseudonym=CARDS[name], called=NAMES[name], words=f"{CARDS[name]} likes company.", about=("life_domains/people",), languages=("en",),
        ways=("messages", "phone"), slots=(TUESDAY,), timezone="America/Chicago", area=AREA, organizations=("none",), is_minor=name == "juno",
    )
    return replace(said, **changes)


def circle_of(storage: Storage, sealer: Sealer, town: Town, *, at: datetime = AT, is_internal: bool = False) -> Circle:
    """A scheme of Alder House with nobody in it yet."""
    with storage.writing() as session:
        alder = session.get_one(Organization, ALDER)
        row = make_scheme(
            session, alder, name="Alder Circle", words="Somebody to talk with, once a week.", moderator_id=town.accounts["imani"],
            is_internal=is_internal, at=at,
        )  # fmt: skip
        return Circle(storage, sealer, town, get_kept(session, ALDER, row.id), at)


class Circle:
    """One scheme's world, and the steps as the pages take them, each in a transaction of its own. ``on`` is the day where the scheme is."""

    def __init__(self, storage: Storage, sealer: Sealer, town: Town, scheme: Scheme, at: datetime) -> None:
        self.storage, self.sealer, self.town, self.scheme, self.at = storage, sealer, town, scheme, at

    @property
    def on(self) -> date:
        """Today."""
        return self.at.date()

    def later(self, **span: float) -> None:
        """Move the clock on."""
        self.at += timedelta(**span)

    def actor(self, session: Session, name: str) -> Actor:
        """One of the cast."""
        return actor(session, self.town, name, at=self.at)

    def join(self, name: str, *, side: str = "", places: int = 2, rests_until: date | None = None, days: int = 90, **changes: Any) -> UUID:
        """Somebody says what they wish or offer (again); gives their record."""
        side = side or SIDES[name]
        with self.storage.writing() as session:
            who = self.actor(session, name)
            client = own_record(session, who)
            version = self._version(session, client, side) if client else 0
            row = save_profile(
                session, who, self.scheme, side, said_by(name, **changes), version=version, places=places if side == "supporter" else 1,
                rests_until=rests_until, days=days, at=self.at, sealer=self.sealer,
            )  # fmt: skip
            return row.client_id

    def vouch(self, name: str, *kinds: str, ends_on: date | None = None) -> None:
        """Alder House stands for somebody: for training, checks and supervision, unless others are named."""
        with self.storage.writing() as session:
            client = own_record(session, self.actor(session, name))
            assert client
            for kind in kinds or sorted(VOUCHED):
                vouch(
                    session, self.scheme, client.id, kind, ends_on=ends_on or self.on + timedelta(days=365), by=self.by("imani"), on=self.on, at=self.at,
                    sealer=self.sealer,
                )  # fmt: skip

    def gather(self, *names: str) -> dict[str, UUID]:
        """These (all, when none is named) take part, and whoever supports is vouched for; for Juno there is all that a minor needs."""
        found = {name: self.join(name) for name in names or SIDES}
        for name in found:
            if SIDES[name] == "supporter":
                self.vouch(name, *VOUCHED, "checks_for_minors")
        if "juno" in found:
            self.vouch("juno", "guardian")
        return found

    def board(self, name: str, *, side: str = "") -> Board:
        """What somebody sees."""
        with self.storage.reading() as session:
            return board_of(session, self.scheme, self.kept(session, name, side=side), on=self.on, at=self.at, sealer=self.sealer)

    def cards(self, name: str) -> list[str]:
        """What the cards on somebody's board are called, in their order."""
        return [card.pseudonym for card in self.board(name).cards]

    def heard(self, name: str) -> dict[str, str]:
        """What became of each whom somebody answered."""
        return {one.pseudonym: one.state for one in self.board(name).answered}

    def answer(self, name: str, other: str, said: str) -> UUID:
        """Somebody answers another's card; gives the introduction."""
        with self.storage.writing(counting=True) as session:
            mine, theirs = self.kept(session, name), self.kept(session, other)
            row = answer_card(
                session, self.scheme, mine, theirs.row.id, said, on=self.on, at=self.at, sealer=self.sealer, base_url="https://home.example",
            )
            return row.id

    def both(self, one: str, other: str) -> UUID:
        """Both say yes."""
        self.answer(one, other, "yes")
        return self.answer(other, one, "yes")

    def introduce(self, key: UUID, first_contact: str = "here") -> None:
        """Imani introduces two who both said yes."""
        with self.storage.writing(counting=True) as session:
            introduce(
                session, self.scheme, key, self.actor(session, "imani"), first_contact, on=self.on, at=self.at, sealer=self.sealer,
                base_url="https://home.example",
            )  # fmt: skip

    def introduced(self, one: str = "rosa", other: str = "sol") -> UUID:
        """Two who said yes and were introduced."""
        key = self.both(one, other)
        self.introduce(key)
        return key

    def name_for(self, name: str, key: UUID) -> str:
        """The name that somebody reads of the other."""
        with self.storage.reading() as session:
            return name_for(session, session.get_one(Introduction, key), self.client_id(name), sealer=self.sealer)

    def kept(self, session: Session, name: str, *, side: str = "") -> Kept:
        """What somebody said."""
        found = own_profile(session, self.actor(session, name), self.scheme.id, side or SIDES[name], sealer=self.sealer)
        assert found
        return found

    def client_id(self, name: str) -> UUID:
        """Somebody's record."""
        with self.storage.reading() as session:
            client = own_record(session, self.actor(session, name))
            assert client
            return client.id

    def by(self, name: str) -> str:
        """Somebody as logs write them."""
        return f"account:{self.town.accounts[name]}"

    def _version(self, session: Session, client: Client, side: str) -> int:
        same = PeerProfile.client_id == client.id, PeerProfile.scheme_id == self.scheme.id, PeerProfile.side == side
        return session.scalar(select(PeerProfile.version).where(*same)) or 0
