"""Drafts: begun, saved section by section, handed in, decided. The last approved version stays public until the moment of approval.

Everything here is one transaction of the caller, with who and when. What a draft says is sealed: it may hold an address that is not public.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.duplicates.said import forget_said, keep_said
from directory.editing.applying import Overtaken, apply
from directory.editing.critical import critical_changes, tell_old_contact
from directory.editing.rows import moved, rows_of
from directory.editing.shared import decided_by_curators, shared_now
from directory.editing.sheet import Sheet, copied, decode, encode, sheet_of
from directory.editing.trying import as_if_applied
from directory.errors import Invalid, NotFound, Stale
from directory.exchange import records
from directory.exchange.intake.upsert import Key
from directory.exchange.records import Attribute
from directory.models import Draft, Organization, Service
from directory.permissions import Act, require
from directory.placing import take_back
from directory.sealing import Sealer

__all__ = ["Invalid", "Overtaken", "Page", "Waiting"]

OPEN = ("draft", "sent_back")
"""States in which whoever began a draft writes on."""
UNDECIDED = ("draft", "sent_back", "waiting")


class Page(Struct, frozen=True, kw_only=True):
    """A draft with what it says: the sheet as it is written, and the listing as it was when the draft was begun."""

    draft: Draft
    base: Sheet
    sheet: Sheet


class Waiting(Struct, frozen=True, kw_only=True):
    """A line of the curators' queue. ``critical`` names what it changes of how people reach the organization."""

    draft_id: UUID
    name: str
    organization: str
    since: datetime
    is_new: bool
    critical: tuple[str, ...]
    why: str


class Begun(Struct, frozen=True, kw_only=True):
    """A draft of a new listing that somebody has begun: ``state`` is one of ``UNDECIDED``."""

    draft_id: UUID
    name: str
    state: str
    saved_at: datetime


def begun(session: Session, organization_id: UUID, actor: Actor, *, sealer: Sealer) -> list[Begun]:
    """The new listings of an organization that somebody is writing, the last saved first; only their own, since nobody else sees a draft."""
    mine = select(Draft).where(Draft.account_id == actor.account_id, Draft.organization_id == organization_id, Draft.service_id.is_(None))
    rows = session.scalars(mine.where(Draft.state.in_(UNDECIDED)).order_by(Draft.saved_at.desc(), Draft.id))
    return [Begun(draft_id=row.id, name=opened(row, sealer=sealer).sheet.service.name, state=row.state, saved_at=row.saved_at) for row in rows]


def find(session: Session, service_id: UUID, actor: Actor) -> Draft | None:
    """The undecided draft of somebody for a listing, if there is one."""
    query = select(Draft).where(Draft.service_id == service_id, Draft.account_id == actor.account_id, Draft.state.in_(UNDECIDED))
    return session.scalars(query.order_by(Draft.saved_at.desc(), Draft.id).limit(1)).one_or_none()


def open_or_resume(session: Session, service: Service, actor: Actor, *, at: datetime, sealer: Sealer) -> Draft:
    """The draft that somebody writes for a listing: theirs, or a new one that says what the listing says now."""
    draft = find(session, service.id, actor)
    if draft is None:
        sheet = sheet_of(session, service.id, sealer=sealer, actor=actor)
        draft = _begin(session, actor, sheet, sheet, organization_id=service.organization_id, service_id=service.id, at=at, sealer=sealer)
    return draft


def begin_new(session: Session, organization: Organization, name: str, kind: str, actor: Actor, *, at: datetime, sealer: Sealer) -> Draft:
    """A draft of a new listing of an organization."""
    service = records.Service(id=uuid4(), name=name, organization_id=organization.id)
    service.attributes = [Attribute(id=uuid4(), link_type="kinds", taxonomy="kinds", code=kind)] if kind else []
    return begin_from(session, organization, Sheet(service=service), actor, at=at, sealer=sealer)


def begin_from(session: Session, organization: Organization, sheet: Sheet, actor: Actor, *, at: datetime, sealer: Sealer) -> Draft:
    """A draft of a new listing that says what a sheet says."""
    base = Sheet(service=records.Service(id=sheet.service.id, name="", organization_id=organization.id))
    return _begin(session, actor, base, sheet, organization_id=organization.id, service_id=None, at=at, sealer=sealer)


