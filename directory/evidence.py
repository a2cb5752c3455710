"""What the sentences of the vocabularies are evidence of, kept on disk beside the index: some seconds of work, done once and shared by all processes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from directory.keeping import alone
from matching.errors import BrokenSnapshot
from matching.files import Arrays, begun_at, read_arrays, read_meta, write_arrays

log = logging.getLogger("homeground.catalogue")


class KeptEvidence:
    """One file in the folder of the index. It is for its owner only, and is exchanged whole; whoever has mapped the old one may go on reading.

    ``made`` says of what it was made: of other words, or by another version of the program, it is made anew.
    """

    def __init__(self, folder: Path, made: str) -> None:
        self.path = folder / "evidence"
        self._lock, self._made = folder / "evidence.lock", made.encode()

    def __call__(self, make: Callable[[], Arrays]) -> Arrays:
        """What is on disk, when it is whole and made of these words; else what ``make`` makes, kept for the next process."""
        found = self.read()
        if found is None:
            found = make()
            self._write(found)
        return found

    def read(self) -> Arrays | None:
        """What is on disk; None when there is nothing to be used. What is damaged is said in the log."""
        try:
            if not self.path.exists() or read_meta(self.path) != self._made:
                return None
            arrays, made = read_arrays(self.path)
        except BrokenSnapshot as error:
            log.warning("%s", error)
            return None
        return arrays if made == self._made else None   # another process may just have exchanged it

    def _write(self, arrays: Arrays) -> None:
        with alone(self._lock, wait_seconds=0.0) as held:   # another one that writes is writing the same
            if not held:
                return
            try:
                begun_at(self.path).unlink(missing_ok=True)
                write_arrays(self.path, arrays, self._made)
            except OSError as error:
                log.warning("what sentences are evidence of could not be kept on disk (%s); the next process works it out anew", error.strerror)
