"""A lazy property is worked out once for each object, and no object waits for another; what takes long, once however many ask at the same time."""

from __future__ import annotations

import threading

import pytest

from matching.lazy import lazy, once


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


class Long(Slow):
    """The same, of which two that ask at once get one answer."""

    @once
    def doubled(self) -> int:
        """Twice the value."""
        return Slow.doubled._make(self)

    @once
    def again(self) -> int:
        """By way of the other."""
        return self.doubled + self.doubled

    @once
    def broken(self) -> int:
        """Never had."""
        self.worked += 1
        raise LookupError(self.worked)


def test_who_asks_meanwhile_waits_and_nothing_is_worked_out_twice() -> None:
    held = Long(4, threading.Event())
    found: list[int] = []
    many = [threading.Thread(target=lambda: found.append(held.doubled)) for _ in range(8)]
    for one in many:
        one.start()
    assert held.begun.wait(60)
    assert Long(7).doubled == 14   # another object has a lock of its own
    assert held.go is not None
    held.go.set()
    for one in many:
        one.join(60)
    assert (found, held.worked) == ([8] * 8, 1)


def test_what_takes_long_may_ask_for_what_takes_long() -> None:
    assert Long(3).again == 12


def test_what_failed_is_tried_again_by_the_next_one() -> None:
    one = Long(1)
    for time in (1, 2):
        with pytest.raises(LookupError, match=str(time)):
            _ = one.broken
    assert one.worked == 2


def test_it_stands_on_the_class_as_well() -> None:
    assert isinstance(Long.doubled, once)
    assert Long.doubled.__doc__ == "Twice the value."
