"""The circle of Alder House: Rosa and Sol both said yes and wait for Imani; Farah is on the boards of Wen and Juno."""

from __future__ import annotations

from sqlalchemy import select

from directory.models import PeerNamed
from tests.clients import ALDER
from tests.peers import circle_of
from tests.web.second_door import SecondDoor

MINE = "/my/peers/schemes/{scheme_id:uuid}/{side:str}"
DESK = "/desk/organizations/{organization_id:uuid}/peers"


def things(door: SecondDoor) -> dict[str, str]:
    """Addresses by the template of their route."""
    circle = circle_of(door.storage, door.sealer, door.town, at=door.at)
    circle.gather()
    circle.join("wen", not_people="Fara Noor")   # spelt otherwise than she does
    key = circle.both("rosa", "sol")
    with door.storage.reading() as session:
        farah = circle.kept(session, "farah").row.id
        named = session.scalars(select(PeerNamed.id)).one()
    mine, desk = f"/my/peers/schemes/{circle.scheme.id}/seeker", f"/desk/organizations/{ALDER}/peers"
    scheme = f"{desk}/{circle.scheme.id}"
    return {
        MINE: mine, f"{MINE}/words": f"{mine}/words", f"{MINE}/state": f"{mine}/state", f"{MINE}/cards/{{profile_id:uuid}}": f"{mine}/cards/{farah}",
        f"{MINE}/cards/{{profile_id:uuid}}/not-right": f"{mine}/cards/{farah}/not-right",
        DESK: desk, f"{DESK}/new": f"{desk}/new", f"{DESK}/{{scheme_id:uuid}}": scheme, f"{DESK}/{{scheme_id:uuid}}/change": f"{scheme}/change",
        f"{DESK}/{{scheme_id:uuid}}/named": f"{scheme}/named", f"{DESK}/{{scheme_id:uuid}}/named/{{named_id:uuid}}": f"{scheme}/named/{named}",
        f"{DESK}/{{scheme_id:uuid}}/people/{{profile_id:uuid}}": f"{scheme}/people/{farah}",
        f"{DESK}/{{scheme_id:uuid}}/introductions/{{introduction_id:uuid}}": f"{scheme}/introductions/{key}",
    }  # fmt: skip
