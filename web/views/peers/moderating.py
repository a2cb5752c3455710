"""The moderator's desk: what was reported, and what to do about it; and how people who were introduced say it goes."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid, Stale
from directory.models import Organization
from directory.peers.checking_in.answers import list_answers
from directory.peers.ending import forget_traces
from directory.peers.reports.moderating import act, answer
from directory.peers.reports.opening import get_report, list_reports, open_for
from directory.peers.reports.telling import LONGEST
from directory.storage import Session
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router

DID: Final = {
    "opened": "opened it", "answered": "answered", "paused": "paused the person", "opened_again": "let the person go on", "ended": "ended the introduction",
    "removed": "took the person out of the scheme",
}  # fmt: skip


@get("/{organization_id:uuid}/peers/reports", name="desk.peers.reports", sync_to_thread=True)
def index(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """Those that wait first; a line says nothing of what it is about."""
    with house.storage.reading() as session:
        lines = list_reports(session, organization_id, visit.actor, at=house.now())
        organization = session.get_one(Organization, organization_id)
    return page(visit, "peers/desk_reports.html", lines=lines, organization=organization, said=words_of(request.query_params.get("said", "")))


@get("/{organization_id:uuid}/peers/reports/{report_id:uuid}", name="desk.peers.report", sync_to_thread=True)
def show(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], report_id: FromPath[UUID]
) -> Template:
    """One of them; that it was opened is written down."""
    return _show(house, visit, organization_id, report_id, said=words_of(request.query_params.get("said", "")))


@post("/{organization_id:uuid}/peers/reports/{report_id:uuid}", name="desk.peers.report.do", sync_to_thread=True)
def do(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID], report_id: FromPath[UUID]
) -> Response[Any] | Template:
    """Answer, or do what the button says."""
    wish, words = form.get("do") or "", form.get("words") or ""
    try:
        with house.storage.writing(counting=True) as session:
            row = get_report(session, organization_id, report_id, visit.actor, at=house.now())
            said: dict[str, Any] = {"at": house.now(), "sealer": house.sealer, "base_url": house.settings.base_url}
            if wish == "answer":
                answer(session, row, words, visit.actor, **said)
            else:
                act(session, row, wish, visit.actor, **said)
    except Invalid as error:
        return _show(house, visit, organization_id, report_id, status=422, errors=error.errors, typed=words)
    except Stale as error:
        return _show(house, visit, organization_id, report_id, status=409, errors={"words": str(error)}, typed=words)
    if wish in ("ended", "removed"):
        forget_traces(house.storage)
    return on_to(f"/desk/organizations/{organization_id}/peers/reports/{report_id}", "done")


@get("/{organization_id:uuid}/peers/check-ins", name="desk.peers.check_ins", sync_to_thread=True)
def check_ins(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """How people say it goes; each of them sees in their log that it was read."""
    with house.storage.writing(counting=True) as session:
        answers = list_answers(session, organization_id, visit.actor, at=house.now(), sealer=house.sealer)
        organization = session.get_one(Organization, organization_id)
    return page(visit, "peers/desk_check_ins.html", answers=answers, organization=organization)


def _show(house: House, visit: Visit, organization_id: UUID, report_id: UUID, *, status: int = 200, **shown: Any) -> Template:
    with house.storage.writing(counting=True) as session:
        opened, organization = _open(session, house, visit, organization_id, report_id)
    said = {"errors": {}, "typed": "", "said": "", **shown}
    return page(visit, "peers/desk_report.html", status=status, one=opened, organization=organization, did=DID, longest=LONGEST, **said)


def _open(session: Session, house: House, visit: Visit, organization_id: UUID, report_id: UUID) -> tuple[Any, Organization]:
    row = get_report(session, organization_id, report_id, visit.actor, at=house.now())
    return open_for(session, row, visit.actor, at=house.now(), sealer=house.sealer), session.get_one(Organization, organization_id)


router = private_router("/desk/organizations", [index, show, do, check_ins])
