"""Tests of the addresses that are no pages."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy.orm import Session

from directory.catalogue import Catalogue
from directory.migrations import downgrade, upgrade
from directory.storage import Storage, sqlite_url
from tests.web.conftest import MOMENT
from tests.web.raw import ask
from web import app as app_module
from web.app import create_app
from web.render import environment
from web.settings import Settings


def an_app(settings: Settings, storage: Storage) -> Litestar:
    return create_app(settings, storage, Catalogue(storage), lambda: MOMENT)


def gone() -> Iterator[Session]:
    raise OSError("the database of nobody does not answer")


def test_ready_is_only_who_has_the_tables_of_this_version(web_settings: Settings, tmp_path: Path) -> None:
    storage = Storage(sqlite_url(tmp_path / "other.sqlite3"))
    upgrade(storage)
    app = an_app(web_settings, storage)
    ready = ask(app, "GET", "/readyz")
    downgrade(storage, to="2026_11_22_catalogue")
    old = ask(app, "GET", "/readyz")
    storage.close()
    assert (ready.status, old.status) == (200, 503)
    assert old.headers["retry-after"] == "5"


def test_a_database_that_does_not_answer_is_not_ready_while_the_process_is_well(
    web_settings: Settings, web_storage: Storage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    app = an_app(web_settings, web_storage)
    monkeypatch.setattr(web_storage, "reading", gone)
    assert ask(app, "GET", "/readyz").status == 503
    assert ask(app, "GET", "/healthz").status == 200
    assert "/readyz" in caplog.text
    assert "nobody" not in caplog.text


def test_a_page_that_needs_a_database_that_is_gone_still_shows_the_way_out(
    web_settings: Settings, web_storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = an_app(web_settings, web_storage)
    monkeypatch.setattr(web_storage, "reading", gone)
    answer = ask(app, "GET", "/sources")
    assert answer.status == 500
    assert 'href="/leave"' in answer.text
    assert "tel:988" in answer.text
    assert "nobody" not in answer.text


def test_the_error_page_that_breaks_still_shows_the_way_out(
    web_settings: Settings, web_storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    templates = environment(web_settings, ())
    monkeypatch.setattr(templates, "get_template", None)
    monkeypatch.setattr(app_module, "environment", lambda *_: templates)
    answer = ask(an_app(web_settings, web_storage), "GET", "/none")
    assert answer.status == 404
    assert 'href="/leave"' in answer.text


def test_the_icon_is_an_icon(client: TestClient[Litestar]) -> None:
    kind, count = struct.unpack("<xxHH", client.get("/favicon.ico").content[:6])
    assert (kind, count) == (1, 1)


def test_robots_are_kept_from_the_way_out(client: TestClient[Litestar]) -> None:
    assert "Disallow: /leave" in client.get("/robots.txt").text
