"""The queue of duplicates: found, looked at side by side, made one and taken back, or kept apart for good."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from directory.models import Phone, Service
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.make import make_address, make_id, make_phone, make_place
from tests.web.second_door import SecondDoor, text_of

QUEUE = "/desk/curator/duplicates"
TWIN = make_id("Community lunch, the same")


def twin(door: SecondDoor) -> None:
    """The community lunch once more, as somebody else tells of it."""
    with door.storage.writing() as session:
        service = Service(id=TWIN, organization_id=ORGANIZATIONS["kitchen"], name="Community Lunch", description="Lunch for all.", fees_description="Free")
        session.add(service)
        session.flush()
        make_phone(session, service, "(920) 555-0142")
        make_phone(session, service, "920-555-0177")
        make_address(session, make_place(session, service, "Hall", point=(44.2619, -88.4154)), "12 River St", "Appleton", "WI", "54911")


def pair_address(first: UUID = LISTINGS["lunch"], second: UUID = TWIN) -> str:
    return f"{QUEUE}/{first}/{second}"


@pytest.fixture
def found(door: SecondDoor) -> SecondDoor:
    twin(door)
    assert door.as_("cora").post(f"{QUEUE}/look").headers["location"] == f"{QUEUE}?said=done"
    return door


def test_a_pair_is_found_with_its_reason(found: SecondDoor) -> None:
    page = text_of(found.as_("cora").get(QUEUE))
    assert "Community lunch and Community Lunch" in page or "Community Lunch and Community lunch" in page
    assert "same phone" in page


def test_two_stand_side_by_side_with_what_is_to_be_chosen(found: SecondDoor) -> None:
    page = text_of(found.as_("cora").get(pair_address()))
    assert "Eat together at noon. Everybody cooks in turn. Lunch for all. Take this" in page
    assert "written here" in page


def test_they_become_one_and_the_merge_can_be_taken_back(found: SecondDoor) -> None:
    cora = found.as_("cora")
    before = services_and_phones(found)
    answer = cora.post(f"{pair_address()}/merge", {"take": ["description"], "why": "One hall, one lunch"})
    history = answer.headers["location"].partition("?")[0]
    assert cora.get(f"/listings/{TWIN}").headers["location"] == f"/listings/{LISTINGS['lunch']}"
    assert "Lunch for all." in cora.get(f"/listings/{LISTINGS['lunch']}").text
    assert "920-555-0177" in cora.get(f"/listings/{LISTINGS['lunch']}").text
    page = cora.get(history).text
    act = page.partition('name="undo" value="act:')[2].partition('"')[0]
    undone = cora.post(f"{history}/undo", {"undo": f"act:{act}", "why": "They are two lunches"})
    assert undone.status_code == 303, text_of(undone)
    assert services_and_phones(found) == before
    assert cora.get(f"/listings/{TWIN}").status_code == 200


def test_what_is_kept_apart_is_not_asked_about_again(found: SecondDoor) -> None:
    cora = found.as_("cora")
    assert cora.post(f"{pair_address()}/apart").status_code == 303
    cora.post(f"{QUEUE}/look")
    assert "No pair waits." in text_of(cora.get(QUEUE))
    assert cora.get(pair_address()).status_code == 404


@pytest.mark.parametrize("name", ["ana", "emil", "kofi", "dov", "stella"])
def test_only_curators_see_the_queue(door: SecondDoor, name: str) -> None:
    assert door.as_(name).get(QUEUE).status_code == 403


def test_a_pair_that_does_not_wait_is_not_found(door: SecondDoor) -> None:
    assert door.as_("cora").get(pair_address()).status_code == 404
    assert door.as_("cora").post(f"{pair_address(second=uuid4())}/merge").status_code == 404


def services_and_phones(door: SecondDoor) -> list[object]:
    with door.storage.reading() as session:
        rows = session.query(Service).order_by(Service.id).all()
        numbers = session.query(Phone).order_by(Phone.id).all()
        return [(row.id, row.name, row.description, row.fees_description) for row in rows] + [(row.id, row.service_id, row.number) for row in numbers]
