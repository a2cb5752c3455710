"""Second factors: codes of an app (TOTP, RFC 6238), each good once, and recovery codes for the day the phone is lost."""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from datetime import datetime
from typing import Final
from uuid import uuid4

import pyotp
from sqlalchemy import delete, exists, func, or_, select, update
from sqlalchemy.orm import Session

from directory.errors import Invalid
from directory.models import Account, Passkey, RecoveryCode
from directory.sealing import BrokenSeal, Sealer

STEP_SECONDS: Final = 30
STEPS_AROUND: Final = (0, -1, 1)
"""A clock may be half a minute off, either way."""
CODES = 10
_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"
"""Nothing that is mistaken for something else when it is read from paper; 12 of these are 59 bits."""
ISSUER = "Homeground"


def new_secret() -> str:
    """A secret for an app that makes codes, in base 32."""
    return pyotp.random_base32()


def secret_address(secret: str, email: str) -> str:
    """The address (otpauth) that an app reads from a picture."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def has_second_factor(session: Session, account: Account) -> bool:
    """Whether an account has something to show as a second factor."""
    return account.totp is not None or bool(session.scalar(select(exists().where(Passkey.account_id == account.id))))


def set_authenticator(session: Session, account: Account, secret: str, code: str, *, at: datetime, sealer: Sealer) -> None:
    """Add an app that makes codes, once it has shown one; ``Invalid`` when the code is not of this secret now."""
    step = _step_of(secret, code, at)
    if step is None:
        raise Invalid(code="This is not the code that the app shows now. Wait for the next one and look at the clock of your phone.")
    account.totp, account.totp_step = sealer.seal(secret, bound_to=_row(account)), step
    session.flush()


def take_authenticator(session: Session, account: Account) -> None:
    """Take the app away."""
    account.totp = account.totp_step = None
    session.flush()


def use_code(session: Session, account: Account, code: str, *, at: datetime, sealer: Sealer) -> bool:
    """Whether a code is the app's, and newer than any that was used: of two who show the same one, one is let through."""
    if account.totp is None:
        return False
    try:
        step = _step_of(sealer.open(account.totp, bound_to=_row(account)), code, at)
    except BrokenSeal:
        return False
    if step is None:
        return False
    newer = or_(Account.totp_step.is_(None), Account.totp_step < step)
    used = session.execute(update(Account).where(Account.id == account.id, newer).values(totp_step=step).returning(Account.id)).first()
    return used is not None


def make_recovery_codes(session: Session, account: Account, *, sealer: Sealer) -> list[str]:
    """Ten new codes, the old ones gone. They are shown once; what is kept of them is a mark that nobody can turn back."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
    codes = ["-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3)) for _ in range(CODES)]
    session.add_all(RecoveryCode(id=uuid4(), account_id=account.id, code_hash=_marks(account, code, sealer)[0]) for code in codes)
    session.flush()
    return codes


def use_recovery_code(session: Session, account: Account, code: str, *, at: datetime, sealer: Sealer) -> bool:
    """Whether a recovery code is one of the account's that was not used; it is used up by this."""
    same = RecoveryCode.account_id == account.id, RecoveryCode.code_hash.in_(_marks(account, code, sealer)), RecoveryCode.used_at.is_(None)
    return session.execute(update(RecoveryCode).where(*same).values(used_at=at).returning(RecoveryCode.id)).first() is not None


def count_recovery_codes(session: Session, account: Account) -> int:
    """How many recovery codes are left."""
    unused = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.account_id == account.id, RecoveryCode.used_at.is_(None))
    return session.scalar(unused) or 0


def reset_factors(session: Session, account: Account) -> None:
    """Take every second factor away, recovery codes too."""
    take_authenticator(session, account)
    for kind in (Passkey, RecoveryCode):
        session.execute(delete(kind).where(kind.account_id == account.id))
    session.flush()


def _step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step of which this is the code, None when it is of none near the moment."""
    now, given = int(at.timestamp()) // STEP_SECONDS, _bare(code)
    made = {now + around: pyotp.TOTP(secret).generate_otp(now + around) for around in STEPS_AROUND}
    return next((step for step, wanted in made.items() if hmac.compare_digest(wanted.encode(), given.encode())), None)


def _bare(code: str) -> str:
    """A code without what people write between its parts."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", code[:64]).casefold() if letter.isalnum())


def _marks(account: Account, code: str, sealer: Sealer) -> list[str]:
    return sealer.fingerprints(f"recovery|{account.id}|{_bare(code)}".encode())


def _row(account: Account) -> str:
    return f"account|totp|{account.id}"
