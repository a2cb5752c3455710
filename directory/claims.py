"""Claiming: somebody says "we are this organization", shows it by a link to an address that the directory holds or by words, and becomes its owner.

An organization without an owner and a link that was used: owner at once, since whoever reads its mail speaks for it. Everything else waits for a
curator, and where there is an owner already, the owners are told. A curator can take a claim back with all that came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import claim_letters
from directory.accounts.links import look_at, make_link, use
from directory.accounts.people import address_of, fold_address, get_account, grant, members, revoke
from directory.accounts.throttle import MAIL_ACCOUNT, take
from directory.changes import record_change
from directory.errors import Invalid, NotFound, Stale
from directory.members import one_at_a_time
from directory.models import Account, Claim, Contact, Organization, Role, Service
from directory.outbox import Letter, post_where_safe
from directory.sealing import Sealer

Addressed = Callable[[str], str]
"""Gives the whole address of the page for a path."""
WAITING: Final = ("open", "contested")
LONGEST: Final = 4_000
SHORTEST: Final = 20
FOR_ALL: Final = frozenset({
    "aol.com", "fastmail.com", "gmail.com", "gmx.net", "googlemail.com", "hotmail.com", "icloud.com", "live.com", "mail.com", "me.com", "msn.com",
    "outlook.com", "proton.me", "protonmail.com", "qq.com", "yahoo.com", "zoho.com", "web.de",
})  # fmt: skip
"""Domains where anybody has an address: sharing one shows nothing."""
USE: Final = "/desk/claims/use/"


class ClaimLine(Struct, frozen=True, kw_only=True):
    """A claim as one line of the curators' queue."""

    claim_id: UUID
    organization_id: UUID
    organization: str
    who: str
    via: str
    state: str
    opened_at: datetime


class Beside(Struct, frozen=True, kw_only=True):
    """What is known, to stand beside the evidence: who claims, whose the organization is now, and whether the addresses go together."""

    name: str
    email: str
    owners: tuple[str, ...]
    listed: tuple[str, ...]
    website: str
    same_domain: str


def listed_addresses(session: Session, organization_id: UUID) -> list[str]:
    """The addresses that the directory shows for an organization and its services, in a steady order."""
    of_services = select(Service.id).where(Service.organization_id == organization_id)
    asked = (
        select(Organization.email).where(Organization.id == organization_id),
        select(Service.email).where(Service.organization_id == organization_id).order_by(Service.name, Service.id),
        select(Contact.email).where(Contact.organization_id == organization_id).order_by(Contact.position, Contact.id),
        select(Contact.email).where(Contact.service_id.in_(of_services)).order_by(Contact.position, Contact.id),
    )
    found = [fold_address(email) for query in asked for email in session.scalars(query) if email and "@" in email]
    return list(dict.fromkeys(found))


def mask(address: str) -> str:
    """An address that those who know it know again: its first letter and its domain."""
    name, _, domain = address.rpartition("@")
    return f"{name[:1]}•••@{domain}"


def ask_by_link(session: Session, organization: Organization, account: Account, number: int, *, at: datetime, sealer: Sealer, addressed: Addressed) -> Claim:
    """Send a link to one of the listed addresses, by its number among them, and a notice to the others; ``TooOften`` after some a day."""
    addresses = listed_addresses(session, organization.id)
    if not 0 <= number < len(addresses):
        raise Invalid(address="Choose one of the addresses, or write to us below.")
    take(session, MAIL_ACCOUNT, f"claim|{account.id}", at=at, sealer=sealer)
    take(session, MAIL_ACCOUNT, f"claim|{organization.id}", at=at, sealer=sealer)
    claim = _open(session, organization, account, "link", "", at)
    token = make_link(session, "claim", at=at, sealer=sealer, claim_id=str(claim.id), organization_id=str(organization.id))
    post_where_safe(session, claim_letters.link_letter(addresses[number], organization.name, addressed(USE + token)), at=at, sealer=sealer)
    for other in addresses[:number] + addresses[number + 1 :]:
        post_where_safe(session, claim_letters.notice(other, organization.name), at=at, sealer=sealer)
    return claim


def ask_by_words(session: Session, organization: Organization, account: Account, evidence: str, *, at: datetime, sealer: Sealer) -> Claim:
    """Ask the curators, with evidence in words; owners that there are already are told."""
    words = evidence.replace("\x00", "").strip()
    if not SHORTEST <= len(words) <= LONGEST:
        raise Invalid(evidence=f"Tell us in some words what you do there and how we can see it, {SHORTEST} to {LONGEST:,} characters.")
    claim = _open(session, organization, account, "request", words, at)
    _contest(session, organization, claim, at=at, sealer=sealer)
    return claim


