"""A lazy property is worked out once for each object, and no object waits for another."""

from __future__ import annotations

import threading

from matching.lazy import lazy


class Slow:
    """Counts how often it was asked to work; may be held up in the middle of it."""

    def __init__(self, value: int, go: threading.Event | None = None) -> None:
        self.value, self.go, self.worked, self.begun = value, go, 0, threading.Event()

    @lazy
    def doubled(self) -> int:
        """Twice the value."""
        self.begun.set()
        if self.go is not None:
            self.go.wait(60)
        self.worked += 1
        return 2 * self.value


def test_it_is_worked_out_once_for_each_object() -> None:
    one, other = Slow(2), Slow(3)
    assert (one.doubled, one.doubled, other.doubled) == (4, 4, 6)
    assert (one.worked, other.worked) == (1, 1)


def test_nothing_is_worked_out_before_it_is_asked_for() -> None:
    assert Slow(2).worked == 0


def test_it_says_what_it_is_on_the_class() -> None:
    assert isinstance(Slow.doubled, lazy)
    assert Slow.doubled.__doc__ == "Twice the value."


def test_what_is_kept_can_be_worked_out_anew() -> None:
    one = Slow(2)
    assert one.doubled == 4
    one.value = 5
    del one.doubled
    assert one.doubled == 10


def test_one_that_takes_long_keeps_no_other_waiting() -> None:
    held = Slow(1, threading.Event())
    slow = threading.Thread(target=lambda: held.doubled)
    slow.start()
    assert held.begun.wait(60)
    assert Slow(7).doubled == 14
    assert held.worked == 0
    assert held.go is not None
    held.go.set()
    slow.join(60)
    assert held.worked == 1
