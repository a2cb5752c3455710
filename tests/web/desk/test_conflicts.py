"""The conflicts of imports: a curator sees both sides and the beginning, and decides; nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID, uuid4

import pytest

from directory.models import Service
from tests.web.imported import BENCH, OURS, THEIRS, an_import
from tests.web.second_door import SecondDoor, text_of

PATH = "/desk/curator/conflicts"


@pytest.fixture
def imported(door: SecondDoor) -> Mapping[str, UUID]:
    return an_import(door)


def name_of(door: SecondDoor) -> str:
    with door.storage.reading() as session:
        return session.get_one(Service, BENCH).name


def test_a_conflict_shows_what_it_was_ours_and_the_sources(door: SecondDoor, imported: Mapping[str, UUID]) -> None:
    page = text_of(door.as_("cora").get(PATH))
    assert "1 waits for you" in page
    assert f"Before both changes Repair bench 1 Ours, shown now {OURS} Elm Row directory {THEIRS}" in page


@pytest.mark.parametrize(("choice", "name"), [("ours", OURS), ("theirs", THEIRS)])
def test_a_decision_is_done_and_the_conflict_no_longer_waits(door: SecondDoor, imported: Mapping[str, UUID], choice: str, name: str) -> None:
    cora = door.as_("cora")
    answer = cora.post(f"{PATH}/{imported['conflict']}", {"choice": choice})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PATH}?said=saved")
    assert name_of(door) == name
    assert "0 wait for you" in text_of(cora.get(PATH))
    assert OURS in cora.get(f"{PATH}?state={choice}").text if choice == "ours" else THEIRS in cora.get(f"{PATH}?state=theirs").text
    assert cora.post(f"{PATH}/{imported['conflict']}", {"choice": "ours"}).status_code == 409


def test_a_form_without_a_choice_comes_back_with_words(door: SecondDoor, imported: Mapping[str, UUID]) -> None:
    answer = door.as_("cora").post(f"{PATH}/{imported['conflict']}", {"choice": "both"})
    assert (answer.status_code, "Choose one of the two." in answer.text) == (422, True)
    assert f'href="#c-{imported["conflict"]}"' in answer.text


def test_only_curators_see_and_decide(door: SecondDoor, imported: Mapping[str, UUID]) -> None:
    for name in ("ana", "kofi", "dov"):
        assert door.as_(name).get(PATH).status_code == 403
        assert door.as_(name).post(f"{PATH}/{imported['conflict']}", {"choice": "theirs"}).status_code == 403
    assert name_of(door) == OURS


def test_another_verb_and_an_unknown_conflict_are_refused(door: SecondDoor, imported: Mapping[str, UUID]) -> None:
    assert door.as_("cora").get(f"{PATH}/{imported['conflict']}").status_code == 405
    assert door.as_("cora").post(f"{PATH}/{uuid4()}", {"choice": "ours"}).status_code == 404
    assert door.as_("cora").post(f"{PATH}/nobody", {"choice": "ours"}).status_code == 404
    assert door.as_("cora").get(f"{PATH}?state=odd&from=-1").status_code == 200
