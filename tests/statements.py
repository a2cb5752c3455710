"""What the databases of a run share: a statement is put into SQL once a process, as in a house that runs, and not once a database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.util import LRUCache

from directory import storage

ROOM = 5_000
"""Statements that are kept; all tests together ask some thousand."""


def share_statements() -> None:
    """From now on each new engine takes over the dialect of the first of its kind that has reached its database, and the statements worked out for it."""
    made = storage._engine

    def engine_of(url: str) -> Engine:
        engine = made(url)
        if first := _first.get(engine.dialect.name):
            engine.dialect, engine._compiled_cache = first.dialect, first._compiled_cache
        else:
            event.listen(engine, "connect", lambda *_: _is_first(engine))
        return engine

    storage._engine = engine_of


_first: dict[str, Engine] = {}


def _is_first(engine: Engine) -> None:
    """A dialect learns what its server can do at its first connection, so it is handed on only then."""
    if engine.dialect.name not in _first:
        cache: Any = LRUCache(ROOM)
        engine._compiled_cache = cache
        _first[engine.dialect.name] = engine
