"""Is this the same as one that is here already? A question while a listing is written, of public things only, that holds nobody up."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

from directory.models import Location, Service
from directory.placing import take_back
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.make import make_id
from tests.web.desk.test_editing import save
from tests.web.second_door import Browser, SecondDoor, text_of

LIBRARY = f"/desk/organizations/{ORGANIZATIONS['library']}"
LUNCH = LISTINGS["lunch"]
PHONE = {"phone-1-number": "920-555-0142"}
QUEUE = "/desk/curator/duplicates"
EMIL = "Emil"


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
    assert '<button type="submit">Not the same: go on' in page.text
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


def say_other(browser: Browser, path: str, *listings: UUID) -> str:
    """What the answer leads to."""
    draft = path.partition("?")[0].removesuffix("/edit")
    answer = browser.post(f"{draft}/apart", {"listing": [str(key) for key in listings]})
    return answer.headers["location"] if answer.status_code == 303 else str(answer.status_code)


def test_not_the_same_is_kept_with_the_draft_and_not_asked_again(door: SecondDoor) -> None:
    emil = door.as_("emil")
    path = begun(emil)
    save(emil, path, "contact", **PHONE)
    assert f'name="listing" value="{LUNCH}"' in emil.get(path).text
    assert say_other(emil, path, LUNCH) == f"{path}?said=not-the-same"
    assert "You will not be asked about it again" in text_of(emil.get(f"{path}?said=not-the-same"))
    for page in (path, path.removesuffix("/edit")):
        assert "Is it this one?" not in text_of(emil.get(page))
    assert "Is it this one?" in text_of(emil.get(another(emil)))


def another(browser: Browser) -> str:
    """A second draft, of which nothing was said."""
    path = begun(browser)
    save(browser, path, "contact", **PHONE)
    return path


def test_the_listing_that_comes_of_it_is_not_asked_about_either_and_curators_see_who_said_so(door: SecondDoor) -> None:
    emil, cora = door.as_("emil"), door.as_("cora")
    path = another(emil)
    say_other(emil, path, LUNCH)
    live = emil.post(path.replace("/edit", "/hand-in")).headers["location"]
    assert live.endswith("said=live")
    door.later(minutes=5)
    assert "Is it this one?" not in text_of(emil.get(live))
    assert cora.post(f"{QUEUE}/look").status_code == 303
    page = cora.get(QUEUE)
    assert "No pair waits." in text_of(page)
    assert "Said not to be the same" in text_of(page)
    assert f"{EMIL} (an owner) , 2026-" in text_of(page)
    pair = page.text.partition(f'href="{QUEUE}/')[2].partition('"')[0]
    shown = text_of(cora.get(f"{QUEUE}/{pair}"))
    assert f"{EMIL} (an owner) said on 2026-" in shown
    assert "ame phone" in shown
    assert cora.post(f"{QUEUE}/{pair}/apart").status_code == 303
    assert "Said not to be the same" not in text_of(cora.get(QUEUE))
    cora.post(f"{QUEUE}/look")
    assert cora.get(f"{QUEUE}/{pair}").status_code == 404


def test_a_popup_that_is_live_is_said_to_be_another_at_once(door: SecondDoor) -> None:
    said = {"name": "Community lunch", "on": "2026-11-24", "opens": "6 pm", "closes": "8 pm", "place": str(make_id("Riverside Hall"))}
    ana = door.as_("ana")
    after = ana.post(f"/desk/organizations/{ORGANIZATIONS['kitchen']}/popup", said).headers["location"].partition("?")[0]
    assert say_other(ana, after, LUNCH) == f"{after}?said=not-the-same"
    assert f'href="/listings/{LUNCH}"' not in ana.get(after).text
    assert "Said not to be the same" in text_of(door.as_("cora").get(QUEUE))


def test_only_what_is_listed_can_be_another_and_only_of_ones_own_draft(door: SecondDoor) -> None:
    emil = door.as_("emil")
    path = another(emil)
    assert say_other(emil, path) == "409"
    assert say_other(emil, path, uuid4()) == "409"
    assert emil.post(path.replace("/edit", "/apart"), {"listing": "lunch"}).status_code == 409
    assert say_other(door.as_("ana"), path, LUNCH) == "404"
    assert emil.get(path.replace("/edit", "/apart")).status_code == 405
    ben = door.as_("ben")
    assert save(ben, f"/desk/listings/{LUNCH}/edit", "contact", **{"phone-1-number": "920-555-0190"}) == 303
    [old] = re.findall(r'action="(/desk/drafts/[^"]+)/hand-in"', ben.get(f"/desk/listings/{LUNCH}/edit").text)
    assert say_other(ben, old, LISTINGS["reading"]) == "409"
    assert "Is it this one?" in text_of(emil.get(path))


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
