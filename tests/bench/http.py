"""End to end: the server of this project over a database of invented records, asked by clients in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, perf_counter
from typing import Any
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
    """Print answers a second, how long they took, and the server's own work for each, for pages and for the API, near and whole country; one worker,
    ``CLIENTS`` clients.

    ``data_dir`` names a data folder of Homeground that is there already; else one is made with ``count`` invented records, once.
    """
    where = data_dir or database(count, folder / str(count) / "http")
    with _serving(where) as (port, opened, worked):
        print(f"server ready after {opened:.1f} s; {CLIENTS} clients, {seconds} s each; load {os.getloadavg()[0]:.1f}", flush=True)
        for variant in VARIANTS:
            for name, path, kind, body in ASKED:
                bodies = [body(inquiry) for inquiry in inquiries(variant)]
                post(port, path, kind, bodies, 1)
                before = worked()
                seen = post(port, path, kind, bodies, seconds)
                print(f"  {variant:<13} {name:<5} {_line(seen)}; {_work(worked() - before, seen)}", flush=True)


def _work(spent: float, seen: Seen) -> str:
    """What each answer cost the server, whatever else the machine did; and how many that would be on a core of its own."""
    each = spent / max(seen.answers, 1)
    return f"work {each * 1000:6.2f} ms, so {1 / each:6.0f}/s on a quiet core" if each else "work not known here"


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
def _serving(data_dir: Path) -> Iterator[tuple[int, float, Callable[[], float]]]:
    """The command `homeground serve` in a process of its own: its port, the seconds until it was ready, and the seconds of work it has done so far."""
    environment = {**os.environ, "HOMEGROUND_DATA_DIR": str(data_dir)}
    homeground = [sys.executable, "-c", "from web.cli import main; main()"]
    quiet: dict[str, Any] = {"env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([*homeground, "work", "--once"], check=True, **quiet)   # what falls due once a day would be counted as work of the first pages
    port, start = free_port(), perf_counter()
    command = [*homeground, "serve", "--port", str(port)]
    with subprocess.Popen(command, **quiet) as server:
        try:
            _wait(server, port)
            yield port, perf_counter() - start, lambda: _seconds_of_work(server.pid)
        finally:
            server.terminate()


def _seconds_of_work(pid: int) -> float:
    """CPU time that a process and its threads have taken, by the kernel's own count in hundredths; 0 where there is no such count."""
    count = Path(f"/proc/{pid}/stat")
    if not count.exists():
        return 0.0
    user, system = count.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


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
