"""Named arrays in one file, mapped into memory and shared by all processes that read it; damage is found before anything is used."""

from __future__ import annotations

import mmap
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
import numpy as np
import xxhash
from msgspec import Struct
from numpy.typing import NDArray

from matching.errors import BrokenSnapshot

MAGIC: Final = b"homeground arrays 2\n"
ALIGNED: Final = 64
"""Bytes: every array begins at a multiple, as vector instructions like it."""
DIGEST: Final = 16
LENGTH: Final = 8
Arrays = dict[str, NDArray[Any]]


class Entry(Struct, frozen=True, array_like=True):
    """Where an array lies: its name, type, shape, first byte (counted from the end of the head) and the digest of its bytes."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int
    digest: bytes


class Head(Struct, frozen=True, array_like=True):
    """What a file holds: its arrays, and whatever else its writer put down."""

    entries: tuple[Entry, ...]
    meta: bytes


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]], meta: bytes) -> None:
    """Write a file that is whole or not there, for its owner only: it gets its name when everything is on the disk.

    The head comes first with its length and digest; each array follows at a multiple of 64 bytes.
    """
    laid, at = list[tuple[Entry, NDArray[Any]]](), 0
    for name, array in arrays.items():
        flat = np.ascontiguousarray(array)
        laid.append((Entry(name, flat.dtype.str, flat.shape, at, digest_of(flat)), flat))
        at += padded(flat.nbytes)
    head = msgspec.msgpack.encode(Head(tuple(entry for entry, _ in laid), meta))
    begun = begun_at(path)
    begun.unlink(missing_ok=True)   # what a writer that was stopped left behind may be readable for others
    with open(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        opening = MAGIC + len(head).to_bytes(LENGTH) + xxhash.xxh3_128_digest(head) + head
        file.write(opening.ljust(padded(len(opening)), b"\0"))
        for _, flat in laid:
            file.write(raw_of(flat))
            file.write(b"\0" * (padded(flat.nbytes) - flat.nbytes))
        file.flush()
        os.fsync(file.fileno())
    begun.replace(path)


def read_arrays(path: Path) -> tuple[Arrays, bytes]:
    """Map a file and check every byte of it. Raises BrokenSnapshot when it is missing, cut short or changed by as much as one bit."""
    whole = map_file(path)
    head, body = head_of(whole, path)
    found: Arrays = {}
    for entry in head.entries:
        size = int(np.prod(entry.shape, dtype=np.int64)) * np.dtype(entry.dtype).itemsize
        raw = whole[body + entry.start : body + entry.start + size]
        if len(raw) != size or xxhash.xxh3_128_digest(raw.data) != entry.digest:
            raise broken(path)
        found[entry.name] = raw.view(entry.dtype).reshape(entry.shape)
    if len(whole) != body + sum(padded(found[entry.name].nbytes) for entry in head.entries) or any(gap.any() for gap in gaps(whole, head, body)):
        raise broken(path)
    return found, head.meta


def read_meta(path: Path) -> bytes:
    """What the writer of a file put down beside its arrays, without reading those. Raises BrokenSnapshot as ``read_arrays`` does, for the head."""
    return head_of(map_file(path), path)[0].meta


def within(folder: str, arrays: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    """The arrays by longer names."""
    return {f"{folder}/{name}": np.asarray(one) for name, one in arrays.items()}


def under(arrays: Mapping[str, NDArray[Any]], folder: str) -> dict[str, NDArray[Any]]:
    """The arrays whose names begin with ``folder/``, by the rest of their names."""
    return {name.removeprefix(f"{folder}/"): one for name, one in arrays.items() if name.startswith(f"{folder}/")}


def begun_at(path: Path) -> Path:
    """Where a file is while it is written; one that is found there was left by a writer that was stopped."""
    return path.with_name(path.name + ".new")


def map_file(path: Path) -> NDArray[np.uint8]:
    """The bytes of a file, mapped."""
    try:
        with path.open("rb") as file:
            return np.frombuffer(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), np.uint8)
    except (OSError, ValueError) as error:
        raise BrokenSnapshot(f"The snapshot {path.name} cannot be read ({error}). It is made anew from the database.") from error


def head_of(whole: NDArray[np.uint8], path: Path) -> tuple[Head, int]:
    """The head of a mapped file, and where its body begins."""
    start = len(MAGIC) + LENGTH + DIGEST
    opening = whole[:start].tobytes()
    length = int.from_bytes(opening[len(MAGIC) : len(MAGIC) + LENGTH])
    raw = whole[start : start + length].tobytes() if length <= len(whole) else b""
    if not opening.startswith(MAGIC) or xxhash.xxh3_128_digest(raw) != opening[-DIGEST:]:
        raise broken(path)
    return msgspec.msgpack.decode(raw, type=Head), padded(start + length)


def gaps(whole: NDArray[np.uint8], head: Head, body: int) -> list[NDArray[np.uint8]]:
    """The bytes between the arrays, which are nought when nothing has touched the file."""
    start = len(MAGIC) + LENGTH + DIGEST
    length = int.from_bytes(whole[len(MAGIC) : len(MAGIC) + LENGTH].tobytes())
    found, at = [whole[start + length : body]], body
    for entry in head.entries:
        size = int(np.prod(entry.shape, dtype=np.int64)) * np.dtype(entry.dtype).itemsize
        at = body + entry.start + padded(size)
        found.append(whole[body + entry.start + size : at])
    return found


def broken(path: Path) -> BrokenSnapshot:
    """The error for a file that is not what was written."""
    return BrokenSnapshot(f"The snapshot {path.name} is damaged. Nothing of it was used; it is made anew from the database.")


def digest_of(array: NDArray[Any]) -> bytes:
    """128 bits of XXH3 over an array's bytes."""
    return xxhash.xxh3_128_digest(raw_of(array))


def raw_of(array: NDArray[Any]) -> memoryview:
    """An array's bytes, not copied."""
    return array.reshape(-1).view(np.uint8).data


def padded(size: int) -> int:
    """The next multiple of 64."""
    return -(-size // ALIGNED) * ALIGNED
