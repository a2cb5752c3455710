"""The people of an organization: asking somebody in, setting whom to trust, letting go; there is always an owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.accounts.invitations import take_role
from directory.accounts.links import Opened, look_at, make_link, use
from directory.accounts.people import KEEPERS, address_of, get_account, grant, may_still_ask, members, revoke, tidy_address
from directory.accounts.throttle import MAIL_ACCOUNT, take
from directory.errors import Invalid, NotFound
from directory.models import Account, Base, Organization, Role
from directory.outbox import Letter, post
from directory.sealing import Sealer

Addressed = Callable[[str], str]
ACCEPT: Final = "/desk/invitations/"
ROLES: Final = {"editor": "Editor: changes wait for a curator until you trust them", "owner": "Owner: may do all that you may"}
TEAM_ROLES: Final = {
    "caseworker": "Caseworker: works with people who agreed", "lead": "Team lead: sees workload and what is overdue",
    "coordinator": "Coordinator: keeps peer support and introduces people",
}  # fmt: skip
_ASKED: Final = {
    "caseworker": "to work with people at {} as a caseworker", "lead": "to lead the team of caseworkers of {}",
    "coordinator": "to keep the peer support of {}",
}  # fmt: skip


class Member(Struct, frozen=True, kw_only=True):
    """Somebody of an organization, as its owners see them."""

    account_id: UUID
    name: str
    email: str
    role: str
    is_trusted: bool


class Invitation(Struct, frozen=True, kw_only=True):
    """What an invitation is for."""

    organization_id: UUID
    organization: str
    role: str


def list_members(session: Session, organization_id: UUID, *, sealer: Sealer) -> list[Member]:
    """Everybody of an organization, owners first."""
    return [
        Member(account_id=one.id, name=one.name, email=address_of(one, sealer=sealer), role=role.role, is_trusted=role.is_trusted or role.role == "owner")
        for one, role in members(session, organization_id)
    ]


def invite(session: Session, organization: Organization, email: str, role: str, *, actor: Actor, at: datetime, sealer: Sealer, addressed: Addressed) -> None:
    """Ask somebody in by mail; ``Invalid`` for no address or role, ``TooOften`` after some a day. Nothing tells whether they have an account."""
    address = tidy_address(email)
    if role not in ROLES and role not in TEAM_ROLES:
        raise Invalid(role="Choose what they may do.")
    take(session, MAIL_ACCOUNT, f"invite|{actor.by}", at=at, sealer=sealer)
    take(session, MAIL_ACCOUNT, f"invite|{address}", at=at, sealer=sealer)
    token = make_link(
        session, "invite", at=at, sealer=sealer, email=address, role=role, organization_id=str(organization.id), is_trusted=False, by=actor.by,
    )
    wish = _ASKED.get(role, "to help keep the listings of {} up to date").format(organization.name)
    text = (
        f"{actor.name} asks you {wish}. Open this page within two weeks to say yes:\n\n"
        f"{addressed(ACCEPT + token)}\n\nIf you do not know them, you need do nothing."
    )
    post(session, Letter(to=address, subject="An invitation", text=text), at=at, sealer=sealer)


def look_at_invitation(session: Session, token: str, *, at: datetime, sealer: Sealer) -> Invitation:
    """What an invitation is for, without using it; ``NotFound`` when it is not good any more, or whoever asked may ask no more."""
    return _invitation(session, look_at(session, token, "invite", at=at, sealer=sealer))


def accept(session: Session, token: str, account: Account, *, at: datetime, sealer: Sealer) -> Invitation:
    """Say yes: the account takes the role that it was asked for, unless it has a greater one."""
    opened = use(session, token, "invite", at=at, sealer=sealer)
    invitation = _invitation(session, opened)
    take_role(session, account, opened, at=at)
    return invitation


def set_trust(session: Session, organization_id: UUID, account_id: UUID, *, is_trusted: bool, by: str, at: datetime) -> None:
    """Let an editor's changes go live at once, or wait."""
    account, role = _member(session, organization_id, account_id)
    if role.role != "editor":
        raise Invalid(member="An owner's changes go live at once anyway.")
    grant(session, account, "editor", by=by, at=at, organization_id=organization_id, is_trusted=is_trusted)


def let_go(session: Session, organization: Organization, account_id: UUID, *, by: str, at: datetime, sealer: Sealer) -> None:
    """Take somebody's role, sign them out and tell them; ``Invalid`` for the last owner: there must be somebody who answers for the listings."""
    one_at_a_time(session, organization.id)
    account, role = _member(session, organization.id, account_id)
    owners = [one for one, held in members(session, organization.id) if held.role == "owner"]
    if role.role == "owner" and len(owners) < 2:
        raise Invalid(member="The last owner cannot leave. Invite another owner first.")
    revoke(session, account, role.role, by=by, at=at, organization_id=organization.id)
    text = f"You do not look after the listings of {organization.name} any more. Thank you for what you did. If this is a mistake, ask one of its owners."
    letter = Letter(to=address_of(account, sealer=sealer), subject="About a listing you looked after", text=text)
    post(session, letter, at=at, sealer=sealer, account_id=account.id)


def one_at_a_time(session: Session, organization_id: UUID) -> None:
    """Let nobody else change who owns an organization until this transaction ends.

    Two who come at once must not both find it without an owner, or both leave it. A row that is written, not only locked, makes PostgreSQL refuse the
    later one, whose view of the roles is from before; it may try again.
    """
    table = Base.metadata.tables["organization"]
    session.execute(update(table).where(table.c.id == organization_id).values(name=table.c.name))


def _invitation(session: Session, opened: Opened) -> Invitation:
    """``NotFound`` unless it is one into an organization, by somebody who may still ask people in."""
    said, gone = opened.subject, NotFound("This invitation is not good any more.")
    organization = session.get(Organization, UUID(said["organization_id"])) if said.get("organization_id") else None
    if organization is None or said.get("role") not in {**ROLES, **TEAM_ROLES} or not may_still_ask(
        session, said["by"], organization.id, said["role"],
    ):
        raise gone
    return Invitation(organization_id=organization.id, organization=organization.name, role=said["role"])


def _member(session: Session, organization_id: UUID, account_id: UUID) -> tuple[Account, Role]:
    found = select(Role).where(Role.account_id == account_id, Role.organization_id == organization_id, Role.role.in_(KEEPERS)).order_by(Role.role.desc())
    role = session.scalars(found).first()
    if role is None:
        raise NotFound("There is no such member.")
    return get_account(session, account_id), role
