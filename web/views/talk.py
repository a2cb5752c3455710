"""The strengths conversation: short pages, each of which can be skipped. The papers travel in the posted form; nothing is kept here."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from msgspec.structs import replace

from directory.papers import BLANK, Papers
from directory.papers.asking import Toward, going_well
from web import render
from web.forms.acts import confirm
from web.forms.choices import Group, choices_of, tokened
from web.forms.papers import Bound, bind, carried_or_refused
from web.forms.posted import PostedForm, read_form
from web.forms.talk import ALL, DOMAIN_ANSWERS, DONE, NAMES, NEWNESS, PAGES, after, page_named
from web.house import House
from web.views.brought import Brought, aimed, brought
from web.views.found import shown_papers
from web.views.offered import chosen, offers, steer_offers
from web.views.opened import opens
from web.views.search import NEVER_KEPT
from web.views.urgent_words import urgent_topics

PREFIXES = {
    "well": ("strengths:", "interests:"), "good": ("strengths:", "interests:"), "helped": ("helped:", "helped_before:"), "more": ("supports:", "interests:"),
    "turn": ("reframe:",), "fits": ("communities:",),
}  # fmt: skip


@get("/strengths", name="talk.start", sync_to_thread=True)
def start(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """The first question."""
    return _show(request, house, Bound(papers=BLANK), NAMES[0], Brought())


@post("/strengths", name="talk.go", status_code=200)
async def go(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """Take what a page says, and go on to where its button leads."""
    body, kind = await request.body(), request.headers.get("content-type", "")
    return await sync_to_thread(lambda: _gone_on(request, house, read_form(body, kind)))


@post("/strengths/brings", name="talk.brings", status_code=200)
async def bring(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """What the page as it stands brings, while somebody is still writing."""
    body, kind = await request.body(), request.headers.get("content-type", "")
    return await sync_to_thread(lambda: _as_it_stands(request, house, read_form(body, kind)))


@get("/strengths/brings", name="talk.from_history", sync_to_thread=True)
def from_history(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """Somebody opens the address out of a history: the first question."""
    return _show(request, house, Bound(papers=BLANK), NAMES[0], Brought())


def taken(posted: PostedForm) -> Bound:
    """The papers with what the page says."""
    bound = bind(posted, posted.names())
    papers = confirm(bound.papers, posted.getall("had", []), posted.getall("yes", []))
    return replace(bound, papers=replace(papers, for_somebody=posted.get("for_somebody") == "1") if posted.get("asked_for_whom") else papers)


def _gone_on(request: Request[Any, Any, Any], house: House, posted: PostedForm) -> Response[bytes]:
    before, page, button = carried_or_refused(posted), posted.get("page") or "", posted.get("go") or "next"
    ticked = confirm(before, posted.getall("had", []), posted.getall("yes", []))
    bound = Bound(papers=ticked) if button == "skip" else taken(posted)
    to = page if bound.errors and page in (*NAMES, ALL) else after(page, button)
    found = brought(house, bound.papers, before if bound.papers != before else None, at=house.now(), toward=_toward(house, bound.papers, page))
    return _show(request, house, bound, to, found, came_from=page)


def _as_it_stands(request: Request[Any, Any, Any], house: House, posted: PostedForm) -> Response[bytes]:
    before, page, papers = carried_or_refused(posted), posted.get("page") or "", taken(posted).papers
    found = brought(house, papers, before, at=house.now(), toward=_toward(house, papers, page))
    offered = [] if page == ALL else offers(house.catalogue.vocabulary, papers, page)
    context = {"found": found, "offered": offered, "at": house.now(), "urgent": urgent_topics(house, papers, posted), "live": True}
    return render.show(request, "papers/_brings.html", context, headers=dict(NEVER_KEPT))


def _toward(house: House, papers: Papers, page: str) -> Toward | None:
    """On the page of a strength to turn, what it brings is for where it is wanted."""
    wanted = [one for one in papers.reframes.reframes if one.wanted or one.supports]
    return aimed(house, wanted[-1].wanted, wanted[-1].supports, wanted[-1].codes) if page == "turn" and wanted else None


def _show(request: Request[Any, Any, Any], house: House, bound: Bound, to: str, found: Brought, *, came_from: str = "") -> Response[bytes]:
    papers, vocabulary = bound.papers, house.catalogue.vocabulary
    page = page_named(to)
    asked = PAGES if to == ALL else (page,)
    names = [one.name for one in asked]
    context = {
        "title": _title(to, page.question, bound),
        "to": to, "asked": asked, "page": page, "number": NAMES.index(to) + 1 if to in NAMES else 0, "of": len(NAMES),
        "bound": bound, "papers": papers, "errors": bound.errors, "found": found, "at": house.now(), "live": False,
        "offered": offers(vocabulary, papers, came_from) if came_from in NAMES and came_from != to else [],
        "here": {name: [] if to == DONE else offers(vocabulary, papers, name) for name in names},
        "steer": steer_offers(vocabulary, papers) if "turn" in names else [],
        "have": {name: [offer for prefix in PREFIXES.get(name, ()) for offer in chosen(vocabulary, papers, prefix)] for name in names},
        "lists": _lists(house, names),
        "opened": opens(house, papers) if "fits" in names and to != DONE else {},
        "well": [vocabulary.label("life_domains", code) for code in going_well(papers)],
        "choices_labels": {one.code: vocabulary.label("strengths", one.code) for one in papers.about.profile.strengths},
        "urgent": urgent_topics(house, papers),
        "choices": choices_of(vocabulary), "example_town": house.catalogue.example_town,
        "domains": [(term.code, term.label, term.description) for term in vocabulary.terms("life_domains")],
        "domain_answers": DOMAIN_ANSWERS, "newnesses": NEWNESS, "done": DONE, "all": ALL,
        **shown_papers(papers), **({} if request.method == "POST" else {"papers_text": ""}),
    }  # fmt: skip
    name = "papers/_talk.html" if request.headers.get("hx-request") == "true" else "papers/talk.html"
    return render.show(request, name, context, headers=dict(NEVER_KEPT))


def _title(to: str, question: str, bound: Bound) -> str:
    words = "All questions" if to == ALL else "What you bring" if to == DONE else question
    return f"{'Error: ' if bound.errors else ''}{words}: Homeground"


def _lists(house: House, names: list[str]) -> dict[str, tuple[Group, ...]]:
    """The whole lists to choose from, for those who would rather tick than write."""
    choices = choices_of(house.catalogue.vocabulary)
    found = {"good": tokened(choices.strengths, "strengths:"), "more": tokened(choices.supports, "supports:"), "well": ()}
    return {name: found.get(name, ()) for name in names}


router = Router("/", route_handlers=[start, go, bring, from_history])
"""The pages of the conversation."""
