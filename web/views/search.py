"""The search: a posted form to a page of results. Nothing is written, and nothing of a person reaches an address or a log."""

from __future__ import annotations

import re
from typing import Any

from litestar import Request, Router, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.response import Template

from directory.places import Ambiguous, Found, PlaceAnswer, find_place
from directory.search import SearchPage
from web.forms.choices import choices_of, chosen_strengths
from web.forms.inquiry import Filled, InquiryForm, changes, read, to_inquiry
from web.house import House
from web.views.found import not_shown, openers, weights
from web.wording import count_words

HEADING = "What fits you"


@post("/search", name="search.find", status_code=200)
async def find(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Template:
    """Rank the directory for what the form says."""
    filled = read(await request.form())
    context = await _in_thread(house, filled)
    part = "search/_page.html" if request.headers.get("hx-request") == "true" else "search/index.html"
    return Template(part, context=context, headers={"Cache-Control": "no-store", "Vary": "HX-Request"})


async def _in_thread(house: House, filled: Filled) -> dict[str, Any]:
    return await sync_to_thread(results, house, filled)


def results(house: House, filled: Filled) -> dict[str, Any]:
    """Everything that the page of results shows."""
    form, vocabulary = filled.form, house.catalogue.vocabulary
    answer = _place(house, form)
    found = answer if isinstance(answer, Found) else None
    inquiry = to_inquiry(form, place=found.place if found else None, areas=found.areas if found else frozenset())
    page = house.catalogue.search(inquiry, at=house.now())
    said = [form.text, form.own_strengths]
    return {
        "form": form,
        "errors": filled.errors,
        "heading": HEADING,
        "choices": choices_of(vocabulary),
        "chosen": {"strengths": chosen_strengths(form, vocabulary)},
        "urgent": any(vocabulary.urgent(text) for text in said if text),
        "count_words": count_words(page.ranking.total, inquiry.offset + 1, len(page.cards)),
        "notes": _notes(form, answer),
        "place_choices": [(choice.text, choice.label) for choice in answer.choices] if isinstance(answer, Ambiguous) else (),
        "suggestions": _suggestions(house, form),
        "said": _said(form),
        "weights": weights(form),
        "results": list(zip(page.ranking.matches, page.cards, strict=True)),
        "first": inquiry.offset + 1,
        "at": page.at,
        "spellings": (),
        **_more(house, page),
    }


def _more(house: House, page: SearchPage) -> dict[str, Any]:
    """The ways on from the results: further pages, single changes that would bring more, and what was left out."""
    inquiry, shown = page.inquiry, len(page.cards)
    following = inquiry.offset + inquiry.limit
    return {
        "before": str(max(0, inquiry.offset - inquiry.limit)) if inquiry.offset else "",
        "after": str(following) if following < page.ranking.total and shown else "",
        "openers": openers(page, changes),
        "not_shown": not_shown(house.catalogue, page.ranking.not_shown),
        "not_shown_total": page.ranking.hidden,
    }


def _place(house: House, form: InquiryForm) -> PlaceAnswer | None:
    if not form.place:
        return None
    with house.storage.reading() as session:
        return find_place(session, form.place, country=house.settings.region, geocoder=house.geocoder)


def _notes(form: InquiryForm, answer: PlaceAnswer | None) -> list[str]:
    if answer is None:
        return [] if form.place else ["You did not say where you are, so nothing is ordered by distance."]
    if isinstance(answer, Found):
        return [f"Distances are from {answer.label}."]
    if isinstance(answer, Ambiguous):
        return []
    near = f" Did you mean {' or '.join(choice.label for choice in answer.near)}?" if answer.near else ""
    return [f"We do not know the place “{form.place}”, so nothing is ordered by distance.{near}"]


def _suggestions(house: House, form: InquiryForm) -> list[tuple[str, list[tuple[str, str]]]]:
    """Strengths that own words may mean, to be confirmed; a phrase with an "and" or a comma is taken apart."""
    phrases = [phrase.strip() for phrase in re.split(r"[,;.]|\band\b", form.own_strengths) if phrase.strip()]
    found = [(phrase, house.catalogue.vocabulary.suggest("strengths", phrase, limit=3)) for phrase in phrases[:5]]
    offered = [(phrase, [(one.code, one.label) for one in options if one.code not in form.strengths]) for phrase, options in found]
    return [(phrase, options) for phrase, options in offered if options and not set(form.strengths) & {code for code, _ in options}]


def _said(form: InquiryForm) -> str:
    counted = ((form.supports, "topics"), (form.strengths, "strengths"))
    parts = [form.text, form.place, *(f"{len(chosen)} {words}" for chosen, words in counted if chosen)]
    return " · ".join(part for part in parts if part)


router = Router("/", route_handlers=[find])
