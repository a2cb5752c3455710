"""The calendar of all groups, kept as bytes for as long as nothing changes in the directory: clients ask for it every few hours, all of them."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock


class Calendars:
    """The last calendar made, with what it was made of. For any number of threads; two that ask at once may both make it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: tuple[tuple[object, ...], bytes] | None = None

    def get(self, made_of: tuple[object, ...], make: Callable[[], bytes]) -> bytes:
        """The calendar made of that, at hand or anew."""
        with self._lock:
            if self._held is not None and self._held[0] == made_of:
                return self._held[1]
        content = make()
        with self._lock:
            self._held = made_of, content
        return content
