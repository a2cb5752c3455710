"""The migrations make exactly what the models say, and can be taken back."""

from __future__ import annotations

from msgspec.structs import replace
from sqlalchemy import inspect

from directory.migrations import differences, downgrade, upgrade
from directory.storage import Storage
from directory.vocabularies import load_terms, read_vocabulary
from matching.values import Term
from tests.make import NOON


def test_the_models_match_the_migrations(storage: Storage) -> None:
    assert differences(storage) == []


def test_the_check_bites_when_a_table_is_missing(empty_storage: Storage) -> None:
    assert differences(empty_storage) != []


def test_every_migration_can_be_taken_back_and_made_again(storage: Storage) -> None:
    downgrade(storage)
    assert set(inspect(storage.engine).get_table_names()) == {"alembic_version"}
    upgrade(storage)
    assert differences(storage) == []


def test_words_stay_when_the_column_for_whom_comes_and_goes_and_say_it_again_at_the_next_start(storage: Storage) -> None:
    desk = Term(taxonomy="supports", code="desk", label="Desk", cues=("medals",), people=("veterans",))

    def start() -> list[Term]:
        with storage.writing() as session:
            load_terms(session, taxonomy="supports", name="Supports", description="", version="1", terms=[desk], by="test", at=NOON)
        return read()

    def read() -> list[Term]:
        with storage.reading() as session:
            return read_vocabulary(session)

    assert start() == [desk]
    downgrade(storage, to="2026_11_22_desks")
    upgrade(storage)
    assert differences(storage) == []
    assert read() == [replace(desk, people=())]
    assert start() == [desk]
