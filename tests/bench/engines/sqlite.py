"""SQLite, set up as well as we know: FTS5, rows in cell order so that near places are near numbers, one range of numbers for each row of cells."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from matching.typos import Spellings
from matching.values import Inquiry, Listing
from tests.bench.engines.cells import cell_of, cells_in
from tests.bench.engines.masks import Masks, rows_and_masks
from tests.bench.engines.plain import Asked, Row, asked_of, earth_xyz

DEGREES: Final = 0.1
NOWHERE: Final = (10_000, 0)
"""The cell of what has no public place: after all others."""
TABLES: Final = """
CREATE VIRTUAL TABLE words USING fts5(name, organization, text, content='', detail=column, tokenize='porter unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE spelt USING fts5vocab(words, 'row');
CREATE VIRTUAL TABLE plain_words USING fts5(text, content='', detail=none, tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE plain_spelt USING fts5vocab(plain_words, 'row');
CREATE TABLE known (word TEXT);
CREATE TABLE book (tokens TEXT, cells TEXT);
"""
TUNED: Final = "PRAGMA mmap_size = 4000000000; PRAGMA cache_size = -2000000; PRAGMA temp_store = MEMORY; PRAGMA query_only = 1;"


class SqliteCells:
    """One file, read through a memory map."""

    name = "sqlite"
    note = "FTS5 bm25, rows in cell order with number ranges, fit by bit masks, our repair of words; no reasons"
    in_memory = False

    def __init__(self) -> None:
        self._sqlite: Any = import_module("pysqlite3")
        self._link: Any = None

    def build(self, listings: Iterable[Listing], folder: Path) -> None:
        rows, masks = rows_and_masks(listings)
        placed = sorted((cell_of(row.place, DEGREES) if row.place else NOWHERE, row.id, at) for at, row in enumerate(rows))
        link = self._sqlite.connect(folder / "bench.sqlite3")
        link.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 8192; PRAGMA cache_size = -1000000;" + TABLES)
        columns = ", ".join(f"m{number} INTEGER" for number in range(masks.columns))
        link.execute(f"CREATE TABLE row (number INTEGER PRIMARY KEY, id TEXT, x REAL, y REAL, z REAL, age_from REAL, price REAL, {columns})")
        marks = ", ".join("?" * (7 + masks.columns))
        ordered = [rows[at] for _, _, at in placed]
        link.executemany(f"INSERT INTO row VALUES ({marks})", (_values(number, row, masks) for number, row in enumerate(ordered)))  # noqa: S608  # our own names
        texts = ((number, row.name, row.organization, row.text) for number, row in enumerate(ordered))
        link.executemany("INSERT INTO words (rowid, name, organization, text) VALUES (?, ?, ?, ?)", texts)
        whole = ((number, f"{row.name} {row.organization} {row.text}") for number, row in enumerate(ordered))
        link.executemany("INSERT INTO plain_words (rowid, text) VALUES (?, ?)", whole)
        link.execute("INSERT INTO words (words) VALUES ('optimize')")
        link.execute("INSERT INTO known SELECT term FROM plain_spelt")
        link.executescript("DROP TABLE plain_spelt; DROP TABLE plain_words;")
        link.execute("INSERT INTO book VALUES (?, ?)", (json.dumps(masks.tokens), json.dumps(_starts([key for key, _, _ in placed]))))
        link.commit()
        link.executescript("VACUUM; ANALYZE;")
        link.close()

    def open(self, folder: Path) -> None:
        self._link = self._sqlite.connect(folder / "bench.sqlite3", cached_statements=2048)
        self._link.executescript(TUNED)
        tokens, cells = self._link.execute("SELECT tokens, cells FROM book").fetchone()
        self._masks = Masks(json.loads(tokens))
        starts = [((band, column), start) for band, column, start in json.loads(cells)]
        self._cells, self._starts = [key for key, _ in starts], [start for _, start in starts]
        self._size = self._link.execute("SELECT count(*) FROM row").fetchone()[0]
        self._having = dict(self._link.execute("SELECT term, doc FROM spelt"))
        known = {word for (word,) in self._link.execute("SELECT word FROM known")}
        self._known, self._spellings = known, Spellings.build(known)

    def forget(self) -> None:
        """Nothing to do: no repair of a word outlives its question."""

    def first_ids(self, inquiry: Inquiry) -> list[str]:
        asked = asked_of(inquiry)
        if inquiry.text and not asked.words:
            return []
        sql, values = self._page(asked, inquiry.limit)
        return [one for (one,) in self._link.execute(sql, values)]

    def all_ids(self, inquiry: Inquiry) -> frozenset[str]:
        sql, values = self._page(asked_of(inquiry), -1)
        return frozenset(one for (one,) in self._link.execute(sql, values))

    def close(self) -> None:
        self._link.close()

    def _page(self, asked: Asked, limit: int) -> tuple[str, dict[str, object]]:
        where, values = self._where(asked)
        score = self._masks.fit(asked)
        source = "row"
        if asked.words:
            source = "words CROSS JOIN row ON row.number = words.rowid"
            where = ["words MATCH :match", *where]
            values["match"] = self._match(asked.words)
            score = f"-bm25(words, 4.0, 2.0, 1.0) + {score}"
        if "spans" in values:
            number = "words.rowid" if asked.words else "row.number"
            source = f"json_each(:spans) AS span CROSS JOIN {source}"
            where.append(f"{number} BETWEEN span.value ->> 0 AND span.value ->> 1")
        return f"SELECT row.id FROM {source} WHERE {' AND '.join(where)} ORDER BY {score} DESC LIMIT {limit}", values  # noqa: S608  # our own numbers

    def _where(self, asked: Asked) -> tuple[list[str], dict[str, object]]:
        """The limits as SQL; where there is a radius, ``spans`` are the ranges of numbers that can be within it."""
        found, values = self._masks.conditions(asked), dict[str, object]()
        if asked.radius_km is not None and asked.place is not None:
            x, y, z = earth_xyz(asked.place)
            squared = f"(x - {x:.6f}) * (x - {x:.6f}) + (y - {y:.6f}) * (y - {y:.6f}) + (z - {z:.6f}) * (z - {z:.6f})"
            inside = f"{squared} <= {asked.radius_km**2:.6f}"
            if asked.spared:
                inside += f" OR ({squared} <= {asked.spared_km**2:.6f} AND {self._masks.any_of(asked.spared)})"
            if asked.anywhere:
                inside += f" OR {self._masks.any_of(asked.anywhere)}"
            found.append(f"({inside})")
            values["spans"] = json.dumps(self._spans(asked, asked.spared_km if asked.spared else asked.radius_km))
        return found, values

    def _spans(self, asked: Asked, radius_km: float) -> list[tuple[int, int]]:
        assert asked.place is not None
        bands = cells_in(asked.place, radius_km, DEGREES)
        spans = [(self._start((band, west)), self._start((band, east + 1)) - 1) for band, west, east in bands]
        if asked.anywhere:
            spans.append((self._start(NOWHERE), self._size - 1))
        return [(low, high) for low, high in spans if low <= high]

    def _start(self, cell: tuple[int, int]) -> int:
        at = bisect_left(self._cells, cell)
        return int(self._starts[at] if at < len(self._starts) else self._size)

    def _match(self, words: Sequence[str]) -> str:
        """The words, and for one that no listing has what it may stand for; none of them may be read as an operator."""
        forms = [form for word in words for form in ([word] if word in self._known else [near for near, _ in self._spellings.nearest(word)] or [word])]
        return " OR ".join(f'"{form}"' for form in dict.fromkeys(forms))


def _values(number: int, row: Row, masks: Masks) -> list[object]:
    x, y, z = earth_xyz(row.place) if row.place else (0.0, 0.0, 0.0)
    return [number, row.id, x, y, z, row.age_from, row.price, *masks.of_row(row)]


def _starts(cells: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Each cell that holds anything, with the number of its first row."""
    first: dict[tuple[int, int], int] = {}
    for number, key in enumerate(cells):
        first.setdefault(key, number)
    return [(*key, number) for key, number in first.items()]
