"""The form over a listing: works, refuses the outsider, keeps what was typed."""

from __future__ import annotations

import re
from uuid import UUID

from sqlalchemy import select

from directory.models import Change, Draft, Service
from tests.cast import LISTINGS
from tests.make import make_id
from tests.web.second_door import Browser, SecondDoor, text_of

LUNCH = f"/desk/listings/{LISTINGS['lunch']}/edit"


def seen(browser: Browser, path: str, part: str) -> str:
    """The mark of a section on its page."""
    page = browser.get(path).text
    found = re.search(rf'id="saved-{part}"><input type="hidden" name="seen" value="(\w+)"', page)
    assert found, page[:500]
    return found[1]


def save(browser: Browser, path: str, part: str, **typed: str) -> int:
    """Save a section as its page would send it."""
    return browser.post(f"{path}/{part}", {"seen": seen(browser, path, part), **typed}).status_code


def draft_of(door: SecondDoor) -> UUID:
    with door.storage.reading() as session:
        return session.scalars(select(Draft.id)).one()


def test_what_an_owner_edits_is_live_at_once_and_in_the_log(door: SecondDoor) -> None:
    ana = door.as_("ana")
    assert save(ana, LUNCH, "offer", name="Lunch for all", description="Eat together at noon.\nBring an apron.") == 303
    answer = ana.post(f"/desk/drafts/{draft_of(door)}/hand-in", {"why": "a better name"})
    assert answer.headers["location"].endswith("said=live")
    with door.storage.reading() as session:
        service = session.get_one(Service, LISTINGS["lunch"])
        lines = session.scalars(select(Change).where(Change.entity == "service", Change.why == "a better name").order_by(Change.field)).all()
    assert service.name == "Lunch for all"
    assert [(line.field, line.before) for line in lines] == [("description", "Eat together at noon. Everybody cooks in turn."), ("name", "Community lunch")]
    assert len({line.act for line in lines}) == 1
    assert lines[0].act
    assert str(service.assured_date) == "2026-09-01"
    assert "Lunch for all" in text_of(door.as_("anyone").get(f"/listings/{LISTINGS['lunch']}"))


def test_what_an_editor_changes_waits_while_the_old_version_stays(door: SecondDoor) -> None:
    ben = door.as_("ben")
    assert save(ben, LUNCH, "contact", **{"phone-1-number": "920-555-0199", "email": "hello@kitchen.example"}) == 303
    assert ben.post(f"/desk/drafts/{draft_of(door)}/hand-in").headers["location"].endswith("said=waiting")
    assert "0199" not in door.as_("anyone").get(f"/listings/{LISTINGS['lunch']}").text


def test_what_was_typed_comes_back_with_the_error_beside_it(door: SecondDoor) -> None:
    ana = door.as_("ana")
    answer = ana.post(f"{LUNCH}/offer", {"seen": seen(ana, LUNCH, "offer"), "name": " ", "description": "Soup and <b>bread</b>"})
    assert answer.status_code == 422
    assert "please write something here" in text_of(answer)
    assert "Soup and &lt;b&gt;bread&lt;/b&gt;" in answer.text


def test_two_tabs_do_not_overwrite_each_other(door: SecondDoor) -> None:
    ana = door.as_("ana")
    old = seen(ana, LUNCH, "offer")
    assert save(ana, LUNCH, "offer", name="Lunch", description="First tab.") == 303
    answer = ana.post(f"{LUNCH}/offer", {"seen": old, "name": "Lunch", "description": "Second tab."})
    assert answer.status_code == 409
    assert "Second tab." in answer.text
    assert save(ana, LUNCH, "people", minimum_age="16") == 303   # another part is not held up


def test_htmx_gets_the_line_alone(door: SecondDoor) -> None:
    ana = door.as_("ana")
    answer = ana.post(f"{LUNCH}/people", {"seen": seen(ana, LUNCH, "people"), "minimum_age": "16"}, headers={"hx-request": "true"})
    assert answer.status_code == 200
    assert "Saved at" in answer.text
    assert "<html" not in answer.text


def test_strangers_and_odd_ids_are_turned_away(door: SecondDoor) -> None:
    assert door.as_("emil").get(LUNCH).status_code == 403
    assert door.as_("ana").get("/desk/listings/nonsense/edit").status_code == 404
    assert door.as_("ana").get(f"/desk/listings/{UUID(int=1)}/edit").status_code == 404
    assert door.as_("ana").post(f"{LUNCH}/nonsense").status_code == 404
    assert door.as_("ana").post(LUNCH).status_code == 405


def test_a_place_is_hidden_at_once_even_by_somebody_who_is_not_trusted(door: SecondDoor) -> None:
    ben, page = door.as_("ben"), f"/listings/{LISTINGS['lunch']}"
    assert "12 River Street" in ben.get(page).text
    assert save(ben, LUNCH, "where", **{f"place-{make_id('Riverside Hall')}-visibility": "area_only"}) == 303
    assert "12 River Street" not in ben.get(page).text
    assert "12 River Street" in ben.get(LUNCH).text
    assert save(ben, LUNCH, "where", **{f"place-{make_id('Riverside Hall')}-address_1": "7 Quillfeather Mews"}) == 303
    draft = draft_of(door)
    assert ben.post(f"/desk/drafts/{draft}/hand-in").status_code == 303
    assert door.as_("cora").post(f"/desk/curator/drafts/{draft}/approve", {"version": "2"}).status_code == 303
    assert "Quillfeather" not in ben.get(page).text
    assert "Quillfeather" in ben.get(LUNCH).text
    assert "Quillfeather" not in door.as_("stella").get(f"{LUNCH}").text
