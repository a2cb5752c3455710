"""Listings that their source no longer has: a curator keeps them, asks, or takes them out."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from directory.models import Call, Service
from tests.directory.exchange.make import an_id
from tests.web.imported import GONE, an_import
from tests.web.second_door import SecondDoor, text_of

PATH = "/desk/curator/vanished"
LISTING = an_id("service", 3)


@pytest.fixture
def imported(door: SecondDoor) -> Mapping[str, UUID]:
    return an_import(door)


def status(door: SecondDoor) -> str:
    with door.storage.reading() as session:
        return session.get_one(Service, LISTING).status


def test_the_list_says_since_when_and_by_which_source(door: SecondDoor, imported: Mapping[str, UUID]) -> None:
    page = text_of(door.as_("cora").get(PATH))
    assert f"{GONE} The Long Shed . Last seen in Elm Row directory on 2026-11-22, missing since 2026-11-23." in page


@pytest.mark.parametrize(("choice", "now", "waits"), [("keep", "active", 0), ("ask", "active", 1), ("unpublish", "inactive", 0)])
def test_each_decision_does_what_it_says(door: SecondDoor, imported: Mapping[str, UUID], choice: str, now: str, waits: int) -> None:
    cora = door.as_("cora")
    assert cora.post(f"{PATH}/{imported['record']}", {"choice": choice}).status_code == 303
    assert (status(door), f"{waits} wait" in text_of(cora.get(PATH))) == (now, True)
    with door.storage.reading() as session:
        assert len(session.scalars(select(Call).where(Call.service_id == LISTING)).all()) == (choice == "ask")


def test_a_form_without_a_choice_comes_back_with_words(door: SecondDoor, imported: Mapping[str, UUID]) -> None:
    answer = door.as_("cora").post(f"{PATH}/{imported['record']}")
    assert (answer.status_code, "Choose one of the three." in answer.text, status(door)) == (422, True, "active")


def test_only_curators_see_and_decide(door: SecondDoor, imported: Mapping[str, UUID]) -> None:
    for name in ("ana", "kofi", "dov"):
        assert door.as_(name).get(PATH).status_code == 403
        assert door.as_(name).post(f"{PATH}/{imported['record']}", {"choice": "unpublish"}).status_code == 403
    assert status(door) == "active"


def test_another_verb_and_an_unknown_record_are_refused(door: SecondDoor, imported: Mapping[str, UUID]) -> None:
    assert door.as_("cora").get(f"{PATH}/{imported['record']}").status_code == 405
    assert door.as_("cora").post(f"{PATH}/{uuid4()}", {"choice": "keep"}).status_code == 404
