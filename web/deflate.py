"""Packs by isal where it is installed, which takes a third of the work, else by zlib; whatever unpacks one unpacks the other."""

from __future__ import annotations

import zlib
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final, Protocol

isal_zlib: Any = import_module("isal.isal_zlib") if find_spec("isal") else None
"""The extra "fast", by name, for it need not be there."""

RAW: Final = -15
"""The window bits that mean "no header"."""
GZIP: Final = 31
"""The window bits that mean "with a gzip header"."""
QUICK, SMALL = 3, 5
"""Levels of zlib: for what is packed for one reader, and for what is longer or asked for more than once. 4 is a quarter slower than 3, for one part in a
hundred less to send."""
LIKE_IT: Final = {QUICK: 2, SMALL: 3}
"""The levels of isal that pack about as well: one part in a hundred, and one in twenty, more to send."""


class Packer(Protocol):
    """What takes bytes and gives packed ones."""

    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self, mode: int = ..., /) -> bytes: ...


def packer(level: int, wbits: int) -> Packer:
    """A packer of one of the levels above."""
    made: Packer = zlib.compressobj(level, wbits=wbits) if isal_zlib is None else isal_zlib.compressobj(LIKE_IT[level], wbits=wbits)
    return made


def crc32(data: bytes) -> int:
    """The check sum that ends a gzip stream."""
    return zlib.crc32(data) if isal_zlib is None else int(isal_zlib.crc32(data))
