"""The migrations make exactly what the models say, and can be taken back."""

from __future__ import annotations

from sqlalchemy import inspect

from directory.migrations import differences, downgrade, upgrade
from directory.storage import Storage


def test_the_models_match_the_migrations(storage: Storage) -> None:
    assert differences(storage) == []


def test_the_check_bites_when_a_table_is_missing(empty_storage: Storage) -> None:
    assert differences(empty_storage) != []


def test_every_migration_can_be_taken_back_and_made_again(storage: Storage) -> None:
    downgrade(storage)
    assert set(inspect(storage.engine).get_table_names()) == {"alembic_version"}
    upgrade(storage)
    assert differences(storage) == []
