"""Which engines can be measured here: ours always, the others where what they need is installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from tests.bench.engines import postgis
from tests.bench.engines.base import Engine
from tests.bench.engines.ours import Ours
from tests.bench.engines.postgis import PostGis
from tests.bench.engines.sqlite import SqliteCells
from tests.bench.engines.tantivy_cells import TantivyCells


def engines() -> dict[str, Callable[[], Engine]]:
    """How to make each engine, by name, ours first."""
    found: dict[str, Callable[[], Engine]] = {"homeground": Ours, "homeground all": lambda: Ours(around=True)}
    if find_spec("pysqlite3"):
        found["sqlite"] = SqliteCells
    if find_spec("tantivy"):
        found |= {"tantivy": TantivyCells, "tantivy fuzzy": lambda: TantivyCells(fuzzy=True)}
    if postgis.is_there():
        found |= {"postgis": PostGis, "postgis trgm": lambda: PostGis(trigrams=True)}
    return found
