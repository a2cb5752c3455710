"""The history of a listing: in words, for its own people and curators; a curator takes a change back, or is told what stands in the way."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from directory.changes import record_change
from directory.models import Change, Service
from tests.cast import LISTINGS
from tests.web.second_door import SecondDoor, text_of

PATH = f"/desk/listings/{LISTINGS['lunch']}/history"


def edit(door: SecondDoor, who: str, field: str, after: str, *, why: str = "", days_ago: int = 0) -> UUID:
    """Somebody changes a field of the lunch."""
    act = uuid4()
    with door.storage.writing() as session:
        service = session.get(Service, LISTINGS["lunch"])
        assert service
        record_change(
            session, entity="service", entity_id=service.id, action="changed", by=f"account:{door.town.accounts[who]}", field=field,
            at=door.at - timedelta(days=days_ago), before=getattr(service, field), after=after, why=why or None, act=act,
        )
        setattr(service, field, after)
    return act


def name_of(door: SecondDoor) -> str:
    with door.storage.reading() as session:
        service = session.get(Service, LISTINGS["lunch"])
        assert service
        return service.name


def test_the_history_says_who_what_when_and_why(door: SecondDoor) -> None:
    edit(door, "ben", "name", "Lunch for all", why="We say it like this")
    page = text_of(door.as_("ana").get(PATH))
    assert "2026-11-24 17:00, Ben (an editor)" in page
    assert "Why: We say it like this" in page
    assert "Name Community lunch Lunch for all" in page


def test_people_of_an_organization_learn_no_names_of_others(door: SecondDoor) -> None:
    edit(door, "cora", "name", "Lunch for all")
    page = text_of(door.as_("ana").get(PATH))
    assert "A curator" in page
    assert "Cora" not in page
    assert "Cora (a curator)" in text_of(door.as_("cora").get(PATH))


def test_a_curator_takes_an_act_back_and_the_taking_back_is_an_act_too(door: SecondDoor) -> None:
    act = edit(door, "ben", "name", "Lunch for all")
    cora = door.as_("cora")
    answer = cora.post(f"{PATH}/undo", {"undo": f"act:{act}", "why": "It is still called so"})
    assert (answer.status_code, name_of(door)) == (303, "Community lunch")
    page = text_of(cora.get(PATH))
    assert "takes a change back" in page
    assert "It is still called so" in page
    with door.storage.reading() as session:
        again = session.scalars(select(Change.act).where(Change.undoes.is_not(None))).one()
    cora.post(f"{PATH}/undo", {"undo": f"act:{again}", "why": "No, it is not"})
    assert name_of(door) == "Lunch for all"


def test_what_stands_in_the_way_is_said_and_nothing_is_changed(door: SecondDoor) -> None:
    act = edit(door, "ben", "name", "Lunch for all")
    door.later(minutes=5)
    edit(door, "ana", "name", "Lunch for everybody")
    answer = door.as_("cora").post(f"{PATH}/undo", {"undo": f"act:{act}", "why": "Mistaken"})
    assert answer.status_code == 422
    assert "Name of listing Lunch for everybody was changed again on 2026-11-24." in text_of(answer)
    assert 'value="Mistaken"' in answer.text
    assert name_of(door) == "Lunch for everybody"


def test_a_reason_is_asked_for(door: SecondDoor) -> None:
    act = edit(door, "ben", "name", "Lunch for all")
    answer = door.as_("cora").post(f"{PATH}/undo", {"undo": f"act:{act}", "why": "  "})
    assert (answer.status_code, name_of(door)) == (422, "Lunch for all")
    assert re.search(r'<input type="text" id="why" [^>]*aria-invalid="true"', answer.text)


def test_changes_of_another_listing_are_not_undone_from_here(door: SecondDoor) -> None:
    act = edit(door, "ben", "name", "Lunch for all")
    other = PATH.replace(str(LISTINGS["lunch"]), str(LISTINGS["class"]))
    for wanted in (f"act:{act}", "line:1", "line:x", "act:x", "", f"act:{uuid4()}"):
        assert door.as_("cora").post(f"{other}/undo", {"undo": wanted, "why": "x"}).status_code == 404
    assert name_of(door) == "Lunch for all"


def test_two_days_are_compared(door: SecondDoor) -> None:
    edit(door, "ben", "alert", "No lunch on Friday", days_ago=1)
    page = text_of(door.as_("ben").get(f"{PATH}/compare", params={"from": "2026-11-22", "to": "2026-11-23"}))
    assert "Notice on top (nothing) No lunch on Friday" in page
    same = text_of(door.as_("ben").get(f"{PATH}/compare", params={"from": "2026-11-23", "to": "2026-11-24"}))
    assert "The listing was the same on both days." in same


@pytest.mark.parametrize("query", ["page=x", "page=-1", "page=99999999999", "field=%00", "field=none.none", "page=%F0%9F%8D%9E"])
def test_an_odd_question_shows_a_page(door: SecondDoor, query: str) -> None:
    edit(door, "ben", "name", "Lunch for all")
    assert door.as_("ana").get(f"{PATH}?{query}").status_code == 200


@pytest.mark.parametrize("query", ["from=x", "from=0001-01-01&to=9999-12-31", "from=2026-13-01"])
def test_an_odd_day_shows_a_page(door: SecondDoor, query: str) -> None:
    assert door.as_("ana").get(f"{PATH}/compare?{query}").status_code == 200


def test_a_long_history_has_pages_and_can_be_narrowed(door: SecondDoor) -> None:
    for number in range(23):
        edit(door, "ben", "name", f"Lunch {number}")
        door.at += timedelta(minutes=1)
    edit(door, "ben", "alert", "Closed today")
    door.later(minutes=-20)
    first, second = (text_of(door.as_("ana").get(f"{PATH}?page={page}")) for page in (1, 2))
    assert "Lunch 21 Lunch 22" in first
    assert "Lunch 21 Lunch 22" not in second
    assert "Lunch 0 Lunch 1" in second
    only = text_of(door.as_("ana").get(f"{PATH}?field=service.alert"))
    assert "Closed today" in only
    assert "Lunch 21" not in only


@pytest.mark.parametrize("verb", ["post", "get"])
def test_the_wrong_verb_and_a_bad_id_are_refused(door: SecondDoor, verb: str) -> None:
    cora = door.as_("cora")
    if verb == "post":
        assert cora.post(PATH).status_code == 405
    assert cora.get(PATH.replace(str(LISTINGS["lunch"]), str(uuid4()))).status_code == 404
    assert cora.get(PATH.replace(str(LISTINGS["lunch"]), "x")).status_code == 404
