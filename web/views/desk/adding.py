"""New listings: one to be written at leisure, and a pop-up activity that is live in under a minute and ends by itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.editing import drafts
from directory.editing.popup import begin_popup
from directory.editing.sheet import named_places
from directory.errors import Invalid
from directory.models import Organization
from directory.permissions import Act
from directory.permissions import get as fetch
from directory.storage import Session
from web.desk import on_to, page
from web.forms.listing.terms import kinds
from web.forms.popup import popup_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import private_router


@get("/{organization_id:uuid}/new", name="desk.new", sync_to_thread=True)
def ask(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """What is it called, and what is it?"""
    with house.storage.reading() as session:
        organization = _organization(session, house, visit, organization_id)
    return _ask(house, visit, organization)


@post("/{organization_id:uuid}/new", name="desk.new.do", sync_to_thread=True, status_code=200)
def begin(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID]
) -> Response[Any]:
    """Begin a draft of it."""
    name, kind = " ".join((form.get("name") or "").split()), form.get("kind") or ""
    with house.storage.writing() as session:
        organization = _organization(session, house, visit, organization_id)
        if name and len(name) <= 200 and kind in dict(kinds(house.catalogue.vocabulary)):
            draft = drafts.begin_new(session, organization, name, kind, visit.actor, at=house.now(), sealer=house.sealer)
            return on_to(f"/desk/drafts/{draft.id}/edit")
    is_named = 0 < len(name) <= 200
    wrong = {"kind": "What it is: choose one of the list."} if is_named else {"name": "Name: write what people call it, in at most 200 letters."}
    return _ask(house, visit, organization, name=name, kind=kind, errors=wrong, status=422)


@get("/{organization_id:uuid}/popup", name="desk.popup", sync_to_thread=True)
def ask_popup(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """The short form."""
    return _popup(house, visit, organization_id)


@post("/{organization_id:uuid}/popup", name="desk.popup.do", sync_to_thread=True, status_code=200)
def put_up(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID]
) -> Response[Any]:
    """Put it live, or hand it in for somebody who is not trusted yet."""
    at, country, zone = house.now(), house.settings.region, house.settings.timezone
    try:
        with house.storage.writing() as session:
            organization = _organization(session, house, visit, organization_id)
            popup = popup_of(form, today=at.astimezone(ZoneInfo(zone)).date(), country=country, timezone=zone)
            draft = begin_popup(
                session, organization, popup, visit.actor, at=at, sealer=house.sealer, find=lambda text: house.catalogue.find_place(text, country=country)
            )  # fmt: skip
            made = drafts.hand_in(session, draft, visit.actor, at=at, sealer=house.sealer)
    except Invalid as error:
        return _popup(house, visit, organization_id, form=form, errors=error.errors, status=422)
    return on_to(f"/desk/drafts/{draft.id}", "live" if made else "waiting")


def _organization(session: Session, house: House, visit: Visit, organization_id: UUID) -> Organization:
    return fetch(session, Organization, organization_id, visit.actor, Act.ADD_LISTING, at=house.now())


def _ask(
    house: House, visit: Visit, organization: Organization, *, name: str = "", kind: str = "service", errors: dict[str, str] | None = None, status: int = 200
) -> Template:
    options = kinds(house.catalogue.vocabulary)
    return page(
        visit, "desk/editing/new.html", status=status, organization=organization, typed=name, kind=kind, kinds=options, errors=errors or {}
    )  # fmt: skip


def _popup(
    house: House, visit: Visit, organization_id: UUID, *, form: PostedForm | None = None, errors: dict[str, str] | None = None, status: int = 200
) -> Template:
    with house.storage.reading() as session:
        organization = _organization(session, house, visit, organization_id)
        places = named_places(session, organization.id, actor=visit.actor, sealer=house.sealer)
    typed = {name: form.get(name) or "" if form else "" for name in ("name", "description", "on", "opens", "closes", "place", "postcode", "free")}
    return page(
        visit, "desk/editing/popup.html", status=status, organization=organization, places=places, typed=typed, errors=errors or {},
        is_trusted=visit.actor.has("curator") or organization.id in visit.actor.trusted,
    )  # fmt: skip


router = private_router("/desk/organizations", [ask, begin, ask_popup, put_up])
