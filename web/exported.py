"""``homeground export hsds``: everything public as HSDS JSON in one file, written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

import msgspec

from directory.exchange.hsds.pages import service_page
from directory.storage import Storage

AT_ONCE = 200


def write(storage: Storage, path: Path, *, progress: Callable[[int, int | None], None]) -> int:
    """Write every service with everything nested, in the order of their ids, from one state of the database; gives how many there are."""
    beside = path.with_name(path.name + ".part")
    try:
        with beside.open("wb") as file:
            count = _write(storage, file, as_lines=path.suffix.lower() in (".ndjson", ".jsonl"), progress=progress)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return count


def _write(storage: Storage, file: IO[bytes], *, as_lines: bool, progress: Callable[[int, int | None], None]) -> int:
    first, between, last = (b"", b"\n", b"\n") if as_lines else (b"[\n", b",\n", b"\n]\n")
    count, number = 0, 1
    file.write(first)
    with storage.reading() as session:
        while (found := service_page(session, page=number, per_page=AT_ONCE, full=True))["contents"]:
            for item in found["contents"]:
                file.write((between if count else b"") + msgspec.json.encode(item))
                count += 1
            progress(count, found["total_items"])
            number += 1
    file.write(last if count or not as_lines else b"")
    file.flush()
    os.fsync(file.fileno())
    return count
