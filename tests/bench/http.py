"""End to end: the server of this project over a database of invented records, asked by clients in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, perf_counter
from urllib.error import URLError

from directory.imports import import_records
from directory.storage import sqlite_url
from seeds.invent import INVENTED, invent_records
from tests.bench.bodies import api_body, page_body
from tests.bench.clients import CLIENTS, Seen, post
from tests.bench.data import SEED
from tests.bench.queries import Variant, inquiries
from web import verbs
from web.serving import free_port
from web.settings import Settings

START_SECONDS = 600.0
ASKED = (
    ("page", "/search", "application/x-www-form-urlencoded", page_body),
    ("API", "/api/match", "application/json", api_body),
)
VARIANTS: tuple[Variant, ...] = ("near text", "near", "country text", "country")


def http(count: int, folder: Path, *, data_dir: Path | None, seconds: int) -> None:
    """Print answers a second and how long they took, for pages and for the API, near and whole country; one worker, ``CLIENTS`` clients.

    ``data_dir`` names a data folder of Homeground that is there already; else one is made with ``count`` invented records, once.
    """
    where = data_dir or database(count, folder / str(count) / "http")
    with _serving(where) as (port, opened):
        print(f"server ready after {opened:.1f} s; {CLIENTS} clients, {seconds} s each; load {os.getloadavg()[0]:.1f}")
        for variant in VARIANTS:
            for name, path, kind, body in ASKED:
                bodies = [body(inquiry) for inquiry in inquiries(variant)]
                post(port, path, kind, bodies, 1)
                seen = post(port, path, kind, bodies, seconds)
                print(f"  {variant:<13} {name:<5} {_line(seen)}")


def _line(seen: Seen) -> str:
    bad = f", {seen.errors} NOT ANSWERED WELL" if seen.errors else ""
    return f"{seen.per_second:8.1f}/s  p50 {seen.p50:8.1f}  p95 {seen.p95:8.1f}  p99 {seen.p99:8.1f} ms ({seen.client}){bad}"


def database(count: int, where: Path) -> Path:
    """A data folder with that many invented records, imported by the ordinary verb; what that took is printed."""
    settings = Settings(data_dir=where, database_url=sqlite_url(where / "homeground.sqlite3"))
    if (where / "imported").exists():
        return where
    storage = verbs.open_storage(settings)
    start = perf_counter()
    import_records(storage, INVENTED, invent_records(count, seed=SEED), by="bench", at=datetime.now(UTC), sealer=settings.sealer())
    seconds = perf_counter() - start
    storage.close()
    (where / "imported").touch()
    print(f"{count:,} records imported in {seconds:.1f} s ({count / seconds:,.0f} a second)")
    return where


@contextmanager
def _serving(data_dir: Path) -> Iterator[tuple[int, float]]:
    """The command `homeground serve` in a process of its own: its port, and the seconds until it was ready."""
    port, start = free_port(), perf_counter()
    environment = {**os.environ, "HOMEGROUND_DATA_DIR": str(data_dir)}
    command = [sys.executable, "-c", "from web.cli import main; main()", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait(server, port)
            yield port, perf_counter() - start
        finally:
            server.terminate()


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    until = monotonic() + START_SECONDS
    while monotonic() < until:
        if server.poll() is not None:
            raise RuntimeError(f"The server ended by itself with {server.returncode}. Run `homeground doctor` with its data folder to see why.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30):
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("The server was not ready in time.")
