"""An event loop for one thing: on a thread of its own, since the thread of the tests may hold the browser's loop."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Value = TypeVar("Value")


def run_apart(work: Coroutine[Any, Any, Value]) -> Value:
    """What the work gives, once it is done."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()
