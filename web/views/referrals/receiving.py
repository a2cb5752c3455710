"""The desk of an organization: people who asked to be put in touch, the oldest first; what they let it know, and its answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.clients.watching import NO_ACCOUNT
from directory.errors import Invalid, NotPermitted, Stale
from directory.models import Organization
from directory.outcomes import told_of
from directory.permissions import Act
from directory.permissions import get as fetch
from directory.referrals import lists
from directory.referrals.answering import answer, go_on
from directory.referrals.moving import steps_of, steps_told
from directory.referrals.reaching import Gone, open_packet, received, why_gone
from directory.referrals.states import choices
from directory.referrals.teaching import lesson_of, say_full, tell_curator
from directory.storage import Session
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.refused import Refused
from web.views.referrals.words import WORDS, blank, meanwhile, seen_in, texts_of
from web.visits import Asked, private_router

SAID = ("answer", "reason", "words", "meeting", "correction")


def _here(organization_id: UUID) -> str:
    return f"/desk/organizations/{organization_id}/referrals"


@get("/", name="desk.referrals", sync_to_thread=True)
def index(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """What waits for an answer, the oldest first, and what people found there."""
    with house.storage.reading() as session:
        organization = fetch(session, Organization, organization_id, visit.actor, Act.RECEIVE, at=house.now())
        lines = lists.received_lines(session, organization_id, at=house.now())
        told = [(name, told_of(session, key)) for key, name in lists.listings_of(session, organization_id)]
    said = words_of(request.query_params.get("said", ""))
    return page(visit, "referrals/received.html", organization=organization, lines=lines, here=_here(organization_id), words=WORDS, told=told, said=said)


@get("/{referral_id:uuid}", name="desk.referral", sync_to_thread=True)
def show(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], referral_id: FromPath[UUID]
) -> Template:
    """What the person let it know. That somebody looked stands in the person's log, written in the same transaction."""
    return _show(house, visit, organization_id, referral_id, said=words_of(request.query_params.get("said", "")))


@post("/{referral_id:uuid}", name="desk.referral.answer", sync_to_thread=True)
def do(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
    referral_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Answer, say that they came, or put the listing right after declining."""
    seen, typed = seen_in(form), texts_of(form, *SAID)
    try:
        with house.storage.writing(counting=True) as session:
            said = _do(session, house, visit, form, organization_id, referral_id)
    except Invalid as error:
        return _show(house, visit, organization_id, referral_id, status=422, errors=error.errors, typed=typed)
    except Gone as error:
        raise Refused(410, str(error)) from None
    except (Stale, NotPermitted) as error:
        return _show(house, visit, organization_id, referral_id, status=409, seen=seen, errors={"main": str(error)}, typed=typed)
    return on_to(f"{_here(organization_id)}/{referral_id}", said)


def _do(session: Session, house: House, visit: Visit, form: PostedForm, organization_id: UUID, key: UUID) -> str:
    at, by, typed = house.now(), visit.actor.by, texts_of(form, *SAID)
    fetch(session, Organization, organization_id, visit.actor, Act.RECEIVE, at=at)
    referral = received(session, key, organization_id)
    if form.get("do") == "teach":
        lesson = lesson_of(referral, steps_of(session, key)[-1].code)
        if lesson == "full":
            say_full(session, referral.service_id, by=by, at=at, sealer=house.sealer)
        else:
            tell_curator(session, referral.service_id, lesson, typed["correction"], at=at)
        return "saved"
    if why := why_gone(session, referral, at=at):
        raise Gone(why)
    _, _, locker = open_packet(session, referral, account_id=visit.actor.account_id or NO_ACCOUNT, at=at, sealer=house.sealer)
    if form.get("do") == "connected":
        go_on(session, referral, "connected", seen=seen_in(form), side="organization", locker=locker, by=by, at=at)
        return "saved"
    answer(
        session, referral, typed["answer"], seen=seen_in(form), locker=locker, by=by, at=at, code=typed["reason"], words=typed["words"],
        meeting=typed["meeting"],
    )  # fmt: skip
    return "answered"


def _show(house: House, visit: Visit, organization_id: UUID, key: UUID, *, status: int = 200, seen: int | None = None, **shown: Any) -> Template:
    at = house.now()
    with house.storage.writing(counting=True) as session:
        organization = fetch(session, Organization, organization_id, visit.actor, Act.RECEIVE, at=at)
        referral = received(session, key, organization_id)
        steps = steps_told(session, key)
        lesson = lesson_of(referral, steps[-1].code)
        try:
            packet, _, locker = open_packet(session, referral, account_id=visit.actor.account_id or NO_ACCOUNT, at=at, sealer=house.sealer)
            steps = steps_told(session, key, locker)
        except Gone as error:
            if not lesson:
                raise Refused(410, str(error)) from None
            packet = None
    return page(
        visit, "referrals/answer.html", status=status, organization=organization, referral=referral, steps=steps, packet=packet, words=WORDS, lesson=lesson,
        can=choices(referral.state, "organization"), here=f"{_here(organization_id)}/{key}", at=at, may_say=True,
        **blank(**shown, since=[] if seen is None else meanwhile(steps, seen)),
    )  # fmt: skip


router = private_router("/desk/organizations/{organization_id:uuid}/referrals", [index, show, do])
