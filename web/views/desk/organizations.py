"""The desk of an organization: its listings and how they stand, what it says of itself, and its people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory import members, organizations
from directory.accounts.people import get_account
from directory.accounts.sign_ins import Visit
from directory.editing import drafts
from directory.errors import Invalid, NotFound
from directory.meetings.proposals import which_wait
from directory.models import Organization
from directory.permissions import Act, may
from directory.permissions import get as fetch
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, find_actor, open_router, private_router


@get("/{organization_id:uuid}", name="desk.organization", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """Its listings, and what each needs."""
    with house.storage.reading() as session:
        organization = fetch(session, Organization, organization_id, visit.actor, Act.EDIT_ORGANIZATION, at=house.now())
        listings = organizations.listings_of(session, organization_id)
        in_words = which_wait(session, {one.service_id for one in listings}, sealer=house.sealer)
        begun = drafts.begun(session, organization_id, visit.actor, sealer=house.sealer)
    return page(
        visit, "desk/organizations/show.html", organization=organization, listings=listings, begun=begun, in_words=in_words, at=house.now(),
        may_invite=may(visit.actor, Act.INVITE, organization),
        may_keep=may(visit.actor, Act.KEEP_ORGANIZATION, organization), is_member=organization_id in visit.actor.edits,
        said=words_of(request.query_params.get("said", "")),
    )  # fmt: skip


@get("/{organization_id:uuid}/edit", name="desk.organization.edit", sync_to_thread=True)
def ask(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """What it says of itself, as a form."""
    with house.storage.reading() as session:
        organization = fetch(session, Organization, organization_id, visit.actor, Act.KEEP_ORGANIZATION, at=house.now())
    return _form(visit, organization, organizations.said_of(organization), organizations.seen(organization))


@post("/{organization_id:uuid}/edit", name="desk.organization.save", sync_to_thread=True)
def save(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID]
) -> Response[Any] | Template:
    """Change it; what the form does not say stays."""
    said = {name: value[:8_000] for name in organizations.FIELDS if (value := form.get(name)) is not None}
    was = form.get("was") or ""
    with house.storage.writing() as session:
        organization = fetch(session, Organization, organization_id, visit.actor, Act.KEEP_ORGANIZATION, at=house.now())
        try:
            organizations.edit(session, organization, said, was=was, by=visit.actor.by, at=house.now(), sealer=house.sealer, why=form.get("why") or "")
        except Invalid as error:
            return _form(visit, organization, organizations.said_of(organization) | said, was, errors=error.errors)
    return on_to(f"/desk/organizations/{organization_id}", "saved")


@get("/{organization_id:uuid}/members", name="desk.members", sync_to_thread=True)
def show_members(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """Its people."""
    return _members(house, visit, organization_id, said=words_of(request.query_params.get("said", "")))


@post("/{organization_id:uuid}/members", name="desk.members.invite", sync_to_thread=True)
def invite(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID]
) -> Response[Any] | Template:
    """Ask somebody in."""
    email, role = (form.get("email") or "")[:400], form.get("role") or "editor"
    try:
        with house.storage.writing() as session:
            organization = fetch(session, Organization, organization_id, visit.actor, Act.INVITE, at=house.now())
            members.invite(
                session, organization, email, role, actor=visit.actor, at=house.now(), sealer=house.sealer,
                addressed=lambda path: house.settings.base_url + path,
            )  # fmt: skip
    except Invalid as error:
        return _members(house, visit, organization_id, errors=error.errors, email=email, role=role)
    return on_to(f"/desk/organizations/{organization_id}/members", "sent")


@post("/{organization_id:uuid}/members/{account_id:uuid}", name="desk.members.change", sync_to_thread=True)
def change(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
    account_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Trust somebody, stop trusting, or let them go."""
    wish, by, at = form.get("do") or "", visit.actor.by, house.now()
    try:
        with house.storage.writing() as session:
            organization = fetch(session, Organization, organization_id, visit.actor, Act.INVITE, at=at)
            if wish in ("trust", "untrust"):
                members.set_trust(session, organization_id, account_id, is_trusted=wish == "trust", by=by, at=at)
            elif wish == "let go":
                members.let_go(session, organization, account_id, by=by, at=at, sealer=house.sealer)
            else:
                raise Invalid(member="Choose one of the buttons.")
    except Invalid as error:
        return _members(house, visit, organization_id, errors=error.errors)
    return on_to(f"/desk/organizations/{organization_id}/members", "done")


