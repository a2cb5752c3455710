"""While much is made the collector leaves the old alone, and afterwards is what it was, whoever comes and goes in between."""

from __future__ import annotations

import gc
from threading import Barrier, Thread
from weakref import ref

import pytest

from matching.making import YOUNG, making_much


class Ring:
    """Something that only the collector can free."""

    def __init__(self) -> None:
        self.me = self


def test_it_is_as_before_afterwards_even_when_the_making_fails() -> None:
    before = gc.get_threshold()
    inside = list[tuple[int, int, int]]()

    def fail() -> None:
        with making_much():
            inside.append(gc.get_threshold())
            raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        fail()
    assert inside == [YOUNG]
    assert gc.get_threshold() == before


def test_it_may_be_entered_within_itself() -> None:
    before = gc.get_threshold()
    with making_much():
        with making_much():
            pass
        assert gc.get_threshold() == YOUNG
    assert gc.get_threshold() == before


def test_the_last_of_several_threads_puts_it_back() -> None:
    before, inside, seen = gc.get_threshold(), Barrier(2), list[tuple[int, int, int]]()

    def first() -> None:
        with making_much():
            inside.wait(10)

    thread = Thread(target=first)
    thread.start()
    with making_much():
        inside.wait(10)
        thread.join()
        seen.append(gc.get_threshold())
    assert seen == [YOUNG]
    assert gc.get_threshold() == before


def test_what_is_thrown_away_meanwhile_is_freed() -> None:
    with making_much():
        gone, kept = ref(Ring()), list[list[int]]()
        while gone() is not None and len(kept) < 10 * YOUNG[0]:
            kept.append([])
        assert gone() is None
