"""What a person does on the pages, in few words, the same with and without script."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

OWN_WORDS = "I fix bikes"


def ask(page: Page, text: str = "company", *, place: str = "54911", own_strengths: str = "") -> None:
    """Fill in the first page and wait for the results."""
    page.fill("#text", text)
    page.fill("#place", place)
    page.fill("#own_strengths", own_strengths)
    page.get_by_role("button", name="Show what fits").first.click()
    expect(page.locator("#found")).to_be_visible()
    settled(page)


def open_first(page: Page) -> Page:
    """Open the first result: in place with script, in a tab of its own without. Gives the page that shows it."""
    link = page.locator(".result h3 a").first
    if has_script(page):
        link.click()
        shown = page
    else:
        with page.context.expect_page() as opening:
            link.click()
        shown = opening.value
    expect(shown.locator("article h1")).to_be_visible()
    return shown


def has_script(page: Page) -> bool:
    """Whether this page runs script."""
    return bool(page.locator("noscript p").count() == 0 or not page.locator("noscript p").first.is_visible())


def settled(page: Page) -> None:
    """Wait until a page is there with all its parts, those with it that htmx asks for by itself."""
    page.wait_for_load_state()
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def storage_of(page: Page) -> Any:
    """Everything a page may keep in a browser, counted."""
    return page.evaluate("async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length, (await indexedDB.databases()).length]")


def too_wide(page: Page) -> list[str]:
    """What reaches past the edge of the window, besides what is hidden from sight on purpose."""
    script = """() => [...document.querySelectorAll('body *')].filter((e) => {
        const box = e.getBoundingClientRect();
        return box.width > 1 && (box.right > innerWidth + 1 || box.left < -1) && !e.closest('.skip, .visually-hidden') && e.checkVisibility();
    }).map((e) => e.tagName + '.' + e.className + ': ' + e.textContent.trim().slice(0, 40))"""
    page.wait_for_load_state()
    wide: list[str] = page.evaluate(script)
    return wide + (["the page scrolls sideways"] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else [])
