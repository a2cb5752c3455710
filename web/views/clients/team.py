"""The team of an agency: who is in it, how much each has to do, and the reasons for which somebody looked outside their own caseload."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory import members, permissions
from directory.accounts.sign_ins import Visit
from directory.clients import caseloads, forgetting, retaining
from directory.clients.agencies import leave_team, list_team
from directory.clients.for_them import list_erased
from directory.clients.watching import list_looks
from directory.errors import Invalid
from directory.models import Organization
from directory.permissions import Act
from directory.permissions import get as fetch
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.guide import prompts
from web.house import House
from web.views.clients.for_them import ERASED_SHOWN
from web.visits import Asked, private_router

LOOKS_SHOWN = timedelta(days=90)


@get("/team", name="desk.team", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """Who is in the team."""
    return _team(house, visit, organization_id, said=words_of(request.query_params.get("said", "")))


@post("/team", name="desk.team.invite", sync_to_thread=True)
def invite(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Ask somebody into the team."""
    email, role = (form.get("email") or "")[:400], form.get("role") or ""
    try:
        with house.storage.writing() as session:
            agency = fetch(session, Organization, organization_id, visit.actor, Act.KEEP_TEAM, at=house.now())
            if role not in members.TEAM_ROLES:
                raise Invalid(role="Choose what they will do.")
            members.invite(
                session, agency, email, role, actor=visit.actor, at=house.now(), sealer=house.sealer, addressed=lambda path: house.settings.base_url + path,
            )
    except Invalid as invalid:
        return _team(house, visit, organization_id, errors=invalid.errors, email=email, role=role)
    return on_to(f"/desk/agencies/{organization_id}/team", "invited")


@post("/team/{account_id:uuid}/leave", name="desk.team.leave", sync_to_thread=True)
def leave(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
    account_id: FromPath[UUID],
) -> Response[Any]:
    """Take somebody's role in the team; their people wait for a colleague."""
    with house.storage.writing() as session:
        fetch(session, Organization, organization_id, visit.actor, Act.KEEP_TEAM, at=house.now())
        leave_team(session, organization_id, account_id, form.get("role") or "caseworker", by=visit.actor.by, at=house.now())
    return on_to(f"/desk/agencies/{organization_id}/team", "done")


@get("/supervision", name="desk.supervision", sync_to_thread=True)
def supervise(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """How much each has to do and what is overdue: numbers and references, never a word of a record."""
    return _supervision(house, visit, organization_id, said=words_of(request.query_params.get("said", "")))


@post("/keeping", name="desk.keeping", sync_to_thread=True)
def keep_for(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Set how long the agency keeps what it wrote."""
    days = form.get("keep_days") or ""
    try:
        if not (days.isascii() and days.isdecimal() and len(days) < 6):
            raise Invalid(keep_days="Write a number of days.")
        with house.storage.writing() as session:
            fetch(session, Organization, organization_id, visit.actor, Act.LEAD_TEAM, at=house.now())
            retaining.keep_for(session, organization_id, int(days), actor=visit.actor, at=house.now())
    except Invalid as invalid:
        return _supervision(house, visit, organization_id, errors=invalid.errors, typed=days)
    return on_to(f"/desk/agencies/{organization_id}/supervision", "saved")


@get("/looks", name="desk.looks", sync_to_thread=True)
def looks(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """Why somebody looked outside their own caseload; the reasons, never what they saw."""
    at = house.now()
    with house.storage.reading() as session:
        agency = fetch(session, Organization, organization_id, visit.actor, Act.LEAD_TEAM, at=at)
        found = list_looks(session, organization_id, sealer=house.sealer, since=at - LOOKS_SHOWN)
        references = {line.client_id: line.reference for line in caseloads.list_all(session, organization_id)}
        erased = list_erased(session, organization_id, since=at - ERASED_SHOWN)
    return page(visit, "clients/looks.html", agency=agency, looks=found, references=references, erased=erased)


@get("/desk/guide", name="desk.guide", sync_to_thread=False)
def guide(visit: NamedDependency[Visit]) -> Template:
    """The guide beside the prompts."""
    return page(visit, "clients/guide.html", prompts=prompts())


@get("/desk/admin/keeping", name="admin.keeping", sync_to_thread=True)
def keeping(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """How much of what is kept of people is over and goes with the next night: counts only."""
    permissions.require(visit.actor, Act.ADMINISTER, at=house.now())
    with house.storage.reading() as session:
        counted = forgetting.count(session, at=house.now())
    return page(visit, "clients/keeping.html", lines=[(getattr(counted, name), words) for name, words in forgetting.WORDS.items()])


def _supervision(house: House, visit: Visit, organization_id: UUID, *, said: str = "", errors: dict[str, str] | None = None, typed: str = "") -> Template:
    at = house.now()
    with house.storage.reading() as session:
        agency = fetch(session, Organization, organization_id, visit.actor, Act.LEAD_TEAM, at=at)
        lines, team = caseloads.list_all(session, organization_id), list_team(session, organization_id, "caseworker")
        kept, shorter = retaining.days_kept(session, organization_id), retaining.count_shorter(session, organization_id)
    loads = caseloads.loads(lines, [(one.account_id, one.name) for one in team], at=at)
    late, waiting = [line for line in lines if line.is_overdue(at.date())], [line for line in lines if line.account_id is None]
    return page(
        visit, "clients/supervision.html", status=422 if errors else 200, agency=agency, loads=loads, late=late, waiting=waiting, on=at.date(), said=said,
        kept=typed or kept, shorter=shorter, errors=errors or {},
    )  # fmt: skip


def _team(
    house: House, visit: Visit, organization_id: UUID, *, said: str = "", errors: dict[str, str] | None = None, email: str = "", role: str = "caseworker",
) -> Template:
    with house.storage.reading() as session:
        agency = fetch(session, Organization, organization_id, visit.actor, Act.KEEP_TEAM, at=house.now())
        team = list_team(session, organization_id)
    return page(
        visit, "clients/team.html", status=422 if errors else 200, agency=agency, team=team, roles=members.TEAM_ROLES, errors=errors or {}, email=email,
        role=role, said=said,
    )  # fmt: skip


router = private_router("/desk/agencies/{organization_id:uuid}", [show, invite, leave, supervise, keep_for, looks])
beside = private_router("/", [guide, keeping])
