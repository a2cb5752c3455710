"""Coming in by mail: links to make an account, to sign in and to choose a new password, and invitations.

Whoever asks for a link is answered the same and costs the same whether there is an account with the address or not: one link and one letter are
written in both cases, and only the letter, which goes to the address itself, tells which it is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy.orm import Session

from directory.accounts import letters
from directory.accounts.invitations import take_role
from directory.accounts.links import Opened, look_at, make_link, use
from directory.accounts.people import address_of, find_account, get_account, make_account, set_address, set_password, tidy_address
from directory.accounts.sign_ins import sign_out_everywhere
from directory.errors import NotFound
from directory.models import Account
from directory.outbox import post_where_safe
from directory.sealing import Sealer

Addressed = Callable[[str, str], str]
"""Gives the whole address of the page for a purpose and a token."""
WISHES: Final = ("sign up", "sign in", "new password")


def ask_for_link(session: Session, email: str, wish: str, *, at: datetime, sealer: Sealer, addressed: Addressed, after: str = "") -> None:
    """Send a link for a wish (one of ``WISHES``) to an address; ``Invalid`` only when it is no address at all. ``after``: where to go on from it."""
    address = tidy_address(email)
    account = find_account(session, address, sealer=sealer)
    purpose = "sign up" if account is None else "sign in" if wish == "sign up" else wish
    token = make_link(session, purpose, at=at, sealer=sealer, account_id=account.id if account else None, email=address, after=after)
    link = addressed(purpose, token)
    if account is None:
        letter = letters.to_join(address, link) if wish == "sign up" else letters.to_join_instead(address, link)
    elif not account.is_active:
        letter = letters.closed(address)
    else:
        letter = {"sign up": letters.to_enter_instead, "sign in": letters.to_enter, "new password": letters.new_password}[wish](address, link)
    post_where_safe(session, letter, at=at, sealer=sealer, account_id=account.id if account else None)


def invite(
    session: Session, email: str, role: str, *, by: str, who: str, what: str, at: datetime, sealer: Sealer, addressed: Addressed,
    organization_id: UUID | None = None, is_trusted: bool = False,
) -> None:
    """Ask somebody by mail to take a role: ``who`` asks and ``what`` for stand in the letter. The role is given when they say yes."""
    address = tidy_address(email)
    within = str(organization_id) if organization_id else None
    said: dict[str, Any] = {"email": address, "role": role, "organization_id": within, "is_trusted": is_trusted, "by": by}
    token = make_link(session, "invite", at=at, sealer=sealer, **said)
    post_where_safe(session, letters.invitation(address, addressed("invite", token), who=who, what=what), at=at, sealer=sealer)


def look_at_invitation(session: Session, token: str, *, at: datetime, sealer: Sealer) -> tuple[Opened, bool]:
    """What a link to come in stands for, unused, and whether there is an account with its address already."""
    opened = look_at(session, token, "sign up", "invite", at=at, sealer=sealer)
    return opened, find_account(session, opened.subject["email"], sealer=sealer) is not None


def join(session: Session, token: str, *, name: str, password: str | None, at: datetime, sealer: Sealer) -> Account:
    """Use a link to come in: makes the account where there is none, and gives the role of an invitation.

    Whoever holds the link reads the mail of the address, which is what signing in by link asks too. ``Invalid`` for the name or the password leaves
    the link unused, since the transaction is undone.
    """
    opened = use(session, token, "sign up", "invite", at=at, sealer=sealer)
    email = opened.subject["email"]
    account = find_account(session, email, sealer=sealer)
    if account is None:
        account = make_account(session, name=name, email=email, password=password, at=at, sealer=sealer)
    if not account.is_active:
        raise NotFound("This account is closed.")
    if opened.purpose == "invite":
        take_role(session, account, opened, at=at)
    return account


def enter(session: Session, token: str, *, at: datetime, sealer: Sealer) -> Account:
    """Use a link to sign in; gives the account. ``NotFound`` when the link is not good, or the account is closed."""
    return _whose(session, use(session, token, "sign in", at=at, sealer=sealer))


def choose_password(session: Session, token: str, password: str, *, at: datetime, sealer: Sealer) -> Account:
    """Use a link to set a new password; every browser of the account is signed out."""
    account = _whose(session, use(session, token, "new password", at=at, sealer=sealer))
    set_password(session, account, password, at=at, sealer=sealer)
    return account


def ask_for_address(session: Session, account: Account, email: str, *, at: datetime, sealer: Sealer, addressed: Addressed) -> None:
    """Send a link to an address that is to be the account's; it changes when the link is used. ``Invalid`` when it is no address.

    Nothing is said of whether somebody else has it: that shows when the link is used, to whoever reads its mail.
    """
    address = tidy_address(email)
    token = make_link(session, "new address", at=at, sealer=sealer, account_id=account.id, email=address)
    post_where_safe(session, letters.new_address(address, addressed("new address", token)), at=at, sealer=sealer, account_id=account.id)


def change_address(session: Session, token: str, *, at: datetime, sealer: Sealer) -> tuple[Account, str]:
    """Use such a link: gives the account and the address it had. Every browser is signed out. ``Invalid`` when the new one is in use."""
    opened = use(session, token, "new address", at=at, sealer=sealer)
    account = _whose(session, opened)
    before = address_of(account, sealer=sealer)
    set_address(session, account, opened.subject["email"], sealer=sealer)
    sign_out_everywhere(session, account.id, at=at)
    return account, before


def _whose(session: Session, opened: Opened) -> Account:
    if opened.account_id is None:
        raise NotFound("This link belongs to no account.")
    account = get_account(session, opened.account_id)
    if not account.is_active:
        raise NotFound("This account is closed.")
    return account
