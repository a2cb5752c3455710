"""The dates of a group on a phone: cancel one, add one, pause and go on; live at once for who is trusted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid
from directory.meetings.changing import pause_of
from directory.meetings.keeping import PAUSED, Times, change_dates, go_on, stop_for_now, times_of_group
from directory.models import Service
from directory.permissions import Act
from directory.permissions import get as fetch
from directory.storage import Session
from web.dates_wording import next_lines, pause_words, zone_name
from web.desk import on_to, page, words_of
from web.forms.dates import act_of, change_of, is_open_end, times_of
from web.forms.posted import PostedForm
from web.hours_wording import timetable_sentences
from web.house import House
from web.visits import Asked, private_router

SHOWN: Final = 6
SAID: Final[Mapping[str, str]] = {
    "cancel": "date-cancelled", "restore": "date-restored", "away": "saved", "say": "saved", "add": "date-added", "pause": "paused", "resume": "resumed",
}  # fmt: skip
TYPED: Final = ("day", "opens", "closes", "first", "last", "reason", "of")


@get("/{service_id:uuid}/dates", name="desk.dates", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], service_id: FromPath[UUID]) -> Template:
    """The next dates, a button beside each."""
    return _page(house, visit, service_id, said=words_of(request.query_params.get("said", "")))


@post("/{service_id:uuid}/dates", name="desk.dates.change", sync_to_thread=True, status_code=200)
def change(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], service_id: FromPath[UUID]
) -> Response[Any]:
    """Do what a button says."""
    try:
        with house.storage.writing() as session:
            service = fetch(session, Service, service_id, visit.actor, Act.EDIT_LISTING, at=house.now())
            act = act_of(form)
            is_live = _do(session, house, visit, form, service, act)
    except Invalid as error:
        return _page(house, visit, service_id, form=form, errors=error.errors, status=422)
    return on_to(f"/desk/listings/{service_id}/dates", SAID[act] if is_live else "waiting")


def _do(session: Session, house: House, visit: Visit, form: PostedForm, service: Service, act: str) -> bool:
    given: dict[str, Any] = {"actor": visit.actor, "at": house.now(), "sealer": house.sealer}
    if act == "pause" and is_open_end(form):
        return stop_for_now(session, service, reason=form.get("reason") or "", **given)
    if act == "resume" and service.status == PAUSED:
        return go_on(session, service, **given)
    today = house.today()
    return change_dates(session, service, change_of(form, act, today=today, country=house.settings.region), of=times_of(form), on=today, **given)


def _page(
    house: House, visit: Visit, service_id: UUID, *, said: str = "", form: PostedForm | None = None, errors: dict[str, str] | None = None, status: int = 200
) -> Template:
    with house.storage.reading() as session:
        service = fetch(session, Service, service_id, visit.actor, Act.EDIT_LISTING, at=house.now())
        found, state, alert = times_of_group(session, service_id, sealer=house.sealer, actor=visit.actor)
        is_trusted = visit.actor.has("curator") or service.organization_id in visit.actor.trusted
    typed = {name: (form.get(name) or "") if form else "" for name in TYPED}
    return page(
        visit, "desk/meetings/dates.html", status=status, service=service, said=said, errors=errors or {}, typed=typed, is_trusted=is_trusted,
        is_stopped=state == PAUSED, alert=alert, parts=[_part(house, one) for one in found],
    )  # fmt: skip


def _part(house: House, one: Times) -> dict[str, Any]:
    """One timetable: its rule in words, the next dates, and the pause that it has."""
    zone, country, at = one.timetable.timezone or house.settings.timezone, house.settings.region, house.now()
    today = at.astimezone(ZoneInfo(zone)).date()
    lines = next_lines(one.timetable, zone=zone, at=at, country=country, count=SHOWN)
    return {
        "of": str(one.at or ""), "place": one.place, "rule": timetable_sentences(one.timetable, country=country), "lines": lines, "zone": zone_name(zone),
        "pause": pause_of(one.timetable, on=today), "pause_words": pause_words(one.timetable, on=today, lines=lines),
    }  # fmt: skip


router = private_router("/desk/listings", [show, change])
