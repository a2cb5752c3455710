"""A person's own referrals: begun, shown to the letter, sent, followed, taken back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template
from msgspec.structs import replace

from directory.accounts.sign_ins import Visit
from directory.clients import planning
from directory.clients.opening import open_own, write_part
from directory.clients.records import begin_own, own_record
from directory.errors import Invalid, NotPermitted, Stale
from directory.outcomes import ANSWERS, QUESTIONS, give_answer, open_questions
from directory.papers import BLANK, Papers, save
from directory.papers.planning import finish_step, goal_of, remember
from directory.referrals import lists
from directory.referrals.answering import go_on
from directory.referrals.drafting import Draft, begin_draft, change_draft, draft_for, draft_of, parts_to_choose, preview
from directory.referrals.moving import Step, steps_of
from directory.referrals.packet import HEADINGS, read_packet
from directory.referrals.reaching import openings_of, own_referral
from directory.referrals.receivers import receiver_of, receiver_still
from directory.referrals.sending import send
from directory.referrals.states import choices
from directory.referrals.withdrawing import withdraw_referral
from directory.storage import Session
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.views.account.entering import recently
from web.views.referrals.words import WORDS, blank, draft_from, meanwhile, seen_in, texts_of
from web.visits import Asked, private_router

MINE = "/my/referrals"
LONGEST = {"label": 120, "contact": 600}
ASKED_WITH = ("about", "own_words", "domains", "hopes", "reframes")
BEGUN = ("connected", "followed_up", "closed")


@get("/", name="my.referrals", sync_to_thread=True)
def index(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """All of them: what to look at now, what is on its way, what is over."""
    with house.storage.reading() as session:
        now, on_its_way, over = lists.due_first(lists.own_lines(session, visit.actor, at=house.now()))
    said = words_of(request.query_params.get("said", ""))
    return page(visit, "referrals/index.html", now=now, on_its_way=on_its_way, over=over, here=MINE, words=WORDS, said=said)


@get("/new/{service_id:uuid}", name="my.referrals.new", sync_to_thread=True)
def ask(house: NamedDependency[House], visit: NamedDependency[Visit], service_id: FromPath[UUID]) -> Template:
    """What may they know? Nothing is ticked."""
    return _new(house, visit, service_id, {}, Draft())


@post("/new/{service_id:uuid}", name="my.referrals.begin", sync_to_thread=True)
def begin(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], service_id: FromPath[UUID]
) -> Response[Any] | Template:
    """Write a draft; nothing leaves yet."""
    said, plain = draft_from(form, visit.actor.by), texts_of(form, *LONGEST)
    try:
        with house.storage.writing() as session:
            if own_record(session, visit.actor) is None and form.get("agree") != "yes":
                raise Invalid(agree="A draft needs a record to stand in. Tick the box if you want it so; else call them, or write to them.")
            client = begin_own(session, visit.actor, at=house.now(), sealer=house.sealer)
            opened = open_own(session, client, visit.actor, parts=HEADINGS, at=house.now(), sealer=house.sealer)
            _write_plain(session, opened, plain, visit, house)
            key = begin_draft(session, opened, service_id, by=visit.actor.by, at=house.now(), sealer=house.sealer, draft=said).id
    except Invalid as error:
        return _new(house, visit, service_id, error.errors, said, plain)
    return on_to(f"{MINE}/{key}")


@get("/{referral_id:uuid}", name="my.referral", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], referral_id: FromPath[UUID]) -> Template:
    """One of them: a draft with exactly what would leave; later where it stands, and what was told when."""
    return _show(house, visit, referral_id, said=words_of(request.query_params.get("said", "")))


@post("/{referral_id:uuid}", name="my.referral.do", sync_to_thread=True)
def do(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], referral_id: FromPath[UUID]
) -> Response[Any] | Template:
    """Change it, send it, take it back, say how it goes."""
    wish, seen = form.get("do") or "", seen_in(form)
    if wish == "send":   # a consent; taking back asks for nothing
        recently(house, visit)
    try:
        with house.storage.writing(counting=True) as session:
            said = _do(session, house, visit, form, referral_id, wish, seen)
    except Invalid as error:
        return _show(house, visit, referral_id, status=422, errors=error.errors, typed=texts_of(form, "note", "words", "heading"))
    except (Stale, NotPermitted) as error:
        return _show(house, visit, referral_id, status=409, seen=seen, errors={"main": str(error)}, typed=texts_of(form, "note", "words", "heading"))
    return on_to(f"{MINE}/{referral_id}", said)


def _do(session: Session, house: House, visit: Visit, form: PostedForm, key: UUID, wish: str, seen: int) -> str:
    at, by, sealer = house.now(), visit.actor.by, house.sealer
    referral, opened = own_referral(session, key, visit.actor, at=at, sealer=sealer)
    if wish == "change":
        change_draft(session, referral, opened, draft_from(form, by), seen=seen, by=by, at=at)
        return ""
    if wish == "send":
        base, mark = house.settings.base_url, form.get("mark") or ""
        send(session, referral, opened, seen=seen, mark=mark, language="en", by=by, at=at, sealer=sealer, base_url=base)
        return "referred"
    if wish == "withdraw":
        withdraw_referral(session, referral, seen=seen, side="client", by=by, at=at)
        return "withdrawn"
    if wish == "to-goal":
        planning.change(session, opened, lambda papers: _to_goal(papers, form, referral.service_id, house), by=by, at=at)
        return "saved"
    if wish == "tap":
        give_answer(session, referral, form.get("question") or "", form.get("answer") or "", sealer=sealer)
        return "thanks"
    typed = texts_of(form, "words", "heading")
    go_on(session, referral, wish, seen=seen, side="client", locker=opened.locker, by=by, at=at, words=typed["words"], heading=typed["heading"])
    return "saved"


def _to_goal(papers: Papers, form: PostedForm, service_id: UUID, house: House) -> Papers:
    """What came of it, written down with the goal that it was for; the step that led there is done with it."""
    key, today = form.get("goal") or "", house.today()
    for number, step in enumerate(goal_of(papers, key).steps, 1):
        papers = finish_step(papers, key, number, on=today) if step.listing == str(service_id) else papers
    return remember(papers, form.get("achievement") or "", on=today, goal=key)


def _goals(papers: Papers, steps: list[Step], service_id: UUID) -> dict[str, Any]:
    """The goals that an outcome may be written to, the one with a step to this listing first, and the person's last words about it."""
    goals = sorted(papers.goals.goals, key=lambda goal: (not any(step.listing == str(service_id) for step in goal.steps), goal.state != "open"))
    words = next((step.said.words for step in reversed(steps) if step.side == "client" and step.said.words), "")
    is_there = any(one.words == words for one in papers.achievements.achievements if words)
    return {"goals": [] if is_there else goals, "outcome": words[:200]}


