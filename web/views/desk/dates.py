"""The dates of a group on a phone: cancel one, add one, pause and go on; live at once for who is trusted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid
from directory.meetings.changing import pause_of
from directory.meetings.coming import next_dates
from directory.meetings.keeping import PAUSED, Times, change_dates, go_on, stop_for_now, times_of_group
from directory.meetings.proposals import Waiting, all_waiting, refuse, take_on, waiting_for
from directory.models import Service
from directory.permissions import Act, require
from directory.permissions import get as fetch
from directory.storage import Session
from directory.timetable.values import Timetable
from web.dates_wording import date_words, next_lines, pause_words, zone_name
from web.desk import on_to, page, words_of
from web.forms.dates import act_of, change_of, is_open_end, proposal_of, times_of
from web.forms.posted import PostedForm
from web.hours_wording import timetable_sentences
from web.house import House
from web.visits import Asked, private_router

SHOWN: Final = 6
SAID: Final[Mapping[str, str]] = {
    "cancel": "date-cancelled", "restore": "date-restored", "away": "saved", "say": "saved", "add": "date-added", "pause": "paused", "resume": "resumed",
    "take": "live", "refuse": "saved",
}  # fmt: skip
ON_A_DATE: Final = frozenset(("cancel", "restore", "say"))
"""What is done to one date: its button is where somebody goes on afterwards, so that undoing is one press."""
TYPED: Final = ("day", "opens", "closes", "first", "last", "reason", "of")


@get("/{service_id:uuid}/dates", name="desk.dates", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], service_id: FromPath[UUID]) -> Template:
    """The next dates, a button beside each."""
    asked = request.query_params
    return _page(house, visit, service_id, said=words_of(asked.get("said", "")), changed=asked.get("date", ""))


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
    said = SAID[act] if is_live else "waiting"
    changed = f"&date={quote(form.get(act) or '', safe='')}" if act in ON_A_DATE else ""
    return on_to(f"/desk/listings/{service_id}/dates", said + changed)


def _do(session: Session, house: House, visit: Visit, form: PostedForm, service: Service, act: str) -> bool:
    given: dict[str, Any] = {"actor": visit.actor, "at": house.now(), "sealer": house.sealer}
    if act == "pause" and is_open_end(form):
        return stop_for_now(session, service, reason=form.get("reason") or "", **given)
    if act == "resume" and service.status == PAUSED:
        return go_on(session, service, **given)
    today = house.today()
    if act == "take":
        key, since = proposal_of(form)
        return take_on(session, service, key, since=since, on=today, **given)
    if act == "refuse":
        refuse(session, service, form.get("refuse") or "", by=visit.actor.by, at=house.now(), sealer=house.sealer)
        return True
    return change_dates(session, service, change_of(form, act, today=today, country=house.settings.region), of=times_of(form), on=today, **given)


def _page(
    house: House, visit: Visit, service_id: UUID, *, said: str = "", changed: str = "", form: PostedForm | None = None,
    errors: dict[str, str] | None = None, status: int = 200,
) -> Template:
    with house.storage.reading() as session:
        service = fetch(session, Service, service_id, visit.actor, Act.EDIT_LISTING, at=house.now())
        waiting = [_asked(house, one) for one in waiting_for(session, service_id, sealer=house.sealer)]
        found, state, alert = times_of_group(session, service_id, sealer=house.sealer, actor=visit.actor)
        is_trusted = visit.actor.has("curator") or service.organization_id in visit.actor.trusted
    typed = {name: (form.get(name) or "") if form else "" for name in TYPED}
    return page(
        visit, "desk/meetings/dates.html", status=status, service=service, said=said, changed=changed, errors=errors or {}, typed=typed, is_trusted=is_trusted,
        is_stopped=state == PAUSED, alert=alert, waiting=waiting, parts=[_part(house, one) for one in found],
    )  # fmt: skip


def _asked(house: House, one: Waiting) -> dict[str, Any]:
    """A proposal as a question: what the words say, and each thing that they may mean, as a button."""
    zone, today = one.timetable.timezone or house.settings.timezone, house.today()
    dates: Sequence[date | None] = [None]
    if one.proposal.every > 1:   # nobody knows from which week it counts: the next dates are offered
        days = (meeting.day for meeting in next_dates(one.timetable, zone=zone, after=house.now(), count=12))
        dates = list(dict.fromkeys(day for day in days if not one.proposal.days or day.weekday() in one.proposal.days))[: one.proposal.every]
    meant = [(f"{one.key}/{since or ''}", since, one.taken(since)) for since in dates]
    said = [(key, _meaning(made, one, since, today, house.settings.region)) for key, since, made in meant if made is not None]
    return {"service_id": one.service_id, "name": one.name, "phrase": one.proposal.phrase, "key": one.key, "meant": said}


def _meaning(made: Timetable, one: Waiting, since: date | None, today: date, country: str) -> str:
    if since is not None:
        return f"Every {one.proposal.every} weeks from {date_words(since, today)}"
    new = tuple(line for line in made.lines if line not in one.timetable.lines and line.weeks == one.proposal.weeks)
    return "; ".join(timetable_sentences(Timetable(lines=new), country=country))


def _part(house: House, one: Times) -> dict[str, Any]:
    """One timetable: its rule in words, the next dates, and the pause that it has."""
    zone, country, at = one.timetable.timezone or house.settings.timezone, house.settings.region, house.now()
    today = at.astimezone(ZoneInfo(zone)).date()
    lines = next_lines(one.timetable, zone=zone, at=at, country=country, count=SHOWN)
    return {
        "of": str(one.at or ""), "place": one.place, "rule": timetable_sentences(one.timetable, country=country), "lines": lines, "zone": zone_name(zone),
        "pause": pause_of(one.timetable, on=today), "pause_words": pause_words(one.timetable, on=today, lines=lines),
    }  # fmt: skip


@get("/", name="desk.curator.dates", sync_to_thread=True)
def proposals(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """The groups whose words may say when they meet, for a curator."""
    require(visit.actor, Act.CURATE, at=house.now())
    with house.storage.reading() as session:
        waiting = [_asked(house, one) for one in all_waiting(session, sealer=house.sealer)]
    return page(visit, "desk/meetings/proposals.html", waiting=waiting)


router = private_router("/desk/listings", [show, change])
curators = private_router("/desk/curator/dates", [proposals])
