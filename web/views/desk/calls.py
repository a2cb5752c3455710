"""The phone round: the list of calls, one call with what to ask, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid, NotFound, Stale
from directory.freshness.calls import OUTCOMES, give_back, note_outcome, open_call, take_call
from directory.freshness.phone_round import lines_of, list_calls
from directory.models import Call, Service
from directory.permissions import Act, require
from directory.permissions import get as fetch
from directory.unlisting import unpublish
from web.calling_script import questions
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router

HERE = "/desk/curator/calls"


@get("/", name="desk.calls", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """The calls to make, in the order to make them."""
    return _list(house, visit, said=words_of(request.query_params.get("said", "")))


@post("/", name="desk.calls.add", sync_to_thread=True)
def add(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Put a listing on the list, and go to its call."""
    at = house.now()
    require(visit.actor, Act.CURATE, at=at)
    if (service_id := _uuid(form.get("service_id"))) is None:
        return _list(house, visit, errors={"calls": "Choose the listing on its own page, and ask for a call there."}, status=422)
    with house.storage.writing() as session:
        service = fetch(session, Service, service_id, visit.actor, Act.CURATE, at=at)
        call = open_call(session, service.id, why=" ".join((form.get("why") or "").split())[:300] or "A curator wants to ask.", at=at)
    return on_to(f"{HERE}/{call.id}")


@get("/{call_id:uuid}", name="desk.calls.show", sync_to_thread=True)
def one(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], call_id: FromPath[UUID]) -> Template:
    """One call: the number, what to ask, and what came of it."""
    return _page(house, visit, call_id, said=words_of(request.query_params.get("said", "")))


@post("/{call_id:uuid}/take", name="desk.calls.take", sync_to_thread=True)
def take(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], call_id: FromPath[UUID]) -> Response[Any]:
    """Take a call for oneself, or over from somebody."""
    with house.storage.writing() as session:
        call = fetch(session, Call, call_id, visit.actor, Act.CURATE, at=house.now())
        take_call(session, call, visit.actor, instead_of=form.get("instead_of") or "")
    return on_to(f"{HERE}/{call_id}")


@post("/{call_id:uuid}/give-back", name="desk.calls.give_back", sync_to_thread=True)
def leave(house: NamedDependency[House], visit: NamedDependency[Visit], call_id: FromPath[UUID]) -> Response[Any]:
    """Leave a call to others."""
    with house.storage.writing() as session:
        give_back(session, fetch(session, Call, call_id, visit.actor, Act.CURATE, at=house.now()), visit.actor)
    return on_to(HERE, "done")


@post("/{call_id:uuid}/outcome", name="desk.calls.outcome", sync_to_thread=True)
def note(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], call_id: FromPath[UUID]
) -> Response[Any] | Template:
    """What came of the call."""
    at, typed = house.now(), {name: form.get(name) or "" for name in ("outcome", "note", "day", "hour", "tries")}
    try:
        call_back = _moment(typed["day"], typed["hour"], _zone(house)) if typed["outcome"] == "call back" else None
        with house.storage.writing() as session:
            call = fetch(session, Call, call_id, visit.actor, Act.CURATE, at=at)
            given = {"note": typed["note"], "call_back": call_back, "tries": int(typed["tries"]) if typed["tries"].isdecimal() else -1}
            note_outcome(session, call, typed["outcome"], **given, by=visit.actor.by, at=at)   # type: ignore[arg-type]
    except Invalid as problem:
        return _page(house, visit, call_id, typed=typed, errors=problem.errors, status=422)
    except Stale as meanwhile:   # what was typed stays on the page, which is now that of the call as it stands
        return _page(house, visit, call_id, typed=typed | {"tries": ""}, errors={"outcome": str(meanwhile)}, status=409)
    return on_to(f"{HERE}/{call_id}" if typed["outcome"] == "closed" else HERE, "saved")


@post("/{call_id:uuid}/take-down", name="desk.calls.take_down", sync_to_thread=True)
def remove(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], call_id: FromPath[UUID]
) -> Response[Any] | Template:
    """Take the listing out of the directory, with the reason."""
    at, typed = house.now(), {name: form.get(name) or "" for name in ("why", "remember")}
    try:
        with house.storage.writing() as session:
            call = fetch(session, Call, call_id, visit.actor, Act.CURATE, at=at)
            has_closed = call.outcome == "closed"
            service = session.get_one(Service, call.service_id)
            given = {"why": typed["why"], "remember": bool(typed["remember"]), "status": "defunct" if has_closed else "inactive"}
            unpublish(session, service, **given, by=visit.actor.by, at=at)   # type: ignore[arg-type]
    except Invalid as problem:
        return _page(house, visit, call_id, typed=typed, errors=problem.errors, status=422)
    return on_to(HERE, "done")


def _list(house: House, visit: Visit, *, errors: dict[str, str] | None = None, said: str = "", status: int = 200) -> Template:
    at = house.now()
    require(visit.actor, Act.CURATE, at=at)
    with house.storage.reading() as session:
        calls = list_calls(session, visit.actor, at=at, country=house.settings.region)
    return page(visit, "desk/curator/calls.html", status=status, calls=calls, at=at, zone=_zone(house), errors=errors or {}, said=said)


def _page(
    house: House, visit: Visit, call_id: UUID, *, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None, said: str = "",
    status: int = 200,
) -> Template:
    at = house.now()
    with house.storage.reading() as session:
        call = fetch(session, Call, call_id, visit.actor, Act.CURATE, at=at)
        (line,) = lines_of(session, [call], visit.actor, at=at, country=house.settings.region)
    blank = {"outcome": "", "note": "", "day": "", "hour": "", "tries": str(line.tries), "why": line.note if line.outcome == "closed" else "", "remember": ""}
    asked = {"call": line, "script": _script(house, line.service_id, at), "outcomes": OUTCOMES, "zone": _zone(house)}
    return page(visit, "desk/curator/call.html", status=status, **asked, typed=_kept(blank, typed or {}), errors=errors or {}, at=at, said=said)


def _kept(blank: dict[str, str], typed: dict[str, str]) -> dict[str, str]:
    """What was typed over what a fresh page has; how often it was tried is always as it is now where nothing was said."""
    return blank | {name: words for name, words in typed.items() if words or name != "tries"}


def _script(house: House, service_id: UUID, at: datetime) -> list[tuple[str, str]]:
    """What to ask; nothing to read out where the public may not see the listing."""
    try:
        return questions(house.catalogue.listing_page(service_id, at=at), on=at.date(), country=house.settings.region)
    except NotFound:
        return []


def _moment(day: str, hour: str, zone: ZoneInfo) -> datetime | None:
    """A day and an hour in the zone of the house; ten in the morning where no hour is given."""
    try:
        return datetime.fromisoformat(f"{day}T{hour or '10:00'}").replace(tzinfo=zone) if day else None
    except ValueError:
        raise Invalid(day="Write the day as 2026-12-31 and the hour as 14:30.") from None


def _zone(house: House) -> ZoneInfo:
    return ZoneInfo(house.settings.timezone)


def _uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text or "")
    except ValueError:
        return None


router = private_router(HERE, [show, add, one, take, leave, note, remove])
