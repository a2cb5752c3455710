"""Keeping a listing out of a list of results: onto the shortlist of the papers that travel along, and nowhere else."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec.structs import replace

from directory.errors import NotFound
from directory.listings import ListingPage
from directory.papers import Papers
from web import render
from web.forms.acts import keep, let_go, mark_worked
from web.forms.posted import PostedForm, read_form
from web.house import House
from web.views.found import shown_papers
from web.views.listings import listing_id_of
from web.views.search import NEVER_KEPT, filled_in, results

MOST_ACTIVITIES = 12


@post("/papers/keep", name="papers.keep", status_code=200)
async def change(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """Keep one, let one go, or mark that one worked before; the results come again, or with script only the button that was pressed."""
    body, kind = await request.body(), request.headers.get("content-type", "")
    return await sync_to_thread(lambda: _changed(request, house, read_form(body, kind)))


def _changed(request: Request[Any, Any, Any], house: House, posted: PostedForm) -> Response[bytes]:
    filled = filled_in(posted)
    papers = acted(house, filled.papers, posted)
    small = request.headers.get("hx-request") == "true" and not (posted.get("worked") or posted.get("unworked"))
    if small:
        context = {"id": str(posted.get("keep") or posted.get("let_go") or ""), **shown_papers(papers), "oob": True}
        return render.show(request, "papers/_kept.html", context, headers=dict(NEVER_KEPT))
    name = "search/_part.html" if request.headers.get("hx-request") == "true" else "search/index.html"
    return render.show(request, name, results(house, replace(filled, papers=papers)), headers=dict(NEVER_KEPT))


def acted(house: House, papers: Papers, posted: PostedForm) -> Papers:
    """The papers after the button that was pressed; a listing that is not there any more changes nothing."""
    try:
        if listing := posted.get("keep"):
            page = listing_at(house, listing)
            return keep(papers, str(listing_id_of(listing)), page.card.name)
        if listing := posted.get("let_go"):
            return let_go(papers, listing)
        if listing := posted.get("worked"):
            page = listing_at(house, listing)
            return mark_worked(papers, str(listing_id_of(listing)), page.card.name, activities_of(page), on=True)
        if listing := posted.get("unworked"):
            return mark_worked(papers, listing, "", (), on=False)
    except NotFound:
        pass
    return papers


def listing_at(house: House, listing: str) -> ListingPage:
    """The page of a listing now; ``NotFound`` where there is none."""
    return house.catalogue.listing_page(listing_id_of(listing), at=house.now())


def activities_of(page: ListingPage) -> tuple[str, ...]:
    """What a listing is, for "more of its kind": what is done there, the kinds of support, and its own kind."""
    codes = [fact.code for name in ("interests", "supports") for fact in page.facts if fact.taxonomy == name and fact.stated]
    return tuple(dict.fromkeys((*codes[: MOST_ACTIVITIES - 1], page.card.kind)))


@get("/papers/keep", name="papers.keep.from_history", sync_to_thread=False)
def from_history() -> Redirect:
    """Somebody opens the address out of a history: the questions are where to start."""
    return Redirect("/", status_code=303)


router = Router("/", route_handlers=[change, from_history])
