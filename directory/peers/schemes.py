"""Schemes: peer support that an organization answers for. Who sees one, who takes part in one, and who keeps it.

An internal scheme is for an organization's own people. To everybody else it is not there: not in a list, not in a search, not by its id (practice row 40).
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.clients.agencies import list_team
from directory.errors import Invalid, NotFound
from directory.models import Account, Organization, PeerScheme

NONE: Final = "There is no such page here."
COORDINATOR: Final = "coordinator"


class Scheme(Struct, frozen=True, kw_only=True):
    """A scheme as people read it. ``moderator`` is a name, for those who take part; empty where there is none any more."""

    id: UUID
    organization_id: UUID
    organization: str
    name: str
    words: str
    moderator_id: UUID | None
    moderator: str
    is_internal: bool
    is_open: bool
    holds_contacts: bool = False


def list_public(session: Session) -> list[Scheme]:
    """Every scheme that anybody may read of and that takes people on, by name."""
    return _read(session, _select().where(PeerScheme.is_internal.is_(False), PeerScheme.is_open))


def get_public(session: Session, scheme_id: UUID) -> Scheme:
    """One that anybody may read of; ``NotFound`` for an internal one, as if it were not there."""
    return _only(_read(session, _select().where(PeerScheme.id == scheme_id, PeerScheme.is_internal.is_(False), PeerScheme.is_open)))


def list_for(session: Session, actor: Actor) -> list[Scheme]:
    """The schemes that somebody could take part in: the public ones and those of their own organizations."""
    mine = PeerScheme.organization_id.in_(people_of(actor))
    return _read(session, _select().where(PeerScheme.is_open, or_(PeerScheme.is_internal.is_(False), mine)))


def get_for(session: Session, actor: Actor, scheme_id: UUID, *, also: frozenset[UUID] = frozenset()) -> Scheme:
    """A scheme for somebody who may take part, or does already (``also``: those they are in, which they see although it takes on nobody new)."""
    found = [one for one in list_for(session, actor) if one.id == scheme_id]
    return _only(found or (_read(session, _select().where(PeerScheme.id == scheme_id)) if scheme_id in also else []))


def people_of(actor: Actor) -> frozenset[UUID]:
    """The organizations whose own people somebody is of, staff and volunteers alike: those that gave them a role."""
    return actor.edits | actor.casework | actor.leads | actor.coordinates


def list_kept(session: Session, organization_id: UUID) -> list[Scheme]:
    """Every scheme of an organization, for its coordinators; the open ones first."""
    return sorted(_read(session, _select().where(PeerScheme.organization_id == organization_id)), key=lambda one: not one.is_open)


def get_kept(session: Session, organization_id: UUID, scheme_id: UUID) -> Scheme:
    """A scheme of this organization; ``NotFound`` for another's."""
    return _only(_read(session, _select().where(PeerScheme.id == scheme_id, PeerScheme.organization_id == organization_id)))


def make_scheme(session: Session, organization: Organization, *, name: str, words: str, moderator_id: UUID, is_internal: bool, at: datetime) -> PeerScheme:
    """Begin a scheme; ``Invalid`` without a name or a moderator who is one of the organization's coordinators."""
    _check(session, organization.id, name, words, moderator_id)
    row = PeerScheme(
        id=uuid4(), organization_id=organization.id, name=name.strip(), words=words.strip(), moderator_id=moderator_id, is_internal=is_internal, is_open=True,
        made_at=at,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def change_scheme(session: Session, scheme_id: UUID, *, name: str, words: str, moderator_id: UUID, is_open: bool, holds_contacts: bool = False) -> None:
    """Change what is said of a scheme. Whether it is internal stays as it was begun: people came to it as what it is."""
    row = session.get_one(PeerScheme, scheme_id)
    _check(session, row.organization_id, name, words, moderator_id)
    row.name, row.words, row.moderator_id, row.is_open, row.holds_contacts = name.strip(), words.strip(), moderator_id, is_open, holds_contacts
    session.flush()


def list_moderators(session: Session, organization_id: UUID) -> list[tuple[UUID, str]]:
    """Whom a scheme of an organization can name: its coordinators."""
    return [(one.account_id, one.name) for one in list_team(session, organization_id, COORDINATOR)]


def _check(session: Session, organization_id: UUID, name: str, words: str, moderator_id: UUID) -> None:
    errors = {} if 0 < len(name.strip()) <= 120 else {"name": "Give it a name of up to 120 characters."}
    errors |= {} if 0 < len(words.strip()) <= 2_000 else {"words": "Say in a few sentences what it is, and for whom."}
    if moderator_id not in dict(list_moderators(session, organization_id)):
        errors["moderator"] = "Choose who answers when somebody reports something."
    if errors:
        raise Invalid(**errors)


Rows = Select[PeerScheme, str, str]


def _select() -> Rows:
    names = select(PeerScheme, Organization.name, Account.name).join(Organization, Organization.id == PeerScheme.organization_id)
    return names.outerjoin(Account, Account.id == PeerScheme.moderator_id).order_by(PeerScheme.name, PeerScheme.id)


def _read(session: Session, found: Rows) -> list[Scheme]:
    return [
        Scheme(
            id=row.id, organization_id=row.organization_id, organization=organization, name=row.name, words=row.words, moderator_id=row.moderator_id,
            moderator=moderator or "", is_internal=row.is_internal, is_open=row.is_open,
            holds_contacts=row.holds_contacts,
        )
        for row, organization, moderator in session.execute(found)
    ]


def _only(found: list[Scheme]) -> Scheme:
    if not found:
        raise NotFound(NONE)
    return found[0]
