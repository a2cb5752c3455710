"""The hours of small worlds, worked out once: the worlds of one case differ in one listing, and hardly ever in when anything is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch

from matching import fits
from matching.arrays import Ints
from matching.openings import Openings
from matching.values import Slot
from matching.way import Slack, slack


def content(openings: Openings) -> tuple[Any, ...]:
    """All that the answers of a table of hours hang on, but for the question."""
    return openings.timetables, openings.zones, *(array.tobytes() for array in openings.arrays.values())


@contextmanager
def remembered_hours() -> Iterator[None]:
    """Inside, the same free times at the same moment against the same timetables are reckoned once. What is broken on purpose has to be so before this is
    entered, and until it is left: what was remembered would hide it."""
    known: dict[tuple[Any, ...], Any] = {}
    usual = Openings.hits

    def hits(self: Openings, slots: Sequence[Slot], at: datetime) -> Ints:
        key = ("hits", content(self), tuple(slots), at)
        if key not in known:
            known[key] = usual(self, slots, at)
        found: Ints = known[key]
        return found

    def slack_of(openings: Openings, slots: Sequence[Slot], at: datetime, *, meets: bool) -> Slack:
        key = ("slack", content(openings), tuple(slots), at, meets)
        if key not in known:
            known[key] = slack(openings, slots, at, meets=meets)
        found: Slack = known[key]
        return found

    with patch.object(Openings, "hits", hits), patch.object(fits, "slack", slack_of):
        yield
