"""Confirming by link and the curators' desk in a real browser: without script too, axe clean, on a small phone and wide, dark, and on paper."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from directory.coverage.surveys import survey_due
from directory.freshness.calls import open_call
from directory.freshness.links import make_confirm_link
from directory.models import Report, Service, UnmetSearch
from tests.browser.conftest import PHONE
from tests.browser.steps import too_wide
from tests.browser.test_access import faults, unfold
from tests.cast import LISTINGS, address_of
from tests.web.second_door import SecondDoor
from web.app import create_app
from web.serving import free_port, running
from web.visits import COOKIE

SHOTS = os.environ.get("HOMEGROUND_TESTS_SHOTS", "")
"""A folder for pictures of every page, for whoever wants to look at them."""
WIDE = {"width": 1280, "height": 900}


class Lodge:
    """The cast's house with something on every desk, served; a page of anybody's."""

    def __init__(self, door: SecondDoor, base: str, chromium: Browser) -> None:
        self.door, self.base, self._chromium = door, base, chromium
        self._contexts: list[Any] = []

    def page(self, name: str, path: str, *, js: bool = True, **options: Any) -> Page:
        """A page as one of the cast sees it."""
        token = self.door.town.cookies.get(name)
        cookie = {"extra_http_headers": {"cookie": f"{COOKIE}={token}"}} if token else {}
        context = self._chromium.new_context(**{"viewport": PHONE, "reduced_motion": "reduce", "java_script_enabled": js, **cookie, **options})
        context.set_default_timeout(30_000)
        self._contexts.append(context)
        page: Page = context.new_page()
        page.goto(self.base + path)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture(scope="module")
def lodge(tmp_path_factory: pytest.TempPathFactory, ground_file: Path, chromium: Browser) -> Iterator[Lodge]:
    door = SecondDoor(tmp_path_factory.mktemp("fresh") / "house", ground_file)
    fill(door)
    port = free_port()
    settings = replace(door.settings, base_url=f"http://localhost:{port}", port=port)
    app = create_app(settings, door.storage, door.catalogue, lambda: door.at)
    made = Lodge(door, f"http://localhost:{port}", chromium)
    with running(app, settings):
        yield made
        made.close()
    door.close()


def fill(door: SecondDoor) -> None:
    """Calls, a report, counts of searches, and a count of what is covered."""
    survey_due(door.storage, door.catalogue, at=door.at)
    with door.storage.writing() as session:
        for key, why in (("lunch", "Three mails brought no answer."), ("reading", "It lists no address to write to.")):
            open_call(session, LISTINGS[key], why=why, at=door.at)
        session.get_one(Service, LISTINGS["reading"]).assured_date = door.at.date().replace(year=2025)
        session.add(Report(service_id=LISTINGS["class"], about="unsafe", words="The stairs are broken.", made_at=door.at, state="open"))
        for topic, count in (("food", 37), ("legal_advice", 21), ("grief_support", 12), ("peer_group", 4)):
            session.add(UnmetSearch(month="2026-10", topic=topic, area="us/wi", count=count))


def link(lodge: Lodge, *keys: str) -> str:
    with lodge.door.storage.writing() as session:
        return "/confirm/" + make_confirm_link(session, [LISTINGS[key] for key in keys], address_of("ana"), at=lodge.door.at, sealer=lodge.door.sealer)


def a_call(lodge: Lodge) -> str:
    with lodge.door.storage.writing() as session:
        return f"/desk/curator/calls/{open_call(session, LISTINGS['lunch'], why='', at=lodge.door.at).id}"


def look(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


PAGES = ("confirm", "confirm-all", "desk", "reminders", "calls", "call", "coverage", "confirm-inside")


def place(lodge: Lodge, name: str) -> tuple[str, str]:
    """Who looks, and at which address."""
    inside = {"desk": "/desk/curator", "reminders": "/desk/curator/reminders", "calls": "/desk/curator/calls", "coverage": "/desk/curator/coverage"}
    if name in inside:
        return "cora", inside[name]
    if name == "call":
        return "cora", a_call(lodge)
    if name == "confirm-inside":
        return "ana", f"/desk/listings/{LISTINGS['lunch']}/confirm"
    return "anyone", link(lodge, "class", "lunch") if name == "confirm-all" else link(lodge, "lunch")


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_clean_and_fits_a_small_phone_and_a_wide_screen_in_light_and_dark(lodge: Lodge, name: str) -> None:
    who, path = place(lodge, name)
    found: list[str] = []
    for shape, scheme in (("phone", "light"), ("wide", "dark")):
        page = lodge.page(who, path, viewport=PHONE if shape == "phone" else WIDE, color_scheme=scheme)
        look(page, f"{name}-{shape}")
        unfold(page)
        found += faults(page, scheme) + too_wide(page)
    assert found == []


@pytest.mark.parametrize("name", ["confirm", "desk", "calls", "coverage"])
def test_nothing_reaches_past_the_edge_at_320_from_right_to_left(lodge: Lodge, name: str) -> None:
    who, path = place(lodge, name)
    page = lodge.page(who, path, viewport={"width": 320, "height": 600})
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert too_wide(page) == []


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_one_press_confirms_on_any_phone(lodge: Lodge, js: bool) -> None:
    path = link(lodge, "class")
    page = lodge.page("anyone", path, js=js)
    button = page.get_by_role("button", name="Everything is still right")
    box = button.bounding_box()
    assert box
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= PHONE["height"]   # on the first screen
    button.click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    page.goto(lodge.base + path)
    expect(page.get_by_role("heading", name="This link is not good any more")).to_be_visible()


def test_what_has_changed_is_said_without_script(lodge: Lodge) -> None:
    page = lodge.page("anyone", link(lodge, "class", "lunch"), js=False)   # the rest stays unconfirmed: its call is wanted below
    page.get_by_role("button", name="Send what has changed").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_role("checkbox", name="Cooking class").check()
    page.get_by_label("The other listings are still right").uncheck()
    page.get_by_label("What has changed?").fill("Now on Thursdays.")
    page.get_by_role("button", name="Send what has changed").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_the_list_of_calls_goes_on_paper_with_every_number_and_room_for_notes(lodge: Lodge) -> None:
    page = lodge.page("cora", "/desk/curator/calls", viewport=WIDE)
    page.emulate_media(media="print")
    paper = page.locator("main").inner_text()
    assert paper.count("920-555-0142") == 2
    assert paper.count("Notes:") == 2
    assert page.locator("button:visible, nav:visible").count() == 0
    look(page, "calls-paper")
