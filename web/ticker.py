"""The ticker: a thread beside the server that does what is due, under a lease, so that of several processes one does it."""

from __future__ import annotations

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta

from directory.leases import end_lease, is_due, take_lease
from web.house import House
from web.jobs import Job, jobs
from web.rounds import lay_down

log = logging.getLogger("homeground.ticker")
EVERY_SECONDS = 2.0
LAY_SECONDS = 300.0
"""How often a process lays down the searches in vain that it counted."""
STOP_SECONDS = 25.0
"""How long a stop waits for the job at hand: a little longer than a mail server is waited for."""
BESIDE_SECONDS = 0.2
"""How often it is looked whether to stop, while what people wait for is made ready."""


def do_due(house: House, todo: Sequence[Job], holder: str, *, stopping: Callable[[], bool] = lambda: False) -> dict[str, str]:
    """Do what is due, each job once at most; gives by name what came of it: "done", or the kind of error. What fails is tried again next time."""
    came: dict[str, str] = {}
    for job in todo:
        if stopping():
            break
        try:
            if _do(house, job, holder):
                came[job.name] = "done"
        except Exception as error:   # one job must not keep the others from being done
            log.error("job %s: %s", job.name, type(error).__name__)   # the text of an error may hold what somebody wrote
            came[job.name] = type(error).__name__
    return came


def _do(house: House, job: Job, holder: str) -> bool:
    every, at = timedelta(seconds=job.every_seconds), house.now()
    with house.storage.reading() as session:
        if not is_due(session, job.name, every=every, at=at):
            return False
    held = take_lease(house.storage, job.name, holder, every=every, at=at)
    if held is None:
        return False
    is_done = False
    try:
        job.run(house, at)
        is_done = True
    finally:
        end_lease(house.storage, held, at=max(at, house.now()), is_done=is_done)
    return True


def holder_name() -> str:
    """A name for this process that no other has."""
    return f"{os.getpid()}-{secrets.token_hex(4)}"


def _lay_down(house: House) -> None:
    """What each process counted for itself goes into the database, without a lease: nobody else has these counts."""
    try:
        lay_down(house, house.now())
    except Exception as error:   # kept for the next time
        log.error("job tally: %s", type(error).__name__)


def _hold_feeds_ready(house: House) -> None:
    """Each process holds the feeds of groups for itself: made here, nobody who reads one waits for the first of them, nor for the first of a day."""
    try:
        house.feeds.on(house.today())
    except Exception as error:   # whoever asks for a feed tries again
        log.error("job feeds: %s", type(error).__name__)


@contextmanager
def ticking(
    house: House, todo: Sequence[Job] | None = None, *, every_seconds: float = EVERY_SECONDS, after: threading.Thread | None = None
) -> Iterator[None]:
    """Do what is due, again and again, in a thread of its own while the block runs; at its end the job at hand is finished first.

    Begins when the thread ``after`` is done, where one is given: nothing that is due is as urgent as what makes people wait.
    """
    stop, holder = threading.Event(), holder_name()
    todo = jobs() if todo is None else todo

    def run() -> None:
        laid_at = time.monotonic()
        while after is not None and after.is_alive() and not stop.is_set():
            after.join(timeout=BESIDE_SECONDS)
        while not stop.is_set():
            do_due(house, todo, holder, stopping=stop.is_set)
            if not stop.is_set():
                _hold_feeds_ready(house)
            if time.monotonic() - laid_at >= LAY_SECONDS:
                laid_at = time.monotonic()
                _lay_down(house)
            stop.wait(every_seconds)
        _lay_down(house)

    thread = threading.Thread(target=run, name="homeground-ticker", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=STOP_SECONDS)
