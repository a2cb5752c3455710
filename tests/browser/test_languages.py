"""An organiser says on a phone how each language is used, and a newcomer reads it in plain words, with script and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.steps import too_wide
from tests.browser.test_access import faults
from tests.browser.test_editing import SHOTS, As, as_, house, part
from tests.cast import LISTINGS
from tests.web.second_door import SecondDoor

__all__ = ["as_", "house"]

PHONE = {"width": 360, "height": 740}


def choose(section: Locator, words: str, name: str, *, js: bool) -> None:
    """Look a language up and tick it."""
    section.get_by_label("Search for more").first.fill(words)
    if not js:
        section.get_by_role("button", name="Search").first.click()
    section.get_by_role("checkbox", name=name, exact=True).check()


@pytest.mark.parametrize("js", [True, False])
def test_an_organiser_says_how_languages_are_used_and_a_newcomer_reads_it(house: tuple[SecondDoor, str], as_: As, js: bool) -> None:
    door, _ = house
    ana = as_("ana", f"/desk/listings/{LISTINGS['lunch']}/edit", viewport=PHONE, js=js)
    access = part(ana, "access")
    access.get_by_role("combobox", name="Spanish: how?").select_option(label="Spoken there")
    choose(access, "somali", "Somali", js=js)
    expect(access.get_by_role("combobox", name="Spanish: how?")).to_have_value("spoken")
    if js:
        with ana.expect_response(lambda answer: "role-so=interpreted" in (answer.request.post_data or "")):
            access.get_by_role("combobox", name="Somali: how?").select_option(label="Interpreter")
        assert faults(ana) == []
        ana.reload()
    else:
        access.get_by_role("combobox", name="Somali: how?").select_option(label="Interpreter")
        access.get_by_role("button", name="Save this part").click()
    access = part(ana, "access")
    expect(access.get_by_role("combobox", name="Somali: how?")).to_have_value("interpreted")
    assert too_wide(ana) == []
    if SHOTS:
        ana.locator("#languages").screenshot(path=f"{SHOTS}/languages-{js}.png")
    ana.get_by_role("button", name="Put it live").click()
    expect(ana).not_to_have_url(re.compile("/edit"))
    door.catalogue.refresh()
    newcomer = as_("ana", f"/listings/{LISTINGS['lunch']}", viewport=PHONE, js=False)
    expect(newcomer.get_by_text("Interpreter for Somali, ask ahead")).to_be_visible()
    expect(newcomer.get_by_text(re.compile("Spanish spoken|Meets in Spanish"))).to_be_visible()
    assert too_wide(newcomer) == []
    if SHOTS:
        newcomer.screenshot(path=f"{SHOTS}/languages-page.png", full_page=True)
