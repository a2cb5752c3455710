"""A draft by itself: where it stands, what it changes, going on with it, taking it back, throwing it away."""

from __future__ import annotations

from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.models import Draft
from directory.permissions import Act
from directory.permissions import get as fetch
from web.desk import page, words_of
from web.house import House
from web.visits import Asked, private_router

STATES = {
    "draft": "You are writing it. Nobody else sees it.", "waiting": "It waits for a curator. Until then people see the listing as it was.",
    "sent_back": "A curator sent it back with a note.", "applied": "It is live.", "withdrawn": "It was thrown away.",
}  # fmt: skip


@get("/drafts/{draft_id:uuid}", name="desk.draft", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], draft_id: FromPath[UUID]) -> Template:
    """Where a draft stands."""
    with house.storage.reading() as session:
        draft = fetch(session, Draft, draft_id, visit.actor, Act.SEE_DRAFT, at=house.now())
    said = words_of(request.query_params.get("said", ""))
    return page(visit, "desk/editing/draft.html", draft=draft, title="", state_words=STATES[draft.state], said=said)


router = private_router("/desk", [show])
