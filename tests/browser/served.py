"""The cast's house, served on this machine, and browsers for those who come in: what the stories of the second and third door begin with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from directory.accounts.sign_ins import sign_in
from directory.models import Account
from tests.cast import LEVELS
from tests.web.second_door import SecondDoor
from web.app import create_app
from web.serving import free_port, running
from web.visits import COOKIE

SIZES: tuple[ViewportSize, ...] = ({"width": 360, "height": 740}, {"width": 1280, "height": 900})
"""A small phone and a wide screen."""


class Served:
    """A house that is served, and where."""

    def __init__(self, door: SecondDoor, base: str) -> None:
        self.door, self.base = door, base

    def enter(self, context: BrowserContext, name: str) -> Page:
        """Somebody of the cast, signed in now."""
        with self.door.storage.writing() as session:
            account = session.get_one(Account, self.door.town.accounts[name])
            token = sign_in(session, account, level=LEVELS.get(name, 1), at=self.door.at, label="a browser")
        context.add_cookies([{"name": COOKIE, "value": token, "url": self.base.replace("http:", "https:"), "secure": True}])
        return context.new_page()


@contextmanager
def opened(folder: Path, ground_file: Path) -> Iterator[tuple[SecondDoor, str]]:
    """A house in a folder, served until the block ends; gives it with its address."""
    door = SecondDoor(folder / "house", ground_file)
    port = free_port()
    door.settings = replace(door.settings, base_url=f"http://localhost:{port}", port=port)
    with running(create_app(door.settings, door.storage, door.catalogue, lambda: door.at), door.settings):
        yield door, f"http://localhost:{port}"
    door.close()


def context_of(chromium: Browser, *, js: bool = True) -> BrowserContext:
    """A phone, with script or without."""
    made = chromium.new_context(viewport=SIZES[0], reduced_motion="reduce", java_script_enabled=js)
    made.set_default_timeout(30_000)
    return made
