"""Claiming an organization: the two ways to show it, the page of a link, and the curators' decision."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from directory import claims
from directory.accounts.people import get_account, members
from directory.accounts.sign_ins import Visit
from directory.errors import Invalid, NotFound
from directory.models import Account, Claim, Organization, Service
from directory.permissions import Act, require
from directory.permissions import get as fetch
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router

CURATORS = "/desk/curator/claims"


@get("/claims/new", name="desk.claims.new", sync_to_thread=False)
def begin(request: Asked, visit: NamedDependency[Visit]) -> Response[Any]:
    """On to the claim of the organization that is named."""
    try:
        key = UUID(request.query_params.get("organization", ""))
    except ValueError:
        raise NotFound("There is no such organization.") from None
    return Redirect(f"/desk/organizations/{key}/claim", status_code=303)


@get("/listings/{service_id:uuid}/claim", name="desk.listing.claim", sync_to_thread=True)
def of_listing(house: NamedDependency[House], visit: NamedDependency[Visit], service_id: FromPath[UUID]) -> Response[Any]:
    """On to the claim of whoever runs a listing."""
    with house.storage.reading() as session:
        service = fetch(session, Service, service_id, visit.actor, Act.CLAIM, at=house.now())
    if service.organization_id is None:
        raise NotFound("Nobody is named who runs this.")
    return Redirect(f"/desk/organizations/{service.organization_id}/claim", status_code=303)


@get("/organizations/{organization_id:uuid}/claim", name="desk.claim", sync_to_thread=True)
def ask(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """The two ways."""
    return _asking(house, visit, organization_id, said=words_of(request.query_params.get("said", "")))


@post("/organizations/{organization_id:uuid}/claim", name="desk.claim.send", sync_to_thread=True)
def send(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID]
) -> Response[Any] | Template:
    """A link to a listed address, or words for a curator."""
    at, number, evidence = house.now(), form.get("address") or "", form.get("evidence") or ""
    try:
        with house.storage.writing() as session:
            organization = fetch(session, Organization, organization_id, visit.actor, Act.CLAIM, at=at)
            account = _me(session, visit)
            if form.get("way") == "link":
                chosen = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
                claims.ask_by_link(session, organization, account, chosen, at=at, sealer=house.sealer, addressed=_address(house))
            else:
                claims.ask_by_words(session, organization, account, evidence, at=at, sealer=house.sealer)
    except Invalid as error:
        return _asking(house, visit, organization_id, errors=error.errors, evidence=evidence[:5_000])
    return on_to(f"/desk/organizations/{organization_id}/claim", "sent")


@post("/claims/{claim_id:uuid}/withdraw", name="desk.claim.withdraw", sync_to_thread=True)
def withdraw(house: NamedDependency[House], visit: NamedDependency[Visit], claim_id: FromPath[UUID]) -> Response[Any]:
    """Take it back before anybody has answered."""
    with house.storage.writing() as session:
        claim = fetch(session, Claim, claim_id, visit.actor, Act.WITHDRAW, at=house.now())
        claims.withdraw(session, claim, by=visit.actor.by, at=house.now(), sealer=house.sealer)
    return on_to(f"/desk/organizations/{claim.organization_id}/claim", "claim-withdrawn")


@get("/claims/use/{token:str}", name="desk.claim.look", sync_to_thread=True)
def look_at(house: NamedDependency[House], visit: NamedDependency[Visit], token: FromPath[str]) -> Template:
    """The page of a link: reading it uses nothing up."""
    with house.storage.reading() as session:
        organization = claims.look_at_link(session, token, at=house.now(), sealer=house.sealer)
    return page(visit, "desk/claims/use.html", organization=organization, token=token)


@post("/claims/use/{token:str}", name="desk.claim.use", sync_to_thread=True)
def use(house: NamedDependency[House], visit: NamedDependency[Visit], token: FromPath[str]) -> Response[Any]:
    """Use the link: owner at once, or a curator decides."""
    with house.storage.writing() as session:
        claim = claims.use_link(session, token, _me(session, visit), at=house.now(), sealer=house.sealer)
    if claim.state == "approved":
        return on_to(f"/desk/organizations/{claim.organization_id}", "done")
    return on_to(f"/desk/organizations/{claim.organization_id}/claim", "sent")


@get("/curator/claims", name="desk.claims", sync_to_thread=True)
def show_queue(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """What waits, contested first; or what was decided."""
    require(visit.actor, Act.DECIDE, at=house.now())
    is_old = request.query_params.get("state") == "decided"
    with house.storage.reading() as session:
        lines = claims.queue(session, states=("approved", "refused", "revoked", "withdrawn") if is_old else claims.WAITING)
    return page(visit, "desk/claims/index.html", lines=lines, is_old=is_old, said=words_of(request.query_params.get("said", "")))


@get("/curator/claims/{claim_id:uuid}", name="desk.claims.show", sync_to_thread=True)
def show(house: NamedDependency[House], visit: NamedDependency[Visit], claim_id: FromPath[UUID]) -> Template:
    """One claim, with what is known beside it."""
    return _claim(house, visit, claim_id)


@post("/curator/claims/{claim_id:uuid}", name="desk.claims.decide", sync_to_thread=True)
def decide(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], claim_id: FromPath[UUID]
) -> Response[Any] | Template:
    """Approve, refuse, or take back."""
    why, verdict, at = form.get("why") or "", form.get("verdict") or "", house.now()
    try:
        with house.storage.writing() as session:
            claim = fetch(session, Claim, claim_id, visit.actor, Act.DECIDE, at=at)
            if verdict == "revoke":
                claims.take_back(session, claim, why=why, by=visit.actor.by, at=at, sealer=house.sealer)
            elif verdict in ("approve", "refuse"):
                claims.decide(session, claim, approve=verdict == "approve", why=why, by=visit.actor.by, at=at, sealer=house.sealer)
            else:
                raise Invalid(why="Choose one of the buttons.")
    except Invalid as error:
        return _claim(house, visit, claim_id, errors=error.errors, why=why[:5_000])
    return on_to(CURATORS, "done")


def _asking(
    house: House, visit: Visit, organization_id: UUID, *, said: str = "", errors: dict[str, str] | None = None, evidence: str = ""
) -> Template:
    with house.storage.reading() as session:
        organization = fetch(session, Organization, organization_id, visit.actor, Act.CLAIM, at=house.now())
        addresses = [claims.mask(address) for address in claims.listed_addresses(session, organization_id)]
        is_mine = any(account.id == visit.actor.account_id for account, _ in members(session, organization_id))
        waiting = claims.waiting_of(session, organization_id, visit.actor.account_id)
    return page(
        visit, "desk/claims/new.html", status=422 if errors else 200, organization=organization, addresses=addresses, is_mine=is_mine,
        waiting=waiting, errors=errors or {}, evidence=evidence, said=said,
    )  # fmt: skip


def _claim(house: House, visit: Visit, claim_id: UUID, *, errors: dict[str, str] | None = None, why: str = "") -> Template:
    with house.storage.reading() as session:
        claim = fetch(session, Claim, claim_id, visit.actor, Act.DECIDE, at=house.now())
        organization, beside = session.get(Organization, claim.organization_id), claims.beside(session, claim, sealer=house.sealer)
    context = {"claim": claim, "organization": organization, "beside": beside, "waiting": claims.WAITING, "errors": errors or {}, "why": why}
    return page(visit, "desk/claims/show.html", status=422 if errors else 200, **context)


def _me(session: Any, visit: Visit) -> Account:
    if visit.actor.account_id is None:
        raise NotFound("Nobody has signed in.")
    return get_account(session, visit.actor.account_id)


def _address(house: House) -> claims.Addressed:
    return lambda path: house.settings.base_url + path


router = private_router("/desk", [begin, of_listing, ask, send, withdraw, look_at, use, show_queue, show, decide])
