"""Who is asked whether a listing is still right: the people who keep it here, else the address that it lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.accounts.people import address_of, tidy_address
from directory.errors import Invalid
from directory.models import Account, Organization, Role, Service
from directory.sealing import Sealer


def addressees(session: Session, services: Iterable[Service], *, sealer: Sealer) -> dict[UUID, tuple[str, ...]]:
    """The addresses to ask for each service, sorted: the owners of its organization; where there is none, its editors; where nobody keeps it here, the
    address that the organization or the listing shows in public. None at all where there is no such address."""
    wanted = list(services)
    organizations = {row.organization_id for row in wanted if row.organization_id}
    kept_by = _keepers(session, organizations, sealer)
    listed = {row.id: row.email or "" for row in session.scalars(select(Organization).where(Organization.id.in_(organizations)))}
    found: dict[UUID, tuple[str, ...]] = {}
    for service in wanted:
        here = service.organization_id
        shown = (listed.get(here, "") if here else "") or service.email or ""
        found[service.id] = (kept_by.get(here, ()) if here else ()) or _tidy(shown)
    return found


def _keepers(session: Session, organizations: set[UUID], sealer: Sealer) -> dict[UUID, tuple[str, ...]]:
    rows = select(Role.organization_id, Role.role, Account).join(Account, Account.id == Role.account_id)
    found: dict[UUID, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for organization_id, role, account in session.execute(rows.where(Role.organization_id.in_(organizations), Account.is_active)):
        if organization_id is not None:
            found[organization_id][role].add(address_of(account, sealer=sealer))
    return {key: tuple(sorted(by_role.get("owner") or by_role["editor"])) for key, by_role in found.items()}


def _tidy(address: str) -> tuple[str, ...]:
    try:
        return (tidy_address(address),)
    except Invalid:   # a listing may say "see our web site" where its address belongs
        return ()
