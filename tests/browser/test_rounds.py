"""A coordinator runs a round, keeps two apart, sees what it costs and confirms; both sides of each pair then find a card. With script and without."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from matching.pairing.values import Wish
from tests.browser.served import SIZES, Served, context_of, opened
from tests.browser.steps import too_wide
from tests.browser.test_access import faults, unfold
from tests.clients import ALDER
from tests.peers import Circle, circle_of
from tests.web.second_door import SecondDoor


class House(Served):
    """The cast's house, served, with the circle of Alder House in it: three look for company, Sol and Farah have a place each.

    Rosa has waited longest and hopes for what Sol brings, so that no pair is decided by chance.
    """

    def __init__(self, door: SecondDoor, base: str) -> None:
        super().__init__(door, base)
        self.circle: Circle = circle_of(door.storage, door.sealer, door.town, at=door.at)
        self.circle.later(days=-60)
        self.circle.join("rosa")
        self.circle.later(days=60)
        self.circle.gather()
        for name in ("sol", "farah"):
            self.circle.join(name, places=1, strengths=("strengths/listening",) if name == "sol" else ())
        self.circle.join("rosa", hopes=("strengths/listening",))
        self.circle.join("juno", languages=("vi", "en"))

    @property
    def rounds(self) -> str:
        """Where the rounds are."""
        return f"{self.base}/desk/organizations/{ALDER}/peers/{self.circle.scheme.id}/rounds"


@pytest.fixture
def house(tmp_path: Path, ground_file: Path) -> Iterator[House]:
    with opened(tmp_path, ground_file) as (door, base):
        yield House(door, base)


@pytest.mark.parametrize("js", [True, False], ids=["script", "no script"])
def test_a_round_from_its_beginning_to_the_cards_of_both_sides(chromium: Browser, house: House, js: bool) -> None:
    imani = house.enter(context_of(chromium, js=js), "imani")
    imani.goto(house.rounds.removesuffix("/rounds"))
    imani.get_by_role("link", name="Rounds").click()
    imani.get_by_role("button", name="Work out a round").click()
    expect(imani.locator(".lead")).to_contain_text("2 pairs; 1 without a match.")
    expect(imani.get_by_role("heading", name="Quilt and Marigold")).to_be_visible()
    imani.get_by_role("button", name=re.compile("Keep apart ?: Quilt and Marigold")).click()
    expect(imani.get_by_role("status")).to_have_text("Worked out again. Nobody knows of it yet.")
    expect(imani.get_by_role("heading", name="Quilt and Marigold: kept apart")).to_be_visible()
    expect(imani.get_by_text("The fit of the whole falls by")).to_be_visible()
    assert house.door.letters() == []
    rosa = house.enter(context_of(chromium, js=js), "rosa")
    rosa.goto(f"{house.base}/my/peers/schemes/{house.circle.scheme.id}/seeker")
    before = rosa.locator("main").inner_text()
    imani.get_by_role("link", name="Look once more, then tell them").click()
    imani.get_by_role("button", name="Tell them now").click()
    expect(imani.get_by_role("status")).to_contain_text("They are told.")
    expect(imani.get_by_text("2 pairs told; 1 without a match")).to_be_visible()
    assert {letter.subject for letter in house.door.letters()} == {"You have a message"}
    rosa.reload()
    assert rosa.locator("h2, h3").filter(has_text="Bluebird").first.is_visible()
    assert "Farah" not in rosa.locator("main").inner_text() + before
    farah = house.enter(context_of(chromium, js=js), "farah")
    farah.goto(f"{house.base}/my/peers/schemes/{house.circle.scheme.id}/supporter")
    expect(farah.locator("h2, h3").filter(has_text="Quilt").first).to_be_visible()


def test_every_page_of_a_round_is_axe_clean_and_fits(chromium: Browser, house: House) -> None:
    house.circle.join("wen", wishes=(Wish(codes=frozenset({"gender/women"}), must=True),))
    page = house.enter(context_of(chromium), "imani")
    page.goto(house.rounds)
    _look(page, "rounds")
    page.get_by_role("button", name="Work out a round").click()
    page.get_by_role("button", name="Keep apart").first.click()
    expect(page.get_by_role("status")).to_be_visible()
    _look(page, "round")
    page.get_by_role("link", name="Look once more, then tell them").click()
    _look(page, "confirm")


def _look(page: Page, name: str) -> None:
    """Axe and width at both sizes; with HOMEGROUND_TESTS_PICTURES each page is kept as a picture, light and dark."""
    folder = os.environ.get("HOMEGROUND_TESTS_PICTURES", "")
    for size in SIZES:
        page.set_viewport_size(size)
        unfold(page)
        assert too_wide(page) == []
        assert faults(page) == []
        if folder:
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=f"{folder}/{name}-{size['width']}-{scheme}.png", full_page=True)
            page.emulate_media(color_scheme="light")
