"""PostgreSQL with PostGIS, set up as well as we know: GiST on geography, GIN on a stored weighted tsvector, rows in geohash order, all in memory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from matching.typos import Spellings, most_slips
from matching.values import Inquiry, Listing
from tests.bench.engines.masks import Masks, rows_and_masks
from tests.bench.engines.plain import Asked, Row, asked_of
from tests.postgresql import find_binaries

SETTINGS: Final = {
    "listen_addresses": "''", "fsync": "off", "shared_buffers": "4GB", "work_mem": "256MB", "maintenance_work_mem": "1GB", "effective_cache_size": "8GB",
    "random_page_cost": "1.0", "jit": "off", "max_parallel_workers_per_gather": "0", "max_wal_size": "8GB", "synchronous_commit": "off",
}  # fmt: skip
"""No JIT and no parallel workers: both only add to questions of milliseconds. fsync is off while building; nothing is written while measuring."""
TABLE: Final = """
CREATE EXTENSION IF NOT EXISTS postgis; CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE UNLOGGED TABLE raw (id text, name text, organization text, said text, longitude float8, latitude float8, age_from float8, price float8, {columns});
"""
FINISH: Final = """
CREATE TABLE listing AS SELECT id, ST_MakePoint(longitude, latitude)::geography AS point, age_from, price, {names},
  setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', organization), 'B') || setweight(to_tsvector('english', said), 'C') AS said
  FROM raw ORDER BY ST_GeoHash(ST_MakePoint(longitude, latitude)), id;
CREATE TABLE known AS SELECT word, ndoc FROM ts_stat($$SELECT to_tsvector('simple', concat_ws(' ', name, organization, said)) FROM raw$$);
DROP TABLE raw;
CREATE INDEX ON listing USING gist (point);
CREATE INDEX ON listing USING gin (said) WITH (fastupdate = off);
CREATE INDEX ON known USING gin (word gin_trgm_ops);
CREATE UNIQUE INDEX ON known (word);
"""
RANK: Final = "{0.1, 0.25, 0.5, 1.0}"
WORDS: Final = 4.0
"""What a word counts in text, organization and name (as D, C, B, A, none over 1), and what all words count beside the wishes."""
WITHIN: Final = "ST_DWithin(point, ST_MakePoint(%(longitude)s, %(latitude)s)::geography, %({name})s)"


def is_there() -> bool:
    """Say whether the server, its PostGIS and the way to reach it are installed."""
    binaries = find_binaries()
    if binaries is None or import_or_none("psycopg") is None:
        return False
    return any(Path("/usr/share/postgresql").glob("*/extension/postgis.control"))


def import_or_none(name: str) -> Any:
    """The module, or None when it is not installed."""
    try:
        return import_module(name)
    except ImportError:
        return None


class Server:
    """A server on a socket of its own, over data that stay in the folder between runs."""

    def __init__(self, folder: Path) -> None:
        found = find_binaries()
        assert found is not None
        self.data, self._binaries = folder / "data", found
        self._as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        self.socket = Path("/tmp") / f"hg-bench-{os.getpid()}"  # noqa: S108  # a socket's path must be short
        self._is_guest = False

    def make(self) -> None:
        """A new, empty cluster."""
        self.data.mkdir()
        if self._as_owner:
            _let_through(self.data.parent)
            shutil.chown(self.data, "postgres", "postgres")
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")

    def start(self) -> str:
        """Start it, unless another engine of this run has, and give what psycopg needs to reach it."""
        reached = f"host={self.socket} user=postgres dbname=postgres"
        self._is_guest = self.socket.exists()
        if self._is_guest:
            return reached
        self.socket.mkdir()
        if self._as_owner:
            shutil.chown(self.socket, "postgres", "postgres")
        settings = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        self._run("pg_ctl", "-D", str(self.data), "-w", "-t", "120", "-l", str(self.socket / "log"), "-o", f"{settings} -k {self.socket}", "start")
        return reached

    def stop(self) -> None:
        """Stop it in good order, so that it starts at once the next time; a guest leaves that to its host."""
        if self._is_guest:
            return
        self._run("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")
        shutil.rmtree(self.socket, ignore_errors=True)

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run([*self._as_owner, str(self._binaries / program), *arguments], check=True, capture_output=True, cwd="/")


def _let_through(folder: Path) -> None:
    """Let the server's own account reach its data through a folder of ours."""
    for one in (folder, *folder.parents):
        if one.stat().st_uid == os.geteuid() and not one.stat().st_mode & 0o001:
            one.chmod(one.stat().st_mode | 0o011)


