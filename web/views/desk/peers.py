"""The coordinator's desk: the schemes of an organization, who takes part, what is vouched for. Looking at somebody is noted in their log."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid
from directory.models import Organization
from directory.peers import schemes
from directory.peers.agreed import list_agreed
from directory.peers.coordinating import count_to_renew, list_people, needs_of
from directory.peers.introducing import list_introduced
from directory.peers.named.deciding import count_maybe
from directory.peers.naming import organization_names
from directory.peers.profiles import look_at
from directory.peers.reports.opening import list_reports
from directory.peers.schemes import Scheme
from directory.peers.vouching import OF_MINORS, OF_SUPPORTERS, list_vouched, vouch, withdraw_kind
from directory.permissions import Act
from directory.permissions import get as fetch
from directory.storage import Session
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.peers_wording import VOUCHED, area_words, label_of
from web.visits import Asked, private_router

BLANK = {"name": "", "words": "", "moderator": "", "is_internal": "", "is_open": "", "holds_contacts": ""}


@get("/", name="desk.peers", sync_to_thread=True)
def show_all(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """The schemes."""
    with house.storage.reading() as session:
        organization = fetch(session, Organization, organization_id, visit.actor, Act.COORDINATE, at=house.now())
        kept = [
            (one, len(list_agreed(session, one.id)), count_maybe(session, one.id), count_to_renew(session, one.id, on=house.today(), at=house.now()))
            for one in schemes.list_kept(session, organization_id)
        ]
        reports = sum(line.answered_at is None for line in list_reports(session, organization_id, visit.actor, at=house.now()))
    return page(visit, "desk/peers/index.html", organization=organization, schemes=kept, reports=reports, said=words_of(request.query_params.get("said", "")))


@get("/new", name="desk.peers.new", sync_to_thread=True)
def ask_new(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """The form of a new scheme."""
    return _form(house, visit, organization_id, None, {"moderator": str(visit.actor.account_id)}, {})


@post("/new", name="desk.peers.new.do", sync_to_thread=True)
def make(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Begin a scheme."""
    typed = _typed(form)
    try:
        with house.storage.writing() as session:
            organization = fetch(session, Organization, organization_id, visit.actor, Act.COORDINATE, at=house.now())
            row = schemes.make_scheme(
                session, organization, name=typed["name"], words=typed["words"], moderator_id=_id(typed["moderator"]),
                is_internal=typed["is_internal"] == "1", at=house.now(),
            )  # fmt: skip
    except Invalid as invalid:
        return _form(house, visit, organization_id, None, typed, invalid.errors)
    return on_to(f"{_here(organization_id)}/{row.id}", "saved")


@get("/{scheme_id:uuid}", name="desk.peers.scheme", sync_to_thread=True)
def show(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], scheme_id: FromPath[UUID],
) -> Template:
    """Who takes part, and who waits to be introduced."""
    at = house.now()
    with house.storage.writing(counting=True) as session:
        scheme = kept_scheme(session, house, visit, organization_id, scheme_id)
        people = list_people(session, scheme, visit.actor, on=house.today(), at=at, sealer=house.sealer)
        waiting, introduced, maybe = list_agreed(session, scheme_id), list_introduced(session, scheme_id), count_maybe(session, scheme_id)
    called = {(one.side, one.client_id): one.pseudonym for one in people}
    return page(
        visit, "desk/peers/scheme.html", scheme=scheme, people=people, waiting=waiting, introduced=introduced, called=called, kinds=VOUCHED,
        maybe=maybe, on=house.today(), renew=sorted((day, one.pseudonym, kind, one.profile_id) for one in people for day, kind in one.renew),
        said=words_of(request.query_params.get("said", "")),
    )  # fmt: skip


@get("/{scheme_id:uuid}/change", name="desk.peers.change", sync_to_thread=True)
def ask_change(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], scheme_id: FromPath[UUID]) -> Template:
    """The form of a scheme."""
    with house.storage.reading() as session:
        scheme = kept_scheme(session, house, visit, organization_id, scheme_id)
    typed = {"name": scheme.name, "words": scheme.words, "moderator": str(scheme.moderator_id or ""), "is_open": "1" if scheme.is_open else ""}
    typed["holds_contacts"] = "1" if scheme.holds_contacts else ""
    return _form(house, visit, organization_id, scheme, typed, {})


