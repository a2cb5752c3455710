"""What caseworkers write beside a record: notes that the client reads, professional notes, and what waits for the client's yes.

A strength that somebody noticed and a goal that somebody proposes are seen by the client and by whoever wrote them, and by nobody else, until the
client says yes; then they become a part of the record, and the waiting line is gone. A no leaves nothing.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.opening import Opened, note_event, stored_text, write_part
from directory.clients.rules import may_read_notes
from directory.errors import Invalid, NotFound, NotPermitted
from directory.models import Account, ClientNote, Organization
from directory.papers import PARTS
from directory.papers.parts import Achievement, Achievements, Goal, Goals, OwnWords

KINDS: Final = {"note": "Note that the person reads", "professional": "Professional note", "noticed": "I noticed", "goal": "Goal to propose"}
WAITING: Final = frozenset({"noticed", "goal"})
LONGEST: Final = 2_000
ONE_LINE: Final = 200


class Note(Struct, frozen=True, kw_only=True):
    """One note, opened."""

    id: UUID
    organization_id: UUID
    organization: str
    account_id: UUID | None
    by: str
    kind: str
    words: str
    why: str
    at: datetime

    @property
    def waits(self) -> bool:
        """Whether it waits for the client's yes."""
        return self.kind in WAITING


def write_note(session: Session, opened: Opened, actor: Actor, kind: str, words: str, *, why: str = "", at: datetime) -> UUID:
    """Write something beside a record; only whoever holds the client, and only while the client lets them work together. ``Invalid`` says what it lacks."""
    standing, said = opened.standing, words.strip()
    if standing.organization_id is None or not (standing.in_caseload and may_read_notes(standing, opened.consents, at)):
        raise NotPermitted("Notes are open while the person lets you work together. Ask them first.")
    most = ONE_LINE if kind in WAITING else LONGEST
    if kind not in KINDS:
        raise Invalid(kind="Choose what kind of note it is.")
    if not said or "\x00" in said + why:
        raise Invalid(words="Write it down first.")
    if len(said) > most:
        raise Invalid(words=f"Use at most {most} characters.")
    if len(why) > LONGEST:
        raise Invalid(why=f"Use at most {LONGEST} characters.")
    key = uuid4()
    sealed = opened.locker.seal(msgspec.json.encode({"words": said, "why": why.strip()}).decode(), "client_note", "sealed", key)
    session.add(
        ClientNote(id=key, client_id=opened.client.id, organization_id=standing.organization_id, account_id=actor.account_id, kind=kind, sealed=sealed, at=at),
    )
    opened.client.touched_at = at
    session.flush()
    return key


def list_notes(session: Session, opened: Opened, actor: Actor, *, at: datetime) -> list[Note]:
    """The notes that somebody may read, the last first. The client reads all but professional ones; see the top for what waits."""
    notes = _all(session, opened)
    if opened.standing.is_self:
        return [one for one in notes if one.kind != "professional"]
    if not may_read_notes(opened.standing, opened.consents, at):
        return []
    mine = opened.standing.organization_id
    return [one for one in notes if one.organization_id == mine and (not one.waits or one.account_id == actor.account_id)]


def all_notes(session: Session, opened: Opened) -> list[Note]:
    """Every note with a client, professional ones too: for the copy of everything that is theirs by right. ``NotPermitted`` for others."""
    if not (opened.standing.is_self or opened.is_whole):
        raise NotPermitted("Only the person can ask for this.")
    return _all(session, opened)


def accept(session: Session, opened: Opened, note_id: UUID, *, into: str, words: str = "", by: str, at: datetime) -> None:
    """The client's yes, in their own words if they change them: a goal becomes a goal; a strength goes where the client chooses.

    ``into`` is ``goals``, ``own_words`` or ``achievements``. Where the client has no account, whoever writes for them says that they agreed.
    """
    row, note = _waiting(session, opened, note_id)
    said = " ".join(words.split()) or note.words
    if len(said) > ONE_LINE or "\x00" in said:
        raise Invalid(words=f"Use at most {ONE_LINE} characters.")
    if (into == "goals") != (note.kind == "goal") or into not in ("goals", "own_words", "achievements"):
        raise Invalid(into="Choose where it belongs.")
    before = stored_text(session, opened, into) or "{}"
    after = _added(before, into, said, note.why)
    write_part(session, opened, into, after, version=opened.versions.get(into, 0), by=by, at=at, kind="accepted")
    session.delete(row)
    session.flush()


def decline(session: Session, opened: Opened, note_id: UUID, *, by: str, at: datetime) -> None:
    """The client's no, without a reason: nothing of it stays."""
    row, _ = _waiting(session, opened, note_id)
    if not opened.standing.is_self and opened.client.account_id is not None:
        raise NotPermitted("Only the person can answer this.")
    session.delete(row)
    note_event(session, opened.client.id, kind="declined", part="notes", by=by, at=at)


def _added(before: str, into: str, words: str, why: str) -> str:
    """A part with one thing more; ``Invalid`` when there is no room."""
    try:
        part = msgspec.json.decode(before, type=PARTS[into])
        after: Goals | Achievements | OwnWords
        if isinstance(part, Goals):
            after = Goals(goals=(*part.goals, Goal(key=f"g-{secrets.token_hex(6)}", words=words, why=why)))
        elif isinstance(part, Achievements):
            after = Achievements(achievements=(*part.achievements, Achievement(words=words)))
        elif isinstance(part, OwnWords):
            lines = "\n".join(filter(None, (part.good_at, words)))
            after = msgspec.structs.replace(part, good_at=lines)
        else:
            raise Invalid(into="Choose where it belongs.")
        text = msgspec.json.encode(after).decode()
        msgspec.json.decode(text, type=PARTS[into])
    except msgspec.ValidationError:
        raise Invalid(into="There is no room left there. Take something out first, or choose another place.") from None
    return text


def _waiting(session: Session, opened: Opened, note_id: UUID) -> tuple[ClientNote, Note]:
    """What waits, for whoever may answer it: the client, or for one without an account whoever wrote it down."""
    if not opened.standing.is_self and not (opened.standing.is_caseworker and opened.standing.in_caseload):
        raise NotPermitted("This person is with a colleague.")
    row = session.get(ClientNote, note_id)
    if row is None or row.client_id != opened.client.id or row.kind not in WAITING:
        raise NotFound("There is no such page here.")
    if not opened.standing.is_self and row.organization_id != opened.standing.organization_id:
        raise NotFound("There is no such page here.")
    return row, _opened(row, "", "", opened)


def _all(session: Session, opened: Opened) -> list[Note]:
    found = (
        select(ClientNote, Account.name, Organization.name)
        .outerjoin(Account, Account.id == ClientNote.account_id).join(Organization, Organization.id == ClientNote.organization_id)
        .where(ClientNote.client_id == opened.client.id).order_by(ClientNote.at.desc(), ClientNote.id)
    )  # fmt: skip
    return [_opened(row, name or "", organization, opened) for row, name, organization in session.execute(found)]


def _opened(row: ClientNote, name: str, organization: str, opened: Opened) -> Note:
    said = msgspec.json.decode(opened.locker.open(row.sealed, "client_note", "sealed", row.id))
    return Note(
        id=row.id, organization_id=row.organization_id, organization=organization, account_id=row.account_id, by=name, kind=row.kind, words=said["words"],
        why=said["why"], at=row.at,
    )  # fmt: skip
