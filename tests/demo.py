"""The demonstration place for tests of pages: loaded once a run into a folder of its own, with a clock that stands still."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from litestar import Litestar

from directory.catalogue import Catalogue
from directory.migrations import upgrade
from directory.storage import Storage, sqlite_url
from seeds.load import demo, vocabularies
from web.app import create_app
from web.settings import Settings

AT = datetime(2026, 11, 24, 18, 0, tzinfo=UTC)   # a Tuesday, noon in Alder Falls
CODE = "54911"
"""A postcode in the middle of Alder Falls."""


@lru_cache(1)
def demo_storage() -> tuple[Settings, Storage]:
    """The settings and the loaded database; the folder goes when the run ends."""
    folder = Path(_folder().name)
    settings = Settings(data_dir=folder, database_url=sqlite_url(folder / "homeground.sqlite3"), secret_key="k" * 32, timezone="America/Chicago")
    storage = Storage(settings.database_url)
    upgrade(storage)
    vocabularies(storage, at=AT, sealer=settings.sealer())
    demo(storage, at=AT, sealer=settings.sealer())
    return settings, storage


@lru_cache(1)
def demo_catalogue() -> Catalogue:
    """The catalogue of the demonstration, its index built."""
    catalogue = Catalogue(demo_storage()[1], timezone="America/Chicago")
    catalogue.refresh()
    return catalogue


def demo_app(settings: Settings | None = None) -> Litestar:
    """The application over the demonstration."""
    known, storage = demo_storage()
    return create_app(settings or known, storage, demo_catalogue(), lambda: AT)


@lru_cache(1)
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="homeground-tests-")