def look_at_link(session: Session, token: str, *, at: datetime, sealer: Sealer) -> Organization:
    """The organization that a link is for, without using it; ``NotFound`` when it is not good any more."""
    opened = look_at(session, token, "claim", at=at, sealer=sealer)
    return _organization(session, UUID(opened.subject["organization_id"]))


def use_link(session: Session, token: str, account: Account, *, at: datetime, sealer: Sealer) -> Claim:
    """Somebody who reads the organization's mail is its owner now; where it has one already, a curator decides. Whoever asked is beside the point."""
    opened = use(session, token, "claim", at=at, sealer=sealer)
    claim, organization = session.get(Claim, UUID(opened.subject["claim_id"])), _organization(session, UUID(opened.subject["organization_id"]))
    if claim is None or claim.state != "open":
        raise NotFound("This claim was dealt with already.")
    claim.account_id = account.id
    if _contest(session, organization, claim, at=at, sealer=sealer):
        return claim
    _settle(session, claim, "approved", by=f"account:{account.id}", at=at, why="used the link sent to a listed address")
    _own(session, organization, account, by=f"account:{account.id}", at=at)
    for address in listed_addresses(session, organization.id):
        post_where_safe(session, claim_letters.owned(address, organization.name), at=at, sealer=sealer)
    return claim


def waiting_of(session: Session, organization_id: UUID, account_id: UUID | None) -> list[Claim]:
    """What somebody has asked of an organization and nobody has answered yet, the oldest first."""
    asked = select(Claim).where(Claim.organization_id == organization_id, Claim.account_id == account_id, Claim.state.in_(WAITING))
    return list(session.scalars(asked.order_by(Claim.opened_at, Claim.id)))


def withdraw(session: Session, claim: Claim, *, by: str, at: datetime, sealer: Sealer) -> None:
    """Whoever asked takes it back, and its link does nothing any more; owners who were told are told this too. ``Stale`` once it was dealt with."""
    session.refresh(claim, with_for_update=True)
    if claim.state not in WAITING:
        raise Stale("This was answered meanwhile.")
    was_contested, organization = claim.state == "contested", _organization(session, claim.organization_id)
    _settle(session, claim, "withdrawn", by=by, at=at, why="taken back by whoever asked")
    for account, role in members(session, organization.id) if was_contested else ():
        if role.role == "owner":
            _tell(session, account, claim_letters.withdrawn(organization.name), at=at, sealer=sealer)


def decide(session: Session, claim: Claim, *, approve: bool, why: str, by: str, at: datetime, sealer: Sealer) -> None:
    """A curator's word on a claim, which the claimant gets by mail; ``Stale`` when it was dealt with already."""
    said = _why(why)
    session.refresh(claim, with_for_update=True)
    if claim.state not in WAITING:
        raise Stale("Somebody else has decided this meanwhile.")
    organization, account = _organization(session, claim.organization_id), get_account(session, claim.account_id)
    _settle(session, claim, "approved" if approve else "refused", by=by, at=at, why=said)
    if approve:
        _own(session, organization, account, by=by, at=at)
    _tell(session, account, claim_letters.decided(organization.name, said, approve=approve), at=at, sealer=sealer)


def take_back(session: Session, claim: Claim, *, why: str, by: str, at: datetime, sealer: Sealer) -> None:
    """A curator takes an approved claim back: the owner's role goes, with the roles that this owner gave; all of them are signed out and told."""
    said = _why(why)
    session.refresh(claim, with_for_update=True)
    if claim.state != "approved":
        raise Stale("This claim does not stand any more.")
    organization, owner = _organization(session, claim.organization_id), get_account(session, claim.account_id)
    _settle(session, claim, "revoked", by=by, at=at, why=said)
    for account, role in members(session, organization.id):
        if account.id == owner.id or role.granted_by == f"account:{owner.id}":
            revoke(session, account, role.role, by=by, at=at, organization_id=organization.id)
            _tell(session, account, claim_letters.taken(organization.name, said), at=at, sealer=sealer)
        else:
            _tell(session, account, claim_letters.taken_from_other(organization.name, said), at=at, sealer=sealer)


