"""Who receives a referral: people of the organization who are trusted there; where nobody keeps it here, the address that it lists, by a link."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from msgspec import Struct
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from directory.accounts.people import address_of, tidy_address
from directory.errors import Invalid, NotFound
from directory.freshness.confirming import LISTED
from directory.merging import lead_on
from directory.models import Account, Organization, Referral, Role, Service
from directory.sealing import Sealer

UNREACHED: Final = "This organization has no address here that we can write to. Please call them, or go there."


class Receiver(Struct, frozen=True, kw_only=True):
    """An organization as somebody to write to. ``has_desk``: its own people answer here; else whoever reads its listed address does, by a link."""

    organization_id: UUID
    organization: str
    service_id: UUID
    listing: str
    addresses: tuple[str, ...]
    has_desk: bool


def receiver_of(session: Session, service_id: UUID, *, sealer: Sealer) -> Receiver:
    """Who receives referrals to a listing; ``NotFound`` when there is none, or nobody runs it. ``addresses`` may be empty: then nothing can be sent."""
    service = session.get(Service, service_id) or session.get(Service, lead_on(session, service_id) or service_id)
    owner = session.get(Organization, service.organization_id) if service and service.organization_id else None
    if service is None or owner is None or service.status not in LISTED:
        raise NotFound("There is no such listing.")
    people = _trusted(session, owner.id, sealer)
    return Receiver(
        organization_id=owner.id, organization=owner.name, service_id=service.id, listing=service.name, has_desk=bool(people),
        addresses=people or _tidy(service.email or owner.email or ""),
    )  # fmt: skip


def receiver_still(session: Session, referral: Referral, *, sealer: Sealer) -> Receiver:
    """Who a referral is for, also when its listing was taken out since: then with nobody to write to, so that what was told and when can still be read."""
    try:
        return receiver_of(session, referral.service_id, sealer=sealer)
    except NotFound:
        owner = session.get(Organization, lead_on(session, referral.organization_id) or referral.organization_id)
        return Receiver(
            organization_id=referral.organization_id, organization=owner.name if owner else "an organization that is not listed here any more",
            service_id=referral.service_id, listing="a listing that is not here any more", addresses=(), has_desk=False,
        )  # fmt: skip


def _trusted(session: Session, organization_id: UUID, sealer: Sealer) -> tuple[str, ...]:
    """Addresses of the owners and trusted editors: whoever's edits wait for a check is not told of people either."""
    may = or_(Role.role == "owner", Role.is_trusted.is_(True))
    found = select(Account).join(Role, Role.account_id == Account.id).where(Role.organization_id == organization_id, may, Account.is_active)
    return tuple(sorted({address_of(account, sealer=sealer) for account in session.scalars(found.where(Role.role.in_(("owner", "editor"))))}))


def _tidy(address: str) -> tuple[str, ...]:
    try:
        return (tidy_address(address),)
    except Invalid:   # a listing may say "see our web site" where its address belongs
        return ()
