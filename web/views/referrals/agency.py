"""Referrals that a caseworker prepares: with somebody who has an account it waits for their yes; without one, what they said is written down."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.clients.caseloads import called
from directory.clients.opening import Opened
from directory.clients.working import line_of
from directory.errors import Invalid, NotFound, NotPermitted, Stale
from directory.referrals import lists
from directory.referrals.answering import go_on
from directory.referrals.drafting import Draft, begin_draft, change_draft, draft_for, draft_of, parts_to_choose, preview
from directory.referrals.moving import steps_of
from directory.referrals.packet import read_packet
from directory.referrals.reaching import agency_referral, open_with, openings_of, to_take_back
from directory.referrals.receivers import receiver_of, receiver_still
from directory.referrals.sending import send
from directory.referrals.states import choices
from directory.referrals.withdrawing import withdraw_referral
from directory.storage import Session
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.views.referrals.words import LANGUAGES, WORDS, blank, draft_from, meanwhile, seen_in, texts_of
from web.visits import Asked, private_router

NONE = "There is no such page here."


def _here(organization_id: UUID) -> str:
    return f"/desk/agencies/{organization_id}/referrals"


def _works_there(visit: Visit, organization_id: UUID) -> None:
    if organization_id not in visit.actor.casework:
        raise NotFound(NONE)


@get("/", name="desk.agency.referrals", sync_to_thread=True)
def index(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """Those of the people this caseworker works with, what is due first; people by their mark in the caseload."""
    _works_there(visit, organization_id)
    with house.storage.reading() as session:
        now, on_its_way, over = lists.due_first(lists.agency_lines(session, organization_id, visit.actor, at=house.now()))
    said, here = words_of(request.query_params.get("said", "")), _here(organization_id)
    return page(visit, "referrals/index.html", now=now, on_its_way=on_its_way, over=over, here=here, words=WORDS, said=said)


@get("/new/{service_id:uuid}", name="desk.agency.referrals.whom", sync_to_thread=True)
def whom(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], service_id: FromPath[UUID]) -> Template:
    """Whom is it for? People as the caseload lists them: by the name they agreed to there, and by their mark."""
    _works_there(visit, organization_id)
    with house.storage.writing(counting=True) as session:   # a name that is shown is written down in its owner's log
        receiver = receiver_of(session, service_id, sealer=house.sealer)
        people = lists.people_of(session, organization_id, visit.actor, at=house.now(), sealer=house.sealer)
    return page(visit, "referrals/whom.html", receiver=receiver, people=people, here=f"{_here(organization_id)}/new/{service_id}")


@get("/new/{service_id:uuid}/{client_id:uuid}", name="desk.agency.referrals.new", sync_to_thread=True)
def ask(
    house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], service_id: FromPath[UUID], client_id: FromPath[UUID]
) -> Template:
    """What may they know? Only parts that the person let this agency see can be ticked."""
    return _new(house, visit, organization_id, service_id, client_id, {}, Draft())


@post("/new/{service_id:uuid}/{client_id:uuid}", name="desk.agency.referrals.begin", sync_to_thread=True)
def begin(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
    service_id: FromPath[UUID], client_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Write a draft; nothing leaves yet."""
    said = draft_from(form, visit.actor.by)
    try:
        with house.storage.writing(counting=True) as session:
            opened = open_with(session, client_id, organization_id, visit.actor, at=house.now(), sealer=house.sealer)
            given = {"by": visit.actor.by, "at": house.now(), "sealer": house.sealer, "agency_id": organization_id, "draft": said}
            key = begin_draft(session, opened, service_id, **given).id   # type: ignore[arg-type]  # by their names
    except Invalid as error:
        return _new(house, visit, organization_id, service_id, client_id, error.errors, said)
    return on_to(f"{_here(organization_id)}/{key}")


@get("/{referral_id:uuid}", name="desk.agency.referral", sync_to_thread=True)
def show(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], referral_id: FromPath[UUID]
) -> Template:
    """One of them; what is shown of the record is in its access log."""
    return _show(house, visit, organization_id, referral_id, said=words_of(request.query_params.get("said", "")))


