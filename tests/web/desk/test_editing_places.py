"""Places on the form as a page: another place of the organization, the drawing of a pin, and nothing of either for whoever may not know."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from directory.editing import drafts
from directory.models import Draft, Service, ServiceAtLocation
from directory.placing import take_back
from tests.cast import LISTINGS
from tests.make import make_address, make_id, make_place
from tests.web.desk.test_editing import LUNCH, draft_of, save
from tests.web.second_door import SecondDoor, text_of

CLASS = f"/desk/listings/{LISTINGS['class']}/edit"
HALL = make_id("Riverside Hall")
BARN = make_id("Hillside Barn")


@pytest.fixture
def barn(door: SecondDoor) -> SecondDoor:
    """The house, with a second place of the kitchen."""
    with door.storage.writing() as session:
        link = make_place(session, session.get_one(Service, LISTINGS["class"]), "Hillside Barn", point=(44.2701, -88.4302))
        make_address(session, link, "7 Hill Road", "Appleton", "WI", "54914")
    return door


def hide(door: SecondDoor, place: UUID) -> None:
    with door.storage.writing() as session:
        assert take_back(session, [place], "hidden", by="tests", at=door.at, why="", sealer=door.sealer) == 1


def offered(page: str) -> list[str]:
    found = re.search(r'<select id="place-pick".*?</select>', page, re.DOTALL)
    return re.findall(r'value="([^"]+)"', found[0]) if found else []


def test_another_public_place_of_the_organization_is_picked_and_stays_as_it_is(barn: SecondDoor) -> None:
    ana = barn.as_("ana")
    assert offered(ana.get(LUNCH).text) == [str(BARN)]
    assert save(ana, LUNCH, "where", **{"place-pick": str(BARN)}) == 303
    page = ana.get(LUNCH)
    assert offered(page.text) == []
    assert "One of your places, as it stands in the directory." in text_of(page)
    assert f'data-pin="{BARN}"' not in page.text
    assert save(ana, LUNCH, "where", **{f"place-{BARN}-address_1": "1 Elsewhere"}) == 303
    assert ana.post(f"/desk/drafts/{draft_of(barn)}/hand-in").headers["location"].endswith("said=live")
    with barn.storage.reading() as session:
        assert {one.location_id for one in session.query(ServiceAtLocation).filter_by(service_id=LISTINGS["lunch"])} == {HALL, BARN}
    listing = text_of(barn.as_("anyone").get(f"/listings/{LISTINGS['lunch']}"))
    assert "7 Hill Road" in listing
    assert "Elsewhere" not in listing


def test_a_place_that_was_taken_away_comes_back_with_its_hours_and_its_address_in_the_web(barn: SecondDoor) -> None:
    ana = barn.as_("ana")
    with barn.storage.reading() as session:
        before = session.query(ServiceAtLocation).filter_by(service_id=LISTINGS["class"]).one().id
    assert save(ana, CLASS, "where", **{f"place-{BARN}-remove": "1"}) == 303
    assert save(ana, CLASS, "where", **{"place-pick": str(BARN)}) == 303
    with barn.storage.reading() as session:
        page = drafts.opened(session.query(Draft).one(), sealer=barn.sealer)
    assert [at.id for at in page.sheet.service.service_at_locations] == [before]
    assert drafts.changes_nothing(page)


def test_a_place_that_is_not_public_or_not_theirs_is_neither_offered_nor_taken(barn: SecondDoor) -> None:
    emil, ana = barn.as_("emil"), barn.as_("ana")
    reading = f"/desk/listings/{LISTINGS['reading']}/edit"
    assert offered(emil.get(reading).text) == []
    assert save(emil, reading, "where", **{"place-pick": str(BARN)}) == 422
    hide(barn, BARN)
    page = ana.get(LUNCH).text
    assert offered(page) == []
    assert "Hill" not in page
    assert save(ana, LUNCH, "where", **{"place-pick": str(BARN)}) == 422


def test_the_pin_of_a_public_place_is_drawn_among_known_points(barn: SecondDoor) -> None:
    page = barn.as_("ana").get(LUNCH).text
    assert f'data-pin="{HALL}"' in page
    assert "of Hillside Barn, 7 Hill Road, Appleton" in page
    assert re.search(r'aria-label="The pin stands [^"]*5491', page)
    moved = barn.as_("ana").post(f"{LUNCH}/where", {"move": f"{HALL}:north", f"place-{HALL}-step": "10", "seen": ""})
    assert moved.status_code == 409   # a page without its mark is one that was drawn before somebody else saved
    assert save(barn.as_("ana"), LUNCH, "where", move=f"{HALL}:north", **{f"place-{HALL}-step": "10"}) == 303


def test_moving_a_pin_without_script_leads_back_to_it(door: SecondDoor) -> None:
    ana = door.as_("ana")
    mark = re.search(r'id="saved-where"><input type="hidden" name="seen" value="(\w+)"', ana.get(LUNCH).text)
    assert mark
    answer = ana.post(f"{LUNCH}/where", {"seen": mark[1], "move": f"{HALL}:east"})
    assert answer.headers["location"] == f"{LUNCH}?said=saved&part=where#pin-{HALL}"
    assert '<details class="part" id="part-where" open>' in ana.get(f"{LUNCH}?part=where").text


def test_a_pin_that_became_secret_is_in_no_draft_of_those_who_may_not_know_it(door: SecondDoor) -> None:
    """Ana has a draft of a listing at a public place; it is hidden, which she may know; then others are there too, so that it is not hers to know."""
    ana = door.as_("ana")
    assert save(ana, LUNCH, "where", **{f"place-{HALL}-transportation": "Bus 12"}) == 303
    hide(door, HALL)
    for name in ("ana", "cora"):
        assert f'data-pin="{HALL}"' in door.as_(name).get(LUNCH).text
    assert door.as_("emil").get(LUNCH).status_code == 403
    with door.storage.writing() as session:
        session.add(ServiceAtLocation(service_id=LISTINGS["reading"], location_id=HALL))
    for path in (LUNCH, f"/desk/drafts/{draft_of(door)}/edit"):
        page = ana.get(path).text
        assert "not public, and not yours to see" in page
        for told in ("data-pin", "44.26", "88.41", "12 River Street"):
            assert told not in page


@pytest.fixture
def hall(door: SecondDoor) -> SecondDoor:
    """The house, with the library's reading circle in the kitchen's hall."""
    with door.storage.writing() as session:
        session.add(ServiceAtLocation(service_id=LISTINGS["reading"], location_id=HALL))
    return door


def test_a_place_of_others_too_says_who_they_are_and_what_is_changed_there_waits(hall: SecondDoor) -> None:
    ana, reading = hall.as_("ana"), f"/listings/{LISTINGS['reading']}"
    page = ana.get(LUNCH)
    assert "so a curator looks at what you change of this place" in text_of(page)
    assert "Reading circle (Hillview Library)" in text_of(page)
    assert f'name="place-{HALL}-visibility"' not in page.text
    assert save(ana, LUNCH, "where", **{f"place-{HALL}-address_1": "14 River Street"}) == 303
    assert "A curator looks at your changes, since other organizations are at the place." in text_of(ana.get(LUNCH))
    draft = draft_of(hall)
    assert ana.post(f"/desk/drafts/{draft}/hand-in").headers["location"].endswith("said=waiting")
    assert "12 River Street" in text_of(ana.get(reading))
    decide = hall.as_("cora").get(f"/desk/curator/drafts/{draft}")
    assert "It changes a place where other organizations are" in text_of(decide)
    assert "Also here: 1 listing Reading circle (Hillview Library)" in text_of(decide)
    version = re.search(r'name="version" value="(\d+)"', decide.text)
    assert version
    assert hall.as_("cora").post(f"/desk/curator/drafts/{draft}/approve", {"version": version[1]}).status_code == 303
    for path in (reading, f"/listings/{LISTINGS['lunch']}"):
        assert "14 River Street" in text_of(ana.get(path))


def test_a_curator_edits_it_and_it_holds_for_everybody_who_is_there(hall: SecondDoor) -> None:
    cora = hall.as_("cora")
    page = cora.get(LUNCH)
    assert "what you change of this place changes for them" in text_of(page)
    assert f'name="place-{HALL}-visibility"' in page.text
    assert save(cora, LUNCH, "where", **{f"place-{HALL}-address_1": "14 River Street"}) == 303
    assert cora.post(f"/desk/drafts/{draft_of(hall)}/hand-in").headers["location"].endswith("said=live")
    assert "14 River Street" in text_of(hall.as_("anyone").get(f"/listings/{LISTINGS['reading']}"))


def test_a_page_stays_saveable_when_others_come_to_its_place(door: SecondDoor) -> None:
    """Who else is there is no part of what a section says: nobody is told that it was saved elsewhere."""
    ana = door.as_("ana")
    mark = re.search(r'id="saved-where"><input type="hidden" name="seen" value="(\w+)"', ana.get(LUNCH).text)
    assert mark
    with door.storage.writing() as session:
        session.add(ServiceAtLocation(service_id=LISTINGS["class"], location_id=HALL))
    answer = ana.post(f"{LUNCH}/where", {"seen": mark[1], f"place-{HALL}-transportation": "Bus 12"})
    assert answer.status_code == 303
    assert "changes for your other listings here" in text_of(ana.get(LUNCH))
