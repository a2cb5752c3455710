"""Things of claims and of the people of an organization."""

from __future__ import annotations

from uuid import UUID

from directory.accounts.links import make_link
from directory.claims import ask_by_link, ask_by_words
from directory.models import Account, Organization
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.web.second_door import SecondDoor

ENDS = ("claim", "edit", "members", "leave")


def things(door: SecondDoor) -> dict[str, str]:
    """Addresses by the template of their route."""
    claim = _claim(door)
    kitchen = f"/desk/organizations/{ORGANIZATIONS['kitchen']}"
    return {
        "/desk/claims/new": f"/desk/claims/new?organization={ORGANIZATIONS['kitchen']}",
        "/desk/listings/{service_id:uuid}/claim": f"/desk/listings/{LISTINGS['lunch']}/claim",
        "/desk/organizations/{organization_id:uuid}": kitchen,
        **{f"/desk/organizations/{{organization_id:uuid}}/{end}": f"{kitchen}/{end}" for end in ENDS},
        "/desk/organizations/{organization_id:uuid}/members/{account_id:uuid}": f"{kitchen}/members/{door.town.accounts['ben']}",
        "/desk/claims/use/{token:str}": f"/desk/claims/use/{_claim_link(door)}",
        "/desk/curator/claims/{claim_id:uuid}": f"/desk/curator/claims/{claim}",
        "/desk/claims/{claim_id:uuid}/withdraw": f"/desk/claims/{claim}/withdraw",
        "/desk/invitations/{token:str}/accept": f"/desk/invitations/{_invitation(door)}/accept",
    }


def _claim(door: SecondDoor) -> UUID:
    """Stella says that Riverside Kitchen is hers."""
    with door.storage.writing() as session:
        kitchen, stella = session.get(Organization, ORGANIZATIONS["kitchen"]), session.get(Account, door.town.accounts["stella"])
        assert kitchen
        assert stella
        return ask_by_words(session, kitchen, stella, "I cook there on Mondays.", at=door.at, sealer=door.sealer).id


def _claim_link(door: SecondDoor) -> str:
    """A link that was sent to the address of the library."""
    sent: list[str] = []
    with door.storage.writing() as session:
        library, stella = session.get(Organization, ORGANIZATIONS["library"]), session.get(Account, door.town.accounts["stella"])
        assert library
        assert stella
        ask_by_link(session, library, stella, 0, at=door.at, sealer=door.sealer, addressed=lambda path: sent.append(path) or path)   # type: ignore[func-returns-value]
    return sent[0].rpartition("/")[2]


def _invitation(door: SecondDoor) -> str:
    """Ana asks somebody into Riverside Kitchen."""
    by = f"account:{door.town.accounts['ana']}"
    with door.storage.writing() as session:
        said = {"email": "new@people.example", "role": "editor", "organization_id": str(ORGANIZATIONS["kitchen"]), "by": by}
        return make_link(session, "invite", at=door.at, sealer=door.sealer, **said, is_trusted=False)   # type: ignore[arg-type]
