"""Rosa's record with Alder House, where Nia works with her, and somebody without an account whom Nia works with, too."""

from __future__ import annotations

from uuid import UUID

from directory.clients.consents import give_consent
from directory.clients.joining import hand_link
from directory.clients.notes import write_note
from directory.clients.opening import open_record
from directory.clients.records import begin_with
from tests.clients import ALDER, actor, make_rosa, with_nia
from tests.web.second_door import SecondDoor


def things(door: SecondDoor) -> dict[str, str]:
    """Addresses by the template of their route."""
    with door.storage.writing(counting=True) as session:
        rosa = make_rosa(session, door.town, at=door.at, sealer=door.sealer)
        shared = with_nia(session, door.town, rosa, at=door.at).id
        nia = actor(session, door.town, "nia", at=door.at)
        client, _ = begin_with(session, nia, ALDER, at=door.at, sealer=door.sealer)
        given = give_consent(session, client, ALDER, purpose="together", parts=("label", "goals"), language="en", how="spoken", by=nia.by, at=door.at)
        seen = open_record(session, rosa.id, nia, parts=(), organization_id=ALDER, at=door.at, sealer=door.sealer)
        mine = write_note(session, seen, nia, "goal", "Sing", at=door.at)
        token = hand_link(session, client.id, nia, ALDER, at=door.at, sealer=door.sealer)
        opened = open_record(session, client.id, nia, parts=(), organization_id=ALDER, at=door.at, sealer=door.sealer)
        note = write_note(session, opened, nia, "goal", "Cook for ten", at=door.at)
    own = {"/my/notes/{client_id:uuid}/{note_id:uuid}": f"/my/notes/{rosa.id}/{mine}"}
    return {**own, **_own(shared, token), **_agency(client.id, note, given.id), **_team(door)}


AGENCY = "/desk/agencies/{organization_id:uuid}"
CLIENT = f"{AGENCY}/clients/{{client_id:uuid}}"


def _own(consent: UUID, token: str) -> dict[str, str]:
    return {
        "/my/sharing/agencies/{organization_id:uuid}": f"/my/sharing/agencies/{ALDER}",
        "/my/sharing/agencies/{organization_id:uuid}/stop": f"/my/sharing/agencies/{ALDER}/stop",
        "/my/sharing/{consent_id:uuid}/take-back": f"/my/sharing/{consent}/take-back",
        "/my/join/{token:str}": f"/my/join/{token}",
    }


def _agency(client: UUID, note: UUID, consent: UUID) -> dict[str, str]:
    alder = f"/desk/agencies/{ALDER}"
    here = f"{alder}/clients/{client}"
    return {
        AGENCY: alder, f"{AGENCY}/clients/new": f"{alder}/clients/new", CLIENT: here,
        **{f"{CLIENT}/{end}": f"{here}/{end}" for end in ("take", "work", "look", "notes", "plain", "consent", "link", "rights", "copy", "erase")},
        f"{CLIENT}/notes/{{note_id:uuid}}": f"{here}/notes/{note}", f"{CLIENT}/consent/{{consent_id:uuid}}/take-back": f"{here}/consent/{consent}/take-back",
    }


def _team(door: SecondDoor) -> dict[str, str]:
    alder = f"/desk/agencies/{ALDER}"
    ends = {f"{AGENCY}/{end}": f"{alder}/{end}" for end in ("team", "supervision", "looks", "keeping")}
    return {**ends, f"{AGENCY}/team/{{account_id:uuid}}/leave": f"{alder}/team/{door.town.accounts['omar']}/leave"}
