"""The state at hand, and how it follows the change log: small changes beside the index at once, all the rest by building it anew meanwhile."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import Final

from directory.changes import latest_seq
from directory.errors import Unavailable
from directory.keeping import Keep
from directory.languages import language_label
from directory.moves import Moves, moves_since
from directory.origin import Origin
from directory.states import Reader, Snapshot
from directory.storage import Storage
from matching.index import part_of
from matching.overlay import Overlay

log = logging.getLogger("homeground.catalogue")

FOLD_AFTER_SECONDS: Final = 60.0
"""After the last edit, the changes beside the index are built into it and the file on disk is written anew."""


HIDDEN_AFTER_SECONDS: Final = 300.0
"""Longest that the large part of the index in memory holds what was hidden: no search shows it, and its file is gone at once."""


class Follower:
    """Keeps one state at hand. Whoever searches never waits for it, but for the first one.

    ``swapping`` is held while a state is exchanged for another, some hundredths of a second; ``building`` while an index is built.
    """

    def __init__(self, storage: Storage, reader: Reader, keep: Keep | None, clock: Callable[[], float]) -> None:
        self._storage, self._reader, self._clock = storage, reader, clock
        self._origin = Origin(storage, reader, keep)
        self.state: Snapshot | None = None
        self.seen_seq = 0
        """The latest line of the log that a look has seen."""
        self._overlay: Overlay | None = None
        self._base: Snapshot | None = None
        self._cards: dict[str, bytes] = {}
        self._wanted = 0
        self._edited_at = 0.0
        self._hidden_seq, self._hidden_at = 0, 0.0
        self._swapping, self._building = threading.Lock(), threading.Lock()

    def open(self) -> Snapshot:
        """The first state: from the disk where it may be trusted, else from the database."""
        with self._building, ExitStack() as held:
            return self.state or self._open(held)

    def rebuild(self) -> Snapshot:
        """Read the whole directory, and keep it."""
        with self._building, ExitStack() as held:
            return self._build(self._origin.may_write(held))

    def look(self) -> None:
        """See how far the log is, and start what has to be done beside the searches."""
        with self._storage.reading() as session:
            self.seen_seq = latest_seq(session)
        state = self.state
        if state and self.seen_seq not in (state.seq, self._wanted) and not self._swapping.locked():
            self._beside(self.catch_up)
        elif self.is_due and not self._building.locked():
            self._beside(self.renew)

    @property
    def is_due(self) -> bool:
        """Whether the index has to be built anew: a change could not be laid beside it, there is much beside it, or all has been quiet for a while.

        What was hidden lies beside it like any change, and its file is gone. To build anew for each such edit would keep a large directory building,
        and while a process builds, its searches and the next edit wait for it.
        """
        state, overlay = self.state, self._overlay
        if state is None or overlay is None:
            return False
        rested = len(overlay) > 0 and self._clock() - self._edited_at > FOLD_AFTER_SECONDS
        held_long = self._hidden_seq > state.made.seq and self._clock() - self._hidden_at > HIDDEN_AFTER_SECONDS
        return self._wanted > state.made.seq or overlay.is_full or rested or held_long

    def catch_up(self) -> None:
        """Lay what has changed beside the index."""
        with self._swapping:
            if self.state is not None and self._overlay is not None:   # one with nothing in it counts as nothing
                self._take(self.state, self._overlay, self._cards)
        if self.is_due and not self._building.locked():
            self.renew()

    def renew(self) -> None:
        """Build the index anew, or take the one that another process has made meanwhile."""
        if self._building.acquire(blocking=False):
            try:
                with ExitStack() as held:
                    self._renew(held)
            finally:
                self._building.release()

    def _open(self, held: ExitStack) -> Snapshot:
        may_write = self._origin.may_write(held)
        if kept := self._origin.trusted() or (self._origin.made_apart(held) if may_write else None):
            return self._swap(kept)
        state = self._swap(self._origin.read())
        if may_write:   # the process waits at its end until the file is whole, the searches do not
            threading.Thread(target=self._write_beside, args=(held.pop_all(),), name="index file").start()
        return state

    def _renew(self, held: ExitStack) -> None:
        may_write = self._origin.may_write(held)
        needed = max(self._wanted, self.state.seq if self.state else 0)
        if other := self._origin.made_since(needed) or (self._origin.made_apart(held) if may_write else None):
            self._swap(other)
        else:
            self._build(may_write)

    def _build(self, may_write: bool) -> Snapshot:
        state = self._swap(self._origin.read())
        if may_write:
            self._write()
        return self.state or state

    def _write_beside(self, held: ExitStack) -> None:
        with held:
            self._told(self._write)

    def _write(self) -> None:
        """Keep the large part of the index on disk, and read it from there from now on: all processes share that memory."""
        with self._swapping:
            base = self._base
        if base and (kept := self._origin.keep(base)):
            self._swap(kept)

    def _swap(self, state: Snapshot) -> Snapshot:
        """Take a new state, with what has changed since it was read beside it."""
        with self._swapping:
            index, vocabulary = state.index, state.vocabulary
            cards: dict[str, bytes] = {}
            overlay = Overlay(index, lambda ordered: part_of(ordered, vocabulary, index.measures, language_label, cards))
            self._wanted, self._base = 0, state
            return self._take(state, overlay, cards)

    def _take(self, state: Snapshot, overlay: Overlay, cards: dict[str, bytes]) -> Snapshot:
        with self._storage.reading() as session:
            moves = moves_since(session, state.seq, state.index)
            if moves.is_small and moves.services:
                changed, made = self._reader.some(session, state.vocabulary, moves.services)
                cards.update(made)
                overlay.replace(changed)
                self._edited_at = self._clock()
        self._overlay, self._cards = overlay, cards
        taken = self.state = state.with_index(overlay.index, moves.seq if moves.is_small else state.seq)
        self._note(moves)
        return taken

    def _note(self, moves: Moves) -> None:
        if not moves.is_small:
            self._wanted = moves.seq
        if moves.hides:
            made = self.state.made.seq if self.state else 0
            self._hidden_at = self._hidden_at if self._hidden_seq > made else self._clock()
            self._hidden_seq = moves.seq
        if moves.hides:
            self._origin.forget(moves.seq)

    def _beside(self, verb: Callable[[], None]) -> None:
        threading.Thread(target=self._told, args=(verb,), name="index", daemon=True).start()

    def _told(self, verb: Callable[[], None]) -> None:
        try:
            verb()
        except Unavailable:   # searches go on with the state at hand, and the next look tries again
            log.warning("the index could not be renewed: the database does not answer")
