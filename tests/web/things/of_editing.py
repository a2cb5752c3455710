"""Things of editing: a listing, and a draft that waits."""

from __future__ import annotations

from directory.accounts.actors import actor_of
from directory.editing import drafts
from directory.models import Account, Service
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.web.second_door import SecondDoor


def things(door: SecondDoor) -> dict[str, str]:
    """Addresses by the template of their route."""
    lunch = f"/desk/listings/{LISTINGS['lunch']}"
    waiting = _waiting_draft(door)
    draft = f"/desk/drafts/{waiting}"
    verbs = ("edit", "preview", "hand-in", "apart", "settle", "take-back", "withdraw")
    of_draft = {f"/desk/drafts/{{draft_id:uuid}}/{verb}": f"{draft}/{verb}" for verb in verbs}
    decided = {
        f"/desk/curator/drafts/{{draft_id:uuid}}{verb}": f"/desk/curator/drafts/{waiting}{verb}" for verb in ("", "/approve", "/settle", "/send-back")
    }
    return {
        **of_draft, **decided,
        "/desk/listings/{service_id:uuid}/missing": f"{lunch}/missing",
        "/desk/listings/{service_id:uuid}/dates": f"{lunch}/dates",
        "/desk/listings/{service_id:uuid}/space": f"{lunch}/space",
        "/desk/organizations/{organization_id:uuid}/new": f"/desk/organizations/{ORGANIZATIONS['kitchen']}/new",
        "/desk/organizations/{organization_id:uuid}/popup": f"/desk/organizations/{ORGANIZATIONS['kitchen']}/popup",
        "/desk/listings/{service_id:uuid}/edit": f"{lunch}/edit",
        "/desk/listings/{service_id:uuid}/edit/{part:str}": f"{lunch}/edit/offer",
        "/desk/drafts/{draft_id:uuid}": draft,
        "/desk/drafts/{draft_id:uuid}/edit/{part:str}": f"{draft}/edit/offer",
    }

def _waiting_draft(door: SecondDoor) -> str:
    """Ben's draft of a listing, which waits for a curator."""
    with door.storage.writing() as session:
        ben = actor_of(session, session.get_one(Account, door.town.accounts["ben"]), level=1, confirmed_at=door.at)
        draft = drafts.open_or_resume(session, session.get_one(Service, LISTINGS["class"]), ben, at=door.at, sealer=door.sealer)
        sheet = drafts.opened(draft, sealer=door.sealer).sheet
        sheet.service.name = "Cooking for eight"
        drafts.save(session, draft, sheet, ben, at=door.at, sealer=door.sealer)
        drafts.hand_in(session, draft, ben, at=door.at, sealer=door.sealer)
        return str(draft.id)
