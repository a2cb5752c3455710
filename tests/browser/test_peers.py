"""A seeker and a supporter from their first words to their introduction: with script and without, axe clean, at the width of a small phone and wide."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.served import SIZES, Served, context_of, opened
from tests.browser.steps import too_wide
from tests.browser.test_access import faults, unfold
from tests.web.peers.circle import DESK, Pages
from tests.web.second_door import SecondDoor


class Circled(Served):
    """The cast's house, served, with the circle of Alder House in it."""

    def __init__(self, door: SecondDoor, base: str) -> None:
        super().__init__(door, base)
        self.pages = Pages(door)


@pytest.fixture
def served(tmp_path: Path, ground_file: Path, chromium: Browser) -> Iterator[Circled]:
    with opened(tmp_path, ground_file) as (door, base):
        yield Circled(door, base)


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def js(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def test_a_seeker_and_a_supporter_to_their_introduction(chromium: Browser, served: Circled, js: bool) -> None:
    rosa, sol, imani = (served.enter(context_of(chromium, js=js), name) for name in ("rosa", "sol", "imani"))
    begin(rosa, served.base, "I would like company", "Quilt", "Rosa M.")
    rosa.get_by_text("Whom you should not meet").click()
    rosa.get_by_label("Anybody you must never meet").fill("Walter of the mill")
    rosa.get_by_role("button", name="I agree: save it").click()
    expect(rosa.get_by_role("status")).to_have_text("Saved.")
    begin(sol, served.base, "I can be there for somebody", "Marigold", "Soledad Reyes")
    sol.get_by_label("How many people at once?").fill("2")
    sol.get_by_role("button", name="I agree: save it").click()
    expect(sol.get_by_text("You are not suggested to anybody at present")).to_be_visible()
    vouch(imani, served.base)
    for page, other in ((rosa, "Marigold"), (sol, "Quilt")):
        page.reload()
        expect(page.get_by_role("heading", name=other)).to_be_visible()
        page.get_by_role("button", name="Yes, I would like to meet").click()
        expect(page.get_by_role("status")).to_have_text("Noted. Nobody hears of it unless you both say yes.")
    expect(sol.get_by_text("You both said yes. You will be introduced soon")).to_be_visible()
    assert "Rosa M." not in sol.content()
    introduce(imani)
    sol.reload()
    expect(sol.get_by_role("heading", name="Rosa M.")).to_be_visible()
    rosa.reload()
    expect(rosa.get_by_role("heading", name="Soledad Reyes")).to_be_visible()
    rosa.get_by_text("More", exact=True).first.click()
    rosa.get_by_role("link", name="Who looked").click()
    expect(rosa.get_by_text("Imani").first).to_be_visible()


@pytest.mark.parametrize("size", SIZES, ids=["phone", "wide"])
def test_the_pages_are_within_reach_of_everybody(chromium: Browser, served: Circled, size: ViewportSize) -> None:
    pages = served.pages
    pages.circle.gather()
    key = pages.circle.both("rosa", "sol")
    public = (f"/peers/{pages.circle.scheme.id}", "/peers")
    desk = (DESK, f"{DESK}/new", pages.scheme, f"{pages.scheme}/people/{pages.profile_id('sol')}", f"{pages.scheme}/introductions/{key}")
    looks = {"imani": desk, "wen": (*public, "/my/peers", pages.mine("wen"), pages.mine("wen", "/words")), "rosa": (pages.mine("rosa"),)}
    for name, paths in looks.items():
        context = context_of(chromium)
        page = served.enter(context, name)
        page.set_viewport_size(size)
        for path in paths:
            page.goto(served.base + path)
            unfold(page)
            assert too_wide(page) == [], path
            assert faults(page) == [], path
            keep(page, f"{name}-{path.rpartition('/')[2][:8]}-{size['width']}")
        context.close()


def begin(page: Page, base: str, wish: str, card: str, name: str) -> None:
    """From the public page to the form, with what is needed filled in."""
    page.goto(f"{base}/peers")
    expect(page.get_by_text("This is not a crisis service.")).to_be_visible()
    page.get_by_role("link", name="Alder Circle").click()
    page.get_by_role("link", name=wish).click()
    page.get_by_label("What your card calls you").fill(card)
    page.get_by_label("People and belonging").first.check()
    page.get_by_label("English").first.check()
    page.get_by_label("Messages here").check()
    page.get_by_label("Tuesday evening").check()
    page.get_by_label("Where are you, roughly?").fill("54911")
    page.get_by_label("The name that passes once you both said yes").fill(name)
    page.get_by_label("18 or older").check()
    page.get_by_label("None", exact=True).check()


def vouch(imani: Page, base: str) -> None:
    """Imani notes training, checks and supervision."""
    imani.goto(base + DESK)
    imani.get_by_role("link", name="Alder Circle").click()
    imani.get_by_role("link", name="Marigold").click()
    for kind in ("Training", "Background checks", "Supervision"):
        imani.get_by_label("Stand for, or renew").select_option(kind)
        imani.get_by_label("Until").fill("2027-05-01")
        imani.get_by_role("button", name="Save", exact=True).click()
        expect(imani.get_by_role("heading", name=kind)).to_be_visible()
    imani.get_by_role("link", name="Back to Alder Circle").click()


def introduce(imani: Page) -> None:
    """Imani introduces the two."""
    imani.reload()
    imani.get_by_role("link", name="Quilt and Marigold").click()
    expect(imani.get_by_text("Walter of the mill")).to_be_visible()
    imani.get_by_role("button", name="Introduce them").click()
    expect(imani.get_by_role("status")).to_contain_text("They are introduced.")


def keep(page: Page, name: str) -> None:
    """A picture, for whoever asked for pictures."""
    folder = os.environ.get("HOMEGROUND_TESTS_PICTURES", "")
    if folder:
        page.screenshot(path=f"{folder}/peers-{name}.png", full_page=True)
