"""Papers to take away: a file that loads again, sheets to print, a picture to scan. All are answers to a post; none is an address with words in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import segno
from litestar import Request, Response, Router, get, post
from litestar.concurrency import sync_to_thread
from litestar.di import NamedDependency
from litestar.response import Redirect

from directory.editing.wording import AIM, reading_age
from directory.meetings.calendars import calendar_of
from directory.meetings.coming import next_dates
from directory.papers import BLANK, Papers, UnreadablePapers, load, save
from directory.papers.asking import going_well
from web import render
from web.dates_wording import MEETS
from web.forms.acts import MOST_COMPARED
from web.forms.papers import Bound, carried_or_refused, without_unsent
from web.forms.posted import PostedForm, read_form, read_posted
from web.house import House
from web.views.found import shown_papers
from web.views.listings import page_context
from web.views.offered import chosen
from web.views.papers import WAYS, for_sharing, kept_now, show_papers
from web.views.search import NEVER_KEPT
from web.views.talk import taken

FILE_NAME = "notes.json"
"""It tells nobody who sees the downloads of a phone what it is."""
DATES_NAME = "dates.ics"
SHEETS = {"plan": "My plan", "resilience": "My plan for hard days", "kept": "What I kept", "compare": "Side by side", "goals": "My goals"}
EASY = "Whoever reads this plan with you has it easy: it reads well from about {:.0f} years of age."
SHORTER = "On a hard day short lines are read more easily. You could shorten one or two, or leave it: the words are yours."
MOST_SCANNED = 700
"""Bytes in one picture: what a cheap phone reads from paper."""
RAISED = "This file is a sheet of things to raise. It stays in the browser: open it with script on, and this page reads it itself, without sending it."


@post("/papers/file", name="papers.file", status_code=200)
async def give_file(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The papers as a file, or a copy for somebody with only the parts that were ticked."""
    body, kind = await request.body(), request.headers.get("content-type", "")
    return await sync_to_thread(lambda: _file(read_form(body, kind)))


def _file(posted: PostedForm) -> Response[bytes]:
    papers = taken(posted).papers
    if posted.get("copy"):
        papers = for_sharing(papers, frozenset(posted.getall("part", [])))
    headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"', "Cache-Control": "no-store"}
    return Response(save(papers), media_type="application/json", headers=headers)


