"""What one shares: who may see what, for which purpose and until when; given in plain words, taken back in one step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.clients import joining, sharing
from directory.clients.agencies import get_agency, list_agencies
from directory.clients.parts import SHARED
from directory.clients.records import own_records
from directory.clients.retaining import days_kept
from directory.clients.wording import DAYS, languages, preferred, words
from directory.errors import Invalid
from directory.storage import Session
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.parts_wording import title_of
from web.views.account.entering import recently
from web.visits import Asked, private_router


@get("/sharing", name="my.sharing", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """Everything one agreed to."""
    with house.storage.reading() as session:
        found = sharing.sharing_of(session, visit.actor, at=house.now())
        are_two = sum(one.merged_into is None for one in own_records(session, visit.actor)) > 1
    said = words_of(request.query_params.get("said", ""))
    return page(visit, "clients/sharing.html", sharing=found, title_of=title_of, words=words, at=house.now(), said=said, are_two=are_two)


@get("/sharing/agencies", name="my.agencies", sync_to_thread=True)
def choose(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """The agencies that one can work with."""
    with house.storage.reading() as session:
        agencies = list_agencies(session)
    return page(visit, "clients/agencies.html", agencies=agencies)


@get("/sharing/agencies/{organization_id:uuid}", name="my.agree", sync_to_thread=True)
def ask(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """The words to agree to, in one's language where there is a translation. No part is ticked."""
    recently(house, visit)
    language = request.query_params.get("in", "") or preferred(request.headers.get("accept-language", ""))
    with house.storage.reading() as session:
        return _ask(session, visit, organization_id, language, {"parts": [], "purpose": "together", "days": "90"}, {})


@post("/sharing/agencies/{organization_id:uuid}", name="my.agree.do", sync_to_thread=True)
def agree(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Agree."""
    recently(house, visit)
    typed: dict[str, Any] = {"parts": form.getall("parts", []), "purpose": form.get("purpose") or "", "days": form.get("days") or ""}
    language = form.get("language") or ""
    try:
        with house.storage.writing() as session:
            sharing.begin_together(
                session, visit.actor, organization_id, purpose=typed["purpose"], parts=typed["parts"], days=_days(typed["days"]), language=language,
                at=house.now(), sealer=house.sealer,
            )  # fmt: skip
    except Invalid as invalid:
        with house.storage.reading() as session:
            return _ask(session, visit, organization_id, language, typed, invalid.errors)
    return on_to("/my/sharing", "agreed")


@post("/sharing/{consent_id:uuid}/take-back", name="my.take_back", sync_to_thread=True)
def take_back(house: NamedDependency[House], visit: NamedDependency[Visit], consent_id: FromPath[UUID]) -> Response[Any]:
    """Take a consent back: one step, no reason, at once."""
    with house.storage.writing() as session:
        sharing.take_back(session, visit.actor, consent_id, at=house.now())
    return on_to("/my/sharing", "taken-back")


@post("/sharing/agencies/{organization_id:uuid}/stop", name="my.stop", sync_to_thread=True)
def stop(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Response[Any]:
    """Stop working with an agency: everything it was let see is taken back with it."""
    with house.storage.writing() as session:
        sharing.stop(session, visit.actor, organization_id, at=house.now())
    return on_to("/my/sharing", "stopped")


@get("/join/{token:str}", name="my.join", sync_to_thread=True)
def look_at_link(house: NamedDependency[House], visit: NamedDependency[Visit], token: FromPath[str]) -> Template:
    """What a link from one's caseworker is for; looking uses nothing up."""
    with house.storage.reading() as session:
        agency = joining.look_at_link(session, token, at=house.now(), sealer=house.sealer)
    return page(visit, "clients/join.html", agency=agency, token=token)


@post("/join/{token:str}", name="my.join.do", sync_to_thread=True)
def join(house: NamedDependency[House], visit: NamedDependency[Visit], token: FromPath[str]) -> Response[Any]:
    """Make the record one's own."""
    with house.storage.writing() as session:
        joining.join_own(session, token, visit.actor, at=house.now(), sealer=house.sealer)
        is_one = len(own_records(session, visit.actor)) == 1
    return on_to("/my/sharing" if is_one else "/my/one", "joined")


def _ask(session: Session, visit: Visit, organization_id: UUID, language: str, typed: dict[str, Any], errors: dict[str, str]) -> Template:
    context = {
        "agency": get_agency(session, organization_id), "words": words(language), "languages": languages(), "parts": SHARED, "days": DAYS,
        "kept": days_kept(session, organization_id),
    }  # fmt: skip
    return page(visit, "clients/agree.html", status=422 if errors else 200, typed=typed, errors=errors, **context)


def _days(text: str) -> int:
    if text not in {str(days) for days in DAYS}:
        raise Invalid(days="Choose until when.")
    return int(text)


router = private_router("/my", [show, choose, ask, agree, take_back, stop, look_at_link, join])
