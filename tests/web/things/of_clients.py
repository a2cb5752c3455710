"""Rosa's record with Alder House, where Nia works with her, and somebody without an account whom Nia works with, too."""

from __future__ import annotations

from uuid import UUID

from directory.clients.consents import give_consent
from directory.clients.joining import hand_link
from directory.clients.records import begin_with
from tests.clients import ALDER, actor, make_rosa, with_nia
from tests.web.second_door import SecondDoor


def things(door: SecondDoor) -> dict[str, str]:
    """Addresses by the template of their route."""
    with door.storage.writing(counting=True) as session:
        rosa = make_rosa(session, door.town, at=door.at, sealer=door.sealer)
        consent = with_nia(session, door.town, rosa, at=door.at).id
        nia = actor(session, door.town, "nia", at=door.at)
        client, _ = begin_with(session, nia, ALDER, at=door.at, sealer=door.sealer)
        give_consent(session, client, ALDER, purpose="together", parts=("label", "goals"), language="en", how="spoken", by=nia.by, at=door.at)
        token = hand_link(session, client.id, nia, ALDER, at=door.at, sealer=door.sealer)
    return {**_own(consent, token)}


def _own(consent: UUID, token: str) -> dict[str, str]:
    return {
        "/my/sharing/agencies/{organization_id:uuid}": f"/my/sharing/agencies/{ALDER}",
        "/my/sharing/agencies/{organization_id:uuid}/stop": f"/my/sharing/agencies/{ALDER}/stop",
        "/my/sharing/{consent_id:uuid}/take-back": f"/my/sharing/{consent}/take-back",
        "/my/join/{token:str}": f"/my/join/{token}",
    }
