"""How somebody may safely be reached, by channel: said in the part ``contact``, and asked by ``directory.outbox`` before any letter is made (rule P19).

Whoever says nothing of e-mail is written to as before; whoever says that it is not safe gets nothing at all, no link to sign in either.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta, Struct
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.accounts.people import find_account
from directory.clients.keys import locker_of
from directory.errors import Invalid, NotFound
from directory.models import Account, Client, ClientPart, Mail, Passkey
from directory.sealing import BrokenSeal, Sealer

Safety = Literal["", "safe", "not safe"]
CHANNELS: Final = {"call": "Telephone calls", "voicemail": "A message on the machine", "texting": "Text messages", "email": "E-mail", "post": "Letters by post"}
ANSWERS: Final[dict[str, str]] = {"": "Not said: ask first", "safe": "Safe", "not safe": "Not safe"}
NO_WAY_IN: Final = "We could not send you a link to sign in any more. Set a password or a passkey in your account first, then say this."


class Contact(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How somebody may be reached: in their own words, by channel, and at which times. What is not said has to be asked first."""

    words: Annotated[str, Meta(max_length=600)] = ""
    call: Safety = ""
    voicemail: Safety = ""
    texting: Safety = ""
    email: Safety = ""
    post: Safety = ""
    times: Annotated[str, Meta(max_length=200)] = ""


def read_contact(text: str) -> Contact:
    """The part ``contact`` as it is kept; nothing said where nothing was written."""
    return msgspec.json.decode(text or "{}", type=Contact)


def write_contact(contact: Contact) -> str:
    """The same as it is kept."""
    return msgspec.json.encode(contact).decode()


def contact_from(said: Mapping[str, str]) -> Contact:
    """What a form says, by field; ``Invalid`` for what does not fit (their own words are the field ``contact``)."""
    tidy = {name: " ".join(said.get(name, "").replace("\x00", " ").split()) for name in Contact.__struct_fields__}
    errors = {name: "Choose one of the three." for name in CHANNELS if tidy[name] not in ANSWERS}
    errors |= {name: f"Use at most {most} characters." for name, most in (("words", 600), ("times", 200)) if len(tidy[name]) > most}
    if "words" in errors:
        errors["contact"] = errors.pop("words")
    if errors:
        raise Invalid(**errors)
    return msgspec.convert(tidy, Contact)


def only_closes(before: Contact, after: Contact) -> bool:
    """Whether a change does no more than say of channels that they are not safe: that is never kept waiting."""
    same = msgspec.structs.replace(before, **{name: "not safe" for name in CHANNELS if getattr(after, name) == "not safe"})
    return same == after


def is_safe(session: Session, address: str, *, sealer: Sealer) -> bool:
    """Whether mail may go to an address: it may unless it is that of an account whose person said that e-mail is not safe."""
    account = find_account(session, address, sealer=sealer)
    return account is None or is_safe_for(session, account.id, sealer=sealer)


def is_safe_for(session: Session, account_id: object, *, sealer: Sealer) -> bool:
    """The same of an account. A record that cannot be opened here is not taken for a yes."""
    found = select(ClientPart).join(Client, Client.id == ClientPart.client_id).where(Client.account_id == account_id, ClientPart.part == "contact")
    try:
        said = [locker_of(session, row.client_id, sealer=sealer).open(row.sealed, "client_part", "sealed", "contact") for row in session.scalars(found)]
    except (BrokenSeal, NotFound):
        return False
    return all(read_contact(text).email != "not safe" for text in said)


def stop_mail(session: Session, account: Account) -> None:
    """From now on nothing is mailed to somebody, and what waits is taken back; ``Invalid`` while a link by mail is their only way in."""
    has_passkey = session.scalars(select(Passkey.id).where(Passkey.account_id == account.id).limit(1)).first() is not None
    if account.password is None and not has_passkey:
        raise Invalid(email=NO_WAY_IN)
    session.execute(delete(Mail).where(Mail.account_id == account.id, Mail.sent_at.is_(None)))
