"""Every kind of page, light and dark, with everything open: axe finds nothing; nothing overflows; one can go by keyboard."""

from __future__ import annotations

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.steps import ask, open_first, too_wide

RULES = {
    "light": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},   # dark changes colours and nothing else
}
FIND = "(options) => axe.run(options).then(({ violations }) => violations.map((fault) => [fault.id, fault.nodes[0].html]))"
PLAIN = (
    "/", "/browse", "/browse/peer_group", "/urgent", "/about", "/privacy", "/help/leave", "/sources", "/api", "/nothing", "/strengths", "/papers",
    "/papers/raise", "/help/referral",
)  # fmt: skip


def faults(page: Page, scheme: str = "light") -> list[str]:
    page.wait_for_load_state()   # after a press, the page that it led to may still be on its way
    if not page.evaluate("'axe' in window"):   # half a megabyte of script: once a page, however often that is looked at
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(FIND, {"runOnly": RULES[scheme], "resultTypes": ["violations"]})
    return [f"{page.url} {rule}: {html[:160]}" for rule, html in found]


def unfold(page: Page) -> None:
    page.wait_for_load_state()
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_pages_of_their_own(open_page: Open, scheme: str) -> None:
    page, witness = open_page(color_scheme=scheme, errors_allowed=True)
    found: list[str] = []
    for path in PLAIN:
        page.goto(witness.base + path)
        unfold(page)
        found += faults(page, scheme)
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_what_a_search_brings(open_page: Open, scheme: str) -> None:
    page, _ = open_page(color_scheme=scheme)
    page.get_by_text("Money, age and who it is for").click()
    page.fill("#age", "old")
    ask(page, "I want to die, company", place="Springfield", own_strengths="I fix bikes")
    unfold(page)
    assert faults(page, scheme) == []
    open_first(page)
    assert faults(page, scheme) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_a_week(open_page: Open, scheme: str) -> None:
    page, _ = open_page(color_scheme=scheme)
    ask(page, "company")
    page.get_by_role("button", name="A week that fits you").click()
    expect(page.locator(".week").first).to_be_visible()
    unfold(page)
    assert faults(page, scheme) == []
    assert too_wide(page) == []


def test_axe_finds_nothing_where_nothing_was_found_or_a_place_is_hidden(open_page: Open) -> None:
    page, _ = open_page()
    ask(page, "xyzzyq")
    assert faults(page) == []
    page.go_back()
    ask(page, "a safe place to stay")
    page.get_by_role("link", name="Tamarack Door safe house").first.click()
    expect(page.get_by_text("The exact place is not public")).to_be_visible()
    assert faults(page) == []


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_reaches_past_the_edge(open_page: Open, width: int, direction: str) -> None:
    page, witness = open_page(viewport={"width": width, "height": 640}, errors_allowed=True)
    turn = f"document.documentElement.dir = '{direction}'"
    for path in PLAIN:
        page.goto(witness.base + path)
        page.evaluate(turn)
        unfold(page)
        assert too_wide(page) == [], path
    page.goto(witness.base)
    ask(page, own_strengths="I fix bikes")
    page.evaluate(turn)
    unfold(page)
    assert too_wide(page) == []
    open_first(page)
    assert too_wide(page) == []


def test_text_of_twice_the_size_still_fits(open_page: Open) -> None:
    page, _ = open_page(viewport={"width": 640, "height": 900})
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")
    assert too_wide(page) == []
    ask(page)
    assert too_wide(page) == []


def test_what_can_be_pressed_is_large_enough_for_a_thumb(open_page: Open) -> None:
    page, _ = open_page()
    ask(page)
    small = page.evaluate("""() => [...document.querySelectorAll('button, .button, .chip, summary, select, input[type=text], .leave')]
        .filter((e) => e.checkVisibility() && !e.closest('.visually-hidden') && e.getBoundingClientRect().height < 43.5 && e.getBoundingClientRect().width > 1)
        .map((e) => e.outerHTML.slice(0, 80))""")
    assert small == []


def test_the_whole_way_goes_by_keyboard(open_page: Open) -> None:
    page, _ = open_page()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("#text")).to_be_focused()
    page.keyboard.type("company")
    page.keyboard.press("Enter")
    expect(page.locator("#found")).to_be_focused()
    link = page.locator(".result h3 a").first
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("article h1")).to_be_focused()
