"""A newcomer looks for a small, quiet group led by peers, on an evening and in Spanish: why it fits, the week, one kept, on paper and in a calendar."""

from __future__ import annotations

import re

import pytest
from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.steps import has_script, too_wide

EVENING = "e"


def look_for_a_group(page: Page) -> None:
    """Answer what matters to this person, and nothing else."""
    page.fill("#text", "people like me to talk to")
    page.fill("#place", "54911")
    for fold in ("Languages and culture", "What a group should be like", "When you have time", "How you get around"):
        page.locator("summary", has_text=fold).first.click()
    page.locator("input[name=languages][value=es]").check()
    page.locator("input[name=language_must]").check()
    page.select_option("#size", "small")
    page.select_option("#tone", "quiet")
    page.locator("input[name=group][value=someone_meets_you]").check()
    page.locator("summary", has_text="It has to be so").click()
    page.locator("input[name=group_needs][value=peer_led]").check()
    page.locator("input[name=modes][value=bus]").check()
    for day in range(7):
        page.locator(f"input[name=times][value='{day}{EVENING}']").check()
    page.get_by_role("button", name="Show what fits").last.click()
    expect(page.locator("#found")).to_be_visible()
    page.get_by_role("button", name="Groups and activities").click()
    expect(page.get_by_role("button", name="Groups and activities")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("js", [True, False])
def test_a_newcomer_finds_a_group_sees_why_opens_the_week_keeps_one_and_takes_it_along(open_page: Open, js: bool) -> None:
    page, witness = open_page(js=js)
    look_for_a_group(page)
    first = page.locator(".result").first
    expect(first.locator(".why")).to_contain_text(re.compile("Spanish spoken|As you like a group|The company you like|Fits .* of your times|Fits a time"))
    expect(first.locator(".why")).to_be_visible()
    said = page.locator(".results").inner_text()
    assert "Led by peers" in said or "led by peers" in said
    assert too_wide(page) == []

    page.get_by_role("button", name="A week that fits you").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("A week that fits you")
    assert page.get_by_role("heading", level=2).count() >= 1
    entries = page.locator(".week >> nth=0").locator(".meeting")
    expect(entries.first).to_be_visible()
    for when in entries.locator("time").all_inner_texts():
        assert "pm" in when, when
    expect(page.get_by_text(re.compile("Times are .* Time"))).to_be_visible()
    assert too_wide(page) == []
    assert all("?" not in url for url in witness.urls), "nothing of a person is in an address"

    name = entries.first.locator("h3").inner_text()
    entries.first.get_by_role("button", name=re.compile("^Keep")).click()
    expect(page.get_by_role("button", name=re.compile("^Kept")).first).to_be_visible()
    if has_script(page):
        page.emulate_media(media="print")
        expect(page.get_by_role("button", name="Back to the results")).to_be_hidden()
        expect(entries.first).to_be_visible()
        page.emulate_media(media="screen")
        page.get_by_role("button", name="Back to the results").click()
    expect(page.locator("#found")).to_have_text("What fits you")
    page.get_by_role("button", name="My papers").click()
    expect(page.locator(".papers h3").first).to_have_text(name)
    with page.expect_download() as taken:
        page.get_by_role("button", name="The dates of what I kept, for my calendar").click()
    assert taken.value.suggested_filename == "dates.ics"
    calendar = Calendar.from_ical(taken.value.path().read_bytes())
    assert {str(event["summary"]) for event in calendar.walk("VEVENT")} == {name}


def test_the_week_reads_from_right_to_left_and_on_a_narrow_screen(open_page: Open) -> None:
    page, _ = open_page()
    look_for_a_group(page)
    page.get_by_role("button", name="A week that fits you").click()
    expect(page.locator(".week").first).to_be_visible()
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert too_wide(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert too_wide(page) == []
