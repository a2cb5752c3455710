"""An organiser cancels a date on a phone, in two taps and without script, and a newcomer to the group sees it; then it takes place after all."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from directory.models import Schedule, Service
from tests.browser.steps import too_wide
from tests.browser.test_access import faults
from tests.browser.test_editing import As, as_, house
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.make import make_attribute
from tests.web.second_door import SecondDoor

__all__ = ["as_", "house"]

PHONE = {"width": 320, "height": 640}
KITCHEN = f"/desk/organizations/{ORGANIZATIONS['kitchen']}"
DATE = "Wednesday 25 November, 11:30 am to 1:30 pm"


@pytest.fixture
def newcomer(house: tuple[SecondDoor, str], chromium: Browser) -> Page:
    """Somebody on a small phone without script, at the page of the group."""
    door, base = house
    with door.storage.writing() as session:
        service = session.get_one(Service, LISTINGS["lunch"])
        for fact, words in (("someone_meets_you", "Ana, at the door"), ("peer_led", ""), ("open", ""), ("small", ""), ("quiet", "")):
            make_attribute(session, service, "group_facts", fact, value=words)
        make_attribute(session, service, "kinds", "peer_group")
        session.query(Schedule).where(Schedule.service_id == service.id).update({"timezone_name": "America/Chicago"})
    door.catalogue.refresh()
    page = chromium.new_context(viewport=PHONE, java_script_enabled=False).new_page()
    page.goto(f"{base}/listings/{LISTINGS['lunch']}")
    return page


def test_an_organiser_cancels_a_date_on_a_phone_and_a_newcomer_sees_it(newcomer: Page, as_: As) -> None:
    expect(newcomer.get_by_text(DATE)).to_be_visible()
    expect(newcomer.get_by_text("Times are Central Time (Chicago).")).to_be_visible()
    expect(newcomer.get_by_text("Ana, at the door")).to_be_visible()
    ana = as_("ana", KITCHEN, js=False)
    ana.get_by_role("link", name=re.compile("^Dates.*Community lunch")).click()   # one
    ana.get_by_role("button", name=re.compile("^Cancel this date.*25 November")).click()   # two
    expect(ana.get_by_role("status")).to_contain_text("Cancelled.")
    expect(ana.get_by_role("button", name=re.compile("^It takes place.*25 November"))).to_be_focused()   # undoing is the next press
    newcomer.reload()
    expect(newcomer.locator("s")).to_have_text(DATE)
    expect(newcomer.get_by_text("cancelled", exact=True)).to_be_visible()
    ana.get_by_text("Say why a date is cancelled").click()
    ana.get_by_label(DATE, exact=True).fill("The hall is closed")
    ana.get_by_role("button", name="Save").click()
    expect(ana.get_by_role("status")).to_have_text("Saved.")
    newcomer.reload()
    expect(newcomer.get_by_text("cancelled: The hall is closed")).to_be_visible()
    ana.get_by_role("button", name=re.compile("^It takes place.*25 November")).press("Enter")
    expect(ana.get_by_role("button", name=re.compile("^Cancel this date.*25 November"))).to_be_focused()
    newcomer.reload()
    expect(newcomer.locator("s")).to_have_count(0)
    expect(newcomer.get_by_text(DATE)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_dates_is_for_everybody(newcomer: Page, as_: As, scheme: str) -> None:
    page = as_("ana", f"/desk/listings/{LISTINGS['lunch']}/dates", viewport=PHONE, color_scheme=scheme)
    page.get_by_role("button", name="Cancel this date").first.click()
    expect(page.get_by_role("button", name=re.compile("^It takes place")).first).to_be_visible()
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    assert faults(page) == []
    assert too_wide(page) == []
    assert too_wide(newcomer) == []