@post("/{organization_id:uuid}/leave", name="desk.members.leave", sync_to_thread=True)
def leave(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Response[Any] | Template:
    """Leave an organization oneself; this browser is signed out with all others, since what it may do has changed."""
    try:
        with house.storage.writing() as session:
            organization = fetch(session, Organization, organization_id, visit.actor, Act.BE_MEMBER, at=house.now())
            if visit.actor.account_id is not None:
                members.let_go(session, organization, visit.actor.account_id, by=visit.actor.by, at=house.now(), sealer=house.sealer)
    except Invalid as error:
        return _members(house, visit, organization_id, errors=error.errors)
    return on_to("/account/sign-in", "signed-out")


@get("/desk/invitations/{token:str}", name="desk.invitation", sync_to_thread=True)
def look_at_invitation(request: Asked, house: NamedDependency[House], token: FromPath[str]) -> Template:
    """What an invitation is for: to somebody who has signed in a button, to others the ways to come in."""
    actor = find_actor(request, house)
    with house.storage.reading() as session:
        invitation = members.look_at_invitation(session, token, at=house.now(), sealer=house.sealer)
    return Template("desk/organizations/invitation.html", context={"invitation": invitation, "token": token, "who": actor})


@get("/invitations/{token:str}/accept", name="desk.invitation.confirm", sync_to_thread=True)
def confirm_invitation(house: NamedDependency[House], visit: NamedDependency[Visit], token: FromPath[str]) -> Template:
    """The button to say yes."""
    with house.storage.reading() as session:
        invitation = members.look_at_invitation(session, token, at=house.now(), sealer=house.sealer)
    return page(visit, "desk/organizations/accept.html", invitation=invitation, token=token)


@post("/invitations/{token:str}/accept", name="desk.invitation.accept", sync_to_thread=True)
def accept(house: NamedDependency[House], visit: NamedDependency[Visit], token: FromPath[str]) -> Response[Any]:
    """Say yes."""
    if visit.actor.account_id is None:
        raise NotFound("Nobody has signed in.")
    with house.storage.writing() as session:
        account = get_account(session, visit.actor.account_id)
        invitation = members.accept(session, token, account, at=house.now(), sealer=house.sealer)
    return on_to("/desk" if invitation.role in members.TEAM_ROLES else f"/desk/organizations/{invitation.organization_id}", "done")


def _form(visit: Visit, organization: Organization, said: dict[str, str], was: str, *, errors: dict[str, str] | None = None) -> Template:
    context = {"organization": organization, "typed": said, "was": was, "longest": organizations.LONGEST, "errors": errors or {}}
    return page(visit, "desk/organizations/edit.html", status=422 if errors else 200, **context)


def _members(
    house: House, visit: Visit, organization_id: UUID, *, said: str = "", errors: dict[str, str] | None = None, email: str = "", role: str = "editor"
) -> Template:
    with house.storage.reading() as session:
        organization = fetch(session, Organization, organization_id, visit.actor, Act.EDIT_ORGANIZATION, at=house.now())
        people = members.list_members(session, organization_id, sealer=house.sealer)
    return page(
        visit, "desk/organizations/members.html", status=422 if errors else 200, organization=organization, people=people, roles=members.ROLES,
        may_invite=may(visit.actor, Act.INVITE, organization), errors=errors or {}, email=email, role=role, said=said,
    )  # fmt: skip


router = private_router("/desk/organizations", [show, ask, save, show_members, invite, change, leave])
answering = private_router("/desk", [confirm_invitation, accept])
asked = open_router("/", [look_at_invitation])
