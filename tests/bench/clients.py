"""Eight clients that post without a pause, and what they see: wrk where it is installed, else a small client of ours in a process of its own."""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from itertools import cycle
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np

CLIENTS = 8
LUA = """
local bodies = {}
for line in io.lines("%(bodies)s") do bodies[#bodies + 1] = line end
local at = 0
wrk.method = "POST"
wrk.headers["Content-Type"] = "%(kind)s"
wrk.headers["Accept-Encoding"] = "gzip"
request = function() at = at %% #bodies + 1; return wrk.format(nil, nil, nil, bodies[at]) end
done = function(summary, latency)
  io.write(string.format("FOUND {\\"asked\\": %%d, \\"seconds\\": %%f, \\"p50\\": %%f, \\"p95\\": %%f, \\"p99\\": %%f, \\"errors\\": %%d}\\n", summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(95) / 1e3, latency:percentile(99) / 1e3,
    summary.errors.status + summary.errors.read + summary.errors.write + summary.errors.timeout + summary.errors.connect))
end
"""


class Seen(NamedTuple):
    """Answers, answers a second, milliseconds until one was there, how many were no good (any status from 400), and who asked."""

    answers: int
    per_second: float
    p50: float
    p95: float
    p99: float
    errors: int
    client: str


def post(port: int, path: str, kind: str, bodies: Sequence[str], seconds: int) -> Seen:
    """Post the bodies over and over, with ``CLIENTS`` connections that are kept open."""
    with tempfile.TemporaryDirectory() as folder:
        lines = Path(folder) / "bodies"
        lines.write_text("".join(f"{body}\n" for body in bodies))
        if shutil.which("wrk"):
            script = Path(folder) / "post.lua"
            script.write_text(LUA % {"bodies": lines, "kind": kind})
            command = ["wrk", "-t1", f"-c{CLIENTS}", f"-d{seconds}s", "--timeout", "30s", "-s", str(script), f"http://127.0.0.1:{port}{path}"]
        else:
            command = [sys.executable, "-m", "tests.bench.clients", str(port), path, kind, str(lines), str(seconds)]
        said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = json.loads(said.split("FOUND ")[1].splitlines()[0])
    return Seen(found["asked"], found["asked"] / found["seconds"], found["p50"], found["p95"], found["p99"], int(found["errors"]), Path(command[0]).name)


async def _ask(port: int, requests: Sequence[bytes], seconds: float) -> tuple[list[float], int]:
    """Milliseconds of each answer, and the number that were no good, over all clients."""
    until, times, errors = perf_counter() + seconds, list[float](), 0

    async def client(first: int) -> None:
        nonlocal errors
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for request in cycle([*requests[first:], *requests[:first]]):
            start = perf_counter()
            if start > until:
                break
            writer.write(request)
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            await reader.readexactly(int(head.split(b"content-length:")[1].split(b"\r\n")[0]))
            times.append((perf_counter() - start) * 1000)
            errors += int(head.split(b" ")[1]) >= 400
        writer.close()

    await asyncio.gather(*(client(number * len(requests) // CLIENTS) for number in range(CLIENTS)))
    return times, errors


def main(port: int, path: str, kind: str, lines: Path, seconds: int) -> None:
    """What the process of our own client does: it prints what it found as wrk's script does."""
    bodies = lines.read_bytes().splitlines()
    head = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: {kind}\r\nAccept-Encoding: gzip\r\nContent-Length: "
    times, errors = asyncio.run(_ask(port, [f"{head}{len(body)}\r\n\r\n".encode() + body for body in bodies], seconds))
    p50, p95, p99 = (float(np.percentile(times, share)) for share in (50, 95, 99))
    print("FOUND " + json.dumps({"asked": len(times), "seconds": seconds, "p50": p50, "p95": p95, "p99": p99, "errors": errors}))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], Path(sys.argv[4]), int(sys.argv[5]))
