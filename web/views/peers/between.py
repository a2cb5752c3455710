"""What every page between two people starts from: the introduction as one of them stands to it, and how the other is called."""

from __future__ import annotations

from uuid import UUID

from directory.accounts.sign_ins import Visit
from directory.peers.talking.between import SIDES, Between, get_between
from directory.peers.talking.names import name_in
from directory.storage import Session
from web.house import House

MINE = "/my/peers"


def found(session: Session, house: House, visit: Visit, introduction_id: UUID) -> tuple[Between, str]:
    """The introduction and the name of the other; ``NotFound`` for everybody but the two."""
    between = get_between(session, introduction_id, visit.actor)
    other = SIDES[1] if between.side == SIDES[0] else SIDES[0]
    return between, name_in(session, between.introduction.scheme_id, between.other, other, sealer=house.sealer)


def address(introduction_id: UUID, page: str = "talk") -> str:
    """The address of a page between two."""
    return f"{MINE}/{introduction_id}/{page}"