@post("/papers/open", name="papers.open", status_code=200)
async def open_file(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """Papers out of a file that was saved here."""
    body, kind = await request.body(), request.headers.get("content-type", "")
    return await sync_to_thread(lambda: _opened(request, house, read_posted(body, kind)))


def _opened(request: Request[Any, Any, Any], house: House, posted: PostedForm) -> Response[bytes]:
    before = carried_or_refused(posted)
    file = posted.files.get("file", b"")
    if not file:
        return show_papers(request, house, Bound(papers=before, errors={"file": "Choose the file first."}), status=422)
    try:
        papers = load(file)
    except UnreadablePapers as error:
        return show_papers(request, house, Bound(papers=before, errors={"file": "This file was not opened."}), problems=error.problems, status=422)
    if papers.to_raise != BLANK.to_raise:
        return show_papers(request, house, Bound(papers=before, errors={"file": RAISED}), status=422)
    return show_papers(request, house, Bound(papers=without_unsent(papers)), said="Your file is open. Nothing of it is kept here.")


@post("/papers/dates", name="papers.dates", status_code=200)
async def give_dates(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """The dates of what was kept, as a file for a calendar."""
    body, kind = await request.body(), request.headers.get("content-type", "")
    return await sync_to_thread(lambda: _dates(request, house, read_form(body, kind)))


def _dates(request: Request[Any, Any, Any], house: House, posted: PostedForm) -> Response[bytes]:
    papers = taken(posted).papers
    content, is_any = calendar_of_kept(house, [one.listing for one in papers.shortlist.kept], is_full=bool(posted.get("full")))
    if not is_any:
        return show_papers(request, house, Bound(papers=papers), said="Nothing that you kept has dates that are known here.")
    headers = {"Content-Disposition": f'attachment; filename="{DATES_NAME}"', "Cache-Control": "no-store"}
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def calendar_of_kept(house: House, kept: Sequence[str], *, is_full: bool = False) -> tuple[bytes, bool]:
    """A calendar of the listings among these that meet, and whether any has a date to come. Nothing in it says whose it is, or what it is for;
    names that tell are plain words unless ``is_full``."""
    at, ids = house.now(), [one for one in kept if is_id(one)]
    pages = [page for page in house.catalogue.listing_pages(ids, at=at).values() if page.card.kind in MEETS and page.card.status == "active"]
    pages = [page for page in pages if next_dates(page.timetable, zone=page.timezone, after=at, count=1)]
    return calendar_of(pages, name="Dates", base_url=house.settings.base_url, on=house.today(), is_discreet=not is_full), bool(pages)


def is_id(text: str) -> bool:
    """Whether papers name something that could be a listing here."""
    try:
        UUID(text)
    except ValueError:
        return False
    return True


@post("/papers/sheet", name="papers.sheet", status_code=200)
async def give_sheet(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """One sheet to look at and print."""
    body, kind = await request.body(), request.headers.get("content-type", "")
    return await sync_to_thread(lambda: _sheet(request, house, read_form(body, kind)))


@get(["/papers/file", "/papers/open", "/papers/sheet", "/papers/dates"], name="papers.from_history", sync_to_thread=False)
def from_history() -> Redirect:
    """Somebody opens one of these addresses out of a history: there is nothing behind it but a start."""
    return Redirect("/papers", status_code=303)


@get("/papers/raise", name="papers.raise", sync_to_thread=False)
def things_to_raise(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A sheet of things to raise with somebody: its fields belong to no form, so that nothing can send them. Without script it is paper."""
    return render.show(request, "papers/raise.html", {}, headers={"Cache-Control": "no-store"})


def _sheet(request: Request[Any, Any, Any], house: House, posted: PostedForm) -> Response[bytes]:
    papers, picked = taken(posted).papers, posted.getall("compare", [])[:MOST_COMPARED]
    context = sheet_context(house, papers, posted.get("sheet") or "plan", picked, with_done=bool(posted.get("with_done")))
    part = "papers/_sheet.html" if request.headers.get("hx-request") == "true" else "papers/sheet.html"
    return render.show(request, part, context, headers=dict(NEVER_KEPT))


def sheet_context(house: House, papers: Papers, name: str, picked: Sequence[str] = (), *, with_done: bool = False) -> dict[str, Any]:
    """What a sheet shows (``papers/_sheet_article.html``); one of another name is the plan. ``picked`` are the listings to put side by side.
    What somebody has done is theirs alone, and on paper only ``with_done``. Paper outlasts the hour, so it has the hours and not whether it is open now."""
    name = name if name in SHEETS else "plan"
    kept = kept_now(house, papers)
    if name == "compare":
        kept = [one for one in kept if one[2] and one[1].listing in picked] or [one for one in kept if one[2]][:MOST_COMPARED]
    vocabulary = house.catalogue.vocabulary
    columns = [(one, page_context(house, page, at=house.now())) for _, one, page in kept if page]
    return {
        "title": f"{SHEETS[name]}: Homeground", "heading": SHEETS[name], "sheet": name,
        "papers": papers, "kept": kept, "columns": columns, "ways": dict(WAYS),
        "hours": {one.listing: "; ".join(shown["hours"][:3] or shown["page"].hours_text[:3]) for one, shown in columns},
        "done": papers.achievements.achievements if with_done else (),
        "today": house.today(), "strengths": [label for _, label in chosen(vocabulary, papers, "strengths:")],
        "well": [vocabulary.label("life_domains", code) for code in going_well(papers)],
        "at": house.now(), "picture": picture(kept), "reading": reading_of(papers) if name in ("plan", "goals") else "", **shown_papers(papers),
    }  # fmt: skip


def reading_of(papers: Papers) -> str:
    """How easy the plan is to read, for whoever writes it and on screen only; empty where that is not known. Never a fault: the words are their own."""
    goals = [one for one in papers.goals.goals if one.state == "open"]
    lines = [papers.own_words.good_at, *(text for one in goals for text in (one.words, one.why, *(step.words for step in one.steps if not step.done_on)))]
    years = reading_age(". ".join(filter(None, lines))).years
    if years is None:
        return ""
    return EASY.format(years) if years <= AIM else SHORTER


def picture(kept: list[tuple[int, Any, Any]]) -> str:
    """The kept listings as a picture of plain text, names and numbers; nothing in it asks this or another site anything. Empty where nothing fits."""
    text = ""
    for _, one, page in kept:
        numbers = [phone.number for phone in page.card.phones if phone.href][:1] if page else []
        line = " ".join((one.name or (page.card.name if page else ""), *numbers)) + "\n"
        if len((text + line).encode()) > MOST_SCANNED:
            break
        text += line
    if not text:
        return ""
    made = segno.make(text.strip(), error="l", micro=False, boost_error=False)
    return made.svg_inline(omitsize=True, dark="#000", light="#fff", svgclass="qr")


router = Router("/", route_handlers=[give_file, open_file, give_sheet, give_dates, from_history, things_to_raise])