@post("/{referral_id:uuid}", name="desk.agency.referral.do", sync_to_thread=True)
def do(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
    referral_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Change it, send it for somebody without an account who said yes, take it back on their word, say how it goes."""
    wish, seen, typed = form.get("do") or "", seen_in(form), texts_of(form, "note", "words", "heading", "how", "language")
    if wish == "take-back":
        return _take_back(house, visit, organization_id, referral_id)
    try:
        with house.storage.writing(counting=True) as session:
            said = _do(session, house, visit, form, organization_id, referral_id, wish, seen)
    except Invalid as error:
        return _show(house, visit, organization_id, referral_id, status=422, errors=error.errors, typed=typed)
    except (Stale, NotPermitted) as error:
        return _show(house, visit, organization_id, referral_id, status=409, seen=seen, errors={"main": str(error)}, typed=typed)
    return on_to(f"{_here(organization_id)}/{referral_id}", said)


def _take_back(house: House, visit: Visit, organization_id: UUID, key: UUID) -> Response[Any]:
    """From the page of what somebody without an account agreed to, where it is there to be taken back though nothing else of theirs is open."""
    consents = ""
    try:
        with house.storage.writing(counting=True) as session:
            referral = to_take_back(session, key, organization_id, visit.actor, at=house.now())
            consents = f"/desk/agencies/{organization_id}/clients/{referral.client_id}/consent"
            withdraw_referral(session, referral, seen=referral.seq, side="caseworker", by=visit.actor.by, at=house.now())
    except (Stale, NotPermitted):   # it moved on meanwhile: the page shows whether it is still there
        return on_to(consents)
    return on_to(consents, "withdrawn")


def _do(session: Session, house: House, visit: Visit, form: PostedForm, organization_id: UUID, key: UUID, wish: str, seen: int) -> str:
    at, by, sealer = house.now(), visit.actor.by, house.sealer
    referral, opened = agency_referral(session, key, organization_id, visit.actor, at=at, sealer=sealer)
    if wish == "change":
        change_draft(session, referral, opened, draft_from(form, by), seen=seen, by=by, at=at)
        return ""
    if wish == "send":
        said = texts_of(form, "mark", "how", "language")
        if said["language"] not in dict(LANGUAGES):
            raise Invalid(language="Say in which language you asked.")
        send(session, referral, opened, seen=seen, **said, by=by, at=at, sealer=sealer, base_url=house.settings.base_url)
        return "referred"
    if wish == "withdraw":
        withdraw_referral(session, referral, seen=seen, side="caseworker", by=by, at=at)
        return "withdrawn"
    typed = texts_of(form, "words", "heading")
    go_on(session, referral, wish, seen=seen, side="caseworker", locker=opened.locker, by=by, at=at, words=typed["words"], heading=typed["heading"])
    return "saved"


def _new(house: House, visit: Visit, organization_id: UUID, service_id: UUID, client_id: UUID, errors: dict[str, str], draft: Draft) -> Template:
    _works_there(visit, organization_id)
    with house.storage.writing(counting=True) as session:
        receiver = receiver_of(session, service_id, sealer=house.sealer)
        opened = open_with(session, client_id, organization_id, visit.actor, at=house.now(), sealer=house.sealer)
        parts, person = parts_to_choose(opened), _person(session, opened, organization_id)
    return page(
        visit, "referrals/new.html", status=422 if errors else 200, receiver=receiver, parts=parts, draft=draft, typed=None, person=person,
        errors=errors, words=WORDS, agencies=[], must_begin=False,
    )  # fmt: skip


def _person(session: Session, opened: Opened, organization_id: UUID) -> tuple[str, str]:
    """Whom it is for: the name that the record opened with, empty where that is not open, and their mark in the caseload."""
    return called(opened.texts.get("label", "{}")), line_of(session, opened.client.id, organization_id).reference


def _show(
    house: House, visit: Visit, organization_id: UUID, referral_id: UUID, *, status: int = 200, seen: int | None = None, **shown: Any
) -> Template:
    _works_there(visit, organization_id)
    at = house.now()
    with house.storage.writing(counting=True) as session:
        referral, opened = agency_referral(session, referral_id, organization_id, visit.actor, at=at, sealer=house.sealer)
        receiver = receiver_still(session, referral, sealer=house.sealer)
        steps = steps_of(session, referral.id, opened.locker)
        draft = draft_for(draft_of(referral, opened.locker), visit.actor.by)
        before = preview(opened, draft, receiver) if referral.state == "draft" else None
        person = _person(session, opened, organization_id)
        has_account = opened.client.account_id is not None
        openings = [] if has_account else openings_of(session, referral)   # a log is read by whom it is of, or by who sent it for them
    return page(
        visit, "referrals/show.html", status=status, referral=referral, receiver=receiver, steps=steps, draft=draft, mark=before.mark if before else "",
        packet=read_packet(before.packet) if before else None, parts=parts_to_choose(opened), can=choices(referral.state, "caseworker"), words=WORDS, at=at,
        here=f"{_here(organization_id)}/{referral.id}", questions={}, answers={}, is_self=False, must_say_how=not has_account, theirs_to_send=has_account,
        person=person, openings=openings, goals=[], **blank(**shown, since=[] if seen is None else meanwhile(steps, seen)),
    )  # fmt: skip


router = private_router("/desk/agencies/{organization_id:uuid}/referrals", [index, whom, ask, begin, show, do])
