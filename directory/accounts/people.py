"""Accounts and their roles: making them, finding one by its address, and giving and taking what each may do."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.guessable import is_guessable
from directory.accounts.passwords import LONGEST, SHORTEST, hash_password, is_password
from directory.accounts.sign_ins import sign_out_everywhere
from directory.changes import record_change
from directory.errors import Invalid, NotFound
from directory.models import Account, Role
from directory.sealing import Sealer

_ADDRESS = re.compile(r"[^@\s<>\"',;]{1,64}@[^@\s<>\"',;]{1,190}\.[^@\s<>\"',;.]{2,63}")
KEEPERS = ("owner", "editor")
"""Roles within an organization that keep its listings; the others hold a caseload."""
TEAM = ("caseworker", "lead", "coordinator")
"""Roles of those who work with people."""
ROLE_WORDS = {
    "administrator": "Administrator", "curator": "Curator", "caseworker": "Caseworker", "supporter": "Peer supporter", "client": "Client",
    "owner": "Owner", "editor": "Editor", "lead": "Team lead", "coordinator": "Coordinator of peer support",
}  # fmt: skip


def make_account(session: Session, *, name: str, email: str, password: str | None, at: datetime, sealer: Sealer) -> Account:
    """A new account without any role; ``Invalid`` when the address is none or is in use, or the password is too short."""
    address, key = tidy_address(email), uuid4()
    if find_account(session, address, sealer=sealer):
        raise Invalid(email="There is an account with this address already.")
    account = Account(
        id=key, name=_name(name), email=sealer.seal(address, bound_to=_row(key)), email_mark=_marks(address, sealer)[0],
        password=None if password is None else hash_password(checked_password(password, address, name)), is_active=True, made_at=at,
    )  # fmt: skip
    session.add(account)
    session.flush()
    return account


def find_account(session: Session, email: str, *, sealer: Sealer) -> Account | None:
    """The account with this address, whatever key its mark was made with."""
    return session.scalars(select(Account).where(Account.email_mark.in_(_marks(fold_address(email), sealer)))).one_or_none()


def get_account(session: Session, account_id: UUID | None) -> Account:
    """The account, or ``NotFound``."""
    if account_id and (account := session.get(Account, account_id)):
        return account
    raise NotFound("There is no such account.")


def address_of(account: Account, *, sealer: Sealer) -> str:
    """The address of an account, opened."""
    return sealer.open(account.email, bound_to=_row(account.id))


def check_sign_in(session: Session, email: str, password: str, *, sealer: Sealer) -> Account | None:
    """The account with this address and password that may sign in; it takes as long for an address nobody has."""
    account = find_account(session, email, sealer=sealer)
    is_right = is_password(password, account.password if account else None)
    return account if account and is_right and account.is_active else None


def set_password(session: Session, account: Account, password: str, *, at: datetime, sealer: Sealer, keep: str | None = None) -> None:
    """A new password; every browser is signed out, but for the one with this hash."""
    account.password = hash_password(checked_password(password, address_of(account, sealer=sealer), account.name))
    session.flush()
    sign_out_everywhere(session, account.id, at=at, but=keep)


def grant(session: Session, account: Account, role: str, *, by: str, at: datetime, organization_id: UUID | None = None, is_trusted: bool = False) -> Role:
    """Give a role (within an organization for owners and editors); giving it again sets whether the editor is trusted."""
    row = _role(session, account.id, role, organization_id)
    if row is None:
        row = Role(id=uuid4(), account_id=account.id, role=role, organization_id=organization_id, is_trusted=is_trusted, granted_at=at, granted_by=by)
        session.add(row)
        session.flush()
        record_change(session, entity="role", entity_id=row.id, action="added", by=by, at=at, after=_said(row))
    elif row.is_trusted != is_trusted:
        record_change(session, entity="role", entity_id=row.id, action="changed", by=by, at=at, field="is_trusted", before=row.is_trusted, after=is_trusted)
        row.is_trusted = is_trusted
        session.flush()
    return row


def revoke(session: Session, account: Account, role: str, *, by: str, at: datetime, organization_id: UUID | None = None) -> None:
    """Take a role; every browser of the account is signed out, so that it takes effect at once."""
    row = _role(session, account.id, role, organization_id)
    if row is None:
        raise NotFound("The account does not have this role.")
    record_change(session, entity="role", entity_id=row.id, action="removed", by=by, at=at, before=_said(row))
    session.delete(row)
    session.flush()
    sign_out_everywhere(session, account.id, at=at)


def rename(account: Account, name: str) -> None:
    """Another name; ``Invalid`` when it is none."""
    account.name = _name(name)


def set_address(session: Session, account: Account, email: str, *, sealer: Sealer) -> None:
    """Another e-mail address, which somebody has shown to read; ``Invalid`` when it is in use."""
    address = tidy_address(email)
    other = find_account(session, address, sealer=sealer)
    if other is not None and other.id != account.id:
        raise Invalid(email="There is an account with this address already.")
    account.email, account.email_mark = sealer.seal(address, bound_to=_row(account.id)), _marks(address, sealer)[0]
    session.flush()


def members(session: Session, organization_id: UUID) -> list[tuple[Account, Role]]:
    """The owners and editors of an organization, owners first."""
    found = select(Account, Role).join(Role, Role.account_id == Account.id).where(Role.organization_id == organization_id, Role.role.in_(KEEPERS))
    return [(account, role) for account, role in session.execute(found.order_by(Role.role.desc(), Account.made_at, Account.id))]


def may_still_ask(session: Session, by: str, organization_id: UUID | None, role: str = "") -> bool:
    """Whether whoever asked somebody in (``by``, as the change log writes it) may still do so: an invitation is worth no more than who gave it."""
    inviter = session.get(Account, UUID(by.removeprefix("account:"))) if by.startswith("account:") else None
    if inviter is None or not inviter.is_active:
        return False
    held = {(role.role, role.organization_id) for role in session.scalars(select(Role).where(Role.account_id == inviter.id))}
    if organization_id is None:
        return ("administrator", None) in held
    others = ("lead", organization_id) if role in TEAM else ("curator", None)
    return bool({others, ("owner", organization_id)} & held)


def tidy_address(email: str) -> str:
    """An e-mail address as it is kept; ``Invalid`` when it is none."""
    address = fold_address(email)
    if not _ADDRESS.fullmatch(address):
        raise Invalid(email="Write an e-mail address such as name@example.org.")
    return address


def fold_address(email: str) -> str:
    """An address as it is compared: no spaces around it, and letter case does not count."""
    return unicodedata.normalize("NFKC", email[:320]).strip().casefold()


def checked_password(password: str, *about: str) -> str:
    """A password that may be used; ``Invalid`` says what it lacks. ``about`` are the person's own words, which are tried first."""
    if len(password) < SHORTEST:
        raise Invalid(password=f"Use at least {SHORTEST} characters. A few words in a row are easy to remember and hard to guess.")
    if len(password) > LONGEST:
        raise Invalid(password=f"Use at most {LONGEST} characters.")
    if is_guessable(password, *about):
        raise Invalid(password="Others would try this one early. Take a few words in a row that have nothing to do with each other.")  # noqa: S106  (words)
    return password


def _name(name: str) -> str:
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > 120 or "\x00" in tidy:
        raise Invalid(name="Write the name that others should see, up to 120 characters.")
    return tidy


def _role(session: Session, account_id: UUID, role: str, organization_id: UUID | None) -> Role | None:
    same = Role.account_id == account_id, Role.role == role
    there = Role.organization_id == organization_id if organization_id else Role.organization_id.is_(None)
    return session.scalars(select(Role).where(*same, there)).one_or_none()


def _said(row: Role) -> dict[str, str]:
    within = {"organization_id": str(row.organization_id)} if row.organization_id else {}
    return {"account_id": str(row.account_id), "role": row.role, **within}


def _marks(address: str, sealer: Sealer) -> list[str]:
    return sealer.fingerprints(b"email|" + address.encode())


def _row(key: UUID) -> str:
    return f"account|email|{key}"
