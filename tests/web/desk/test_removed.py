"""A listing that is gone with all its rows is found by curators, who see what it was and bring it back; nobody else learns that it was there."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from directory.editing.applying import apply
from directory.editing.sheet import Sheet, copied
from directory.exchange import records
from directory.history.undoing import undo_act
from directory.models import Change, Phone, Service
from tests.cast import ORGANIZATIONS
from tests.web.second_door import SecondDoor, text_of

NOT_LISTED = "/desk/curator/unlisted"


@pytest.fixture
def gone(door: SecondDoor) -> UUID:
    """A walking group that was added, and whose adding was taken back."""
    key, act = uuid4(), uuid4()
    base = Sheet(service=records.Service(id=key, name="", organization_id=ORGANIZATIONS["kitchen"]))
    sheet = copied(base)
    sheet.service.name, sheet.service.description = "Walking group", "We walk by the river."
    sheet.service.phones = [records.Phone(id=uuid4(), number="920-555-0188")]
    by = f"account:{door.town.accounts['cora']}"
    with door.storage.writing() as session:
        apply(session, None, base, sheet, by=by, at=door.at, act=act, sealer=door.sealer)
    with door.storage.writing() as session:
        undo_act(session, act, by=by, at=door.at, why="it was the wrong town", sealer=door.sealer)
        assert session.get(Service, key) is None
    return key


def test_curators_find_what_is_gone_and_read_what_it_was(door: SecondDoor, gone: UUID) -> None:
    page = door.as_("cora").get(NOT_LISTED)
    assert f'href="/desk/listings/{gone}/history"' in page.text
    assert "it was the wrong town" in text_of(page)
    history = text_of(door.as_("cora").get(f"/desk/listings/{gone}/history"))
    for words in ("Walking group", "We walk by the river.", "920-555-0188", "not in the directory any more"):
        assert words in history
    assert door.as_("cora").get(f"/desk/listings/{gone}/history/compare").status_code == 200


def test_a_curator_brings_it_back_whole_from_its_history(door: SecondDoor, gone: UUID) -> None:
    cora, path = door.as_("cora"), f"/desk/listings/{gone}/history"
    with door.storage.reading() as session:
        undone = session.scalars(select(Change.act).where(Change.entity_id == gone, Change.action == "removed")).one()
    assert f'value="act:{undone}"' in cora.get(path).text
    assert cora.post(f"{path}/undo", {"undo": f"act:{undone}", "why": "it was right"}).status_code == 303
    with door.storage.reading() as session:
        assert (session.get_one(Service, gone).name, [phone.number for phone in session.scalars(select(Phone).where(Phone.service_id == gone))]) == (
            "Walking group", ["920-555-0188"],
        )  # fmt: skip
    assert not re.search(f"{gone}", cora.get(NOT_LISTED).text)


@pytest.mark.parametrize("name", ["ana", "ben", "emil", "stella", "dov", "kofi"])
def test_nobody_else_learns_that_it_was_there(door: SecondDoor, gone: UUID, name: str) -> None:
    for path in (f"/desk/listings/{gone}/history", f"/desk/listings/{gone}/history/compare", f"/desk/listings/{uuid4()}/history"):
        assert door.as_(name).get(path).status_code == 404
    assert door.as_(name).post(f"/desk/listings/{gone}/history/undo", {"undo": "line:1", "why": "x"}).status_code == 404
