"""Everything is still right, said by somebody who has signed in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.freshness.confirming import confirm, last_confirmed
from directory.models import Service
from directory.permissions import Act
from directory.permissions import get as fetch
from web.desk import on_to, page
from web.house import House
from web.views.listings import listing_context
from web.visits import private_router


@get("/{service_id:uuid}/confirm", name="desk.confirm", sync_to_thread=True)
def ask(house: NamedDependency[House], visit: NamedDependency[Visit], service_id: FromPath[UUID]) -> Template:
    """The listing as the public sees it, and the button."""
    at = house.now()
    with house.storage.reading() as session:
        service = fetch(session, Service, service_id, visit.actor, Act.CONFIRM_LISTING, at=at)
        last = last_confirmed(session, service.id)
    return page(visit, "desk/confirm.html", service=service, last=last, **listing_context(house, service_id, at=at))


@post("/{service_id:uuid}/confirm", name="desk.confirm.do", sync_to_thread=True)
def answer(house: NamedDependency[House], visit: NamedDependency[Visit], service_id: FromPath[UUID]) -> Response[Any]:
    """Confirm it: for the organization by those who keep it, by a call when a curator does."""
    at = house.now()
    with house.storage.writing() as session:
        service = fetch(session, Service, service_id, visit.actor, Act.CONFIRM_LISTING, at=at)
        confirm(session, service, by=visit.actor.by, at=at, how="organization" if service.organization_id in visit.actor.edits else "call")
    return on_to("/desk", "saved")


router = private_router("/desk/listings", [ask, answer])
