"""A copy of everything and erasure for somebody without an account, by their caseworker: with a reason, a factor shown lately, and a line that stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.accounts.throttle import EXPORT, count_try
from directory.clients import for_them, notes, working
from directory.clients.copies import to_json
from directory.clients.erasing import scrub
from directory.clients.parts import FIRST, OWN
from directory.clients.wording import words
from directory.errors import Invalid
from directory.models import Organization
from directory.permissions import Act
from directory.permissions import get as fetch
from directory.storage import Session
from web.desk import on_to, page
from web.forms.posted import PostedForm
from web.house import House
from web.parts_wording import shown, title_of
from web.views.account.entering import recently
from web.views.clients.own import PURPOSES, ROLES
from web.visits import private_router

ERASED_SHOWN = timedelta(days=730)


@get("/rights", name="desk.client.rights", sync_to_thread=True)
def show(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], client_id: FromPath[UUID]) -> Template:
    """What the law gives them, and how."""
    recently(house, visit)
    return _rights(house, visit, organization_id, client_id)


@post("/copy", name="desk.client.copy", sync_to_thread=True, status_code=200)
def copy(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID], client_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Everything in one file: to print and hand over, or for programs."""
    recently(house, visit)
    count_try(house.storage, ((EXPORT, f"copy|{visit.actor.account_id}"),), at=house.now(), sealer=house.sealer)
    at, reason, label = house.now(), form.get("reason") or "", house.catalogue.vocabulary.label
    try:
        with house.storage.writing(counting=True) as session:
            _agency(session, house, visit, organization_id)
            one = for_them.copy_for(session, client_id, visit.actor, organization_id, reason=reason, at=at, sealer=house.sealer)
    except Invalid as invalid:
        return _rights(house, visit, organization_id, client_id, errors=invalid.errors, reason=reason)
    if form.get("as") == "json":
        return Response(to_json([one], at=at), media_type="application/json", headers={"Content-Disposition": 'attachment; filename="papers.json"'})
    records = [(one, shown(one.texts, one.texts, label, (*FIRST, *sorted(OWN))))]
    context = {"records": records, "title_of": title_of, "words": words, "at": at, "roles": ROLES, "kinds": notes.KINDS, "purposes": PURPOSES}
    return Template("clients/copy_file.html", context=context, headers={"Content-Disposition": 'attachment; filename="papers.html"'})


@post("/erase", name="desk.client.erase", sync_to_thread=True)
def erase(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID], client_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Erase their record for good."""
    recently(house, visit)
    try:
        if form.get("sure") != "yes":
            raise Invalid(sure="Tick the box if they are sure.")
        with house.storage.writing(counting=True) as session:
            _agency(session, house, visit, organization_id)
            for_them.erase_for(session, client_id, visit.actor, organization_id, why=form.get("why") or "", at=house.now(), sealer=house.sealer)
    except Invalid as invalid:
        return _rights(house, visit, organization_id, client_id, errors=invalid.errors, why=form.get("why") or "")
    return on_to(f"/desk/agencies/{organization_id}", "erased-for" if scrub(house.storage) else "erased-soon")


def _agency(session: Session, house: House, visit: Visit, organization_id: UUID) -> Organization:
    return fetch(session, Organization, organization_id, visit.actor, Act.SEE_CASELOAD, at=house.now())


def _rights(
    house: House, visit: Visit, organization_id: UUID, client_id: UUID, *, errors: dict[str, str] | None = None, reason: str = "", why: str = "",
) -> Template:
    with house.storage.reading() as session:
        agency = _agency(session, house, visit, organization_id)
        working.scribed(session, client_id, visit.actor, organization_id, at=house.now())
        line = working.line_of(session, client_id, organization_id)
    return page(
        visit, "clients/rights.html", status=422 if errors else 200, agency=agency, line=line, errors=errors or {}, reason=reason, whys=for_them.WHY, why=why,
    )


router = private_router("/desk/agencies/{organization_id:uuid}/clients/{client_id:uuid}", [show, copy, erase])
