"""Whom somebody must never meet, by a name that they wrote: noted as soon as it may mean somebody, and held until a coordinator says that it does not.

Whoever wrote the name is shown the same cards as before, so that nobody finds out by trying names who is here. It is the other who is not shown theirs;
but for whoever could see it before they were called so: to take it away as they type a name would tell them whose wish it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final, Literal
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.accounts.people import address_of, fold_address
from directory.clients.keys import locker_of
from directory.clients.safety import read_contact
from directory.models import Account, Client, ClientPart, PeerNamed, PeerProfile
from directory.peers.kept import Kept, open_all, open_kept
from directory.sealing import Sealer
from matching.pairing.likeness import may_mean

Kind = Literal["", "same", "near", "account", "contact"]
DIGITS: Final = 7
"""From so many digits in common on, counted from the last, two numbers may be one: with a code of a country or without."""
_ADDRESS: Final = re.compile(r"[^\s<>,;]+@[^\s<>,;]+")
_NUMBER: Final = re.compile(r"\+?\d[\d\s().\-/]{5,}\d")


def note_named(session: Session, row: PeerProfile, *, is_new: bool, at: datetime, sealer: Sealer) -> None:
    """After somebody said or changed something: whom their words may mean, and whose words may mean them. ``is_new``: they were shown nothing yet.

    What was noted stays when somebody is called otherwise later; whoever takes back all such words takes back what was not decided.
    """
    mine = open_kept(session, row, sealer=sealer)
    if not mine.said.not_people.strip():
        same = PeerNamed.scheme_id == row.scheme_id, PeerNamed.client_id == row.client_id, PeerNamed.said == ""
        session.execute(delete(PeerNamed).where(*same))
    others = select(PeerProfile).where(PeerProfile.scheme_id == row.scheme_id, PeerProfile.side != row.side, PeerProfile.state != "ended")
    known = list(session.scalars(select(Client).where(Client.id.in_(others.with_only_columns(PeerProfile.client_id)))))
    accounts = list(session.scalars(select(Account).where(Account.id.in_([one.account_id for one in known if one.account_id]))))
    for theirs in open_all(session, session.scalars(others.order_by(PeerProfile.id)).all(), sealer=sealer):
        note_pair(session, mine, theirs, is_hidden=True, at=at, sealer=sealer)
        note_pair(session, theirs, mine, is_hidden=is_new, at=at, sealer=sealer)
    session.flush()
    del known, accounts   # held until here, so that nobody is asked for one by one


def note_pair(session: Session, mine: Kept, theirs: Kept, *, is_hidden: bool, at: datetime, sealer: Sealer) -> None:
    """Note it where what one wrote may mean the other, unless it is noted already."""
    if not mine.said.not_people.strip() or mine.client_id == theirs.client_id:
        return
    kind = kind_of(session, mine.said.not_people.splitlines(), theirs, sealer=sealer)
    key = mine.row.scheme_id, mine.client_id, theirs.client_id
    if kind and find_named(session, *key) is None:
        session.add(PeerNamed(id=uuid4(), scheme_id=key[0], client_id=key[1], other_id=key[2], kind=kind, is_hidden=is_hidden, at=at, said=""))
        session.flush()


def kind_of(session: Session, lines: Iterable[str], other: Kept, *, sealer: Sealer) -> Kind:
    """In what the lines may mean somebody: by what they are called here, by their account, or by an address or number of theirs; empty where in nothing."""
    written = [line for line in lines if line.strip()]
    client = session.get_one(Client, other.client_id)
    account = session.get(Account, client.account_id) if client.account_id else None
    if account is not None and any(_is_contact(session, line, other, account, sealer=sealer) for line in written):
        return "contact"
    found = {may_mean(line, name) for line in written for name in (other.said.called, other.said.pseudonym)}
    if found & {"same", "near"}:
        return "same" if "same" in found else "near"
    return "account" if account is not None and any(may_mean(line, account.name) for line in written) else ""


def find_named(session: Session, scheme_id: UUID, client_id: UUID, other_id: UUID) -> PeerNamed | None:
    """What is noted of somebody's words about another."""
    same = PeerNamed.scheme_id == scheme_id, PeerNamed.client_id == client_id, PeerNamed.other_id == other_id
    return session.scalars(select(PeerNamed).where(*same)).one_or_none()


def held_named(session: Session, scheme_id: UUID) -> list[PeerNamed]:
    """Everything that keeps two apart in a scheme: all of which nobody said that it is another person."""
    return list(session.scalars(select(PeerNamed).where(PeerNamed.scheme_id == scheme_id, PeerNamed.said != "another").order_by(PeerNamed.id)))


def _is_contact(session: Session, line: str, other: Kept, account: Account, *, sealer: Sealer) -> bool:
    addresses = {fold_address(found.rstrip(".")) for found in _ADDRESS.findall(line)}
    if addresses and fold_address(address_of(account, sealer=sealer)) in addresses:
        return True
    numbers = _numbers(line)
    return bool(numbers) and any(_are_one(one, two) for one in numbers for two in _numbers(_reached(session, other.client_id, sealer)))


def _reached(session: Session, client_id: UUID, sealer: Sealer) -> str:
    """What somebody wrote of how they may be reached. Nothing of it is shown to anybody here."""
    row = session.scalars(select(ClientPart).where(ClientPart.client_id == client_id, ClientPart.part == "contact")).one_or_none()
    return read_contact(locker_of(session, client_id, sealer=sealer).open(row.sealed, "client_part", "sealed", "contact")).words if row else ""


def _numbers(text: str) -> list[str]:
    found = ("".join(filter(str.isdecimal, number)) for number in _NUMBER.findall(text))
    return [number.lstrip("0") for number in found if len(number.lstrip("0")) >= DIGITS]


def _are_one(one: str, two: str) -> bool:
    return one.endswith(two) or two.endswith(one)
