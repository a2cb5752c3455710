"""Who may see which part of a client's record: one pure function, and the sentences it is made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final
from uuid import UUID

from msgspec import Struct

from directory.clients.consents import Agreed, is_together
from directory.clients.parts import OWN

FOR_WORKERS: Final = ("together",)
FOR_LEADS: Final = ("supervision",)


class Standing(Struct, frozen=True, kw_only=True):
    """How somebody stands to a client at one agency, at one moment.

    ``is_self``: it is their own record. ``in_caseload``: the client is with this agency and theirs, or they cover for who has them. ``in_agency``: the
    client is with this agency. ``reason``: what they wrote down for looking outside their own caseload.
    """

    organization_id: UUID | None = None
    is_self: bool = False
    is_caseworker: bool = False
    is_lead: bool = False
    in_caseload: bool = False
    in_agency: bool = False
    reason: str = ""


def parts_open(standing: Standing, consents: Iterable[Agreed], parts: Iterable[str], at: datetime) -> tuple[str, ...]:
    """The parts, of those asked for, that somebody may see: all of their own record; else those that a living consent names for their purpose."""
    if standing.is_self:
        return tuple(parts)
    purposes, agency = purposes_of(standing), standing.organization_id
    if agency is None:
        return ()
    given = list(consents)
    return tuple(part for part in parts if part not in OWN and any(one.covers(part, agency, purposes, at) for one in given))


def purposes_of(standing: Standing) -> tuple[str, ...]:
    """The purposes for which somebody may look: working together for who holds the client, or says in writing why they look; supervision for a lead."""
    holds = standing.in_caseload or (standing.in_agency and bool(standing.reason.strip()))
    working = FOR_WORKERS if standing.is_caseworker and holds else ()
    return working + (FOR_LEADS if standing.is_lead and standing.in_agency else ())


def may_know(standing: Standing) -> bool:
    """Whether somebody may know at all that the record exists: who it is of, the caseworkers of an agency it is with, and the lead of their team."""
    return standing.is_self or (standing.in_agency and (standing.is_caseworker or standing.is_lead))


def may_write(standing: Standing, consents: Iterable[Agreed], part: str, *, has_account: bool, at: datetime) -> bool:
    """Whether somebody may change a part themselves: who it is of; a caseworker only for a person without an account, who let them see it."""
    is_scribe = not has_account and standing.is_caseworker and standing.in_caseload
    return standing.is_self or (is_scribe and part in parts_open(standing, consents, (part,), at))


def may_read_notes(standing: Standing, consents: Iterable[Agreed], at: datetime) -> bool:
    """Whether somebody may read what caseworkers of their agency wrote: whoever holds the client, or says why, while the client lets them work together."""
    agency = standing.organization_id
    return agency is not None and set(FOR_WORKERS) <= set(purposes_of(standing)) and is_together(consents, agency, at)


def is_outside(standing: Standing) -> bool:
    """Whether a caseworker looks outside their own caseload, which takes a reason that the lead of the team sees."""
    return not standing.is_self and standing.is_caseworker and not standing.in_caseload


def role_of(standing: Standing) -> str:
    """The role in which somebody looks, as the access log says it."""
    if standing.is_self:
        return "client"
    return "caseworker" if standing.is_caseworker and (standing.in_caseload or standing.reason.strip()) else "lead"
