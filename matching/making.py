"""While something large is made, the collector looks at what is new only, and not again and again at all that was made so far."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

YOUNG: Final = (50_000, 20, 1_000_000)
"""Thresholds of the three generations, as ``gc.set_threshold`` takes them: the third is never reached, so that everything old is left alone.

What other threads throw away meanwhile is young, and is collected as ever; a collector that stands still would let it pile up.
"""
_lock = threading.Lock()
_before: list[tuple[int, int, int]] = []


@contextmanager
def making_much() -> Iterator[None]:
    """For the time of the block, in the whole process; it may be entered within itself and by several threads. Nothing is kept from being freed."""
    with _lock:
        _before.append(gc.get_threshold())
        gc.set_threshold(*YOUNG)
    try:
        yield
    finally:
        with _lock:   # the first that came found what has to hold again once the last one is gone
            last = _before.pop()
            gc.set_threshold(*(YOUNG if _before else last))
