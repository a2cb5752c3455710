"""Migrations of the database, run by ``upgrade``; there is no alembic.ini, the settings are here."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from directory.models import Base
from directory.storage import Storage


def upgrade(storage: Storage, *, to: str = "head") -> None:
    """Bring the database to a revision, in one transaction."""
    with storage.writing() as session:
        config = _config()
        config.attributes["connection"] = session.connection()
        command.upgrade(config, to)


def downgrade(storage: Storage, *, to: str = "base") -> None:
    """Take the database back to a revision, in one transaction."""
    with storage.writing() as session:
        config = _config()
        config.attributes["connection"] = session.connection()
        command.downgrade(config, to)


def make_migration(storage: Storage, message: str, *, revision: str) -> None:
    """Write a new migration from the difference between the models and the database."""
    with storage.writing() as session:
        config = _config()
        config.attributes["connection"] = session.connection()
        command.revision(config, message, autogenerate=True, rev_id=revision)


def differences(storage: Storage) -> list[object]:
    """What the models have and the database has not, or the other way round; empty when they agree."""
    with storage.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        return list(compare_metadata(context, Base.metadata))


def is_current(storage: Storage) -> bool:
    """Whether the database is at the newest revision; asks the database once."""
    with storage.reading() as session:
        now = MigrationContext.configure(session.connection()).get_current_heads()
    return set(now) == set(ScriptDirectory.from_config(_config()).get_heads())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    return config
