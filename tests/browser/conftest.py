"""A real browser on the demonstration place, served by this process on a port of its own, and a witness of everything the browser did."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from litestar import Litestar
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from directory.catalogue import Catalogue
from directory.storage import Storage
from tests.browser.witness import Witness
from tests.web.conftest import MOMENT, web_catalogue, web_settings, web_storage  # the same house, served
from web.app import create_app
from web.serving import free_port, running
from web.settings import Settings

__all__ = ["web_catalogue", "web_settings", "web_storage"]

NO_BROWSER = "no Chromium on this machine (Debian package: chromium-headless-shell, or chromium)"
ARGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]   # fmt: skip
PHONE = {"width": 360, "height": 740}
PATIENCE = 30_000
"""Milliseconds: a patience, not a bound, since test machines are shared."""

Open = Callable[..., tuple[Page, Witness]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


def find_browser() -> str | None:
    """Chromium without a desk around it is the same engine in a third of the work; where it is not installed, the whole one does."""
    return next(filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None)


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """The system's Chromium, started once for this folder: its event loop stays in the thread until it ends, and a thread has room for one."""
    path = find_browser()
    if path is None:
        pytest.skip(NO_BROWSER)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def place(web_settings: Settings, web_storage: Storage, web_catalogue: Catalogue, chromium: Browser) -> Iterator[str]:
    """The address of the demonstration place. "Leave now" goes to a page of its own, since a test asks no other host."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    settings = Settings(
        data_dir=web_settings.data_dir, database_url=web_settings.database_url, secret_key="k" * 32, base_url=base,
        leave_url=f"http://localhost:{port}/healthz", host="127.0.0.1", port=port,
    )
    app: Litestar = create_app(settings, web_storage, web_catalogue, lambda: MOMENT)
    with running(app, settings):
        yield base


@pytest.fixture
def open_page(chromium: Browser, place: str) -> Iterator[Open]:
    """Open a page in a context of its own, with options of a browser context; everything it does is witnessed and judged at the end."""
    contexts: list[tuple[BrowserContext, Witness]] = []

    def opened(path: str = "/", *, js: bool = True, errors_allowed: bool = False, **options: Any) -> tuple[Page, Witness]:
        context = chromium.new_context(**{"viewport": PHONE, "reduced_motion": "reduce", "java_script_enabled": js, **options})
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        witness = Witness(place, page, errors_allowed=errors_allowed)
        contexts.append((context, witness))
        page.goto(place + path)
        return page, witness

    yield opened
    for context, witness in contexts:
        kept = context.cookies()
        context.close()
        witness.judge(kept)
