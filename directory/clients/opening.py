"""Opening and changing the parts of a record: the one way in, which asks the rules first and writes down who looked in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID, uuid4

import msgspec
from msgspec import Struct
from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.consents import Agreed, list_consents
from directory.clients.keys import Locker, locker_of
from directory.clients.parts import PARTS
from directory.clients.records import get_known
from directory.clients.rules import Standing, is_outside, may_read_notes, may_write, parts_open, role_of
from directory.clients.watching import note_view
from directory.errors import NotFound, NotPermitted, Stale
from directory.models import Client, ClientEvent, ClientPart
from directory.sealing import Sealer

REASON_NEEDED = "This person is with a colleague. Write down why you need to look: the lead of your team and the person will see it."
MOVED_ON = "This was changed meanwhile, perhaps in another window. What you wrote is still here: look at both, then save again."


class Opened(Struct, kw_only=True):
    """A record as far as somebody may see it: ``texts`` the JSON of each part that is open and was written, ``open`` all that are open to them."""

    client: Client
    locker: Locker
    standing: Standing
    open: tuple[str, ...]
    texts: dict[str, str]
    versions: dict[str, int]
    consents: tuple[Agreed, ...]
    is_whole: bool = False
    """Everything is open, for a copy that goes to the person."""


def open_record(
    session: Session, client_id: UUID, actor: Actor, *, parts: Iterable[str] = PARTS, organization_id: UUID | None = None, purpose: str = "", reason: str = "",
    also: Iterable[str] = (), at: datetime, sealer: Sealer,
) -> Opened:  # fmt: skip
    """The parts of a record that somebody may see, opened; looking at another person's is written down in this transaction.

    ``organization_id`` is the agency they act for; None on one's own pages. ``NotFound`` for whoever may not know of the record, ``NotPermitted`` for a
    caseworker outside whose caseload it is and who wrote no ``reason``. ``also``: what is shown beside the parts, for the log (``notes``).
    """
    client, standing = get_known(session, client_id, actor, organization_id, at=at, reason=reason)
    if is_outside(standing) and not standing.is_lead and not reason.strip():
        raise NotPermitted(REASON_NEEDED)
    locker, consents = locker_of(session, client.id, sealer=sealer), list_consents(session, client.id, organization_id=organization_id)
    allowed = parts_open(standing, consents, parts, at)
    if not standing.is_self and organization_id and actor.account_id:
        note_view(
            session, locker, account_id=actor.account_id, organization_id=organization_id, role=role_of(standing),
            parts=(*allowed, *(also if may_read_notes(standing, consents, at) else ())),
            purpose=purpose or "together", why=reason, is_outside=is_outside(standing) and bool(reason.strip()), at=at,
        )  # fmt: skip
    rows = _rows(session, client.id, allowed)
    return Opened(
        client=client, locker=locker, standing=standing, open=allowed, consents=tuple(consents), versions={row.part: row.version for row in rows},
        texts={row.part: _for(standing, row.part, locker.open(row.sealed, "client_part", "sealed", row.part)) for row in rows},
    )  # fmt: skip


def open_whole(session: Session, client_id: UUID, actor: Actor, organization_id: UUID, *, reason: str, at: datetime, sealer: Sealer) -> Opened:
    """All of a record, for the copy that somebody without an account asked for; written down as all of it, with the reason."""
    client, standing = get_known(session, client_id, actor, organization_id, at=at, reason=reason)
    if client.account_id is not None or not (standing.is_caseworker and standing.in_caseload) or actor.account_id is None:
        raise NotPermitted("This is for whoever works with somebody without an account.")
    locker = locker_of(session, client.id, sealer=sealer)
    note_view(
        session, locker, account_id=actor.account_id, organization_id=organization_id, role="caseworker", parts=(*PARTS, "notes"), purpose="copy", why=reason,
        at=at,
    )  # fmt: skip
    rows = _rows(session, client.id, PARTS)
    return Opened(
        client=client, locker=locker, standing=standing, open=PARTS, consents=tuple(list_consents(session, client.id)), is_whole=True,
        versions={row.part: row.version for row in rows}, texts={row.part: locker.open(row.sealed, "client_part", "sealed", row.part) for row in rows},
    )  # fmt: skip


def open_own(session: Session, client: Client, actor: Actor, *, parts: Iterable[str] = PARTS, at: datetime, sealer: Sealer) -> Opened:
    """One's own record; nothing of it is logged, since nobody else looks."""
    return open_record(session, client.id, actor, parts=parts, at=at, sealer=sealer)