def opened(draft: Draft, *, sealer: Sealer) -> Page:
    """What a draft says; asking for permission is the caller's part (``permissions.get`` with ``SEE_DRAFT``)."""
    base, sheet = (decode(sealer.open(getattr(draft, name), bound_to=_row(draft.id, name))) for name in ("base", "content"))
    if draft.service_id is not None:   # the listing was merged into another since: the draft is about that one now
        base.service.id = sheet.service.id = draft.service_id
    return Page(draft=draft, base=base, sheet=sheet)


def save(session: Session, draft: Draft, sheet: Sheet, actor: Actor, *, at: datetime, sealer: Sealer) -> None:
    """Keep what was written; a draft that was sent back is being written again, one that waits is mended by a curator. ``Stale`` when it is decided."""
    if draft.state not in UNDECIDED:
        raise Stale("This draft was decided meanwhile.")
    draft.content = sealer.seal(encode(sheet), bound_to=_row(draft.id, "content"))
    draft.version, draft.saved_at = draft.version + 1, at
    draft.state = "draft" if draft.state == "sent_back" else draft.state
    # Whoever wrote last answers for it in the change log.
    draft.decided_by = None if actor.account_id == draft.account_id else actor.by
    session.flush()


def hide_at_once(session: Session, draft: Draft, actor: Actor, *, at: datetime, sealer: Sealer) -> int:
    """Take back the places that a draft hides and that are public still, without waiting for anybody: somebody may be in danger. Gives how many."""
    page = opened(draft, sealer=sealer)
    not_theirs = () if actor.has("curator") else page.sheet.shared
    hidden = [place for place in page.sheet.places if place.visibility != "public" and place.id not in not_theirs]
    before = [(place, known) for place in hidden if (known := page.base.place(place.id)) and known.visibility == "public"]
    for place, known in before:
        take_back(session, [place.id], place.visibility, by=actor.by, at=at, why="hidden at once", sealer=sealer, act=uuid4())
        known.visibility = place.visibility
    if before:
        draft.base = sealer.seal(encode(page.base), bound_to=_row(draft.id, "base"))
        session.flush()
    return len(before)


def hand_in(session: Session, draft: Draft, actor: Actor, *, at: datetime, sealer: Sealer, why: str = "") -> UUID | None:
    """Hand a draft in. One that ``goes_live`` is applied at once, and the id of its listing given; another waits for a curator, and gives None.

    ``Invalid`` when it changes nothing, ``Overtaken`` when somebody changed the same meanwhile. Where an untrusted editor changes how people reach the
    organization, the address that is listed now is told by mail.
    """
    if draft.state not in OPEN:
        raise Stale("This draft was handed in already.")
    _require_target(session, draft, actor, at=at)
    page = opened(draft, sealer=sealer)
    page.sheet.shared = shared_now(session, page.sheet)
    if changes_nothing(page):
        raise Invalid(draft="Nothing was changed yet.")
    draft.why, draft.handed_in_at, draft.note = why or None, at, None
    if goes_live(page, actor):
        return _apply(session, page, actor, at=at, sealer=sealer)
    draft.state = "waiting"
    tell_old_contact(session, draft.service_id, page.base, page.sheet, at=at, sealer=sealer)
    session.flush()
    return None


def goes_live(page: Page, actor: Actor) -> bool:
    """Whether what somebody hands in is applied at once: a curator's, and a trusted editor's that leaves places alone where other organizations are."""
    is_trusted = page.draft.organization_id in actor.trusted and not decided_by_curators(page.base, page.sheet)
    return actor.has("curator") or is_trusted


def take_up(session: Session, draft: Draft) -> None:
    """Take a draft that waits back, to write on."""
    if draft.state != "waiting":
        raise Stale("This draft was decided meanwhile.")
    draft.state, draft.handed_in_at = "draft", None
    session.flush()


def withdraw(session: Session, draft: Draft, actor: Actor, *, at: datetime) -> None:
    """Throw a draft away; nothing of it was ever public, and what it said is forgotten."""
    _decide(session, draft, "withdrawn", actor, at=at)


def approve(session: Session, draft: Draft, actor: Actor, *, at: datetime, sealer: Sealer, version: int, note: str = "") -> UUID:
    """A curator approves what waits, as it was looked at (``version``): it is applied in one act. ``Stale`` when it was written on meanwhile."""
    if draft.state != "waiting" or draft.version != version:
        raise Stale("This draft has changed since you looked at it.")
    draft.note = note or None
    return _apply(session, opened(draft, sealer=sealer), actor, at=at, sealer=sealer)


