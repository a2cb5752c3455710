"""A served house whose clock can be moved, with people who each have a browser of their own: what a story over many pages is told with."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from directory.accounts.sign_ins import sign_in
from directory.models import Account
from tests.browser.conftest import PHONE
from tests.browser.steps import settled, too_wide
from tests.browser.test_access import faults
from tests.cast import LEVELS
from tests.web.second_door import SecondDoor
from web.house import House
from web.jobs import jobs
from web.visits import COOKIE

SHOTS = os.environ.get("HOMEGROUND_TESTS_SHOTS", "")
"""A folder for pictures of every page on the way, for whoever wants to look at them."""
WIDE = {"width": 1280, "height": 900}


class Story:
    """The house, its people's browsers, and what was found wrong with the pages on the way (``wrong``; ``told`` counts the pages looked at)."""

    def __init__(self, door: SecondDoor, base: str, house: House, chromium: Browser, *, js: bool) -> None:
        self.door, self.base, self.js = door, base, js
        self.wrong: list[str] = []
        self.told = 0
        self._house, self._chromium = house, chromium
        self._contexts: list[BrowserContext] = []

    def browser(self) -> Page:
        """Somebody's browser, on a small phone."""
        context = self._chromium.new_context(viewport=PHONE, reduced_motion="reduce", java_script_enabled=self.js)   # type: ignore[arg-type]
        context.set_default_timeout(30_000)
        self._contexts.append(context)
        return context.new_page()

    def curator(self) -> Page:
        """Cora's browser, signed in just now with both factors."""
        return self.who("cora")

    def who(self, name: str) -> Page:
        """The browser of one of the cast, signed in just now with as many factors as they have."""
        return self._signed_in(name)

    def close(self) -> None:
        """Everybody goes home."""
        for context in self._contexts:
            context.close()

    def see(self, page: Page, path: str = "", *, wide_too: bool = False) -> Page:
        """Go to a page, where one is named, and look at it as a whole: nothing reaches past the edge, axe finds nothing, light or dark."""
        if path:
            page.goto(path if path.startswith("http") else self.base + path)
        settled(page)
        self.told += 1
        self._look(page, "phone")
        if wide_too:
            page.set_viewport_size(WIDE)   # type: ignore[arg-type]
            page.emulate_media(color_scheme="dark")
            self._look(page, "wide-dark", scheme="dark")
            page.emulate_media(color_scheme="light")
            page.set_viewport_size(PHONE)   # type: ignore[arg-type]
        return page

    def letter(self, to: str) -> str:
        """The newest letter to an address, after the house has handed on its mail."""
        self.work("mail")
        return self.door.letters(to)[0].text

    def link_in_mail(self, to: str, path: str) -> str:
        """The whole address of the first page under a path that the newest letter to an address names."""
        found = re.search(re.escape(self.base + path) + r"[\w/-]+", self.letter(to))
        assert found, (to, path)
        return found.group()

    def work(self, *names: str) -> None:
        """What the house does beside the requests is done now."""
        for job in jobs():
            if job.name in names:
                job.run(self._house, self.door.at)

    def files_of_mail(self) -> list[Path]:
        """The letters that went out, as files of the outbox folder."""
        return sorted(self.door.settings.outbox_dir.iterdir())

    def _signed_in(self, name: str) -> Page:
        page = self.browser()
        with self.door.storage.writing() as session:
            account = session.get_one(Account, self.door.town.accounts[name])
            token = sign_in(session, account, level=LEVELS.get(name, 1), at=self.door.at, label="a browser")
        page.context.add_cookies([{"name": COOKIE, "value": token, "url": self.base.replace("http:", "https:"), "secure": True}])
        return page

    def _look(self, page: Page, name: str, scheme: str = "light") -> None:
        """Axe needs script of its own; the pages are the same without, and looked at by it in the story with script."""
        if SHOTS:
            title = re.sub(r"[^a-z]+", "-", page.title().lower())[:50]
            page.screenshot(path=f"{SHOTS}/{'js' if self.js else 'plain'}-{self.told:02}-{title}-{name}.png", full_page=True)
        self.wrong += [*(faults(page, scheme) if self.js else ()), *(f"{page.url}: {wide}" for wide in too_wide(page))]


def press(page: Page | Locator, name: str, *, exact: bool = True) -> None:
    """Press the button with these words."""
    page.get_by_role("button", name=name, exact=exact).click()


def said(page: Page, words: str) -> None:
    """The page answers with these words."""
    expect(page.get_by_text(words).first).to_be_visible()


def open_part(page: Page, code: str) -> Any:
    """A part of the form over a listing, opened."""
    part = page.locator(f"#part-{code}")
    if part.get_attribute("open") is None:
        part.locator("> summary").click()
    return part
