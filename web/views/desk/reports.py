"""Mistakes that people told of: the curators' queue, the organization's, and the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid
from directory.models import Organization, Report
from directory.permissions import Act, require
from directory.permissions import get as fetch
from directory.reports import STATES, ReportLine, answer, get_of_organization, line_of, queue
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router

CURATORS = "/desk/curator/reports"


@get("/curator/reports", name="desk.reports", sync_to_thread=True)
def show_queue(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """All that was told, what may do harm first."""
    require(visit.actor, Act.DECIDE, at=house.now())
    return _queue(request, house, visit, CURATORS, None)


@get("/curator/reports/{report_id:uuid}", name="desk.report", sync_to_thread=True)
def show(house: NamedDependency[House], visit: NamedDependency[Visit], report_id: FromPath[UUID]) -> Template:
    """One report, to a curator."""
    with house.storage.reading() as session:
        report = fetch(session, Report, report_id, visit.actor, Act.DECIDE, at=house.now())
        line = line_of(session, report)
    return _page(visit, report, line, CURATORS)


@post("/curator/reports/{report_id:uuid}", name="desk.report.answer", sync_to_thread=True)
def decide(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], report_id: FromPath[UUID]
) -> Response[Any] | Template:
    """A curator's answer."""
    return _answer(house, visit, form, CURATORS, lambda session: fetch(session, Report, report_id, visit.actor, Act.DECIDE, at=house.now()))


@get("/organizations/{organization_id:uuid}/reports", name="desk.organization.reports", sync_to_thread=True)
def show_own_queue(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """What was told of an organization's listings."""
    with house.storage.reading() as session:
        organization = fetch(session, Organization, organization_id, visit.actor, Act.EDIT_ORGANIZATION, at=house.now())
    return _queue(request, house, visit, _own(organization_id), organization)


@get("/organizations/{organization_id:uuid}/reports/{report_id:uuid}", name="desk.organization.report", sync_to_thread=True)
def show_own(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], report_id: FromPath[UUID]) -> Template:
    """One report, to the organization."""
    with house.storage.reading() as session:
        report = _of_organization(house, visit, session, organization_id, report_id)
        line = line_of(session, report)
    return _page(visit, report, line, _own(organization_id))


@post("/organizations/{organization_id:uuid}/reports/{report_id:uuid}", name="desk.organization.report.answer", sync_to_thread=True)
def answer_own(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
    report_id: FromPath[UUID],
) -> Response[Any] | Template:
    """The organization's answer."""
    return _answer(house, visit, form, _own(organization_id), lambda session: _of_organization(house, visit, session, organization_id, report_id))


def _own(organization_id: UUID) -> str:
    return f"/desk/organizations/{organization_id}/reports"


def _queue(request: Asked, house: House, visit: Visit, base: str, organization: Organization | None) -> Template:
    wanted = request.query_params.get("state", "open")
    state = wanted if wanted in ("open", *STATES) else "open"
    with house.storage.reading() as session:
        lines = queue(session, state=state, organization_id=organization.id if organization else None)
    said = words_of(request.query_params.get("said", ""))
    return page(visit, "desk/reports/index.html", lines=lines, state=state, base=base, organization=organization, said=said, at=house.now())


def _of_organization(house: House, visit: Visit, session: Any, organization_id: UUID, report_id: UUID) -> Report:
    fetch(session, Organization, organization_id, visit.actor, Act.EDIT_ORGANIZATION, at=house.now())
    return get_of_organization(session, report_id, organization_id)


def _answer(house: House, visit: Visit, form: PostedForm, base: str, find: Callable[[Any], Report]) -> Response[Any] | Template:
    typed = {name: (form.get(name) or "")[:4_000] for name in ("state", "words")}
    with house.storage.writing() as session:
        report = find(session)
        line = line_of(session, report)
        try:
            answer(session, report, **typed, by=visit.actor.by, at=house.now(), sealer=house.sealer)
        except Invalid as error:
            return _page(visit, report, line, base, errors=error.errors, typed=typed)
    return on_to(base, "sent")


def _page(visit: Visit, report: Report, line: ReportLine, base: str, *, errors: dict[str, str] | None = None, typed: dict[str, str] | None = None) -> Template:
    context = {"report": report, "line": line, "base": base, "states": STATES, "errors": errors or {}, "typed": typed or {"state": "", "words": ""}}
    return page(visit, "desk/reports/show.html", status=422 if errors else 200, **context)


router = private_router("/desk", [show_queue, show, decide, show_own_queue, show_own, answer_own])
