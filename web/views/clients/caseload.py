"""The caseload of an agency: one's own people, due first; whom nobody works with yet; and beginning with somebody new."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.clients import caseloads, working
from directory.clients.agencies import list_team
from directory.clients.parts import SHARED
from directory.clients.retaining import days_for, days_kept
from directory.clients.wording import DAYS, languages, words
from directory.errors import Invalid
from directory.models import Organization
from directory.permissions import Act, may
from directory.permissions import get as fetch
from directory.referrals import lists
from directory.storage import Session
from web.desk import on_to, page, words_of
from web.forms.days import read_day
from web.forms.posted import PostedForm
from web.guide import prompts_at
from web.house import House
from web.visits import Asked, private_router


@get("/", name="desk.caseload", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """Whom one works with; others of the agency by reference only."""
    at, said = house.now(), words_of(request.query_params.get("said", ""))
    with house.storage.writing(counting=True) as session:   # a name that is shown is written down in its owner's log
        agency = fetch(session, Organization, organization_id, visit.actor, Act.SEE_CASELOAD, at=at)
        mine = caseloads.list_mine(session, visit.actor, organization_id, at=at, sealer=house.sealer)
        waiting, everybody = caseloads.list_waiting(session, organization_id), caseloads.list_all(session, organization_id)
        to_look_at = sum(line.is_due for line in lists.agency_lines(session, organization_id, visit.actor, at=at))
    known = {line.client_id for line in (*mine, *waiting)}
    return page(
        visit, "clients/caseload.html", agency=agency, mine=mine, waiting=waiting, others=[line for line in everybody if line.client_id not in known],
        on=at.date(), is_lead=may(visit.actor, Act.LEAD_TEAM, agency), is_worker=organization_id in visit.actor.casework, said=said,
        may_keep=may(visit.actor, Act.KEEP_TEAM, agency), to_look_at=to_look_at,
    )  # fmt: skip


@get("/clients/new", name="desk.client.new", sync_to_thread=True)
def ask(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """Begin with what somebody agrees to, read aloud in their language. No part is ticked, and no way of agreeing is chosen."""
    with house.storage.reading() as session:
        _working(session, house, visit, organization_id)
        typed = {"parts": [], "purpose": "together", "days": "90", "how": "", "label": ""}
        return _ask(session, house, visit, organization_id, request.query_params.get("in", "en"), typed, {})


@post("/clients/new", name="desk.client.begin", sync_to_thread=True)
def begin(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Begin a record."""
    typed, language = typed_of(form), form.get("language") or ""
    try:
        with house.storage.writing(counting=True) as session:
            _working(session, house, visit, organization_id)
            client = working.begin(
                session, visit.actor, organization_id, how=typed["how"], parts=typed["parts"], days=days_of(typed["days"]), language=language,
                label=typed["label"], at=house.now(), sealer=house.sealer,
            )  # fmt: skip
    except Invalid as invalid:
        with house.storage.reading() as session:
            return _ask(session, house, visit, organization_id, language, typed, invalid.errors)
    return on_to(f"/desk/agencies/{organization_id}/clients/{client.id}", "saved")


@post("/clients/{client_id:uuid}/take", name="desk.client.take", sync_to_thread=True)
def take(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], client_id: FromPath[UUID]) -> Response[Any]:
    """Take on somebody whom nobody works with yet."""
    with house.storage.writing(counting=True) as session:
        caseloads.take(session, client_id, visit.actor, organization_id, at=house.now())
    return on_to(f"/desk/agencies/{organization_id}/clients/{client_id}", "taken")


@get("/clients/{client_id:uuid}/work", name="desk.client.work", sync_to_thread=True)
def work(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], client_id: FromPath[UUID]) -> Template:
    """When to follow up, who has them, who stands in: nothing of the record."""
    return _work(house, visit, organization_id, client_id, {}, {})


