"""A listing to confirm, and a call to make."""

from __future__ import annotations

from uuid import UUID

from directory.freshness.calls import open_call
from tests.cast import LISTINGS
from tests.web.second_door import SecondDoor

ENDS = ("take", "give-back", "outcome", "take-down")


def things(door: SecondDoor) -> dict[str, str]:
    """Addresses by the template of their route."""
    call = f"/desk/curator/calls/{_call(door)}"
    return {
        "/desk/listings/{service_id:uuid}/confirm": f"/desk/listings/{LISTINGS['lunch']}/confirm",
        "/desk/curator/unlisted/{service_id:uuid}": f"/desk/curator/unlisted/{LISTINGS['lunch']}",
        "/desk/curator/unlisted/{service_id:uuid}/relist": f"/desk/curator/unlisted/{LISTINGS['lunch']}/relist",
        "/desk/curator/coverage/{name:str}": "/desk/curator/coverage/searches.csv",
        "/desk/curator/calls/{call_id:uuid}": call,
        **{f"/desk/curator/calls/{{call_id:uuid}}/{end}": f"{call}/{end}" for end in ENDS},
    }


def _call(door: SecondDoor) -> UUID:
    """A call to Riverside Kitchen that nobody has taken."""
    with door.storage.writing() as session:
        return open_call(session, LISTINGS["lunch"], why="Three mails brought no answer.", at=door.at).id
