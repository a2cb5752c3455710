"""Things of editing: a listing, and a draft that waits."""

from __future__ import annotations

from directory.accounts.actors import actor_of
from directory.editing import drafts
from directory.models import Account, Service
from tests.cast import LISTINGS
from tests.web.second_door import SecondDoor


def things(door: SecondDoor) -> dict[str, str]:
    """Addresses by the template of their route."""
    lunch = f"/desk/listings/{LISTINGS['lunch']}"
    draft = f"/desk/drafts/{_waiting_draft(door)}"
    return {
        "/desk/listings/{service_id:uuid}/edit": f"{lunch}/edit",
        "/desk/listings/{service_id:uuid}/edit/{part:str}": f"{lunch}/edit/offer",
        "/desk/drafts/{draft_id:uuid}": draft,
        "/desk/drafts/{draft_id:uuid}/edit": f"{draft}/edit",
        "/desk/drafts/{draft_id:uuid}/edit/{part:str}": f"{draft}/edit/offer",
        "/desk/drafts/{draft_id:uuid}/hand-in": f"{draft}/hand-in",
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
