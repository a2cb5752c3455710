"""Signed-in browsers: ids minted by us only, kept hashed, changed at every rise in trust, and never brought back once revoked.

Every write names the version it saw and asks that the row is not revoked: a request that comes late changes nothing.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor, actor_of
from directory.accounts.factors import has_second_factor
from directory.accounts.tokens import new_token, token_hash
from directory.models import Account, SignIn

IDLE = timedelta(minutes=30)
"""A browser that was not used for so long is signed out."""
LONGEST = timedelta(hours=12)
"""And any browser after so long."""
SEEN_EVERY = timedelta(minutes=1)
KEPT = timedelta(days=90)
"""How long a row is kept after its end, for the person's own list of sign-ins."""


class Visit(Struct, frozen=True, kw_only=True):
    """One request of a signed-in browser. ``csrf_key`` stamps its forms; ``level`` counts the factors shown.

    It ``waits`` when the account has a second factor that was not shown yet: then nothing is open but the page that asks for it.
    """

    actor: Actor
    id_hash: str
    level: int
    csrf_key: str
    version: int
    seen_at: datetime
    waits: bool = False


def sign_in(session: Session, account: Account, *, level: int, at: datetime, label: str = "") -> str:
    """Sign a browser in; gives the id for its cookie, which nothing else knows."""
    token = new_token()
    made = {"made_at": at, "seen_at": at, "confirmed_at": at, "level": level, "csrf_key": secrets.token_hex(32), "label": label[:80]}
    session.add(SignIn(id_hash=token_hash(token), account_id=account.id, **made))
    session.flush()
    return token


def find_visit(session: Session, token: str, *, at: datetime) -> Visit | None:
    """Whose request this is; None for an id that we did not mint, one that is revoked, idle or old, and accounts that may not sign in."""
    row = session.get(SignIn, token_hash(token))
    if row is None or row.revoked_at is not None or not _is_alive(row, at):
        return None
    account = session.get(Account, row.account_id)
    if account is None or not account.is_active:
        return None
    actor = actor_of(session, account, level=row.level, confirmed_at=row.confirmed_at)
    waits = row.level < 2 and has_second_factor(session, account)
    return Visit(actor=actor, id_hash=row.id_hash, level=row.level, csrf_key=row.csrf_key, version=row.version, seen_at=row.seen_at, waits=waits)


def touch(session: Session, visit: Visit, *, at: datetime) -> bool:
    """Note that the browser was used; False when it was signed out meanwhile."""
    return _changed(session, visit, at, seen_at=at)


def needs_touch(visit: Visit, *, at: datetime) -> bool:
    """Whether it is worth a write to note that the browser was used."""
    return at - visit.seen_at >= SEEN_EVERY


def rotate(session: Session, visit: Visit, *, level: int, at: datetime) -> str | None:
    """A new id for a browser whose trust changed, the old one revoked in the same transaction; None when it was signed out meanwhile."""
    row = session.get(SignIn, visit.id_hash)
    account = session.get(Account, visit.actor.account_id)
    if row is None or account is None or not _changed(session, visit, at, revoked_at=at):
        return None
    token = new_token()
    made = {"made_at": row.made_at, "seen_at": at, "confirmed_at": at, "level": level, "csrf_key": secrets.token_hex(32), "label": row.label}
    session.add(SignIn(id_hash=token_hash(token), account_id=account.id, **made))
    session.flush()
    return token


def sign_out(session: Session, token: str, *, at: datetime) -> None:
    """Revoke the id of one browser, whatever state it is in."""
    session.execute(update(SignIn).where(SignIn.id_hash == token_hash(token), SignIn.revoked_at.is_(None)).values(revoked_at=at, version=SignIn.version + 1))


def end_sign_in(session: Session, id_hash: str, *, at: datetime) -> None:
    """Revoke the browser with this hash."""
    session.execute(update(SignIn).where(SignIn.id_hash == id_hash, SignIn.revoked_at.is_(None)).values(revoked_at=at, version=SignIn.version + 1))


def sign_out_everywhere(session: Session, account_id: UUID, *, at: datetime, but: str | None = None) -> int:
    """Revoke every browser of an account, but for the one with this hash; gives how many were signed in."""
    living = update(SignIn).where(SignIn.account_id == account_id, SignIn.revoked_at.is_(None))
    living = living.where(SignIn.id_hash != but) if but else living
    return _count(session.execute(living.values(revoked_at=at, version=SignIn.version + 1)))


def list_sign_ins(session: Session, account_id: UUID, *, at: datetime) -> list[SignIn]:
    """The browsers of an account that are signed in, the one used last first."""
    rows = session.scalars(select(SignIn).where(SignIn.account_id == account_id, SignIn.revoked_at.is_(None)).order_by(SignIn.seen_at.desc(), SignIn.id_hash))
    return [row for row in rows if _is_alive(row, at)]


def forget_old(session: Session, *, at: datetime) -> int:
    """Delete the rows of browsers that were last used long ago."""
    return _count(session.execute(delete(SignIn).where(SignIn.seen_at < at - KEPT)))


def _is_alive(row: SignIn, at: datetime) -> bool:
    # A clock that steps back must not lengthen a life: a moment before the making counts as its end.
    return timedelta(0) <= at - row.made_at <= LONGEST and at - row.seen_at <= IDLE


def _changed(session: Session, visit: Visit, at: datetime, **values: Any) -> bool:
    same = SignIn.id_hash == visit.id_hash, SignIn.revoked_at.is_(None), SignIn.version == visit.version
    alive = SignIn.seen_at >= at - IDLE, SignIn.made_at >= at - LONGEST   # a request that began in time and comes late revives nothing
    return _count(session.execute(update(SignIn).where(*same, *alive).values(**values, version=SignIn.version + 1))) == 1


def _count(result: Any) -> int:
    found: CursorResult[Any] = result
    return found.rowcount
