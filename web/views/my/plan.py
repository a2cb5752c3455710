"""The plan of somebody with an account: goals, small steps, what was done, and the lines for hard days. Every button is one verb."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Template
from msgspec import UNSET

from directory.accounts.sign_ins import Visit
from directory.clients import planning
from directory.errors import Invalid, Stale
from directory.papers import Papers
from directory.papers import planning as plan
from directory.papers.asking import Toward
from directory.papers.parts import Goal
from directory.papers.resilience import set_lines
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.views.brought import Brought, brought
from web.views.my.again import LINES, adrift, lines_shown
from web.views.my.own import changed_own, opened_own
from web.visits import Asked, private_router

Done = Callable[[Papers, PostedForm, date], Papers]


@get("/", name="my.plan", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """Goals with their steps, and what could be the next one."""
    return _plan(house, visit, said=words_of(request.query_params.get("said", "")))


@post("/", name="my.plan.change", sync_to_thread=True, status_code=200)
def change(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any]:
    """Do what the button says. Where the plan has moved on since the page was drawn, nothing is written: the page as it is now, and what was typed in it."""
    act = form.get("do") or ""
    try:
        changed_own(house, visit, lambda papers: _done(papers, act, form, house.today()), mark=form.get("mark"))
    except Invalid as error:
        return _plan(house, visit, errors=error.errors, typed=form, status=422)
    except Stale as moved:
        return _plan(house, visit, errors={"main": str(moved)}, typed=form, status=409)
    return on_to("/my/plan", "saved")


def _done(papers: Papers, act: str, form: PostedForm, day: date) -> Papers:
    return VERBS[act](papers, form, day) if act in VERBS else plan.press(papers, act, on=day)


def _plan(house: House, visit: Visit, *, said: str = "", errors: dict[str, str] | None = None, typed: PostedForm | None = None, status: int = 200) -> Template:
    with house.storage.reading() as session:
        opened = opened_own(session, house, visit)
    papers, typed = planning.papers_of(opened), typed or PostedForm([])
    waiting = [goal for goal in papers.goals.goals if goal.state == "open" and plan.next_step(goal) is None]
    return page(
        visit, "my/plan.html", status=status, said=said, errors=errors or {}, typed=typed, papers=papers, mark=planning.mark_of(opened),
        suggested={goal.key: _suggested(house, papers, goal) for goal in waiting[:3]}, next_step=plan.next_step, today=house.today(),
        furthest=house.today() + plan.A_SMALL_STEP,
        strengths=[(one.code, house.catalogue.vocabulary.label("strengths", one.code)) for one in papers.about.profile.strengths],
        label=house.catalogue.vocabulary.label, lines=lines_shown(papers, typed, is_stale=status == 409), adrift=adrift(papers, typed),
    )  # fmt: skip


def _suggested(house: House, papers: Papers, goal: Goal) -> Brought:
    """The listings that would serve a goal which has no step yet (row 18)."""
    return brought(house, papers, at=house.now(), toward=Toward(words=goal.words, supports=goal.supports, strengths=goal.strengths))


def _set(papers: Papers, form: PostedForm, _today: date) -> Papers:
    return plan.set_goal(papers, form.get("words") or "", why=form.get("why") or "", strengths=_own(papers, form.getall("strength", [])))


def _change(papers: Papers, form: PostedForm, _today: date) -> Papers:
    confidence = form.get("confidence")
    number = UNSET if confidence is None else _number(confidence, "confidence") if confidence else None
    return plan.change_goal(
        papers, _key(form), words=form.get("words"), why=form.get("why"), confidence=number,
        strengths=_own(papers, form.getall("strength", [])) if form.get("strengths-shown") else None,
    )  # fmt: skip


def _step(papers: Papers, form: PostedForm, day: date) -> Papers:
    return plan.add_step(papers, _key(form), form.get("step") or "", today=day, by=_day(form), listing=form.get("listing") or None)


def _lines(papers: Papers, form: PostedForm, _today: date) -> Papers:
    return set_lines(papers, {name: form.get(name) or "" for name in LINES})


def _remember(papers: Papers, form: PostedForm, day: date) -> Papers:
    try:
        return plan.remember(papers, form.get("achievement") or "", on=day)
    except Invalid as error:   # the page has other words, too: its field has a name of its own
        raise Invalid(achievement=error.errors["words"]) from None


VERBS: Final[dict[str, Done]] = {
    "set": _set,
    "change": _change,
    "step": _step,
    "remember": _remember,
    "lines": _lines,
}
"""What a form does with what was typed into it; every other button is ``directory.papers.planning.press``."""


def _key(form: PostedForm) -> str:
    return form.get("goal") or ""


def _number(text: str | None, field: str) -> int:
    if text and text.isascii() and text.isdecimal() and len(text) < 4:
        return int(text)
    raise Invalid(**{field: "Choose a number."})


def _day(form: PostedForm) -> date | None:
    try:
        return date.fromisoformat(form.get("by") or "") if form.get("by") else None
    except ValueError:
        raise Invalid(by="Write the date as year-month-day, such as 2026-11-30.") from None


def _own(papers: Papers, codes: list[str]) -> list[str]:
    """Only strengths that the person named; a goal is linked to nothing that is not theirs."""
    own = {one.code for one in papers.about.profile.strengths}
    return [code for code in codes if code in own]


router = private_router("/my/plan", [show, change])
