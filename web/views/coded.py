"""Papers as a picture to scan, and a code that was scanned. The picture holds text alone: no address carries a word of anybody's."""

from __future__ import annotations

from typing import Any, Final

import segno
from litestar import Request, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.response import Redirect
from msgspec.structs import replace
from segno import consts

from directory.errors import NotFound
from directory.papers import Papers, UnreadablePapers, code
from directory.papers.parts import Kept
from web import render
from web.forms.papers import Bound, carried_or_refused, without_unsent
from web.forms.posted import PostedForm, read_form
from web.house import House
from web.views.found import shown_papers
from web.views.kept import listing_at
from web.views.papers import show_papers
from web.views.search import NEVER_KEPT
from web.views.talk import taken

PIECES: Final[dict[str, str]] = {
    "limits": "What has to be so, and what to steer clear of", "wanted": "What I look for", "strengths": "What I am good at", "interests": "What I like",
    "languages": "My languages", "place": "Where I am, and how I travel", "helped": "What helped before", "access": "What I need to take part",
    "belonging": "Where I belong, and my age", "times": "When I have time", "company": "The company I would like", "weights": "How much each wish counts",
    "kept": "What I kept",
}  # fmt: skip
GONE: Final = "Something that is not listed here"
NOTHING: Final = "There is nothing on these papers yet that a picture could hold."


@post("/papers/code", name="papers.code", status_code=200)
async def give_code(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """The papers as a picture to scan, or those pieces of them that were ticked."""
    body, kind = await request.body(), request.headers.get("content-type", "")
    return await sync_to_thread(lambda: _coded(request, house, read_form(body, kind)))


def _coded(request: Request[Any, Any, Any], house: House, posted: PostedForm) -> Response[bytes]:
    papers = taken(posted).papers
    said = code.pieces_of(papers)
    if not said:
        return show_papers(request, house, Bound(papers=papers), said=NOTHING)
    only = frozenset(posted.getall("piece", [])) if posted.get("chosen") else frozenset(said)
    made = code.write(papers, only=only)
    context = {
        "title": "My code: Homeground", "made": made, "pieces": [(name, PIECES[name], name in only) for name in said],
        "left": [PIECES[name] for name in made.left if name != code.KEPT], "picture": drawn(words_of(house, made.text)) if made.holds else "",
        **shown_papers(papers),
    }  # fmt: skip
    return _shown(request, ("papers/code.html", "papers/_code.html"), context)


def words_of(house: House, text: str) -> str:
    """What a phone shows that looks at the picture: where to put it, and the code. The address is the same for everybody."""
    return f"Paste all of this at {house.settings.base_url}/papers/scan {text}"


def drawn(text: str) -> str:
    """A picture of text, the words before the code and the code each in the way that takes least room."""
    before, mark, letters = text.partition(code.MARK)
    parts: Any = [(before, consts.MODE_BYTE, "utf-8"), (mark + letters, consts.MODE_ALPHANUMERIC)]   # typed as text alone, documented and read as parts
    made = segno.make(parts, error="l", micro=False, boost_error=False)
    return made.svg_inline(omitsize=True, dark="#000", light="#fff", svgclass="qr")


@get("/papers/code", name="papers.code.from_history", sync_to_thread=False)
def from_history() -> Redirect:
    """Somebody opens the address out of a history: papers are where to start."""
    return Redirect("/papers", status_code=303)


@get("/papers/scan", name="papers.scan", sync_to_thread=False)
def scan(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Where a code is put in."""
    return _shown(request, ("papers/scan.html", "papers/_scan.html"), {"title": "Open a code: Homeground", "papers_text": "", "error": "", "typed": ""})


@post("/papers/scan", name="papers.scanned", status_code=200)
async def open_code(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """Papers out of a code."""
    body, kind = await request.body(), request.headers.get("content-type", "")
    return await sync_to_thread(lambda: _opened(request, house, read_form(body, kind)))


def _opened(request: Request[Any, Any, Any], house: House, posted: PostedForm) -> Response[bytes]:
    before, typed = carried_or_refused(posted), posted.get("code") or ""
    try:
        papers = code.read(typed)
    except UnreadablePapers as error:
        context = {"title": "Error: Open a code: Homeground", "error": str(error), "typed": typed[:4_000], **shown_papers(before)}
        answer = render.show(request, "papers/scan.html", context, headers=dict(NEVER_KEPT))   # what went wrong is a whole page, also for script
        answer.status_code = 422
        return answer
    return show_papers(request, house, Bound(papers=named(house, without_unsent(papers))), said="The code is open. Nothing of it is kept here.")


def named(house: House, papers: Papers) -> Papers:
    """The papers with the names of what was kept, which a code leaves out."""
    return replace(papers, shortlist=replace(papers.shortlist, kept=tuple(_named(house, one) for one in papers.shortlist.kept)))


def _named(house: House, one: Kept) -> Kept:
    try:
        return replace(one, name=listing_at(house, one.listing).card.name[:200])
    except NotFound:
        return replace(one, name=GONE)


def _shown(request: Request[Any, Any, Any], names: tuple[str, str], context: dict[str, Any]) -> Response[bytes]:
    """A page, or with script its main part."""
    return render.show(request, names[request.headers.get("hx-request") == "true"], context, headers=dict(NEVER_KEPT))


router = Router("/", route_handlers=[give_code, from_history, scan, open_code])
