"""The link for an organization without an account: first a page that says nothing, then what the person let it know, and the answer.

Mail programs open links by themselves, so opening the page shows nothing and writes nothing; the button on it does.
"""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from directory.errors import Invalid, NotFound, NotPermitted, Stale
from directory.referrals.answering import answer
from directory.referrals.letters import referral_of
from directory.referrals.moving import steps_of, steps_told
from directory.referrals.reaching import Gone, open_packet, why_gone
from directory.referrals.states import choices
from directory.referrals.teaching import lesson_of, tell_curator
from directory.storage import Session
from web.forms.posted import PostedForm
from web.house import House
from web.refused import Refused
from web.views.referrals.receiving import SAID
from web.views.referrals.words import WORDS, blank, meanwhile, seen_in, texts_of
from web.visits import open_router

BY = "link"


@get("/thanks", name="referral.thanks", sync_to_thread=False)
def thanks() -> Template:
    """What is said after an answer."""
    return Template("referrals/thanks.html")


@get("/{token:str}", name="referral.link", sync_to_thread=True)
def look(house: NamedDependency[House], token: FromPath[str]) -> Template:
    """That there is a message, and a button; nothing of it."""
    try:
        with house.storage.reading() as session:
            referral, receiver = referral_of(session, token, at=house.now(), sealer=house.sealer)
            why, lesson = why_gone(session, referral, at=house.now()), lesson_of(referral, steps_of(session, referral.id)[-1].code)
    except NotFound:
        return Template("referrals/gone.html", status_code=404)
    if why and not lesson:
        raise Refused(410, why)
    return Template("referrals/link.html", context={"receiver": receiver})


@post("/{token:str}", name="referral.link.do", sync_to_thread=True, status_code=200)
def do(house: NamedDependency[House], token: FromPath[str], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Open it, answer it, or tell what stands wrong in the listing."""
    typed, wish = texts_of(form, *SAID), form.get("do") or ""
    try:
        if wish != "answer" and wish != "teach":
            return _show(house, token)
        with house.storage.writing(counting=True) as session:
            is_over = _do(session, house, token, form, typed, wish)
        return Redirect("/referral/thanks", status_code=303) if is_over else _show(house, token)
    except NotFound:
        return Template("referrals/gone.html", status_code=404)
    except Invalid as error:
        return _show(house, token, status=422, errors=error.errors, typed=typed)
    except Gone as error:
        raise Refused(410, str(error)) from None
    except (Stale, NotPermitted) as error:
        return _show(house, token, status=409, seen=seen_in(form), errors={"main": str(error)}, typed=typed)


def _do(session: Session, house: House, token: str, form: PostedForm, typed: dict[str, str], wish: str) -> bool:
    """Do it; gives whether that was all, or the decline has something to teach."""
    at = house.now()
    referral, _ = referral_of(session, token, at=at, sealer=house.sealer)
    if wish == "teach":
        tell_curator(session, referral.service_id, lesson_of(referral, steps_of(session, referral.id)[-1].code), typed["correction"], at=at)
        return True
    if why := why_gone(session, referral, at=at):
        raise Gone(why)
    _, _, locker = open_packet(session, referral, at=at, sealer=house.sealer)
    answer(
        session, referral, typed["answer"], seen=seen_in(form), locker=locker, by=BY, at=at, code=typed["reason"], words=typed["words"],
        meeting=typed["meeting"],
    )  # fmt: skip
    return not lesson_of(referral, typed["reason"])


def _show(house: House, token: str, *, status: int = 200, seen: int | None = None, **shown: Any) -> Template:
    at = house.now()
    with house.storage.writing(counting=True) as session:
        referral, receiver = referral_of(session, token, at=at, sealer=house.sealer)
        steps = steps_told(session, referral.id)
        lesson = lesson_of(referral, steps[-1].code)
        try:
            packet, _, locker = open_packet(session, referral, at=at, sealer=house.sealer)
            steps = steps_told(session, referral.id, locker)
        except Gone as error:
            if not lesson:
                raise Refused(410, str(error)) from None
            packet = None
    return Template("referrals/link_open.html", status_code=status, context={
        "receiver": receiver, "referral": referral, "steps": steps, "packet": packet, "words": WORDS, "lesson": lesson, "at": at, "may_say": False,
        "can": [one for one in choices(referral.state, "organization") if one != "connected"], "here": f"/referral/{token}",
        **blank(**shown, since=[] if seen is None else meanwhile(steps, seen)),
    })  # fmt: skip


router = open_router("/referral", [thanks, look, do])
