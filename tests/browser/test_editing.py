"""Edit, wait, approve: in a real browser, with script and without, on a phone; axe finds nothing and nothing reaches past the edge."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from directory.models import Draft
from tests.browser.steps import settled, too_wide
from tests.browser.test_access import faults
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.web.second_door import SecondDoor
from web.app import create_app
from web.serving import free_port, running
from web.settings import Settings
from web.visits import COOKIE

PHONE = {"width": 360, "height": 740}
LUNCH = f"/desk/listings/{LISTINGS['lunch']}"
KITCHEN = f"/desk/organizations/{ORGANIZATIONS['kitchen']}"
SHOTS = os.environ.get("HOMEGROUND_TESTS_SHOTS", "")
As = Callable[..., Page]


@pytest.fixture
def house(tmp_path: Path, ground_file: Path) -> Iterator[tuple[SecondDoor, str]]:
    """The cast's house, served on a port of its own."""
    door = SecondDoor(tmp_path / "house", ground_file)
    port = free_port()
    base = f"http://localhost:{port}"
    settings = Settings(
        data_dir=door.settings.data_dir, database_url=door.settings.database_url, secret_key=door.settings.secret_key, base_url=base, host="127.0.0.1",
        port=port,
    )  # fmt: skip
    with running(create_app(settings, door.storage, door.catalogue, lambda: door.at), settings):
        yield door, base
    door.close()


@pytest.fixture
def as_(house: tuple[SecondDoor, str], chromium: Browser) -> Iterator[As]:
    """The browser of one of the cast. A browser takes the cookie of the house over localhost too."""
    door, base = house
    contexts: list[BrowserContext] = []

    def opened(name: str, path: str, *, js: bool = True, **options: Any) -> Page:
        context = chromium.new_context(**{"viewport": PHONE, "reduced_motion": "reduce", "java_script_enabled": js, **options})
        contexts.append(context)
        context.set_default_timeout(30_000)
        context.add_cookies([{"name": COOKIE, "value": door.town.cookies[name], "url": base.replace("http:", "https:"), "secure": True}])
        page = context.new_page()
        page.goto(base + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def shot(page: Page, name: str) -> None:
    """A picture to look at, where somebody asks for them."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def part(page: Page, code: str) -> Any:
    """A section, opened."""
    section = page.locator(f"#part-{code}")
    if section.get_attribute("open") is None:
        section.locator("> summary").click()
    return section


def unfold(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


@pytest.mark.parametrize("js", [True, False])
def test_an_edit_waits_and_is_approved(house: tuple[SecondDoor, str], as_: As, js: bool) -> None:
    _, base = house
    ben = as_("ben", f"{LUNCH}/edit", js=js)
    offer = part(ben, "offer")
    offer.get_by_label("What happens there").fill("Cook and eat with your neighbours. Soup, bread and time to talk.")
    if js:
        offer.get_by_label("Name", exact=True).click()
        expect(offer.get_by_role("status").last).to_contain_text("Saved at")
        expect(ben.get_by_role("button", name="Hand it in")).to_be_visible()
        ben.reload()
    else:
        offer.get_by_role("button", name="Save this part").click()
        expect(ben.get_by_text("Saved.", exact=True)).to_be_visible()
    assert "Soup, bread" in part(ben, "offer").get_by_label("What happens there").input_value()
    ben.get_by_role("button", name="Hand it in").click()
    expect(ben.get_by_text("Handed in.")).to_be_visible()
    shot(ben, f"waiting-{js}")
    public = as_("ben", f"/listings/{LISTINGS['lunch']}", js=js)
    expect(public.get_by_text("Soup, bread")).to_have_count(0)
    cora = as_("cora", "/desk/curator/drafts", js=js)
    shot(cora, f"queue-{js}")
    cora.get_by_role("link", name="Community lunch").click()
    expect(cora.get_by_role("heading", name="What happens there")).to_be_visible()
    shot(cora, f"decide-{js}")
    cora.get_by_role("button", name="Approve").click()
    expect(cora.get_by_text("Approved.")).to_be_visible()
    public.goto(f"{base}/listings/{LISTINGS['lunch']}")
    expect(public.get_by_text("Soup, bread")).to_be_visible()


@pytest.mark.parametrize("js", [True, False])
def test_words_are_searched_for_and_ticked(as_: As, js: bool) -> None:
    ana = as_("ana", f"{LUNCH}/edit", js=js)
    section = part(ana, "communities")
    box = section.locator("#q-welcomes")
    if js:
        box.press_sequentially("hmong", delay=20)
    else:
        box.fill("hmong")
        section.locator("button[value=welcomes]").click()
        section = part(ana, "communities")
    tick = section.locator("#found-welcomes").get_by_label("Hmong").first
    if js:   # leaving the search box saves too, so only the save that carries the tick counts
        with ana.expect_response(lambda answer: "&welcomes=" in (answer.request.post_data or "")):
            tick.check()
        expect(section.get_by_role("status").last).to_contain_text("Saved at")
    else:
        tick.check()
    shot(ana, f"found-{js}")
    if not js:
        section.get_by_role("button", name="Save this part").click()
        expect(ana.get_by_text("Saved.", exact=True)).to_be_visible()   # a reload before the answer is there meets a page that is going
    ana.reload()
    expect(part(ana, "communities").locator("input[name=welcomes]:checked")).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_reaches_past_the_edge(house: tuple[SecondDoor, str], as_: As, scheme: str) -> None:
    door, base = house
    ana = as_("ana", f"{LUNCH}/edit", color_scheme=scheme)
    offer = part(ana, "offer")
    offer.get_by_label("Name", exact=True).fill("Lunch for the needy")
    offer.get_by_label("Notice").click()
    expect(offer.get_by_role("status").last).to_contain_text("Saved at")
    with door.storage.reading() as session:
        draft = session.query(Draft).one().id
    found: list[str] = []
    of_draft = (f"/desk/drafts/{draft}", f"/desk/drafts/{draft}/preview")
    for number, path in enumerate((f"{LUNCH}/edit", *of_draft, f"{LUNCH}/missing", f"{LUNCH}/space", f"{KITCHEN}/new", f"{KITCHEN}/popup")):
        ana.goto(base + path)
        settled(ana)
        shot(ana, f"{scheme}-{number}-closed")
        unfold(ana)
        shot(ana, f"{scheme}-{number}")
        found += faults(ana, scheme) + too_wide(ana)
        ana.set_viewport_size({"width": 320, "height": 640})
        found += too_wide(ana)
        ana.set_viewport_size({"width": 1280, "height": 800})
        shot(ana, f"{scheme}-{number}-wide")
        ana.set_viewport_size(PHONE)
    assert found == []
