"""A copy of everything that is kept of a person: to read, and for programs. Names of other people are left out; who acted is said by role and agency."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.consents import Agreed, list_consents
from directory.clients.keys import locker_of
from directory.clients.notes import Note, all_notes
from directory.clients.opening import Opened, open_own
from directory.clients.records import own_records
from directory.clients.watching import Looked, list_views
from directory.clients.wording import words
from directory.models import Caseload, Client, ClientEvent, Organization
from directory.peers.copying import Part, parts_of, to_plain
from directory.peers.talking.copying import Written, said_of, written_by
from directory.sealing import Sealer

VERSION = 1
ALL = 1_000_000


class Copied(Struct, frozen=True, kw_only=True):
    """Everything of one record: the parts as they were opened, and the rest in the shapes that pages show."""

    client: Client
    texts: dict[str, str]
    consents: tuple[Agreed, ...]
    notes: tuple[Note, ...]
    views: tuple[Looked, ...]
    events: tuple[tuple[datetime, str, str], ...]
    agencies: tuple[tuple[str, str, datetime, datetime | None], ...]
    names: dict[str, str]
    written: tuple[Written, ...] = ()
    taken_part: tuple[Part, ...] = ()


def copies_of(session: Session, actor: Actor, *, at: datetime, sealer: Sealer) -> list[Copied]:
    """Everything of each record of one's own."""
    return [copied(session, open_own(session, client, actor, at=at, sealer=sealer), at=at, sealer=sealer) for client in own_records(session, actor)]


def to_json(copies: list[Copied], *, at: datetime) -> bytes:
    """The copy for programs: JSON in UTF-8. ``parts`` are the parts of papers, so that a file of papers can be made of them."""
    said = {"version": VERSION, "made_at": at.isoformat(), "records": [_record(one) for one in copies]}
    return msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n"


def _record(one: Copied) -> dict[str, Any]:
    return {
        "made_at": one.client.made_at.isoformat(),
        "parts": {part: msgspec.json.decode(text) for part, text in one.texts.items()},
        "agencies": [
            {"agency": name, "reference": reference, "since": since.isoformat(), "until": until.isoformat() if until else None}
            for name, reference, since, until in one.agencies
        ],
        "consents": [
            {
                "agency": one.names[str(given.organization_id)], "purpose": given.purpose, "parts": list(given.parts), "how": given.how,
                "language": given.language, "wording": given.wording, "words": _words(given, one), "starts_at": given.starts_at.isoformat(),
                "ends_at": given.ends_at.isoformat(), "taken_back_at": given.withdrawn_at.isoformat() if given.withdrawn_at else None,
            }
            for given in one.consents
        ],
        "notes": [{"agency": note.organization, "by": "a caseworker", "kind": note.kind, "words": note.words, "why": note.why, "at": note.at.isoformat()}
                  for note in one.notes],
        "looked": [
            {"at": view.at.isoformat(), "agency": view.organization, "role": view.role, "parts": list(view.parts), "purpose": view.purpose, "why": view.why}
            for view in one.views
        ],
        "peer_support": said_of(one.written),
        "peer_schemes": to_plain(one.taken_part),
        "happened": [{"at": at.isoformat(), "what": kind, "part": part} for at, kind, part in one.events],
    }  # fmt: skip


def _words(given: Agreed, one: Copied) -> str:
    read = words(given.language, given.wording)
    return read.sentence(given.purpose, one.names[str(given.organization_id)]) if given.purpose in read.said else ""


def copied(session: Session, opened: Opened, *, at: datetime, sealer: Sealer) -> Copied:
    """Everything of one record that stands open."""
    client = opened.client
    consents = list_consents(session, client.id)
    events = session.scalars(select(ClientEvent).where(ClientEvent.client_id == client.id).order_by(ClientEvent.at, ClientEvent.id))
    held = select(Caseload, Organization.name).join(Organization, Organization.id == Caseload.organization_id).where(Caseload.client_id == client.id)
    names = select(Organization.id, Organization.name).where(Organization.id.in_({one.organization_id for one in consents}))
    return Copied(
        client=client, texts=opened.texts, consents=tuple(consents), notes=tuple(all_notes(session, opened)),
        views=tuple(list_views(session, locker_of(session, client.id, sealer=sealer), most=ALL)),
        events=tuple((row.at, row.kind, row.part) for row in events),
        agencies=tuple((name, row.reference, row.since, row.until) for row, name in session.execute(held.order_by(Caseload.since, Caseload.id))),
        names={str(key): name for key, name in session.execute(names)},
        written=tuple(written_by(session, client.id, at=at, sealer=sealer)), taken_part=parts_of(session, client.id, sealer=sealer),
    )  # fmt: skip
