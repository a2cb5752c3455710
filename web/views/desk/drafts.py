"""A draft by itself: where it stands, what it changes, how it would look, going on with it, taking it back, throwing it away."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.duplicates.asking import Same, is_new
from directory.duplicates.said import say_other
from directory.editing import drafts
from directory.editing.sheet import sheet_of
from directory.editing.trying import as_if_applied
from directory.errors import NotFound, Stale
from directory.listings import ListingPage
from directory.models import Draft
from directory.permissions import Act
from directory.permissions import get as fetch
from directory.storage import Session
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.views.desk.changed import changes_of
from web.views.desk.clashing import clash_page, theirs_of
from web.views.desk.edited import Edited, find_draft, same_as
from web.views.listings import page_context
from web.visits import Asked, private_router

STATES = {
    "draft": "You are writing it. Nobody else sees it.", "waiting": "It waits for a curator. Until then people see the listing as it was.",
    "sent_back": "A curator sent it back with a note.", "applied": "It is live.", "withdrawn": "It was thrown away.",
}  # fmt: skip


@get("/{draft_id:uuid}", name="desk.draft", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], draft_id: FromPath[UUID]) -> Template:
    """Where a draft stands, and what it changes."""
    said = words_of(request.query_params.get("said", ""))
    with house.storage.reading() as session:
        draft = fetch(session, Draft, draft_id, visit.actor, Act.SEE_DRAFT, at=house.now())
        edited = find_draft(session, house, visit, draft_id) if draft.state in drafts.UNDECIDED else None
        same = _same(session, house, visit, draft, edited)
    changes = changes_of(house, edited) if edited else []
    title = edited.name if edited else "Draft"
    return page(visit, "desk/editing/draft.html", draft=draft, title=title, state_words=STATES[draft.state], changes=changes, same=same, errors={}, said=said)


@get("/{draft_id:uuid}/preview", name="desk.draft.preview", sync_to_thread=True)
def preview(house: NamedDependency[House], visit: NamedDependency[Visit], draft_id: FromPath[UUID]) -> Template:
    """The listing as people would see it."""
    at = house.now()
    with house.storage.writing() as session:
        edited = find_draft(session, house, visit, draft_id)

        def look(key: UUID) -> ListingPage:
            return house.catalogue.page_in(session, key, at=at, is_preview=True)

        seen = as_if_applied(session, edited.service_id, edited.base, edited.sheet, look, actor=visit.actor, at=at, sealer=house.sealer)
    return page(visit, "desk/editing/preview.html", draft_id=draft_id, path=edited.path, **page_context(house, seen, at=at))


@post("/{draft_id:uuid}/hand-in", name="desk.draft.hand_in", sync_to_thread=True, status_code=200)
def hand_in(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], draft_id: FromPath[UUID]
) -> Response[Any]:
    """Hand a draft in: applied at once for those who are trusted, else it waits."""
    try:
        with house.storage.writing() as session:
            draft = _mine(session, house, visit, draft_id)
            why = " ".join((form.get("why") or "").split())[:300]
            made = drafts.hand_in(session, draft, visit.actor, at=house.now(), sealer=house.sealer, why=why)
    except drafts.Overtaken as error:
        return clash_page(house, visit, draft_id, error, f"/desk/drafts/{draft_id}/settle")
    except drafts.Invalid as error:
        return _with_errors(house, visit, draft_id, error.errors)
    return on_to(f"/desk/drafts/{draft_id}", "live" if made else "waiting")


@post("/{draft_id:uuid}/apart", name="desk.draft.apart", sync_to_thread=True)
def say_apart(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], draft_id: FromPath[UUID]
) -> Response[Any]:
    """Remember that a new listing is none of those that were shown, and go on."""
    with house.storage.writing() as session:
        draft = _mine(session, house, visit, draft_id)
        if not is_new(session, draft):
            raise Stale("Only a new listing is asked about.")
        say_other(session, draft, _ids(form.getall("listing", [])), visit.actor, at=house.now())
        is_written = draft.state in drafts.OPEN
    return on_to(f"/desk/drafts/{draft_id}/edit" if is_written else f"/desk/drafts/{draft_id}", "not-the-same")


@post("/{draft_id:uuid}/settle", name="desk.draft.settle", sync_to_thread=True, status_code=200)
def settle(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], draft_id: FromPath[UUID]
) -> Response[Any]:
    """Bring a draft onto what others changed meanwhile, field by field as chosen."""
    with house.storage.writing() as session:
        draft = _mine(session, house, visit, draft_id)
        drafts.settle(session, draft, visit.actor, theirs=theirs_of(form), at=house.now(), sealer=house.sealer)
    return on_to(f"/desk/drafts/{draft_id}", "settled")


@post("/{draft_id:uuid}/take-back", name="desk.draft.take_back", sync_to_thread=True)
def take_back(house: NamedDependency[House], visit: NamedDependency[Visit], draft_id: FromPath[UUID]) -> Response[Any]:
    """Take a draft back from the curators, to write on."""
    with house.storage.writing() as session:
        drafts.take_up(session, _mine(session, house, visit, draft_id))
    return on_to(f"/desk/drafts/{draft_id}/edit")


@post("/{draft_id:uuid}/withdraw", name="desk.draft.withdraw", sync_to_thread=True)
def withdraw(house: NamedDependency[House], visit: NamedDependency[Visit], draft_id: FromPath[UUID]) -> Response[Any]:
    """Throw a draft away."""
    with house.storage.writing() as session:
        draft = _mine(session, house, visit, draft_id)
        drafts.withdraw(session, draft, visit.actor, at=house.now())
        is_ours = draft.organization_id in visit.actor.edits or visit.actor.has("curator")
    return on_to(f"/desk/organizations/{draft.organization_id}" if draft.organization_id and is_ours else "/desk", "done")


def _same(session: Session, house: House, visit: Visit, draft: Draft, edited: Edited | None) -> list[Same]:
    """What a new listing may be the same as, while it is written and once it is live: a pop-up is live at once."""
    if not is_new(session, draft) or (edited is None and (draft.state != "applied" or draft.service_id is None)):
        return []
    sheet = edited.sheet if edited else sheet_of(session, draft.service_id, sealer=house.sealer, actor=visit.actor) if draft.service_id else None
    return same_as(session, house, draft, sheet) if sheet else []


def _mine(session: Session, house: House, visit: Visit, draft_id: UUID) -> Draft:
    return fetch(session, Draft, draft_id, visit.actor, Act.SEE_DRAFT, at=house.now())


def _ids(texts: list[str]) -> list[UUID]:
    try:
        return [UUID(text) for text in texts]
    except ValueError:
        raise Stale("What you were shown is not there any more, so nothing was noted. Please look again.") from None


def _with_errors(house: House, visit: Visit, draft_id: UUID, errors: dict[str, str]) -> Template:
    with house.storage.reading() as session:
        edited = find_draft(session, house, visit, draft_id)
    if edited.draft is None:
        raise NotFound("There is no such draft.")
    changes = changes_of(house, edited)
    words = STATES[edited.draft.state]
    return page(visit, "desk/editing/draft.html", status=422, draft=edited.draft, title=edited.name, state_words=words, changes=changes, same=[], errors=errors)


router = private_router("/desk/drafts", [show, preview, hand_in, say_apart, settle, take_back, withdraw])