@post("/{scheme_id:uuid}/change", name="desk.peers.change.do", sync_to_thread=True)
def change(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
    scheme_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Change what is said of a scheme, who moderates it, and whether it takes on people."""
    typed = _typed(form)
    with house.storage.reading() as session:
        scheme = kept_scheme(session, house, visit, organization_id, scheme_id)
    try:
        with house.storage.writing() as session:
            schemes.change_scheme(
                session, scheme.id, name=typed["name"], words=typed["words"], moderator_id=_id(typed["moderator"]), is_open=typed["is_open"] == "1",
                holds_contacts=typed["holds_contacts"] == "1",
            )  # fmt: skip
    except Invalid as invalid:
        return _form(house, visit, organization_id, scheme, typed, invalid.errors)
    return on_to(f"{_here(organization_id)}/{scheme_id}", "saved")


@get("/{scheme_id:uuid}/people/{profile_id:uuid}", name="desk.peers.person", sync_to_thread=True)
def look(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], scheme_id: FromPath[UUID],
    profile_id: FromPath[UUID],
) -> Template:  # fmt: skip
    """What somebody said, and what is vouched for."""
    return _person(house, visit, organization_id, scheme_id, profile_id, said=words_of(request.query_params.get("said", "")))


@post("/{scheme_id:uuid}/people/{profile_id:uuid}", name="desk.peers.vouch", sync_to_thread=True)
def stand_for(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
    scheme_id: FromPath[UUID], profile_id: FromPath[UUID],
) -> Response[Any] | Template:  # fmt: skip
    """Stand for something about somebody until a day, or no more."""
    kind, at = form.get("kind") or "", house.now()
    try:
        with house.storage.writing(counting=True) as session:
            scheme = kept_scheme(session, house, visit, organization_id, scheme_id)
            kept = look_at(session, scheme, profile_id, visit.actor, at=at, sealer=house.sealer)
            if form.get("do") == "withdraw":
                withdraw_kind(session, scheme_id, kept.client_id, kind, at=at)
            else:
                vouch(
                    session, scheme, kept.client_id, kind, ends_on=_day(form.get("ends_on") or ""), words=form.get("words") or "", by=visit.actor.by,
                    on=house.today(), at=at, sealer=house.sealer,
                )  # fmt: skip
    except Invalid as invalid:
        return _person(house, visit, organization_id, scheme_id, profile_id, errors=invalid.errors, kind=kind)
    return on_to(f"{_here(organization_id)}/{scheme_id}/people/{profile_id}", "saved")


def kept_scheme(session: Session, house: House, visit: Visit, organization_id: UUID, scheme_id: UUID) -> Scheme:
    """A scheme for a coordinator of its organization; refused to everybody else."""
    fetch(session, Organization, organization_id, visit.actor, Act.COORDINATE, at=house.now())
    return schemes.get_kept(session, organization_id, scheme_id)


def _person(
    house: House, visit: Visit, organization_id: UUID, scheme_id: UUID, profile_id: UUID, *, said: str = "", errors: dict[str, str] | None = None,
    kind: str = "",
) -> Template:  # fmt: skip
    at = house.now()
    with house.storage.writing(counting=True) as session:
        scheme = kept_scheme(session, house, visit, organization_id, scheme_id)
        kept = look_at(session, scheme, profile_id, visit.actor, at=at, sealer=house.sealer)
        lines = list_vouched(session, scheme_id, kept.client_id, sealer=house.sealer)
        names = organization_names(session, (*kept.said.organizations, *kept.said.not_organizations))
    vocabulary, side = house.catalogue.vocabulary, kept.side
    offered = (*(OF_SUPPORTERS if side == "supporter" else ()), *(OF_MINORS if kept.said.is_minor is not False else ()))
    return page(
        visit, "desk/peers/person.html", status=422 if errors else 200, scheme=scheme, kept=kept, lines=lines, names=names, kinds=VOUCHED, offered=offered,
        needed=needs_of(side, is_minor=kept.said.is_minor is not False), on=house.today(), errors=errors or {}, kind=kind, area=area_words,
        label=lambda code: label_of(vocabulary, code), said=said,
    )  # fmt: skip


def _form(house: House, visit: Visit, organization_id: UUID, scheme: Scheme | None, typed: dict[str, str], errors: dict[str, str]) -> Template:
    with house.storage.reading() as session:
        organization = fetch(session, Organization, organization_id, visit.actor, Act.COORDINATE, at=house.now())
        moderators = schemes.list_moderators(session, organization_id)
    return page(
        visit, "desk/peers/form.html", status=422 if errors else 200, organization=organization, scheme=scheme, moderators=moderators, typed={**BLANK, **typed},
        errors=errors,
    )  # fmt: skip


def _typed(form: PostedForm) -> dict[str, str]:
    return {name: (form.get(name) or "")[:2_100] for name in BLANK}


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid(ends_on="Choose a day within the next three years.") from None


def _here(organization_id: UUID) -> str:
    return f"/desk/organizations/{organization_id}/peers"


router = private_router("/desk/organizations/{organization_id:uuid}/peers", [show_all, ask_new, make, show, ask_change, change, look, stand_for])
