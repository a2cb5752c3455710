"""Paper has every fact and no button; a first page is light; colours may be forced."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.steps import ask, open_first

FIRST_PAGE = 60 * 1024
NEXT_PAGE = 25 * 1024


def test_printed_results_hold_every_fact_and_no_control(open_page: Open) -> None:
    page, _ = open_page()
    ask(page)
    names, facts = page.locator(".result h3").all_inner_texts(), page.locator(".facts li").all_inner_texts()
    numbers = [link.split(":")[1] for link in page.locator("a[href^='tel:']").evaluate_all("links => links.map((one) => one.href)")]
    page.emulate_media(media="print")
    assert page.locator("button:visible, input:visible, select:visible, .leave:visible, form summary:visible").count() == 0
    paper = page.locator("main").inner_text()
    assert [fact for fact in names + facts if fact not in paper] == []
    digits = "".join(character for character in page.locator("body").inner_text() if character.isdigit())
    assert [number for number in numbers if number.replace("-", "").lstrip("+")[-10:] not in digits] == []


def test_a_printed_listing_holds_its_numbers_and_addresses(open_page: Open) -> None:
    page, _ = open_page()
    ask(page)
    open_first(page)
    facts = page.locator("dl.known dd, article h2").all_inner_texts()
    page.emulate_media(media="print")
    paper = page.locator("article").inner_text()
    assert [fact for fact in facts if fact not in paper] == []
    expect(page.locator(".print-only").first).to_be_visible()
    assert page.locator("button:visible, .button:visible").count() == 0


@pytest.mark.parametrize("path", ["/", "/browse", "/urgent", "/browse/peer_group", "/strengths", "/papers", "/papers/raise"])
def test_a_first_page_is_light(open_page: Open, path: str) -> None:
    page, witness = open_page(path)
    page.wait_for_load_state("networkidle")
    assert 2000 < witness.bytes <= FIRST_PAGE


def test_results_and_a_listing_are_lighter_still(open_page: Open) -> None:
    page, witness = open_page()
    page.wait_for_load_state("networkidle")
    first = witness.bytes
    ask(page)
    after = witness.bytes
    assert 0 < after - first <= NEXT_PAGE
    open_first(page)
    assert 0 < witness.bytes - after <= NEXT_PAGE


def test_forced_colours_keep_every_box_visible(open_page: Open) -> None:
    page, _ = open_page(forced_colors="active")
    ask(page)
    for selector in (".why", ".band", ".result"):
        assert page.locator(selector).first.evaluate("e => getComputedStyle(e).borderTopStyle") == "solid"


def test_the_listing_works_when_the_script_is_blocked(open_page: Open) -> None:
    page, witness = open_page()
    page.route("**/*.js", lambda route: route.abort())
    page.goto(witness.base)
    ask(page)
    assert page.url.endswith("/search")
    expect(page.locator(".result")).to_have_count(10)
    witness.complaints.clear()   # the browser says that the script was blocked, as it was
