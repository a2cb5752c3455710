"""My papers: what somebody keeps, plans and did, on one page that is a form. Every button posts the whole of it; nothing is kept here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from msgspec import Struct
from msgspec.structs import replace

from directory.errors import Invalid, NotFound
from directory.papers import BLANK, NEVER_SENT, NEVER_SHARED, PARTS, Papers
from directory.papers.asking import going_well
from directory.papers.parts import Goal
from directory.papers.planning import A_SMALL_STEP, add_step, press
from web import render
from web.forms.about import with_form
from web.forms.inquiry import read
from web.forms.papers import Bound, carried_or_refused
from web.forms.posted import PostedForm, read_form
from web.house import House
from web.views.brought import Result, aimed, brought
from web.views.found import shown_papers
from web.views.kept import acted, listing_at
from web.views.offered import Offer, chosen, goal_offers
from web.views.search import NEVER_KEPT
from web.views.talk import taken
from web.views.urgent_words import urgent_topics

WAYS = (("", "Not decided"), ("myself", "By myself"), ("together", "With someone"), ("refer", "Refer me"))
STATES = {"open": "", "resting": "Resting", "reached": "Reached"}
SHARED: dict[str, str] = {
    "own_words": "My strengths, in my words", "about": "What I look for", "circle": "My people and places", "domains": "How the parts of life go",
    "hopes": "What I would like more of", "reframes": "Strengths to put to use", "goals": "My goals", "achievements": "What I have done",
    "came_through": "What I got through before", "resilience": "My plan for hard days", "shortlist": "What I kept",
}  # fmt: skip


class GoalShown(Struct, frozen=True, kw_only=True):
    """A goal with what it brings, a step to take where it has none, and what its words may be about."""

    number: int
    goal: Goal
    strengths: list[str]
    results: list[Result]
    suggested: str = ""
    listing: str = ""
    offers: list[Offer] = []
    have: list[Offer] = []


@get("/papers", name="papers.start", sync_to_thread=True)
def start(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """Papers with nothing on them yet."""
    return show_papers(request, house, Bound(papers=BLANK))


@post("/papers", name="papers.show", status_code=200)
async def change(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """Take what the page says, do what its button does, and show the papers again."""
    body, kind = await request.body(), request.headers.get("content-type", "")
    return await sync_to_thread(lambda: _changed(request, house, read_form(body, kind)))


def _changed(request: Request[Any, Any, Any], house: House, posted: PostedForm) -> Response[bytes]:
    before = carried_or_refused(posted)
    if posted.get("from_search"):
        return show_papers(request, house, Bound(papers=with_form(before, read(posted).form)))
    bound = taken(posted)
    papers, said = bound.papers, ""
    if act := posted.get("do"):
        papers = pressed(papers, act, on=house.today())
    if number := posted.get("take_step"):
        papers = _take_step(house, papers, number)
    papers = acted(house, papers, posted)
    if not bound.errors and posted.get("save") is not None:
        said = "Taken into your papers. They are in this page only, until you print them or save a file."
    new_goal = len(papers.goals.goals) > len(before.goals.goals)
    return show_papers(request, house, replace(bound, papers=papers), said=said, is_new_goal=new_goal)


def pressed(papers: Papers, act: str, *, on: date) -> Papers:
    """The papers after a button of a goal; one that means nothing changes nothing, for what it was about may be gone from the page."""
    try:
        return press(papers, act, on=on)
    except (Invalid, NotFound):
        return papers


def _take_step(house: House, papers: Papers, number: str) -> Papers:
    """The suggested step of a goal becomes its step, with a date within two weeks."""
    if not number.isdecimal() or int(number) >= len(papers.goals.goals):
        return papers
    shown = _goal_shown(house, papers, int(number), house.now())
    try:
        return add_step(papers, shown.goal.key, shown.suggested[:200], today=house.today(), listing=shown.listing or None)
    except Invalid:   # nothing is suggested, or there are steps enough
        return papers


def show_papers(
    request: Request[Any, Any, Any], house: House, bound: Bound, *, said: str = "", is_new_goal: bool = False, problems: tuple[Any, ...] = (),
    status: int = 200,
) -> Response[bytes]:
    """The page of papers."""
    papers, vocabulary, at = bound.papers, house.catalogue.vocabulary, house.now()
    context = {
        "title": f"{'Error: ' if bound.errors or problems else ''}My papers: Homeground",
        "bound": bound, "papers": papers, "errors": bound.errors, "said": said, "problems": problems, "at": at, "today": house.today(),
        "goals": [_goal_shown(house, papers, number, at) for number in range(len(papers.goals.goals))],
        "show_cards": is_new_goal and bool(papers.came_through.cards),
        "kept": kept_now(house, papers), "ways": WAYS, "states": STATES, "step_by": house.today() + A_SMALL_STEP,
        "have": chosen(vocabulary, papers, "strengths:"),
        "well": [vocabulary.label("life_domains", code) for code in going_well(papers)],
        "shared": [(name, label) for name, label in SHARED.items() if getattr(papers, name) != PARTS[name]()],
        "urgent": urgent_topics(house, papers),
        **shown_papers(papers), **({} if request.method == "POST" else {"papers_text": ""}),
    }  # fmt: skip
    name = "papers/_mine.html" if request.headers.get("hx-request") == "true" else "papers/mine.html"
    shown = render.show(request, name, context, headers=dict(NEVER_KEPT))
    shown.status_code = status
    return shown


def kept_now(house: House, papers: Papers) -> list[tuple[int, Any, Any]]:
    """The shortlist, each with its page as it is now; None for what is not listed any more."""
    found: list[tuple[int, Any, Any]] = []
    for number, one in enumerate(papers.shortlist.kept):
        try:
            found.append((number, one, listing_at(house, one.listing)))
        except NotFound:
            found.append((number, one, None))
    return found


def _goal_shown(house: House, papers: Papers, number: int, at: datetime) -> GoalShown:
    goal, vocabulary = papers.goals.goals[number], house.catalogue.vocabulary
    shown = GoalShown(
        number=number, goal=goal, strengths=[vocabulary.label("strengths", code) for code in goal.strengths], results=[],
        have=chosen(vocabulary, papers, f"goal:{number}:supports:"),
    )
    if goal.state != "open" or not (goal.words or goal.supports):
        return shown
    toward = aimed(house, goal.words, goal.supports, goal.strengths)
    results = list(brought(house, papers, at=at, toward=toward).results)
    step, listing = _step_to(results) if not [one for one in goal.steps if one.done_on is None] else ("", "")
    return replace(shown, results=results, suggested=step, listing=listing, offers=goal_offers(vocabulary, papers, number))


def _step_to(results: list[Result]) -> tuple[str, str]:
    """One small step to the first result: call, write, or look at it."""
    if not results:
        return "Talk it over with somebody I trust", ""
    card = results[0][1]
    number = next((phone.number for phone in card.phones if phone.href), "")
    if {"look_first", "drop_in"} & set(card.entry):
        return f"Go and have a look at {card.name}", card.id
    return (f"Call {card.name}: {number}" if number else f"Write to {card.name}" if card.email else f"Read about {card.name}"), card.id


def for_sharing(papers: Papers, parts: frozenset[str]) -> Papers:
    """A copy with only the parts that were ticked; what is never shared is in none."""
    left = {name: shape() for name, shape in PARTS.items() if name not in parts or name in NEVER_SHARED | NEVER_SENT}
    made = replace(papers, **left)
    return replace(made, goals=replace(made.goals, goals=tuple(replace(one, confidence=None) for one in made.goals.goals)))


router = Router("/", route_handlers=[start, change])
