"""The cast's town in a database of either engine, and what tests of editing say often."""

from __future__ import annotations

import pytest
from msgspec import Struct
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor, actor_of
from directory.editing.sheet import Sheet, copied, sheet_of
from directory.models import Account
from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import LEVELS, LISTINGS, Town, make_town
from tests.make import NOON


class Desk(Struct, frozen=True, kw_only=True):
    """The town, and its people as they act."""

    town: Town
    sealer: Sealer

    @property
    def storage(self) -> Storage:
        """The database."""
        return self.town.storage

    def actor(self, session: Session, name: str) -> Actor:
        """One of the cast."""
        account = session.get_one(Account, self.town.accounts[name])
        return actor_of(session, account, level=LEVELS.get(name, 1), confirmed_at=NOON)

    def sheet(self, session: Session, listing: str = "lunch", name: str = "ana") -> tuple[Sheet, Sheet]:
        """A listing as one of the cast sees it, twice: to start from, and to write on."""
        sheet = sheet_of(session, LISTINGS[listing], sealer=self.sealer, actor=self.actor(session, name))
        return sheet, copied(sheet)


@pytest.fixture
def desk(storage: Storage, sealer: Sealer) -> Desk:
    """The town on one of the engines."""
    return Desk(town=make_town(storage, at=NOON, sealer=sealer), sealer=sealer)