@post("/clients/{client_id:uuid}/work", name="desk.client.work.do", sync_to_thread=True)
def change(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID], client_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Set the next day, hand over, leave cover, or end."""
    typed = {name: (form.get(name) or "")[:80] for name in ("do", "follow_up_on", "to", "cover", "cover_until")}
    here = f"/desk/agencies/{organization_id}"
    try:
        with house.storage.writing() as session:
            said = _change(session, house, visit, organization_id, client_id, typed)
    except Invalid as invalid:
        return _work(house, visit, organization_id, client_id, typed, invalid.errors)
    return on_to(here if said in ("handed-over", "ended") else f"{here}/clients/{client_id}/work", said)


def _change(session: Session, house: House, visit: Visit, organization_id: UUID, client_id: UUID, typed: dict[str, str]) -> str:
    at, which = house.now(), (session, client_id, visit.actor, organization_id)
    if typed["do"] == "follow-up":
        caseloads.follow_up(*which, _day(typed["follow_up_on"], "follow_up_on", at) if typed["follow_up_on"] else None, at=at)
    elif typed["do"] == "hand over":
        caseloads.hand_over(*which, _uuid(typed["to"], "to"), at=at)
        return "handed-over"
    elif typed["do"] == "cover":
        until = caseloads.end_of(_day(typed["cover_until"], "cover_until", at))
        caseloads.leave_cover(*which, _uuid(typed["cover"], "cover"), until, at=at)
    elif typed["do"] == "no cover":
        caseloads.leave_cover(*which, None, None, at=at)
    elif typed["do"] == "end":
        caseloads.end(*which, at=at)
        return "ended"
    else:
        raise Invalid(work="Choose one of the buttons.")
    return "saved"


def _work(house: House, visit: Visit, organization_id: UUID, client_id: UUID, typed: dict[str, str], errors: dict[str, str]) -> Template:
    at = house.now()
    with house.storage.reading() as session:
        agency = fetch(session, Organization, organization_id, visit.actor, Act.SEE_CASELOAD, at=at)
        line = caseloads.held_line(session, client_id, visit.actor, organization_id, at=at)
        team = [one for one in list_team(session, organization_id, "caseworker") if one.account_id != line.account_id]
        kept = days_for(session, client_id, organization_id)
    return page(
        visit, "clients/work.html", status=422 if errors else 200, agency=agency, line=line, team=team, typed=typed, errors=errors, on=at.date(), kept=kept,
    )


def _ask(session: Session, house: House, visit: Visit, organization_id: UUID, language: str, typed: dict[str, Any], errors: dict[str, str]) -> Template:
    agency = fetch(session, Organization, organization_id, visit.actor, Act.SEE_CASELOAD, at=house.now())
    return page(
        visit, "clients/new.html", status=422 if errors else 200, agency=agency, words=words(language), languages=languages(), parts=SHARED, days=DAYS,
        ways=working.WAYS, typed=typed, errors=errors, prompts=prompts_at("first"), kept=days_kept(session, organization_id),
    )  # fmt: skip


def _working(session: Session, house: House, visit: Visit, organization_id: UUID) -> None:
    """Only caseworkers begin with people; a lead of the team who is none is told so."""
    agency = fetch(session, Organization, organization_id, visit.actor, Act.SEE_CASELOAD, at=house.now())
    caseloads.require_caseworker(visit.actor, agency.id)


def typed_of(form: PostedForm) -> dict[str, Any]:
    """What a form of consent said, as it was typed."""
    said = {name: (form.get(name) or "")[:400] for name in ("purpose", "days", "how", "label")}
    return {**said, "parts": form.getall("parts", [])}


def days_of(text: str) -> int:
    """For how many days somebody agrees."""
    if text not in {str(days) for days in DAYS}:
        raise Invalid(days="Choose until when.")
    return int(text)


def _day(text: str, field: str, at: datetime) -> date:
    read = read_day(text)
    if isinstance(read, str):
        raise Invalid(**{field: read})
    return read.on(at.date())


def _uuid(text: str, field: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(**{field: "Choose a colleague."}) from None


router = private_router("/desk/agencies/{organization_id:uuid}", [show, ask, begin, take, work, change])
