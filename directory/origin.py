"""Where a state of the directory comes from: the disk, another process that makes it, or the database itself."""

from __future__ import annotations

from contextlib import ExitStack

from directory.apart import is_large, make_apart
from directory.keeping import Keep
from directory.moves import moves_since
from directory.states import Reader, Snapshot
from directory.storage import Storage


class Origin:
    """Reads states and keeps them; ``keep`` is None where nothing is kept on disk."""

    def __init__(self, storage: Storage, reader: Reader, keep: Keep | None) -> None:
        self._storage, self._reader, self._keep = storage, reader, keep

    def may_write(self, held: ExitStack) -> bool:
        """Whether this process alone may write the file from now on, until ``held`` is left."""
        return self._keep is not None and held.enter_context(self._keep.writing())

    def trusted(self) -> Snapshot | None:
        """The state on disk, when nothing was hidden since and all that has changed can be laid beside it or be told from the rows."""
        if self._keep is None:
            return None
        with self._storage.reading() as session:
            state = self._reader.kept(session, self._keep)
            moves = moves_since(session, state.seq, state.index) if state else None
        if moves and (moves.hides or not moves.is_traced):
            self._keep.forget(moves.seq)
            return None
        return state

    def made_since(self, seq: int) -> Snapshot | None:
        """The state on disk, when it holds the change ``seq``."""
        made = self._keep.made() if self._keep else None
        return self._kept() if made and made.seq >= seq else None

    def made_apart(self, held: ExitStack) -> Snapshot | None:
        """A large directory as another process has just read it; None where this one has to. What is ``held`` is let go meanwhile: it is for the other."""
        if self._keep is None or not self._is_large():
            return None
        held.close()
        is_made = make_apart(self._storage, self._reader, self._keep)
        self.may_write(held)
        return self._kept() if is_made else None

    def read(self) -> Snapshot:
        """The state of the database, read here."""
        with self._storage.reading() as session:
            found = self._reader.gather(session)
        return self._reader.built(found)

    def keep(self, base: Snapshot) -> Snapshot | None:
        """Put a state on disk, and give it back as it lies there."""
        is_kept = self._keep is not None and base.made.mark and self._keep.save(base.index, base.made)
        return self._kept() if is_kept else None

    def forget(self, seq: int) -> None:
        """Delete what knows nothing of the change ``seq``, which hides something."""
        if self._keep:
            self._keep.forget(seq)

    def _kept(self) -> Snapshot | None:
        with self._storage.reading() as session:
            return self._reader.kept(session, self._keep) if self._keep else None

    def _is_large(self) -> bool:
        with self._storage.reading() as session:
            return is_large(session)
