"""An edit that was undone is in the results within a second: what the log says of rows that are gone leads to their listings."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.catalogue import Catalogue
from directory.changes import latest_seq, record_change
from directory.history.rows import text_of
from directory.history.undoing import undo_act
from directory.models import Attribute, Phone, ServiceAtLocation
from directory.moves import moves_since
from directory.sealing import Sealer
from directory.storage import Storage, sqlite_url
from tests.cast import LISTINGS, make_town
from tests.ground import MOMENT
from tests.make import make_id

LUNCH, LINK = LISTINGS["lunch"], make_id("Community lunch at Riverside Hall")


@pytest.fixture
def house(tmp_path: Path, ground_file: Path, sealer: Sealer) -> Iterator[Storage]:
    shutil.copy(ground_file, tmp_path / "homeground.sqlite3")
    storage = Storage(sqlite_url(tmp_path / "homeground.sqlite3"))
    make_town(storage, at=MOMENT, sealer=sealer)
    yield storage
    storage.close()


def remove(session: Session, model: Any) -> UUID:
    """Remove one row of the lunch as an act."""
    parent = model.link_id if model is Attribute else model.service_id
    row = session.scalars(select(model).where(parent == LUNCH).order_by(model.id)).first()
    assert row
    act, said = uuid4(), text_of({column.name: getattr(row, column.name) for column in row.__table__.columns})
    record_change(session, entity=row.__tablename__, entity_id=row.id, action="removed", by="tests", at=MOMENT, before=msgspec.json.decode(said), act=act)
    session.delete(row)
    return act


@pytest.mark.parametrize("model", [Phone, Attribute, ServiceAtLocation])
def test_what_is_removed_and_put_back_is_traced_to_its_listing(house: Storage, sealer: Sealer, model: Any) -> None:
    index = Catalogue(house).refresh().index
    with house.writing() as session:
        act = remove(session, model)
    with house.reading() as session:
        since, removed = latest_seq(session), moves_since(session, latest_seq(session) - 1, index)
    with house.writing() as session:
        undo_act(session, act, by="t", at=MOMENT, why="", sealer=sealer)
    with house.reading() as session:
        put_back = moves_since(session, since, index)
    assert [(moves.is_traced, moves.services) for moves in (removed, put_back)] == [(True, frozenset({LUNCH}))] * 2


def test_an_undone_edit_is_shown_within_a_second(house: Storage, sealer: Sealer) -> None:
    catalogue = Catalogue(house)
    assert shown(catalogue)
    with house.writing() as session:
        act = remove(session, Phone)
    assert within_a_second(lambda: not shown(catalogue))
    with house.writing() as session:
        undo_act(session, act, by="t", at=MOMENT + timedelta(hours=1), why="", sealer=sealer)
    assert within_a_second(lambda: shown(catalogue))


def shown(catalogue: Catalogue) -> bool:
    return bool(catalogue.listing_page(LINK, at=MOMENT).card.phones)


def within_a_second(is_so: Callable[[], bool]) -> bool:
    until = time.monotonic() + 1.0
    while time.monotonic() < until:
        if is_so():
            return True
        time.sleep(0.02)
    return False
