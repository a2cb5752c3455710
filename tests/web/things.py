"""An address that is there for every private route with a parameter: things of Riverside Kitchen, made beside the cast's town."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from directory.workspace.scheme import offer
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.web.second_door import SecondDoor

OF_ORGANIZATION = ("workspace", "workspace/strengths", "workspace/offers", "review", "review/new")
"""What stands below the address of an organization's desk."""


def things(door: SecondDoor) -> Mapping[str, str]:
    """Addresses by the template of their route."""
    kitchen = f"/desk/organizations/{ORGANIZATIONS['kitchen']}"
    lunch = f"/desk/listings/{LISTINGS['lunch']}"
    return {
        **{f"/desk/listings/{{service_id:uuid}}/{end}": f"{lunch}/{end}" for end in ("history", "history/compare", "history/undo")},
        **{f"/desk/organizations/{{organization_id:uuid}}/{end}": f"{kitchen}/{end}" for end in OF_ORGANIZATION},
        "/desk/organizations/{organization_id:uuid}/workspace/offers/{offer_id:uuid}/take-back": f"{kitchen}/workspace/offers/{_offer(door)}/take-back",
    }


def _offer(door: SecondDoor) -> UUID:
    """Something that Ana offers her colleagues."""
    with door.storage.writing() as session:
        return offer(session, ORGANIZATIONS["kitchen"], door.town.accounts["ana"], words="An ear", how="Room 4", at=door.at).id
