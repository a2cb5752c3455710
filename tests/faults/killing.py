"""Work done in a process of its own, which is struck down before a chosen statement or at any moment."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import event

from directory.storage import Storage


def in_a_child(storage: Storage, work: Callable[[Storage], None], *, strike: int | None = None, after_seconds: float | None = None) -> int:
    """Do work in a process of its own, killed before its ``strike``-th statement or after a while; gives the statements that were begun, 0 when killed."""
    url = storage.engine.url.render_as_string(hide_password=False)
    storage.close()   # no connection is shared with the child
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _work(url, work, strike, writer)
        finally:
            os._exit(1)
    os.close(writer)
    if after_seconds is not None:
        time.sleep(after_seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    said = os.read(reader, 20)
    os.close(reader)
    assert os.WIFSIGNALED(status) or os.waitstatus_to_exitcode(status) == 0
    return int(said or 0) if not os.WIFSIGNALED(status) else 0


def _work(url: str, work: Callable[[Storage], None], strike: int | None, writer: int) -> None:
    own, begun = Storage(url), [0]

    def count(*_: Any) -> None:
        begun[0] += 1
        if begun[0] == strike:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(own.engine, "before_cursor_execute", count)
    event.listen(own.engine, "commit", count)
    work(own)
    os.write(writer, str(begun[0]).encode())
    os._exit(0)
