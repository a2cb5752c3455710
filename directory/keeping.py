"""The index kept on disk beside the database: of what it was made, who may write it, and when it has to go."""

from __future__ import annotations

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from directory.languages import language_label
from matching import Index, Vocabulary
from matching.errors import BrokenSnapshot
from matching.files import begun_at
from matching.snapshot import made_of, open_index, save

log = logging.getLogger("homeground.catalogue")

LONGEST_WAIT_SECONDS: Final = 900.0
"""For another process that writes; after that an index is built and not kept."""
LOOK_SECONDS: Final = 0.05


class Made(Struct, frozen=True, kw_only=True):
    """Of what an index was made.

    ``words``: the digest of the program, the vocabulary and the settings that are in it; ``seq`` and ``mark``: the last line of the change log that
    it holds, and that line's digest (``changes.mark_of``); ``town``: an example to show people.
    """

    words: str
    seq: int
    mark: str
    town: str = ""


class Keep:
    """One folder with one index in it. The file is for its owner only, and is exchanged whole; whoever has mapped the old one may go on reading."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "current"
        self._lock = folder / "lock"

    def open(self, vocabulary: Vocabulary, words: str) -> tuple[Index, Made] | None:
        """The index on disk, when it is whole and made of these words; what is damaged is said in the log and passed over."""
        made = self.made()
        if made is None or made.words != words:
            return None
        try:
            index, raw = open_index(self.path, vocabulary, language=language_label)
        except BrokenSnapshot as error:
            log.warning("%s", error)
            return None
        return index, msgspec.json.decode(raw, type=Made)   # of the file that was opened: another process may just have exchanged it

    def made(self) -> Made | None:
        """Of what the index on disk was made; None when there is none to be used."""
        if not self.path.exists():
            return None
        try:
            return msgspec.json.decode(made_of(self.path), type=Made)
        except (BrokenSnapshot, msgspec.MsgspecError) as error:
            log.warning("%s", error)
            return None

    def save(self, index: Index, made: Made) -> bool:
        """Put an index in the place of the one on disk; False when the disk does not take it. Only within ``writing``."""
        try:
            save(index, self.path, made=msgspec.json.encode(made).decode())
        except OSError as error:
            log.warning("the index could not be kept on disk (%s); the next start builds it anew", error.strerror)
            return False
        return True

    def forget(self, before: int) -> None:
        """Delete an index that knows nothing of the change ``before`` or later ones: it may hold what nobody may see any more."""
        made = self.made()
        if made is None or made.seq < before:
            self.path.unlink(missing_ok=True)
        with self.writing(wait_seconds=0.0):   # takes away what a writer left that was stopped, unless one is at work
            pass

    @contextmanager
    def writing(self, wait_seconds: float = LONGEST_WAIT_SECONDS) -> Iterator[bool]:
        """Be the only process that writes; gives False when another one is not through in time, or when there is no folder to write to."""
        with alone(self._lock, wait_seconds) as held:
            if held:
                begun_at(self.path).unlink(missing_ok=True)
            yield held


@contextmanager
def alone(lock: Path, wait_seconds: float) -> Iterator[bool]:
    """Hold a file that one process alone holds at a time; gives False when another one does not let go in time, or when there is no folder for it.

    The lock is the system's, so that it goes with the process that held it.
    """
    try:
        lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        door = os.open(lock, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        log.warning("what is in %s cannot be kept on disk (%s)", lock.parent, error.strerror)
        yield False
        return
    try:
        yield _locked(door, wait_seconds)
    finally:
        os.close(door)


def _locked(door: int, wait_seconds: float) -> bool:
    until = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(door, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(LOOK_SECONDS)
        else:
            return True
