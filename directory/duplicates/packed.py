"""Rows made ready, kept as bytes: a million take some hundred megabytes, where as Python objects they would take several thousand."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import msgspec

from directory.duplicates.ready import Ready, make_ready
from directory.duplicates.rows import Row

Label = tuple[str, str]


class Packed(Sequence[Ready]):
    """Rows by their places; each is made into an object when it is asked for, in about 2 microseconds."""

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._ready, self._labels = _Shelf(), _Shelf()
        for row in rows:
            self._ready.add(_ENCODER.encode(make_ready(row)))
            self._labels.add(_ENCODER.encode((row.name, row.key)))

    def __len__(self) -> int:
        return len(self._ready)

    @overload
    def __getitem__(self, at: int) -> Ready: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Ready]: ...
    def __getitem__(self, at: int | slice) -> Ready | Sequence[Ready]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        return _READY.decode(self._ready.get(at))

    def __iter__(self) -> Iterator[Ready]:
        return map(_READY.decode, map(self._ready.get, range(len(self))))

    def raw(self, at: int) -> bytes:
        """A row as bytes: the same for the same contents."""
        return self._ready.get(at)

    def label(self, at: int) -> Label:
        """What a row is called, and its key."""
        return _LABEL.decode(self._labels.get(at))


class _Shelf:
    """Pieces of bytes one behind the other."""

    def __init__(self) -> None:
        self._bytes, self._ends = bytearray(), array("Q", [0])

    def add(self, piece: bytes) -> None:
        self._bytes += piece
        self._ends.append(len(self._bytes))

    def get(self, at: int) -> bytes:
        """A piece; ``IndexError`` beyond the last."""
        return bytes(self._bytes[self._ends[at] : self._ends[at + 1]])

    def __len__(self) -> int:
        return len(self._ends) - 1


_ENCODER = msgspec.msgpack.Encoder()
_READY = msgspec.msgpack.Decoder(Ready)
_LABEL: msgspec.msgpack.Decoder[Label] = msgspec.msgpack.Decoder(Label)
