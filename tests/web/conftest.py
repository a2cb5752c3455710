"""A running house for tests: the demonstration place in a database of its own, a clock that stands still, and a client on a thread."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from directory.catalogue import Catalogue
from directory.storage import Storage
from tests.ground import KEY, MOMENT, put_into
from tests.web.second_door import SecondDoor
from web.app import create_app
from web.settings import Settings, read_settings

__all__ = ["MOMENT"]


@pytest.fixture(scope="session")
def web_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a house of its own, at an address that no test asks."""
    folder: Path = tmp_path_factory.mktemp("house")
    return read_settings({"HOMEGROUND_DATA_DIR": str(folder), "HOMEGROUND_BASE_URL": "https://home.example", "HOMEGROUND_SECRET_KEY": KEY})


@pytest.fixture(scope="session")
def web_storage(web_settings: Settings, demo_file: Path) -> Iterator[Storage]:
    """A database with the vocabularies and the demonstration place, which no test may change."""
    put_into(web_settings.data_dir, demo_file)
    storage = Storage(web_settings.database_url)
    yield storage
    storage.close()


@pytest.fixture(scope="session")
def web_catalogue(web_storage: Storage) -> Catalogue:
    """The catalogue over it."""
    return Catalogue(web_storage)


@pytest.fixture(scope="session")
def web_app(web_settings: Settings, web_storage: Storage, web_catalogue: Catalogue) -> Litestar:
    """The whole application."""
    return create_app(web_settings, web_storage, web_catalogue, lambda: MOMENT)


@pytest.fixture
def door(tmp_path: Path, ground_file: Path) -> Iterator[SecondDoor]:
    """A house of its own with the cast in it, which the test may change."""
    made = SecondDoor(tmp_path / "house", ground_file)
    yield made
    made.close()


@pytest.fixture(scope="session")
def client(web_app: Litestar) -> Iterator[TestClient[Litestar]]:
    """Asks the application in this process; follows no redirect."""
    with TestClient(web_app, raise_server_exceptions=False) as made:
        made.follow_redirects = False
        yield made
