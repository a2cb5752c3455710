"""A large directory is read by a process of its own: the same index, while this one answers; and by this one where that fails."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from directory import apart, following
from directory.apart import STOPPED, Order, make, make_apart, tell
from directory.catalogue import LOOK_EVERY_SECONDS
from directory.keeping import Keep
from matching.values import Inquiry
from tests.directory.test_keeping import EDITS, Town, answers, names, no_reading, settle, town
from tests.make import NOON

__all__ = ["town"]


@pytest.fixture(autouse=True)
def _all_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LARGE", 1)


def order_of(town: Town, seq: int = 0) -> Order:
    return Order(url=town.storage.url, timezone="UTC", country="US", folder=str(town.folder), seq=seq)


@pytest.fixture
def waiting(town: Town) -> Iterator[subprocess.Popen[bytes]]:
    """A process that has its order and waits for the right to write, which somebody else holds."""
    keep = Keep(town.folder)
    order = order_of(town)
    with keep.writing(), subprocess.Popen([sys.executable, "-m", "directory.apart"], stdin=subprocess.PIPE) as process:
        tell(process, order)
        try:
            yield process
        finally:
            process.kill()


def test_the_first_state_is_made_by_another_process_to_the_same_bytes(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = answers(town.fresh())
    no_reading(monkeypatch)
    catalogue = town.catalogue()
    assert answers(catalogue) == plain
    assert answers(town.catalogue()) == plain, "the next start takes the same file"


def test_edits_are_built_into_it_by_another_process(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = town.catalogue()
    EDITS["a new listing"](town)
    town.look(catalogue)
    no_reading(monkeypatch)
    town.clock.now += following.FOLD_AFTER_SECONDS + 5
    town.look(catalogue)
    monkeypatch.undo()
    assert len(catalogue.open().index.parts) == 1
    assert answers(catalogue) == answers(town.fresh())


def test_the_state_at_hand_answers_while_the_other_process_is_at_work(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = town.catalogue()
    EDITS["a name"](town)
    town.look(catalogue)
    began, go_on = threading.Event(), threading.Event()

    def slowly(*given: Any) -> bool:
        began.set()
        assert go_on.wait(20)
        return make_apart(*given)

    monkeypatch.setattr("directory.origin.make_apart", slowly)
    thread = threading.Thread(target=catalogue.following.renew, name="index of a test")
    thread.start()
    assert began.wait(20)
    EDITS["a new listing"](town)
    town.clock.now += LOOK_EVERY_SECONDS * 1.01
    until = time.monotonic() + 10
    while "Harbour Choir" not in names(catalogue):
        assert time.monotonic() < until
        time.sleep(0.01)
    go_on.set()
    settle()
    assert names(catalogue) == names(town.fresh())


def test_a_process_that_cannot_read_leaves_it_to_this_one(town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(type(town.storage), "url", property(lambda _: "sqlite:////nowhere/at/all.sqlite3"))
    assert names(town.catalogue()) == names(town.fresh())
    assert "the index is made by this process" in caplog.text
    assert "nowhere" not in caplog.text


def test_where_no_process_can_be_started_this_one_reads(town: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert names(town.catalogue()) == names(town.fresh())
    assert "no other could be started" in caplog.text


def test_a_small_directory_and_one_without_a_folder_are_read_here(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> bool:
        raise AssertionError("another process was started")

    monkeypatch.setattr("directory.origin.make_apart", refuse)
    town.fresh().search(Inquiry(), at=NOON)
    monkeypatch.setattr(apart, "LARGE", 1_000)
    town.catalogue()


def test_the_order_goes_through_a_pipe_and_nobody_reads_it_among_the_processes(waiting: subprocess.Popen[bytes], town: Town) -> None:
    said = Path(f"/proc/{waiting.pid}/cmdline").read_bytes() + Path(f"/proc/{waiting.pid}/environ").read_bytes()
    assert town.storage.url.encode() not in said


def test_the_other_process_ends_when_this_one_does(waiting: subprocess.Popen[bytes], town: Town) -> None:
    assert waiting.stdin is not None
    waiting.stdin.close()
    assert waiting.wait(60) == STOPPED
    assert Keep(town.folder).made() is None


def test_a_process_that_waited_for_another_takes_what_that_one_made(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    town.catalogue()
    no_reading(monkeypatch)
    assert make(order_of(town))
    with pytest.raises(AssertionError, match="the whole directory was read"):
        make(order_of(town, seq=10_000))
