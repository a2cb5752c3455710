"""Things of referrals: Rosa's own, sent to Riverside Kitchen, and one that Nia prepares for her."""

from __future__ import annotations

from tests.cast import LISTINGS, ORGANIZATIONS
from tests.clients import ALDER
from tests.referred import loop_of
from tests.web.second_door import SecondDoor


def things(door: SecondDoor) -> dict[str, str]:
    """Addresses by the template of their route."""
    loop = loop_of(door.storage, door.sealer, door.town, at=door.at)
    own, prepared = loop.sent("label", "contact", at=door.at), loop.draft("label", by="nia", at=door.at)
    agency, kitchen, lunch = f"/desk/agencies/{ALDER}/referrals", f"/desk/organizations/{ORGANIZATIONS['kitchen']}/referrals", LISTINGS["lunch"]
    at_agency, at_organization = "/desk/agencies/{organization_id:uuid}/referrals", "/desk/organizations/{organization_id:uuid}/referrals"
    return {
        "/my/referrals/new/{service_id:uuid}": f"/my/referrals/new/{lunch}",
        "/my/referrals/{referral_id:uuid}": f"/my/referrals/{own}",
        at_agency: agency,
        f"{at_agency}/new/{{service_id:uuid}}": f"{agency}/new/{lunch}",
        f"{at_agency}/new/{{service_id:uuid}}/{{client_id:uuid}}": f"{agency}/new/{lunch}/{loop.client_id}",
        f"{at_agency}/{{referral_id:uuid}}": f"{agency}/{prepared}",
        at_organization: kitchen,
        f"{at_organization}/{{referral_id:uuid}}": f"{kitchen}/{own}",
    }
