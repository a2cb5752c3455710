"""Papers that were written without an account come into it: shown first, taken in only by a button of the account's own page."""

from __future__ import annotations

from typing import Any

from litestar import post
from litestar.di import NamedDependency
from litestar.response import Template

from directory.papers import NEVER_SENT, PARTS, save
from web.desk import page
from web.forms.papers import carried_or_refused
from web.forms.posted import PostedForm
from web.house import House
from web.views.papers import SHARED
from web.visits import Asked, find_signed_in, open_router

WORDS = {**SHARED, "scales": "My questions from 0 to 10", "gratitude": "What I am thankful for"}


@post("/bring", name="my.bring", sync_to_thread=True, status_code=200)
def bring(request: Asked, house: NamedDependency[House], form: NamedDependency[PostedForm]) -> Template:
    """Say what would be taken in. Whoever has not signed in is told how to, and nothing of the papers is lost meanwhile."""
    papers, visit = carried_or_refused(form), find_signed_in(request, house)
    context: dict[str, Any] = {
        "papers_text": save(papers).decode(),
        "parts": [WORDS[name] for name in PARTS if name not in NEVER_SENT and getattr(papers, name) != PARTS[name]()],
    }
    if visit is None:
        return Template("my/bring_in.html", context=context)
    return page(visit, "my/bring.html", **context)


router = open_router("/my", [bring])
