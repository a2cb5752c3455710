"""A round of the circle of Alder House, that waits for Imani: Wen and Juno are in it, Sol and Farah have places."""

from __future__ import annotations

from directory.peers.rounds.deciding import propose
from tests.clients import ALDER
from tests.peers import circle_of
from tests.web.second_door import SecondDoor

DESK = "/desk/organizations/{organization_id:uuid}/peers/{scheme_id:uuid}/rounds"


def things(door: SecondDoor) -> dict[str, str]:
    """Addresses by the template of their route."""
    circle = circle_of(door.storage, door.sealer, door.town, at=door.at)
    circle.gather()
    with door.storage.writing(counting=True) as session:
        row = propose(session, circle.scheme, circle.actor(session, "imani"), on=circle.on, at=door.at, sealer=door.sealer)
        here = f"/desk/organizations/{ALDER}/peers/{circle.scheme.id}/rounds"
        return {DESK: here, f"{DESK}/{{round_id:uuid}}": f"{here}/{row.id}", f"{DESK}/{{round_id:uuid}}/confirm": f"{here}/{row.id}/confirm"}
