"""Leave now: away at once, by pointer, by keyboard and without script, and Back does not bring the page again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.steps import ask


def gone(page: Page) -> None:
    page.wait_for_url("**/healthz")
    assert "Homeground" not in page.content()


@pytest.mark.parametrize("js", [True, False])
def test_the_link_leads_away(open_page: Open, js: bool) -> None:
    page, _ = open_page(js=js)
    ask(page)
    page.get_by_role("link", name="Leave now", exact=True).click()
    gone(page)


@pytest.mark.parametrize("key", ["Shift", "Escape"])
def test_a_key_three_times_leads_away(open_page: Open, key: str) -> None:
    page, _ = open_page("/urgent")
    for _ in range(3):
        page.keyboard.press(key)
    gone(page)


def test_two_presses_or_mixed_keys_do_not(open_page: Open) -> None:
    page, _ = open_page("/urgent")
    for key in ("Shift", "Shift", "a", "Shift", "Escape", "Shift"):
        page.keyboard.press(key)
    expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith("/urgent")


def test_the_page_is_blank_before_anything_is_asked(open_page: Open) -> None:
    page, _ = open_page("/urgent")
    pressed = """() => { document.querySelector('[data-leave]').click();
        return [document.body.innerText.trim(), document.title.trim(), document.querySelector('.gone') !== null]; }"""
    assert page.evaluate(pressed) == ["", "", True]
    gone(page)


def test_back_does_not_bring_what_was_found(open_page: Open) -> None:
    page, _ = open_page()
    ask(page, "zebra company")
    page.get_by_role("link", name="Leave now", exact=True).click()
    gone(page)
    page.go_back()
    expect(page.locator(".result")).to_have_count(0)
    assert "zebra" not in page.content()
