"""What is edited here is seen by another process of the operating system, whatever kind of edit it was."""

from __future__ import annotations

import os

from tests.cast import LISTINGS
from tests.directory.editing.conftest import Desk
from tests.edited import seconds_until_seen, steps
from tests.make import NOON
from tests.onlooker import onlooker


def test_every_kind_of_edit_becomes_visible_in_another_process(desk: Desk) -> None:
    with onlooker(desk.storage, "lunch", NOON) as other:
        assert other.pid != os.getpid()
        assert other.sees(lambda seen: str(LISTINGS["lunch"]) in seen, patience_seconds=60) is not None
        for name, do, wanted in steps(desk.sealer, 1):
            assert not wanted(other.seen), name
            assert seconds_until_seen(desk.storage, other, do, wanted) is not None, (name, other.seen)
