"""Things of the workspace."""

from __future__ import annotations

from uuid import UUID

from directory.workspace.scheme import offer
from tests.cast import ORGANIZATIONS
from tests.web.second_door import SecondDoor

ENDS = ("workspace", "workspace/strengths", "workspace/offers", "review", "review/new")


def things(door: SecondDoor) -> dict[str, str]:
    """Addresses by the template of their route."""
    kitchen = f"/desk/organizations/{ORGANIZATIONS['kitchen']}"
    return {
        **{f"/desk/organizations/{{organization_id:uuid}}/{end}": f"{kitchen}/{end}" for end in ENDS},
        "/desk/organizations/{organization_id:uuid}/workspace/offers/{offer_id:uuid}/take-back": f"{kitchen}/workspace/offers/{_offer(door)}/take-back",
    }


def _offer(door: SecondDoor) -> UUID:
    """Something that Ana offers her colleagues."""
    with door.storage.writing() as session:
        return offer(session, ORGANIZATIONS["kitchen"], door.town.accounts["ana"], words="An ear", how="Room 4", at=door.at).id
