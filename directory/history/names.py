"""The names behind ids, and people behind ``by``: a role in words for everybody, a name only for curators and for people of the same organization."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.actors import Actor
from directory.changes import as_text
from directory.models import Account, Location, Organization, Program, Role, Service, TaxonomyTerm
from directory.stretch import chunks

UUID_TEXT = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NAMED = (TaxonomyTerm, Organization, Program, Location, Service)
WITHOUT_ACCOUNT = {"anyone": "Somebody without an account", "link": "The organization, by the link in its mail"}
MEANT = {"wants": "asks for", "builds_on": "builds on", "only_for": "only for", "meant_for": "meant for", "not_for": "not for", "led_by": "led by"}


class Names(Struct, frozen=True):
    """Names by the id of what they name."""

    by_id: Mapping[UUID, str]

    @classmethod
    def of(cls, session: Session, rows: Iterable[Mapping[str, Any]], texts: Collection[str]) -> Names:
        """The names of all that these rows and texts point at."""
        ids = {value for row in rows for value in row.values() if isinstance(value, UUID)} | {UUID(text) for text in texts if UUID_TEXT.fullmatch(text)}
        found: dict[UUID, str] = {}
        for model in NAMED:
            for chunk in chunks(ids):
                found |= {row.id: row.name or "" for row in session.execute(select(model.id, model.name).where(model.id.in_(chunk)))}
        return cls(found)

    def said(self, text: str | None) -> str:
        """A value of the log as people read it."""
        if text and UUID_TEXT.fullmatch(text):
            return self.by_id.get(UUID(text), "") or "something that is not there any more"
        return text or ""

    def plain(self, value: object) -> str | None:
        """A value of a row as the log would keep it."""
        return as_text(value)

    def term(self, row: Mapping[str, Any]) -> str:
        """A term on a row: what it is, how it is meant, and what it says beside."""
        meant = MEANT.get(row.get("link_type") or "", "")
        name = row.get("label") or self.by_id.get(row["taxonomy_term_id"], "") or "a term"
        return " ".join(part for part in (f"{meant}:" if meant else "", name, f"({row['value']})" if row.get("value") else "") if part)


def who_words(session: Session, actors: Collection[str], viewer: Actor) -> dict[str, str]:
    """Who stands behind each ``by`` of the log, as far as the viewer may know."""
    ids = {UUID(by.removeprefix("account:")) for by in actors if by.startswith("account:") and UUID_TEXT.fullmatch(by.removeprefix("account:"))}
    accounts = {row.id: row for chunk in chunks(ids) for row in session.scalars(select(Account).where(Account.id.in_(chunk)))}
    roles: dict[UUID, list[Role]] = {}
    for chunk in chunks(ids):
        for role in session.scalars(select(Role).where(Role.account_id.in_(chunk)).order_by(Role.role, Role.id)):
            roles.setdefault(role.account_id, []).append(role)
    return {by: _who(by, accounts, roles, viewer) for by in actors}


def _who(by: str, accounts: Mapping[UUID, Account], roles: Mapping[UUID, list[Role]], viewer: Actor) -> str:
    if not by.startswith("account:"):
        return WITHOUT_ACCOUNT.get(by, "Homeground, by itself or from the command line")
    account = next((row for key, row in accounts.items() if f"account:{key}" == by), None)
    if account is None:
        return "Somebody whose account is gone"
    held = roles.get(account.id, [])
    is_own = any(role.organization_id in viewer.edits for role in held) or account.id == viewer.account_id
    word = _role_word(held)
    return f"{account.name} ({word})" if is_own or viewer.has("curator") else word[:1].upper() + word[1:]


def _role_word(held: list[Role]) -> str:
    by_weight = ("curator", "administrator", "owner", "editor")
    words = {"curator": "a curator", "administrator": "an administrator", "owner": "an owner", "editor": "an editor"}
    return next((words[role] for role in by_weight if any(one.role == role for one in held)), "somebody with an account")