class PostGis:
    """``trigrams`` asks the server what a word may stand for, else our repair of words does."""

    in_memory = False

    def __init__(self, *, trigrams: bool = False) -> None:
        self._psycopg: Any = import_module("psycopg")
        self._trigrams = trigrams
        self.name = "postgis trgm" if trigrams else "postgis"
        repair = "pg_trgm" if trigrams else "our repair of words"
        self.note = f"GiST and GIN, ts_rank, limits and fit by bit masks, {repair}; through a socket; no reasons"
        self._server: Server
        self._link: Any = None

    def build(self, listings: Iterable[Listing], folder: Path) -> None:
        rows, masks = rows_and_masks(listings)
        names = [f"m{number}" for number in range(masks.columns)]
        server = Server(folder)
        server.make()
        with self._psycopg.connect(server.start(), autocommit=True) as link:
            link.execute(TABLE.format(columns=", ".join(f"{name} bigint" for name in names)))
            with link.cursor() as cursor, cursor.copy("COPY raw FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(_values(row, masks))
            for statement in filter(str.strip, FINISH.format(names=", ".join(names)).split(";")):
                link.execute(statement)
            link.execute("VACUUM (ANALYZE, FREEZE) listing")
            link.execute("VACUUM (ANALYZE, FREEZE) known")
            link.execute("CHECKPOINT")
        server.stop()
        (folder / "tokens.json").write_text(json.dumps(masks.tokens))

    def open(self, folder: Path) -> None:
        self._server = Server(folder)
        self._link = self._psycopg.connect(self._server.start(), autocommit=True, prepare_threshold=0)
        self._link.prepared_max = None
        self._link.execute("SET plan_cache_mode = force_custom_plan")
        self._link.execute("SET pg_trgm.similarity_threshold = 0.35")
        self._masks = Masks(json.loads((folder / "tokens.json").read_text()))
        self._known = {word for (word,) in self._link.execute("SELECT word FROM known")}
        self._spellings = Spellings.build(word for word in self._known if word.isalpha())

    def forget(self) -> None:
        """Nothing to do: no repair of a word outlives its question."""

    def first_ids(self, inquiry: Inquiry) -> list[str]:
        return self._ids(inquiry, inquiry.limit)

    def all_ids(self, inquiry: Inquiry) -> frozenset[str]:
        return frozenset(self._ids(inquiry, None))

    def close(self) -> None:
        self._link.close()
        self._server.stop()

    def _ids(self, inquiry: Inquiry, limit: int | None) -> list[str]:
        asked = asked_of(inquiry)
        if inquiry.text and not asked.words:
            return []
        sql, values = self._page(asked, limit)
        return [one for (one,) in self._link.execute(sql, values)]

    def _page(self, asked: Asked, limit: int | None) -> tuple[str, dict[str, object]]:
        """The limits and the words in one WHERE, so that the server joins both indexes as bitmaps where that is cheaper.

        What has a place and what has none are asked apart: joined by "or", they would keep the server from the index of points.
        """
        where, values, score = self._masks.conditions(asked), dict[str, object](), self._masks.fit(asked)
        if asked.words:
            values["words"] = " | ".join(f"'{form}'" for word in asked.words for form in self._forms(word))
            where.append("said @@ to_tsquery('english', %(words)s)")
            score = f"ts_rank('{RANK}', said, to_tsquery('english', %(words)s)) * {WORDS} + {score}"
        parts = [where]
        if asked.radius_km is not None and asked.place is not None:
            values |= {"longitude": asked.place.longitude, "latitude": asked.place.latitude, "metres": asked.radius_km * 1000}
            near = WITHIN.format(name="metres")
            if asked.spared:
                values["further"] = asked.spared_km * 1000
                near = f"{WITHIN.format(name='further')} AND ({self._masks.any_of(asked.spared)} OR {near})"
            parts = [[*where, near], *([[*where, "point IS NULL"]] if asked.anywhere else [])]
        found = " UNION ALL ".join(f"SELECT id, {score} AS score FROM listing WHERE {' AND '.join(part)}" for part in parts)  # noqa: S608  # our own numbers
        return f"SELECT id FROM ({found}) AS found ORDER BY score DESC{'' if limit is None else f' LIMIT {limit}'}", values  # noqa: S608  # as above

    def _forms(self, word: str) -> Sequence[str]:
        if word in self._known or not most_slips(word):
            return [word]
        if self._trigrams:
            found = self._link.execute("SELECT word FROM known WHERE word %% %(word)s ORDER BY similarity(word, %(word)s) DESC, word LIMIT 3", {"word": word})
            return [near for (near,) in found] or [word]
        return [near for near, _ in self._spellings.nearest(word)] or [word]


def _values(row: Row, masks: Masks) -> list[object]:
    point = (row.place.longitude, row.place.latitude) if row.place else (None, None)
    return [row.id, row.name, row.organization, row.text, *point, row.age_from, row.price, *masks.of_row(row)]

