"""A pin is moved: by the arrow keys, by hand, and without script by buttons and numbers; and nobody else is asked for a map."""

from __future__ import annotations

import re
from typing import Any

import pytest
from geopy.distance import geodesic
from playwright.sync_api import Page, expect

from directory.editing import drafts
from directory.models import Draft, Schedule, Service
from tests.browser.steps import settled, too_wide
from tests.browser.test_access import faults
from tests.browser.test_editing import LUNCH, As, as_, house, part, shot, unfold
from tests.cast import LISTINGS
from tests.make import make_address, make_id, make_place
from tests.web.second_door import SecondDoor

__all__ = ["as_", "house"]
HALL, POINT = make_id("Riverside Hall"), (44.2619, -88.4154)
WHERE = f"{LUNCH}/edit?part=where"


def saved_point(door: SecondDoor) -> tuple[float, float]:
    """The point as the draft keeps it."""
    with door.storage.reading() as session:
        place = drafts.opened(session.query(Draft).one(), sealer=door.sealer).sheet.places[0]
    assert place.latitude is not None
    assert place.longitude is not None
    return place.latitude, place.longitude


def moved_m(door: SecondDoor) -> tuple[float, float]:
    """How far the point was moved north and east, in metres."""
    latitude, longitude = saved_point(door)
    north, east = geodesic(POINT, (latitude, POINT[1])).meters, geodesic(POINT, (POINT[0], longitude)).meters
    return (north if latitude > POINT[0] else -north), (east if longitude > POINT[1] else -east)


def expect_saved(page: Page) -> Any:
    expect(part(page, "where").get_by_role("status").last).to_contain_text("Saved at")


def test_the_arrow_keys_move_it_by_ten_metres_and_with_shift_by_a_hundred(house: tuple[SecondDoor, str], as_: As) -> None:
    ana = as_("ana", WHERE)
    drawing = ana.get_by_role("application")
    drawing.focus()
    for keys in ("ArrowUp", "ArrowUp", "Shift+ArrowRight", "ArrowLeft"):
        drawing.press(keys)
    expect_saved(ana)
    expect(ana.locator("[data-told]")).to_have_text("The pin is now 20 m north, 90 m east from where it was.")
    assert moved_m(house[0]) == pytest.approx((20, 90), abs=1)


def test_it_is_dragged_by_hand_as_far_as_the_drawing_says(house: tuple[SecondDoor, str], as_: As) -> None:
    ana = as_("ana", WHERE)
    pin = ana.locator(".pin .eye")
    pin.scroll_into_view_if_needed()
    box = pin.bounding_box()
    assert box
    unit_m = ana.evaluate("() => { const map = document.querySelector('.map'); return map.dataset.metres / 104 * 320 / map.getBoundingClientRect().width; }")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    ana.mouse.move(x, y)
    ana.mouse.down()
    ana.mouse.move(x + 30, y - 20, steps=4)
    ana.mouse.up()
    expect_saved(ana)
    assert moved_m(house[0]) == pytest.approx((20 * unit_m, 30 * unit_m), rel=0.03, abs=2)


def test_without_script_buttons_and_numbers_move_it(house: tuple[SecondDoor, str], as_: As) -> None:
    ana = as_("ana", WHERE, js=False)
    ana.locator(f"#pin-{HALL} select").select_option("10")
    ana.locator(f"#pin-{HALL}").get_by_role("button", name="South").click()
    expect(ana.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(ana.locator(f"#pin-{HALL} .map")).to_be_visible()
    assert moved_m(house[0]) == pytest.approx((-10, 0), abs=0.2)
    ana.get_by_label("Latitude").fill("44,2700")
    part(ana, "where").get_by_role("button", name="Save this part").click()
    expect(ana.get_by_text("Saved.", exact=True)).to_be_visible()
    assert saved_point(house[0])[0] == 44.27


@pytest.mark.parametrize("js", [True, False])
def test_hours_of_one_place_are_given_and_shown_back(house: tuple[SecondDoor, str], as_: As, js: bool) -> None:
    door, base = house
    with door.storage.writing() as session:
        link = make_place(session, session.get_one(Service, LISTINGS["lunch"]), "Hillside Barn", point=(44.2701, -88.4302))
        make_address(session, link, "7 Hill Road", "Appleton", "WI", "54914")
    ana = as_("ana", f"{LUNCH}/edit?part=when", js=js)
    ana.get_by_role("button", name=re.compile("Give it hours of its own.*Hillside Barn")).click()
    there = ana.locator(f"#hours-at-{link.id}")
    there.get_by_label("Saturday").first.check()
    there.get_by_label("Opens", exact=True).first.fill("10 am")
    there.get_by_label("Closes", exact=True).first.fill("2 pm")
    there.get_by_role("button", name="Show my changes here").click()
    expect(there.get_by_text("Saturday 10:00 am to 2:00 pm")).to_be_visible()
    shot(ana, f"hours-there-{js}")
    ana.get_by_role("button", name="Save this part").click()
    expect(ana.get_by_text("Saved.", exact=True)).to_be_visible()
    ana.goto(f"{base}{LUNCH}/edit?part=when")
    expect(ana.get_by_role("group", name="Hours at Hillside Barn").get_by_text("Saturday 10:00 am to 2:00 pm")).to_be_visible()
    expect(ana.get_by_role("button", name=re.compile("Change these hours.*Hillside Barn"))).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_places_prices_and_hours_there(house: tuple[SecondDoor, str], as_: As, scheme: str) -> None:
    door, base = house
    with door.storage.writing() as session:
        link = make_place(session, session.get_one(Service, LISTINGS["class"]), "Old Mill kitchen", point=(44.2511, -88.4012))
        session.add(Schedule(service_at_location_id=link.id, freq="WEEKLY", byday="SA", opens_at="10:00", closes_at="14:00"))
    ana = as_("ana", f"/desk/listings/{LISTINGS['class']}/edit?part=when", color_scheme=scheme)
    ana.get_by_role("button", name="Change these hours").click()
    expect(ana.locator(f"#hours-at-{link.id}")).to_be_visible()
    found = []
    for path in ("", WHERE):
        if path:
            ana.goto(base + path)
        settled(ana)
        unfold(ana)
        found += faults(ana, scheme) + too_wide(ana)
        ana.evaluate("document.documentElement.dir = 'rtl'")
        ana.set_viewport_size({"width": 320, "height": 640})
        found += too_wide(ana)
        ana.set_viewport_size({"width": 360, "height": 740})
    assert found == []
