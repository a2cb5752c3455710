"""The form over a whole listing: shown, saved section by section, handed in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.editing import drafts
from directory.editing.own_places import taken_on
from directory.errors import NotFound, Stale
from directory.storage import Session
from web.desk import page, words_of
from web.forms.listing.base import Errors
from web.forms.listing.hours import is_asked
from web.forms.listing.languages import uses_of
from web.forms.listing.sections import BY_CODE, Section
from web.forms.listing.terms import found_terms
from web.forms.posted import PostedForm
from web.house import House
from web.views.desk.edited import Edited, around, begin_listing, edit_page, find_draft, find_listing, mark, not_saved, saved
from web.visits import Asked, private_router

Find = Callable[[Session, House, Visit, UUID], Edited]
OVERTAKEN = "This part was saved somewhere else since you opened it. What you typed is still here: look at it, and save it again."


class _NotKept(Exception):
    """Ends the transaction of a section that cannot be saved as it was typed."""

    def __init__(self, errors: Errors, *, is_overtaken: bool) -> None:
        super().__init__("not kept")
        self.errors, self.is_overtaken = errors, is_overtaken


@get("/listings/{service_id:uuid}/edit", name="desk.edit", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], service_id: FromPath[UUID]) -> Template:
    """The form over a listing."""
    return _show(request, house, visit, find_listing, service_id)


@get("/drafts/{draft_id:uuid}/edit", name="desk.draft.edit", sync_to_thread=True)
def show_draft(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], draft_id: FromPath[UUID]) -> Template:
    """The form over a draft: of a new listing, or one that a curator mends."""
    return _show(request, house, visit, find_draft, draft_id)


@post("/listings/{service_id:uuid}/edit/{part:str}", name="desk.edit.save", sync_to_thread=True, status_code=200)
def save(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], service_id: FromPath[UUID],
    part: FromPath[str],
) -> Response[Any]:
    """Save one section."""
    return _save(request, house, visit, form, (begin_listing, find_listing), service_id, _section(part))


@post("/drafts/{draft_id:uuid}/edit/{part:str}", name="desk.draft.edit.save", sync_to_thread=True, status_code=200)
def save_draft(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], draft_id: FromPath[UUID],
    part: FromPath[str],
) -> Response[Any]:
    """Save one section of a draft."""
    return _save(request, house, visit, form, (find_draft, find_draft), draft_id, _section(part))


@get("/vocabulary", name="desk.vocabulary", sync_to_thread=True)
def vocabulary(request: Asked, house: NamedDependency[House]) -> Template:
    """Words of a vocabulary for what somebody is typing: boxes to tick."""
    asked = request.query_params
    name, taxonomy = asked.get("name", ""), asked.get("taxonomy", "")
    text = asked.get("q") or asked.get(f"q-{name}") or ""
    options = found_terms(house.catalogue.vocabulary, taxonomy, text[:80])
    shown = uses_of(options) if name == "languages" else options
    return Template("desk/editing/_found.html", context={"name": name, "options": shown, "q": text[:80]})


@get("/listings/{service_id:uuid}/missing", name="desk.missing", sync_to_thread=True)
def missing(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], service_id: FromPath[UUID]) -> Template:
    """Which missing answers decide whether searches find it, as it is written now."""
    with house.storage.writing() as session:
        edited = find_listing(session, house, visit, service_id)
        answers = house.catalogue.missing_answers(session, edited.base, edited.sheet, actor=visit.actor, at=house.now(), sealer=house.sealer)
    name = "desk/editing/_missing.html" if "hx-request" in request.headers else "desk/editing/missing.html"
    return page(visit, name, title=edited.name, answers=answers, path=edited.path, space=f"/desk/listings/{service_id}/space")


def _show(request: Asked, house: House, visit: Visit, find: Find, key: UUID) -> Template:
    with house.storage.reading() as session:
        edited = find(session, house, visit, key)
    asked = request.query_params
    return edit_page(request, house, visit, edited, at_section=asked.get("part", ""), said=words_of(asked.get("said", "")))


def _save(
    request: Asked, house: House, visit: Visit, form: PostedForm, find: tuple[Find, Find], key: UUID, section: Section
) -> Response[Any]:
    begin, look = find
    try:
        with house.storage.writing() as session:
            edited = _written(session, house, visit, form, begin(session, house, visit, key), section)
    except _NotKept as why:
        return _refuse(request, house, visit, form, look, key, section, why)
    return saved(request, house, visit, edited, section, form)


def _written(session: Session, house: House, visit: Visit, form: PostedForm, edited: Edited, section: Section) -> Edited:
    draft, known = edited.draft, around(house, visit, edited, session)
    if draft is None:
        raise NotFound("There is no such draft.")
    if draft.state == "waiting" and draft.account_id == visit.actor.account_id and not visit.actor.has("curator"):
        raise Stale("You handed this in already. Open the draft and take it back to write on.")
    sheet, errors = section.read(edited.sheet, form, known)
    before, after = mark(section, edited.sheet, known), mark(section, sheet, known)
    overtaken = form.get("seen") != before and after != before
    if errors or overtaken or is_asked(form, edited.sheet):
        raise _NotKept(errors, is_overtaken=overtaken)
    if after != before:
        drafts.save(session, draft, sheet, visit.actor, at=house.now(), sealer=house.sealer)
        drafts.hide_at_once(session, draft, visit.actor, at=house.now(), sealer=house.sealer)
    return msgspec.structs.replace(edited, sheet=sheet, taken=taken_on(session, edited.base, sheet))


def _refuse(
    request: Asked, house: House, visit: Visit, form: PostedForm, look: Find, key: UUID, section: Section, why: _NotKept
) -> Response[Any]:
    errors = {f"part-{section.code}": OVERTAKEN} | why.errors if why.is_overtaken else why.errors
    if "hx-request" in request.headers:
        return not_saved(section, errors, form.get("seen") or "")
    status = 409 if why.is_overtaken else 422 if errors else 200
    return _again(request, house, visit, look, key, posted=form, at_section=section.code, errors=errors, status=status)


def _again(request: Asked, house: House, visit: Visit, find: Find, key: UUID, **said: Any) -> Template:
    with house.storage.reading() as session:
        edited = find(session, house, visit, key)
    return edit_page(request, house, visit, edited, **said)


def _section(code: str) -> Section:
    if code not in BY_CODE:
        raise NotFound("There is no such part of the form.")
    return BY_CODE[code]


router = private_router("/desk", [show, show_draft, save, save_draft, vocabulary, missing])
