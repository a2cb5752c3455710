"""Comparisons made before that found nothing: they need not be made again while both rows, and what the table tells of them, are what they were.

Kept in a file beside the database, as one number for each pair: a mark of both rows' contents and of all that the table has to say of them. So nothing
has to be told to it when rows come, change or go, and a file that is lost, damaged or of other rules costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import os
from array import array
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import NamedTemporaryFile

import msgspec
import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest

from directory.duplicates.packed import Packed
from directory.duplicates.table import Table
from directory.duplicates.weights import Weights

Marks = NDArray[np.uint64]
RULES_BYTES = 32
FIRST, SECOND = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
"""Odd numbers without pattern, to make one mark of two."""


class Past:
    """What a file remembers for these rules; nothing where there is no such file, or where it is told to forget."""

    def __init__(self, path: Path, weights: Weights, *, least: float, forget: bool = False) -> None:
        self._path, self._rules = path, rules_of(weights, least)
        self._marks = np.zeros(0, dtype=np.uint64) if forget else self._read()

    def knows(self, marks: Marks) -> NDArray[np.bool_]:
        """For each pair whether it was compared and found to be nothing."""
        if not len(self._marks):
            return np.zeros(len(marks), dtype=np.bool_)
        at = np.minimum(np.searchsorted(self._marks, marks), len(self._marks) - 1)
        return np.asarray(self._marks[at] == marks, dtype=np.bool_)

    def keep(self, marks: Marks) -> None:
        """Remember these pairs, and no others; the file is exchanged whole and is for its owner only."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=self._path.parent, prefix=self._path.name, suffix=".part", delete=False) as file:
            try:
                file.write(self._rules + np.unique(marks).tobytes())
            except OSError:
                os.unlink(file.name)
                raise
        os.replace(file.name, self._path)

    def _read(self) -> Marks:
        try:
            raw = self._path.read_bytes()
        except FileNotFoundError:
            raw = b""
        body = raw[RULES_BYTES:]
        is_ours = raw[:RULES_BYTES] == self._rules and len(body) % 8 == 0
        return np.frombuffer(body if is_ours else b"", dtype=np.uint64)


def marks_of(ready: Packed, table: Table) -> Marks:
    """A mark for each row: of its contents, and of all that the table tells of it."""
    told = (array("d", table.told_of(row)).tobytes() for row in ready)
    return np.fromiter((xxh3_64_intdigest(ready.raw(at) + said) for at, said in enumerate(told)), dtype=np.uint64, count=len(ready))


def marks_of_pairs(marks: Marks, pairs: NDArray[np.int32]) -> Marks:
    """A mark for each pair of rows, whichever comes first."""
    one, other = marks[pairs[:, 0]], marks[pairs[:, 1]]
    mixed = np.minimum(one, other) * FIRST + np.maximum(one, other)
    mixed ^= mixed >> np.uint64(29)
    mixed *= SECOND
    return np.asarray(mixed ^ (mixed >> np.uint64(32)), dtype=np.uint64)


def rules_of(weights: Weights, least: float) -> bytes:
    """The digest of everything that decides how two rows are compared: the weights, the threshold, and the program itself with its words."""
    return hashlib.sha256(_program() + msgspec.json.encode((weights, least))).digest()


@cache
def _program() -> bytes:
    written = sorted((file.name, file.read_bytes()) for file in files("directory.duplicates").iterdir() if file.name.endswith((".py", ".toml")))
    return hashlib.sha256(b"".join(name.encode() + text for name, text in written)).digest()
