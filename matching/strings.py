"""Many short texts as one run of bytes with offsets, so that a million names can lie on disk and be read one at a time."""

from __future__ import annotations

from collections.abc import Iterable, KeysView, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.arrays import Ints
from matching.lazy import lazy

Bytes = NDArray[np.uint8]
Offsets = NDArray[np.int64]


class Strings(Sequence[str]):
    """A sequence of texts; text k is ``data[starts[k]:starts[k + 1]]`` in UTF-8."""

    def __init__(self, data: Bytes, starts: Offsets) -> None:
        self.data = data
        self.starts = starts

    @classmethod
    def build(cls, texts: Iterable[str]) -> Strings:
        """Lay out ``texts`` in their order."""
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        starts = np.zeros(len(encoded) + 1, np.int64)
        np.cumsum([len(one) for one in encoded], out=starts[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:  # type: ignore[override]
        return self.data[self.starts[number] : self.starts[number + 1]].tobytes().decode("utf-8", "surrogatepass")

    def many(self, numbers: Ints) -> list[str]:
        """Several texts at once, which is three times as fast as one by one."""
        held = self.data.data
        bounds = zip(self.starts[numbers].tolist(), self.starts[numbers + 1].tolist(), strict=True)
        return [str(held[start:end], "utf-8", "surrogatepass") for start, end in bounds]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What goes to disk."""
        return {"data": self.data, "starts": self.starts}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Strings:
        """What ``arrays`` gave."""
        return cls(arrays["data"], arrays["starts"])


class Blobs(Sequence[bytes]):
    """A sequence of byte strings laid out as ``Strings`` are: what somebody keeps beside each row, read one at a time."""

    def __init__(self, data: Bytes, starts: Offsets) -> None:
        self.data = data
        self.starts = starts

    @classmethod
    def build(cls, pieces: Sequence[bytes]) -> Blobs:
        """Lay out ``pieces`` in their order."""
        starts = np.zeros(len(pieces) + 1, np.int64)
        np.cumsum([len(one) for one in pieces], out=starts[1:])
        return cls(np.frombuffer(b"".join(pieces), np.uint8), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> bytes:  # type: ignore[override]
        return self.data[self.starts[number] : self.starts[number + 1]].tobytes()

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What goes to disk."""
        return {"data": self.data, "starts": self.starts}

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Blobs:
        """What ``arrays`` gave."""
        return cls(arrays["data"], arrays["starts"])


class Keys:
    """Sorted texts that can be looked up: the number of a text, or None. They are read when the first is asked for, so that opening costs nothing."""

    def __init__(self, texts: Strings) -> None:
        self.texts = texts

    @lazy
    def _numbers(self) -> dict[str, int]:
        """The number of each: of a hundred words that a question has to look up, each with and without tags, none may cost a search."""
        starts, raw = self.texts.starts.tolist(), self.texts.data.tobytes()
        return {raw[start:end].decode("utf-8", "surrogatepass"): number for number, (start, end) in enumerate(pairwise(starts))}

    @classmethod
    def build(cls, texts: Iterable[str]) -> Keys:
        """Sort ``texts``, each of which comes once."""
        return cls(Strings.build(sorted(texts)))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """What goes to disk."""
        return self.texts.arrays()

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Keys:
        """What ``arrays`` gave."""
        return cls(Strings.of(arrays))

    def __len__(self) -> int:
        return len(self.texts)

    def all(self) -> KeysView[str]:
        """Every text."""
        return self._numbers.keys()

    def find(self, text: str) -> int | None:
        """The number of ``text`` in sorted order."""
        return self._numbers.get(text)

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and self.find(text) is not None
