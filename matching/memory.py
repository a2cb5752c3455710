"""What a question has worked out already, so that nothing is worked out twice: it lives as long as the question and no longer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from matching.arrays import Bools, Ints, Rows

T = TypeVar("T")
Memo = dict[tuple[object, ...], Any]
Known = Mapping[str, Any]
"""Arrays of what is known of some rows, by name."""


class Memory:
    """Three shelves: what holds for a part of the index, what is said of some rows, and what many results of one page say alike."""

    def __init__(self, memo: Memo | None = None) -> None:
        self._memo: Memo = {} if memo is None else memo
        self._last: dict[str, tuple[Rows, Any]] = {}
        self._kept: dict[tuple[str, object], Any] = {}

    def once(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """What was worked out before for this part, by this question or one that it was changed from, or is now."""
        if key not in self._memo:
            self._memo[key] = make()
        found: T = self._memo[key]
        return found

    def of_rows(self, what: str, rows: Rows, make: Callable[[], T]) -> T:
        """What several limits and signals ask of the same rows, worked out by the first."""
        held = self._last.get(what)
        if held is None or held[0] is not rows:
            held = self._last[what] = rows, make()
        found: T = held[1]
        return found

    def known_of(self, rows: Rows, names: Iterable[str]) -> Known:
        """What was worked out for these rows last, of what has one of these names."""
        return {what: held[1] for what in names if (held := self._last.get(what)) is not None and held[0] is rows}

    def take_over(self, rows: Rows, known: Known) -> None:
        """Take for known of these rows what another question has worked out."""
        self._last |= {what: (rows, value) for what, value in known.items()}

    def narrow(self, rows: Rows, places: Ints | Bools, narrower: Ints) -> None:
        """Carry what was worked out for ``rows`` over to those at ``places``."""
        self._last |= {what: (narrower, value[places]) for what, (held, value) in self._last.items() if held is rows}

    def kept(self, what: str, key: object, make: Callable[[], T]) -> T:
        """What was worked out before under this name and key, or is now: what many results of one page say alike is made once."""
        named = what, key
        if named not in self._kept:
            self._kept[named] = make()
        found: T = self._kept[named]
        return found

    def had(self, what: str, key: object) -> Any:
        """What was put away for a row of the page."""
        return self._kept[what, key]

    def keep(self, what: str, keys: Sequence[object], values: Sequence[object]) -> None:
        """Put away what was worked out for many keys at once."""
        self._kept.update({(what, key): value for key, value in zip(keys, values, strict=True)})
