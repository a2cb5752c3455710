"""The imports: what each did, and undoing a whole one with a reason, unless something depends on it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from directory.models import Conflict, ImportRun, Provenance
from tests.web.imported import an_import
from tests.web.second_door import SecondDoor, text_of

PATH = "/desk/curator/imports"


@pytest.fixture
def imported(door: SecondDoor) -> Mapping[str, UUID]:
    return an_import(door)


def test_the_list_says_what_each_import_did(door: SecondDoor, imported: Mapping[str, UUID]) -> None:
    page = text_of(door.as_("cora").get(PATH))
    assert "Elm Row directory, 2026-11-23 17:00" in page
    assert "1 kept as they are here" in page
    assert "3 added" in page


def test_an_import_is_undone_with_a_reason(door: SecondDoor, imported: Mapping[str, UUID]) -> None:
    with door.storage.reading() as session:
        first = session.scalars(select(ImportRun).order_by(ImportRun.at)).first()
        assert first
    answer = door.as_("cora").post(f"{PATH}/{first.act}/undo", {"why": ""})
    assert (answer.status_code, "Say in a few words" in answer.text) == (422, True)
    answer = door.as_("cora").post(f"{PATH}/{first.act}/undo", {"why": "the wrong file"})
    assert answer.status_code == 422, "the bench was edited since"
    assert "cannot be undone as things stand" in answer.text
    assert 'value="the wrong file"' in answer.text


def test_a_run_that_wrote_no_line_says_so(door: SecondDoor, imported: Mapping[str, UUID]) -> None:
    answer = door.as_("cora").post(f"{PATH}/{imported['run']}/undo", {"why": "the wrong file"})
    assert answer.status_code == 303
    with door.storage.reading() as session:
        assert session.scalars(select(Conflict)).all() == []
        assert session.scalars(select(Provenance).where(Provenance.vanished_at.is_not(None))).all() == []
    assert "undone 2026-11-24" in text_of(door.as_("cora").get(PATH))
    assert door.as_("cora").post(f"{PATH}/{imported['run']}/undo", {"why": "again"}).status_code == 409


def test_only_curators_see_and_undo(door: SecondDoor, imported: Mapping[str, UUID]) -> None:
    for name in ("ana", "kofi", "dov"):
        assert door.as_(name).get(PATH).status_code == 403
        assert door.as_(name).post(f"{PATH}/{imported['run']}/undo", {"why": "x"}).status_code == 403


def test_another_verb_and_an_unknown_import_are_refused(door: SecondDoor, imported: Mapping[str, UUID]) -> None:
    assert door.as_("cora").get(f"{PATH}/{imported['run']}/undo").status_code == 405
    assert door.as_("cora").post(f"{PATH}/{uuid4()}/undo", {"why": "x"}).status_code == 404
