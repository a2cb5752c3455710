"""Accounts, what each may do, and how each signs in. Nothing here is public, and nothing is needed to read the directory."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, private

WITHOUT_ORGANIZATION = ("administrator", "curator", "supporter", "client")
WITHIN_ORGANIZATION = ("owner", "editor", "caseworker", "lead", "coordinator")


class Account(Identified, Base):
    """Somebody who may sign in. ``email`` and ``totp`` are sealed; ``email_mark`` finds an address without opening any (HMAC, see ``sealing``).

    ``totp_step`` is the last time step whose code was used: a code counts once. An account without a password signs in by link or passkey.
    """

    __tablename__ = "account"

    name: Mapped[str] = mapped_column(info=private("person"))
    email: Mapped[str] = mapped_column(info=private("contact"))
    email_mark: Mapped[str] = mapped_column(unique=True, info=private("contact"))
    password: Mapped[str | None] = mapped_column(info=private("secret"))
    totp: Mapped[str | None] = mapped_column(info=private("secret"))
    totp_step: Mapped[int | None] = mapped_column(info=private("secret"))
    is_active: Mapped[bool] = mapped_column(default=True)
    made_at: Mapped[datetime] = mapped_column()


class Role(Identified, Base):
    """What an account may do: everywhere, or within one organization. Changes of a trusted editor go live at once.

    Caseworkers and the leads of their team belong to one agency: whoever works for two has a role in each. A coordinator keeps
    the peer support that an organization answers for.
    """

    __tablename__ = "role"
    __table_args__ = (
        CheckConstraint("role in ('administrator', 'curator', 'caseworker', 'supporter', 'client', 'owner', 'editor', 'lead', 'coordinator')", name="role"),
        CheckConstraint("(organization_id is not null) = (role in ('owner', 'editor', 'caseworker', 'lead', 'coordinator'))", name="scope"),
        UniqueConstraint("account_id", "role", "organization_id", name="uq_role_once"),
    )

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column()
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    is_trusted: Mapped[bool] = mapped_column(default=False)
    granted_at: Mapped[datetime] = mapped_column()
    granted_by: Mapped[str] = mapped_column()


class SignIn(Base):
    """One signed-in browser. The id that the browser holds is made here and kept as its SHA-256 only; ``version`` lets a late request change nothing.

    ``level`` is 1 after one factor, 2 after a second. ``confirmed_at`` is when the person last showed a factor: acts of weight ask for a recent one.
    """

    __tablename__ = "sign_in"
    __table_args__ = (CheckConstraint("level in (1, 2)", name="level"),)

    id_hash: Mapped[str] = mapped_column(primary_key=True, info=private("secret"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime] = mapped_column()
    seen_at: Mapped[datetime] = mapped_column()
    level: Mapped[int] = mapped_column(default=1)
    confirmed_at: Mapped[datetime] = mapped_column()
    csrf_key: Mapped[str] = mapped_column(info=private("secret"))
    version: Mapped[int] = mapped_column(default=0)
    revoked_at: Mapped[datetime | None] = mapped_column()
    label: Mapped[str] = mapped_column(default="", info=private("person"))


class Passkey(Identified, Base):
    """A WebAuthn credential of an account."""

    __tablename__ = "passkey"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    credential_id: Mapped[str] = mapped_column(unique=True, info=private("secret"))
    public_key: Mapped[str] = mapped_column(info=private("secret"))
    sign_count: Mapped[int] = mapped_column(default=0)
    name: Mapped[str] = mapped_column(info=private("person"))
    made_at: Mapped[datetime] = mapped_column()
    used_at: Mapped[datetime | None] = mapped_column()


class RecoveryCode(Identified, Base):
    """A code that stands in once for a lost second factor; kept hashed."""

    __tablename__ = "recovery_code"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    code_hash: Mapped[str] = mapped_column(info=private("secret"))
    used_at: Mapped[datetime | None] = mapped_column()


class Link(Base):
    """A link sent by mail that may be used once, for one purpose: kept as the SHA-256 of what stands in the mail. ``subject`` is sealed JSON."""

    __tablename__ = "link"

    id_hash: Mapped[str] = mapped_column(primary_key=True, info=private("secret"))
    purpose: Mapped[str] = mapped_column()
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(default="", info=private("contact"))
    made_at: Mapped[datetime] = mapped_column()
    expires_at: Mapped[datetime] = mapped_column()
    used_at: Mapped[datetime | None] = mapped_column()


class Throttle(Base):
    """How far a limit is used up (GCRA): ``until`` is the theoretical arrival time in seconds since 1970. The key is hashed; no address is kept."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(primary_key=True, info=private("person"))
    until: Mapped[float] = mapped_column()
