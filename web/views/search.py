"""The search: a posted form to a page of results. Nothing is written, and nothing of a person reaches an address or a log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec.structs import replace

from directory.places import Ambiguous, Choice, Found, PlaceAnswer
from directory.search import SearchPage
from matching.values import Place
from web import render
from web.forms.about import form_of, with_form
from web.forms.choices import choices_of, chosen_strengths, minutes_offered
from web.forms.fields import PER_PAGE, SHOWN, InquiryForm, Posted
from web.forms.inquiry import Filled, read
from web.forms.papers import carried_or_refused
from web.forms.posted import read_form
from web.forms.tokens import DEFAULTS
from web.house import House
from web.views.brought import inquiry_for
from web.views.found import not_shown, openers, shown_papers, weights
from web.views.rescue import ways_on
from web.views.suggested import suggestions
from web.views.urgent_words import topics_of
from web.wording import count_words

TITLE = "What fits you: Homeground"
NEVER_KEPT = {"Cache-Control": "no-store", "Vary": "HX-Request"}
Maker = Callable[[House, Filled], dict[str, Any]]


@post("/search", name="search.find", status_code=200)
async def find(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """Rank the directory for what the form says."""
    return await _answer(request, house, results, "search/index.html", "search/_part.html")


@post("/search/around", name="search.around", status_code=200)
async def look_around(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """What lies around the results of a form: what is not shown and why, and what one change would bring."""
    return await _answer(request, house, surroundings, "search/around.html", "search/_around.html")


def _begun(form: InquiryForm, known: InquiryForm) -> InquiryForm:
    """A form begun anew by somebody whose papers are open: what it asks for is new; what it leaves empty is as the papers say."""
    left = [name for name, default in DEFAULTS.items() if getattr(form, name) == default and name not in ("text", "supports", "offset")]
    silent = {name: getattr(known, name) for name in left}
    return replace(form, **silent)


@get(["/search", "/search/around"], name="search.start", sync_to_thread=False)
def start() -> Redirect:
    """Somebody opens the address of the results from a history: the questions are where to start, for answers are kept nowhere."""
    return Redirect("/", status_code=303)


async def _answer(request: Request[Any, Any, Any], house: House, make: Maker, whole: str, part: str) -> Response[bytes]:
    body, kind = await request.body(), request.headers.get("content-type", "")
    name = part if request.headers.get("hx-request") == "true" else whole
    return await sync_to_thread(lambda: render.show(request, name, make(house, filled_in(read_form(body, kind))), headers=dict(NEVER_KEPT)))


def filled_in(posted: Posted) -> Filled:
    """The form with the papers that travel along. Papers that come by themselves fill the form in."""
    papers = carried_or_refused(posted)
    filled = read(posted)
    if posted.get("from_papers"):
        filled = replace(filled, form=form_of(papers))
    elif posted.get("starts"):
        filled = replace(filled, form=_begun(filled.form, form_of(papers)))
    return replace(filled, papers=with_form(papers, filled.form))


def results(house: House, filled: Filled) -> dict[str, Any]:
    """Everything that the page of results shows. What lies around it is worked out at once only where the page is not full: people need ways on."""
    return _page(house, filled, asked=False)


def surroundings(house: House, filled: Filled) -> dict[str, Any]:
    """Everything that is shown of what lies around the results."""
    return _page(house, filled, asked=True)


def _page(house: House, filled: Filled, *, asked: bool) -> dict[str, Any]:
    form, vocabulary = filled.form, house.catalogue.vocabulary
    answer = _place(house, form)
    inquiry = replace(inquiry_for(house, filled.papers, answer=answer), limit=PER_PAGE, offset=int(form.offset or 0))
    page = house.catalogue.search(inquiry, at=house.now(), enough=None if asked else PER_PAGE)
    if not asked:
        house.tally.note(inquiry, page.ranking, vocabulary, at=page.at)
    around = "asked" if asked else "" if len(page.cards) == PER_PAGE else "told"
    choices = choices_of(vocabulary)
    return {
        "title": f"Error: {TITLE}" if filled.errors else TITLE,
        "form": form,
        "errors": filled.errors,
        "choices": choices,
        "example_town": house.catalogue.example_town,
        "parts": (("", "All"), *((name, words) for name, (words, _) in SHOWN.items())),
        "minutes_offered": minutes_offered(form, choices),
        "chosen": {"strengths": chosen_strengths(form, vocabulary)},
        "urgent": topics_of(house, (form.text, form.own_strengths, form.own_culture, form.place)),
        "suggestions": suggestions(vocabulary, form),
        "said": _said(form),
        **shown_papers(filled.papers),
        "weights": weights(form),
        **_asked_where(form, answer, inquiry.place),
        **_listed(page),
        **_more(house, page, form),
        "around": around,
    }


def _listed(page: SearchPage) -> dict[str, Any]:
    """The results of this page, with their count in words."""
    first = page.inquiry.offset + 1
    return {
        "count_words": count_words(page.ranking.total, first, len(page.cards)),
        "results": list(zip(page.ranking.matches, page.cards, strict=True)),
        "first": first,
        "at": page.at,
    }


def _more(house: House, page: SearchPage, form: InquiryForm) -> dict[str, Any]:
    """The ways on from the results: further pages, single changes that would bring more, what was left out, and what else to try for nothing."""
    inquiry, shown = page.inquiry, len(page.cards)
    following = inquiry.offset + inquiry.limit
    spellings, topics = ([], []) if page.ranking.total else ways_on(house, inquiry)
    return {
        "before": str(max(0, inquiry.offset - inquiry.limit)) if inquiry.offset else "",
        "after": str(following) if following < page.ranking.total and shown else "",
        "openers": openers(page, form),
        "not_shown": not_shown(house.catalogue, page.ranking.not_shown),
        "hidden": page.ranking.hidden,
        "spellings": spellings,
        "near_topics": topics,
    }


def _place(house: House, form: InquiryForm) -> PlaceAnswer | None:
    return house.catalogue.find_place(form.place, country=house.settings.region, geocoder=house.geocoder) if form.place else None


def _asked_where(form: InquiryForm, answer: PlaceAnswer | None, own: Place | None) -> dict[str, Any]:
    """From where distances are told, or what to ask about the place; the choices are buttons."""
    words = question = ""
    choices: tuple[Choice, ...] = ()
    if isinstance(answer, Found):
        words = f"Distances are from {answer.label}."
    elif isinstance(answer, Ambiguous):
        question, choices = f"Which “{form.place}” do you mean?", answer.choices
    elif own is not None and not form.place:
        words = f"Distances are from {own.name}, a place of yours."
    elif answer is None:
        words = "You did not say where you are, so distance plays no part."
    else:
        words = f"We do not know the place “{form.place}”, so distance plays no part. Try a postcode or the next town."
        question, choices = f"“{form.place}”: do you mean one of these?", answer.near
    return {"place_words": words, "place_question": question, "place_choices": [(choice.text, choice.label) for choice in choices]}


def _said(form: InquiryForm) -> str:
    counted = ((form.supports, "topics"), (form.strengths, "strengths"))
    parts = [form.text, form.place, *(f"{len(chosen)} {words}" for chosen, words in counted if chosen)]
    return " · ".join(part for part in parts if part)


router = Router("/", route_handlers=[find, look_around, start])