def queue(session: Session, *, states: Sequence[str] = WAITING, most: int = 200) -> list[ClaimLine]:
    """Claims in some states: contested ones first, then the oldest. One by link that nobody used yet asks nothing of a curator."""
    found = select(Claim, Organization.name, Account.name).join(Organization, Claim.organization_id == Organization.id)
    found = found.join(Account, Claim.account_id == Account.id).where(Claim.state.in_(states), (Claim.via != "link") | (Claim.state != "open"))
    rows = session.execute(found.order_by(Claim.state != "contested", Claim.opened_at, Claim.id).limit(most))
    return [
        ClaimLine(
            claim_id=claim.id, organization_id=claim.organization_id, organization=organization, who=who, via=claim.via, state=claim.state,
            opened_at=claim.opened_at,
        )
        for claim, organization, who in rows
    ]  # fmt: skip


def beside(session: Session, claim: Claim, *, sealer: Sealer) -> Beside:
    """What stands beside the evidence of a claim. All that is said of the organization is public anyway."""
    organization, account = _organization(session, claim.organization_id), get_account(session, claim.account_id)
    email, listed = address_of(account, sealer=sealer), listed_addresses(session, organization.id)
    known = {address.rpartition("@")[2] for address in listed} | {_host(organization.website or "")}
    domain = email.rpartition("@")[2]
    owners = tuple(one.name for one, role in members(session, organization.id) if role.role == "owner")
    return Beside(
        name=account.name, email=email, owners=owners, listed=tuple(listed), website=organization.website or "",
        same_domain=domain if domain in known and domain not in FOR_ALL else "",
    )  # fmt: skip


def _open(session: Session, organization: Organization, account: Account, via: str, evidence: str, at: datetime) -> Claim:
    if any(one.id == account.id and role.role == "owner" for one, role in members(session, organization.id)):
        raise Invalid(evidence="You look after this organization already.")
    same = Claim.organization_id == organization.id, Claim.account_id == account.id, Claim.via == via, Claim.state.in_(WAITING)
    for before in session.scalars(select(Claim).where(*same)):
        if via == "request":
            raise Invalid(evidence="You have asked already. A curator will answer you by mail.")
        _settle(session, before, "withdrawn", by=f"account:{account.id}", at=at, why="asked again")
    claim = Claim(id=uuid4(), organization_id=organization.id, account_id=account.id, via=via, state="open", evidence=evidence, opened_at=at)
    session.add(claim)
    session.flush()
    record_change(session, entity="claim", entity_id=claim.id, action="added", by=f"account:{account.id}", at=at, after={"via": via})
    return claim


def _contest(session: Session, organization: Organization, claim: Claim, *, at: datetime, sealer: Sealer) -> bool:
    """Whether there is an owner already: then the owners are told, and a curator decides."""
    one_at_a_time(session, organization.id)
    owners = [account for account, role in members(session, organization.id) if role.role == "owner"]
    if owners:
        claim.state = "contested"
        session.flush()
        for owner in owners:
            _tell(session, owner, claim_letters.contested(organization.name), at=at, sealer=sealer)
    return bool(owners)


def _own(session: Session, organization: Organization, account: Account, *, by: str, at: datetime) -> None:
    grant(session, account, "owner", by=by, at=at, organization_id=organization.id)
    for role in session.scalars(select(Role).where(Role.account_id == account.id, Role.organization_id == organization.id, Role.role == "editor")).all():
        revoke(session, account, role.role, by=by, at=at, organization_id=organization.id)   # an owner edits anyway


def _settle(session: Session, claim: Claim, state: str, *, by: str, at: datetime, why: str) -> None:
    record_change(session, entity="claim", entity_id=claim.id, action="changed", by=by, at=at, field="state", before=claim.state, after=state, why=why)
    claim.state, claim.decided_at, claim.decided_by, claim.why = state, at, by, why
    session.flush()


def _why(why: str) -> str:
    said = " ".join(why.split())
    if not said or len(said) > LONGEST:
        raise Invalid(why="Say why in a few words: they get to read it.")
    return said


def _organization(session: Session, key: UUID) -> Organization:
    if organization := session.get(Organization, key):
        return organization
    raise NotFound("There is no such organization.")


def _host(website: str) -> str:
    try:
        return (urlsplit(website if "//" in website else f"//{website}").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _tell(session: Session, account: Account, text: str, *, at: datetime, sealer: Sealer) -> None:
    letter = Letter(to=address_of(account, sealer=sealer), subject="About a listing you look after", text=text)
    post_where_safe(session, letter, at=at, sealer=sealer, account_id=account.id)
