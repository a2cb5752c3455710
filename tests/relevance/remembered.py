"""What small worlds have in common, worked out once: those of one case differ in one field of one listing, and hardly ever in when anything is open.

Only what hangs on its arguments alone is remembered. What is broken on purpose has to be so before ``remembered`` is entered, and until it is left.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any
from unittest.mock import patch

from matching import fits
from matching.arrays import Ints
from matching.codes import CodeSets
from matching.openings import Openings
from matching.values import Slot
from matching.way import Slack, slack


def content(openings: Openings) -> tuple[Hashable, ...]:
    """All that the answers of a table of hours hang on, but for the question."""
    return openings.timetables, openings.zones, *(array.tobytes() for array in openings.arrays.values())


@contextmanager
def remembered() -> Iterator[None]:
    """Inside, the same sets of codes are laid out once, and the same free times at the same moment are held against the same timetables once."""
    known: dict[tuple[Hashable, ...], Any] = {}
    build, usual = CodeSets.build, Openings.hits

    def once(key: tuple[Hashable, ...], make: Callable[[], Any]) -> Any:
        if key not in known:
            known[key] = make()
        return known[key]

    def code_sets(sets: Sequence[frozenset[str]]) -> CodeSets:
        return once(("codes", tuple(sets)), lambda: build(sets))  # type: ignore[no-any-return]

    def hits(self: Openings, slots: Sequence[Slot], at: datetime) -> Ints:
        return once(("hits", content(self), tuple(slots), at), lambda: usual(self, slots, at))  # type: ignore[no-any-return]

    def slack_of(openings: Openings, slots: Sequence[Slot], at: datetime, *, meets: bool) -> Slack:
        return once(("slack", content(openings), tuple(slots), at, meets), lambda: slack(openings, slots, at, meets=meets))  # type: ignore[no-any-return]

    with patch.object(CodeSets, "build", code_sets), patch.object(Openings, "hits", hits), patch.object(fits, "slack", slack_of):
        yield


@contextmanager
def remembered_days() -> Iterator[None]:
    """Inside, what begins on a day is looked for once in each table of hours: for many people who ask the same directory about the same fortnight."""
    known: dict[tuple[Openings, str, int], Ints] = {}
    usual = Openings.happening

    def happening(self: Openings, zone: str, today: date, day: int) -> Ints:
        key = self, zone, today.toordinal() + day
        if key not in known:
            known[key] = usual(self, zone, today, day)
        return known[key]

    with patch.object(Openings, "happening", happening):
        yield
