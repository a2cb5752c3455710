"""Things of the queue of duplicates: a pair that waits."""

from __future__ import annotations

from directory.models import Pair
from tests.cast import LISTINGS
from tests.web.second_door import SecondDoor


def things(door: SecondDoor) -> dict[str, str]:
    """Addresses by the template of their route."""
    first, second = sorted((LISTINGS["lunch"], LISTINGS["class"]))
    with door.storage.writing() as session:
        session.add(Pair(first=first, second=second, entity="service", score=0.9, reason="same phone", found_at=door.at))
    whole, here = "/desk/curator/duplicates/{first:uuid}/{second:uuid}", f"/desk/curator/duplicates/{first}/{second}"
    return {whole + end: here + end for end in ("", "/merge", "/apart")}
