"""Is this the same as one that is here already? A question while a listing is written, of public things only, that holds nobody up."""

from __future__ import annotations

from directory.models import Location, Service
from directory.placing import take_back
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.make import make_id
from tests.web.desk.test_editing import save
from tests.web.second_door import Browser, SecondDoor, text_of

LIBRARY = f"/desk/organizations/{ORGANIZATIONS['library']}"
LUNCH = LISTINGS["lunch"]
PHONE = {"phone-1-number": "920-555-0142"}


def begun(browser: Browser, desk: str = LIBRARY, name: str = "Community lunch") -> str:
    return browser.post(f"{desk}/new", {"name": name, "kind": "activity"}).headers["location"]


def test_what_may_be_the_same_is_shown_with_why_and_can_be_claimed(door: SecondDoor) -> None:
    emil = door.as_("emil")
    path = begun(emil)
    assert save(emil, path, "contact", **PHONE) == 303
    page = emil.get(path)
    said = text_of(page)
    assert "Is it this one? Community lunch , Riverside Kitchen" in said
    assert "same phone" in said
    assert f'href="/desk/listings/{LUNCH}/claim"' in page.text
    assert 'href="#in-offer">Not the same: go on' in page.text
    assert emil.post(path.replace("/edit", "/hand-in")).headers["location"].endswith("said=live")


def test_whoever_keeps_the_other_is_led_to_its_form(door: SecondDoor) -> None:
    ana = door.as_("ana")
    path = begun(ana, f"/desk/organizations/{ORGANIZATIONS['kitchen']}")
    save(ana, path, "contact", **PHONE)
    assert f'href="/desk/listings/{LUNCH}/edit">Edit it instead' in ana.get(path).text


def test_what_is_new_is_asked_nothing(door: SecondDoor) -> None:
    emil = door.as_("emil")
    assert "Not the same: go on" not in text_of(emil.get(begun(emil, name="Harmonica for beginners")))
    assert "Is it this one?" not in text_of(emil.get(f"/desk/listings/{LISTINGS['reading']}/edit"))


def test_a_popup_is_live_and_then_asked_about(door: SecondDoor) -> None:
    said = {"name": "Community lunch", "on": "2026-11-24", "opens": "6 pm", "closes": "8 pm", "place": str(make_id("Riverside Hall"))}
    ana = door.as_("ana")
    after = ana.post(f"/desk/organizations/{ORGANIZATIONS['kitchen']}/popup", said).headers["location"]
    assert after.endswith("said=live")
    assert f'href="/listings/{LUNCH}"' in ana.get(after).text


def test_nothing_is_said_of_what_people_cannot_see(door: SecondDoor) -> None:
    emil = door.as_("emil")
    path = begun(emil)
    save(emil, path, "contact", **PHONE)
    assert "Is it this one?" in text_of(emil.get(path))
    with door.storage.writing() as session:
        session.get_one(Service, LUNCH).status = "inactive"
    assert "Is it this one?" not in text_of(emil.get(path))


def test_a_place_that_was_hidden_a_moment_ago_is_no_reason(door: SecondDoor) -> None:
    emil = door.as_("emil")
    path = begun(emil)
    save(emil, path, "contact", **PHONE)
    assert "Is it this one?" in text_of(emil.get(path))
    with door.storage.writing() as session:
        place = session.query(Location).filter_by(name="Riverside Hall").one()
        take_back(session, [place.id], "hidden", by="tests", at=door.at, why="asked", sealer=door.sealer)
    assert "Is it this one?" not in text_of(emil.get(path))