def send_back(session: Session, draft: Draft, actor: Actor, *, note: str, at: datetime) -> None:
    """A curator sends what waits back with a note that says what is missing."""
    if draft.state != "waiting":
        raise Stale("This draft was decided meanwhile.")
    if not note.strip():
        raise Invalid(note="Say what should be changed, so that they can do it.")
    draft.note, draft.state, draft.decided_at, draft.decided_by = note.strip(), "sent_back", at, actor.by
    session.flush()


def waiting(session: Session) -> Sequence[Draft]:
    """What waits for a curator, oldest first."""
    return session.scalars(select(Draft).where(Draft.state == "waiting").order_by(Draft.handed_in_at, Draft.id)).all()


def queue(session: Session, *, sealer: Sealer) -> list[Waiting]:
    """What waits, oldest first, each as a line."""
    names = {row.id: row.name for row in session.scalars(select(Organization).where(Organization.id.in_(select(Draft.organization_id))))}
    lines = []
    for draft in waiting(session):
        page = opened(draft, sealer=sealer)
        organization = names.get(draft.organization_id, "") if draft.organization_id else ""
        lines.append(Waiting(
            draft_id=draft.id, name=page.sheet.service.name, organization=organization, since=draft.handed_in_at or draft.saved_at,
            is_new=draft.service_id is None, critical=critical_changes(page.base, page.sheet) if draft.service_id else (), why=draft.why or "",
        ))  # fmt: skip
    return lines


def settle(session: Session, draft: Draft, actor: Actor, *, theirs: frozenset[tuple[Key, str | None]], at: datetime, sealer: Sealer) -> None:
    """Bring a draft onto the listing as it is now: of every clash what was written here is kept, but for those named in ``theirs``."""
    if draft.service_id is None:
        raise NotFound("A new listing has nothing to be brought onto.")
    page = opened(draft, sealer=sealer)
    base = sheet_of(session, draft.service_id, sealer=sealer, actor=actor)

    def now(key: UUID) -> Sheet:
        return copied(sheet_of(session, key, sealer=sealer, actor=actor))

    sheet = as_if_applied(session, draft.service_id, page.base, page.sheet, now, actor=actor, at=at, sealer=sealer, theirs=theirs)
    draft.base = sealer.seal(encode(base), bound_to=_row(draft.id, "base"))
    save(session, draft, sheet, actor, at=at, sealer=sealer)


def changes_nothing(page: Page) -> bool:
    """Whether a draft says what its base says."""
    return page.draft.service_id is not None and moved(rows_of(page.base), rows_of(page.sheet)).is_nothing


def _apply(session: Session, page: Page, actor: Actor, *, at: datetime, sealer: Sealer) -> UUID:
    draft, act = page.draft, uuid4()
    key = apply(
        session, draft.service_id, page.base, page.sheet, by=draft.decided_by or f"account:{draft.account_id}", at=at, act=act, sealer=sealer, why=draft.why,
        is_decided=actor.has("curator"),
    )  # fmt: skip
    _decide(session, draft, "applied", actor, at=at)
    draft.service_id, draft.act = key, act
    keep_said(session, draft, key)
    session.flush()
    return key


def _decide(session: Session, draft: Draft, state: str, actor: Actor, *, at: datetime) -> None:
    """End a draft. What it said is not needed any more: the change log has what was applied, and nothing else is kept."""
    if draft.state not in UNDECIDED:
        raise Stale("This draft was decided meanwhile.")
    draft.state, draft.decided_at, draft.decided_by = state, at, actor.by
    draft.content = draft.base = ""
    if state == "withdrawn":
        forget_said(session, draft)
    session.flush()


def _begin(
    session: Session, actor: Actor, base: Sheet, sheet: Sheet, *, organization_id: UUID | None, service_id: UUID | None, at: datetime, sealer: Sealer
) -> Draft:
    key = uuid4()
    sealed = {name: sealer.seal(encode(one), bound_to=_row(key, name)) for name, one in (("base", base), ("content", sheet))}
    account = actor.account_id
    if account is None:
        raise NotFound("There is no such page here.")
    draft = Draft(id=key, account_id=account, organization_id=organization_id, service_id=service_id, state="draft", version=0, saved_at=at, **sealed)
    session.add(draft)
    session.flush()
    return draft


def _require_target(session: Session, draft: Draft, actor: Actor, *, at: datetime) -> None:
    """A right that somebody has lost since they began is gone."""
    if draft.service_id is not None:
        require(actor, Act.EDIT_LISTING, session.get(Service, draft.service_id), at=at)
    else:
        require(actor, Act.ADD_LISTING, session.get(Organization, draft.organization_id) if draft.organization_id else None, at=at)


def _row(key: UUID, name: str) -> str:
    return f"draft|{name}|{key}"
