"""A second process with a catalogue of its own over the same database: it asks one search again and again, and says what it sees."""

from __future__ import annotations

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from directory.catalogue import Catalogue
from directory.storage import Storage
from matching.values import Inquiry

EVERY_SECONDS = 0.01
PATIENCE_SECONDS = 10.0
Seen = dict[str, tuple[str, list[str]]]
"""The listings of the first page by id of their service: name and phone numbers."""


class Onlooker:
    """The other process, as this one hears of it. Moments are ``time.monotonic``, which all processes of a machine share."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        self.pid, self._out, self._rest, self.seen = process.pid, process.stdout, b"", Seen()

    def sees(self, wanted: Callable[[Seen], bool], *, patience_seconds: float = PATIENCE_SECONDS) -> float | None:
        """The moment from which on it sees what is wanted; None when that does not come about in time."""
        until = time.monotonic() + patience_seconds
        while (left := until - time.monotonic()) > 0:
            if not select.select([self._out], [], [], left)[0]:
                break
            said = os.read(self._out.fileno(), 65_536)
            assert said, "the onlooker has ended"
            *lines, self._rest = (self._rest + said).split(b"\n")
            for line in lines:
                moment, rows = json.loads(line)
                self.seen = {key: (name, phones) for key, name, phones in rows}
                if wanted(self.seen):
                    return float(moment)
        return None


@contextmanager
def onlooker(storage: Storage, text: str, at: datetime, *, folder: Path | None = None) -> Iterator[Onlooker]:
    """A process that looks at the first page of a search until the block ends. ``folder`` is where its index is kept on disk."""
    url = storage.engine.url.render_as_string(hide_password=False)
    root = Path(__file__).parent.parent
    command = [sys.executable, "-m", "tests.onlooker", url, text, at.isoformat(), str(folder or "")]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root)
    try:
        yield Onlooker(process)
    finally:
        process.kill()
        process.communicate()


def look(url: str, text: str, at: datetime, folder: Path | None) -> None:
    """Say on standard output what is seen, each time that it is something else."""
    catalogue, last = Catalogue(Storage(url), folder=folder), ""
    while True:
        page = catalogue.search(Inquiry(text=text), at=at)
        seen = json.dumps(sorted((card.service_id, card.name, sorted(phone.number for phone in card.phones)) for card in page.cards))
        if seen != last:
            print(f"[{time.monotonic()}, {seen}]", flush=True)
            last = seen
        time.sleep(EVERY_SECONDS)


if __name__ == "__main__":
    look(sys.argv[1], sys.argv[2], datetime.fromisoformat(sys.argv[3]), Path(sys.argv[4]) if sys.argv[4] else None)