def _search_with(papers: Papers) -> str:
    """A copy of what a search asks with, to travel in a body."""
    return save(replace(BLANK, **{name: getattr(papers, name) for name in ASKED_WITH})).decode()


def _write_plain(session: Session, opened: Any, plain: dict[str, str], visit: Visit, house: House) -> None:
    """How they wish to be called and reached, where nothing stands yet."""
    for part, words in plain.items():
        if len(words) > LONGEST[part]:
            raise Invalid(**{part: f"Use at most {LONGEST[part]} characters."})
        if words.strip() and part not in parts_to_choose(opened):   # as the form asks: a part that was emptied is written anew
            text = msgspec.json.encode({"words": words.strip()}).decode()
            write_part(session, opened, part, text, version=opened.versions.get(part, 0), by=visit.actor.by, at=house.now())


def _new(house: House, visit: Visit, service_id: UUID, errors: dict[str, str], draft: Draft, plain: dict[str, str] | None = None) -> Template:
    with house.storage.reading() as session:
        receiver, client = receiver_of(session, service_id, sealer=house.sealer), own_record(session, visit.actor)
        opened = open_own(session, client, visit.actor, parts=HEADINGS, at=house.now(), sealer=house.sealer) if client else None
    return page(
        visit, "referrals/new.html", status=422 if errors else 200, receiver=receiver, parts=parts_to_choose(opened) if opened else (), draft=draft,
        typed={**dict.fromkeys(LONGEST, ""), **(plain or {})}, errors=errors, words=WORDS, agencies=sorted(visit.actor.casework), must_begin=client is None,
        person=None,
    )  # fmt: skip


def _show(house: House, visit: Visit, referral_id: UUID, *, status: int = 200, seen: int | None = None, **shown: Any) -> Template:
    at = house.now()
    with house.storage.reading() as session:
        referral, opened = own_referral(session, referral_id, visit.actor, at=at, sealer=house.sealer)
        receiver = receiver_still(session, referral, sealer=house.sealer)
        steps = steps_of(session, referral.id, opened.locker)
        draft = draft_for(draft_of(referral, opened.locker), visit.actor.by)
        before = preview(opened, draft, receiver) if referral.state == "draft" else None
        sent = opened.locker.open(referral.packet, "referral", "packet", referral.id).encode() if referral.packet else None
        questions, openings = open_questions(referral), openings_of(session, referral)
    papers = planning.papers_of(opened)
    data = before.packet if before else sent
    return page(
        visit, "referrals/show.html", status=status, referral=referral, receiver=receiver, steps=steps, draft=draft, mark=before.mark if before else "",
        packet=read_packet(data) if data else None, parts=parts_to_choose(opened), can=choices(referral.state, "client"), words=WORDS, at=at,
        here=f"{MINE}/{referral.id}", questions={code: QUESTIONS[code] for code in questions}, answers=ANSWERS, is_self=True, must_say_how=False,
        theirs_to_send=False, person=None, openings=openings, papers_text=_search_with(papers),
        **(_goals(papers, steps, referral.service_id) if referral.state in BEGUN else {"goals": [], "outcome": ""}),
        **blank(**shown, since=[] if seen is None else meanwhile(steps, seen)),
    )  # fmt: skip


router = private_router(MINE, [index, ask, begin, show, do])
