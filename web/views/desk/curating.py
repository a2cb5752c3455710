"""A curator's queue of drafts: oldest first, each compared field by field; approved, sent back with a note, or mended and then approved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.editing import drafts
from directory.editing.critical import critical_changes
from directory.editing.shared import decided_by_curators
from directory.errors import NotFound
from directory.models import Draft
from directory.permissions import Act, require
from directory.permissions import get as fetch
from web.desk import on_to, page, words_of
from web.forms.listing.places import place_title
from web.forms.posted import PostedForm
from web.house import House
from web.views.desk.changed import changes_of
from web.views.desk.clashing import clash_page, theirs_of
from web.views.desk.edited import Edited, find_draft
from web.visits import Asked, private_router


@get("/", name="desk.curator.drafts", sync_to_thread=True)
def queue(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """What waits, oldest first."""
    require(visit.actor, Act.DECIDE, at=house.now())
    with house.storage.reading() as session:
        lines = drafts.queue(session, sealer=house.sealer)
    return page(visit, "desk/editing/queue.html", lines=lines, at=house.now(), said=words_of(request.query_params.get("said", "")))


@get("/{draft_id:uuid}", name="desk.curator.draft", sync_to_thread=True)
def show(house: NamedDependency[House], visit: NamedDependency[Visit], draft_id: FromPath[UUID]) -> Template:
    """One draft, field by field."""
    return _show(house, visit, draft_id)


@post("/{draft_id:uuid}/approve", name="desk.curator.draft.approve", sync_to_thread=True, status_code=200)
def approve(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], draft_id: FromPath[UUID]
) -> Response[Any]:
    """Put it live, as it was looked at."""
    version = form.get("version") or ""
    try:
        with house.storage.writing() as session:
            draft = fetch(session, Draft, draft_id, visit.actor, Act.DECIDE, at=house.now())
            seen = int(version) if version.isdecimal() and len(version) < 9 else -1
            drafts.approve(session, draft, visit.actor, at=house.now(), sealer=house.sealer, version=seen)
    except drafts.Overtaken as error:
        return clash_page(house, visit, draft_id, error, f"/desk/curator/drafts/{draft_id}/settle")
    return on_to("/desk/curator/drafts", "approved")


@post("/{draft_id:uuid}/settle", name="desk.curator.draft.settle", sync_to_thread=True)
def settle(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], draft_id: FromPath[UUID]
) -> Response[Any]:
    """Bring what waits onto what others changed meanwhile."""
    with house.storage.writing() as session:
        draft = fetch(session, Draft, draft_id, visit.actor, Act.DECIDE, at=house.now())
        drafts.settle(session, draft, visit.actor, theirs=theirs_of(form), at=house.now(), sealer=house.sealer)
    return on_to(f"/desk/curator/drafts/{draft_id}", "settled")


@post("/{draft_id:uuid}/send-back", name="desk.curator.draft.send_back", sync_to_thread=True, status_code=200)
def send_back(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], draft_id: FromPath[UUID]
) -> Response[Any]:
    """Send it back with a note."""
    note = (form.get("note") or "")[:2000]
    try:
        with house.storage.writing() as session:
            draft = fetch(session, Draft, draft_id, visit.actor, Act.DECIDE, at=house.now())
            drafts.send_back(session, draft, visit.actor, note=note, at=house.now())
    except drafts.Invalid as error:
        return _show(house, visit, draft_id, errors=error.errors, status=422)
    return on_to("/desk/curator/drafts", "sent")


def _show(house: House, visit: Visit, draft_id: UUID, *, errors: dict[str, str] | None = None, status: int = 200) -> Template:
    with house.storage.reading() as session:
        fetch(session, Draft, draft_id, visit.actor, Act.DECIDE, at=house.now())
        edited = find_draft(session, house, visit, draft_id)
        if edited.draft is None or edited.draft.state != "waiting":
            raise NotFound("This draft does not wait any more.")
    changes = changes_of(house, edited)
    return page(
        visit, "desk/editing/decide.html", status=status, draft=edited.draft, title=edited.name, changes=changes, errors=errors or {},
        warnings=edited.warnings, shared=_shared(edited), service_id=edited.service_id,
        critical=critical_changes(edited.base, edited.sheet) if edited.service_id else (),
    )  # fmt: skip


def _shared(edited: Edited) -> list[tuple[str, Sequence[str]]]:
    """Places where other organizations are and that the draft changes, each with what else is listed there."""
    keys = decided_by_curators(edited.base, edited.sheet)
    return [(place_title(edited.sheet.place(key), number), edited.others.get(key, ())) for number, key in enumerate(keys, 1)]


router = private_router("/desk/curator/drafts", [queue, show, approve, settle, send_back])