def write_part(
    session: Session, opened: Opened, part: str, text: str, *, version: int, by: str, at: datetime, kind: str = "", ref: str = "",
) -> int:  # fmt: skip
    """Change a part; gives its new version. ``version`` is the one that was changed from (0 for a part not yet written): ``Stale`` when it has moved on.

    With a ``kind`` it is noted as something that happened. ``NotPermitted`` unless it is one's own, or one writes for a person without an account who agreed.
    """
    if part not in PARTS:
        raise NotFound("There is no such part.")
    if not may_write(opened.standing, opened.consents, part, has_account=opened.client.account_id is not None, at=at):
        raise NotPermitted("Only the person can change this. You can propose it to them.")
    sealed = opened.locker.seal(text, "client_part", "sealed", part)
    _put(session, opened.client.id, part, sealed, version=version, by=by, at=at)
    if kind:
        note_event(session, opened.client.id, kind=kind, part=part, ref=ref, by=by, at=at)
    opened.client.touched_at = at
    opened.texts[part], opened.versions[part] = _for(opened.standing, part, text), version + 1
    return version + 1


def stored_text(session: Session, opened: Opened, part: str) -> str:
    """All that stands in a part, for whoever adds to it on the person's behalf: what they may not see themselves must not be lost by their adding."""
    row = session.get(ClientPart, (opened.client.id, part))
    return opened.locker.open(row.sealed, "client_part", "sealed", part) if row else ""


def note_event(
    session: Session, client_id: UUID, *, kind: str, part: str, ref: str = "", words: str = "", locker: Locker | None = None, by: str, at: datetime,
) -> None:  # fmt: skip
    """Write down that something happened; its words, where it has any, are sealed with ``locker``."""
    key = uuid4()
    seq = (session.scalar(select(func.max(ClientEvent.seq)).where(ClientEvent.client_id == client_id)) or 0) + 1
    sealed = locker.seal(words, "client_event", "words", key) if words and locker else None
    session.add(ClientEvent(id=key, client_id=client_id, seq=seq, kind=kind, part=part, ref=ref, words=sealed, at=at, by=by))
    session.flush()


def _for(standing: Standing, part: str, text: str) -> str:
    """A part as somebody may read it: how sure a person is of a goal is seen by nobody else, whatever they agreed to (practice row 20)."""
    if standing.is_self or part != "goals" or "confidence" not in text:
        return text
    said = msgspec.json.decode(text)
    for goal in said.get("goals", []):
        goal.pop("confidence", None)
    return msgspec.json.encode(said).decode()


def _rows(session: Session, client_id: UUID, parts: Iterable[str]) -> list[ClientPart]:
    return list(session.scalars(select(ClientPart).where(ClientPart.client_id == client_id, ClientPart.part.in_(tuple(parts))).order_by(ClientPart.part)))


def _put(session: Session, client_id: UUID, part: str, sealed: str, *, version: int, by: str, at: datetime) -> None:
    if version == 0:
        _put_first(session, ClientPart(client_id=client_id, part=part, sealed=sealed, version=1, saved_at=at, saved_by=by))
        return
    same = ClientPart.client_id == client_id, ClientPart.part == part, ClientPart.version == version
    said = {"sealed": sealed, "version": version + 1, "saved_at": at, "saved_by": by}
    moved = session.execute(update(ClientPart).where(*same).values(**said).returning(ClientPart.version).execution_options(synchronize_session=False))
    if moved.first() is None:
        raise Stale(MOVED_ON)
    session.expire_all()


def _put_first(session: Session, row: ClientPart) -> None:
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError as error:   # somebody wrote it first, perhaps at this moment
        raise Stale(MOVED_ON) from error
