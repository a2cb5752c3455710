"""Passkeys (WebAuthn level 3): adding one, and signing in or confirming with one.

A challenge is a seal of ours with the moment in it, bound to what it is for and to the browser that asked: nothing is kept of the many that are never
answered. The first answer to one is noted, so that a second is refused.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec
import webauthn
from msgspec import Struct
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url, options_to_json, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from directory.accounts.tokens import token_hash
from directory.errors import Invalid, NotFound
from directory.models import Account, Link, Passkey
from directory.sealing import BrokenSeal, Sealer

ANSWERED_WITHIN = timedelta(minutes=5)
MOST = 20
"""Passkeys of one account."""
NOT_TAKEN = "That did not work: the passkey was not taken. Nothing was changed; try once more."
MUST_VERIFY = UserVerificationRequirement.REQUIRED


class Site(Struct, frozen=True, kw_only=True):
    """Whose passkeys they are: the name of the site, and the address that its pages come from."""

    name: str
    origin: str


def ask_to_add(session: Session, account: Account, site: Site, email: str, *, browser: str, at: datetime, sealer: Sealer) -> str:
    """What the browser is asked in order to make a passkey, as JSON."""
    known = [PublicKeyCredentialDescriptor(id=base64url_to_bytes(row.credential_id)) for row in list_passkeys(session, account.id)]
    options = webauthn.generate_registration_options(
        rp_id=site.name, rp_name="Homeground", user_id=account.id.bytes, user_name=email, user_display_name=account.name,
        challenge=_challenge("add", browser, at, sealer), exclude_credentials=known,
        authenticator_selection=AuthenticatorSelectionCriteria(resident_key=ResidentKeyRequirement.REQUIRED, user_verification=MUST_VERIFY),
    )
    return options_to_json(options)


def add_passkey(session: Session, account: Account, answer: str, site: Site, *, name: str, browser: str, at: datetime, sealer: Sealer) -> Passkey:
    """Keep the passkey that a browser made; ``Invalid`` when the answer is not to our question, or not for this site."""
    if len(list_passkeys(session, account.id)) >= MOST:
        raise Invalid(passkey=f"An account has at most {MOST} passkeys. Take one away first.")
    given = _read(answer)
    challenge = _used(session, given, "add", browser, at, sealer)
    try:
        made = webauthn.verify_registration_response(
            credential=given, expected_challenge=challenge, expected_rp_id=site.name, expected_origin=site.origin, require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Invalid(passkey=NOT_TAKEN) from error
    key = bytes_to_base64url(made.credential_id)
    if session.scalars(select(Passkey).where(Passkey.credential_id == key)).first():
        raise Invalid(passkey="This passkey is kept here already.")
    row = Passkey(
        id=uuid4(), account_id=account.id, credential_id=key, public_key=bytes_to_base64url(made.credential_public_key), sign_count=made.sign_count,
        name=" ".join(name.split())[:60] or "A passkey", made_at=at,
    )
    session.add(row)
    session.flush()
    return row


def ask_to_show(site: Site, *, browser: str, at: datetime, sealer: Sealer, known: tuple[str, ...] = ()) -> str:
    """What the browser is asked in order to show a passkey, as JSON; ``known`` are the ids of those that count, none for any."""
    options = webauthn.generate_authentication_options(
        rp_id=site.name, challenge=_challenge("show", browser, at, sealer), user_verification=MUST_VERIFY,
        allow_credentials=[PublicKeyCredentialDescriptor(id=base64url_to_bytes(key)) for key in known],
    )
    return options_to_json(options)


def show_passkey(session: Session, answer: str, site: Site, *, browser: str, at: datetime, sealer: Sealer) -> Account:
    """The account whose passkey was shown, its holder known to the device (by finger, face or number); ``Invalid`` when it was not."""
    given = _read(answer)
    challenge = _used(session, given, "show", browser, at, sealer)
    row = session.scalars(select(Passkey).where(Passkey.credential_id == str(given.get("id", ""))).with_for_update()).one_or_none()
    account = session.get(Account, row.account_id) if row else None
    if row is None or account is None or not account.is_active:
        raise Invalid(passkey=NOT_TAKEN)
    try:
        shown = webauthn.verify_authentication_response(
            credential=given, expected_challenge=challenge, expected_rp_id=site.name, expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(row.public_key), credential_current_sign_count=row.sign_count, require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise Invalid(passkey=NOT_TAKEN) from error
    row.sign_count, row.used_at = shown.new_sign_count, at
    session.flush()
    return account


def list_passkeys(session: Session, account_id: UUID) -> list[Passkey]:
    """The passkeys of an account, the oldest first."""
    return list(session.scalars(select(Passkey).where(Passkey.account_id == account_id).order_by(Passkey.made_at, Passkey.id)))


def take_passkey(session: Session, account: Account, passkey_id: UUID) -> None:
    """Take a passkey away; ``NotFound`` when the account has none with this id."""
    same = Passkey.id == passkey_id, Passkey.account_id == account.id
    if session.execute(delete(Passkey).where(*same).returning(Passkey.id)).first() is None:
        raise NotFound("There is no such passkey.")


def _challenge(purpose: str, browser: str, at: datetime, sealer: Sealer) -> bytes:
    return sealer.seal(str(int(at.timestamp())), bound_to=f"passkey|{purpose}|{browser}").encode()


def _used(session: Session, given: dict[str, Any], purpose: str, browser: str, at: datetime, sealer: Sealer) -> bytes:
    """The challenge that an answer is to, if it is ours, fresh, and answered for the first time."""
    try:
        challenge = parse_client_data_json(base64url_to_bytes(given["response"]["clientDataJSON"])).challenge
        made_at = datetime.fromtimestamp(int(sealer.open(challenge.decode("ascii"), bound_to=f"passkey|{purpose}|{browser}")), UTC)
    except (BrokenSeal, WebAuthnException, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Invalid(passkey=NOT_TAKEN) from error
    if not timedelta(seconds=-1) <= at - made_at <= ANSWERED_WITHIN:
        raise Invalid(passkey="That took longer than five minutes. Nothing was changed; try once more.")
    try:
        with session.begin_nested():
            session.add(Link(id_hash=token_hash(challenge.decode("ascii")), purpose="passkey", made_at=at, expires_at=at + ANSWERED_WITHIN, used_at=at))
    except IntegrityError as error:
        raise Invalid(passkey=NOT_TAKEN) from error
    return challenge


def _read(answer: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(answer[:20_000], type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeError) as error:
        raise Invalid(passkey=NOT_TAKEN) from error
