"""Databases that are made once a run and copied for whoever needs one: with what every Homeground knows, and with the demonstration place in it."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from directory.migrations import upgrade
from directory.places import load_package
from directory.sealing import Sealer
from directory.storage import Storage, sqlite_url
from seeds import load

MOMENT = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)   # a Tuesday
KEY = "a key that every test shares, so that nothing but the secrets differs"
"""HOMEGROUND_SECRET_KEY of whoever opens what is sealed in these databases."""
NAME = "homeground.sqlite3"


def make_ground(path: Path) -> Path:
    """Every table, our vocabularies and the places of the US; nothing of any directory."""
    storage = Storage(sqlite_url(path))
    upgrade(storage)
    load.vocabularies(storage, at=MOMENT)
    load_package(storage, by="tests", at=MOMENT)
    storage.close()
    return path


def make_demo(path: Path, ground: Path) -> Path:
    """The same with the demonstration place."""
    shutil.copy(ground, path)
    storage = Storage(sqlite_url(path))
    load.demo(storage, at=MOMENT, sealer=Sealer.of(KEY.encode()))
    storage.close()
    return path


def put_into(data_dir: Path, database: Path) -> None:
    """A copy as the database of a data folder, which is made for its owner only."""
    data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copy(database, data_dir / NAME)
