"""The link in a reminder: the listing as everybody sees it, and two answers. No account, no script; only an answer uses the link up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from directory.errors import Invalid, NotFound
from directory.freshness.links import confirm_by_link, listings_of_link, tell_by_link
from web.forms.posted import PostedForm
from web.house import House
from web.views.listings import listing_context
from web.visits import open_router


@get("/thanks", name="confirm.thanks", sync_to_thread=False)
def thanks() -> Template:
    """What is said after an answer."""
    return Template("confirm/thanks.html")


@get("/{token:str}", name="confirm.ask", sync_to_thread=True)
def ask(house: NamedDependency[House], token: FromPath[str]) -> Template:
    """What the link is about, and the two answers; looking does not use it up."""
    try:
        return _page(house, token, {})
    except NotFound:
        return Template("confirm/gone.html", status_code=404)


@post("/{token:str}", name="confirm.answer", sync_to_thread=True)
def answer(house: NamedDependency[House], token: FromPath[str], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Everything is still right, or what has changed."""
    given: dict[str, Any] = {"at": house.now(), "sealer": house.sealer}
    try:
        with house.storage.writing() as session:
            if form.get("answer") == "changed":
                tell_by_link(session, token, form.get("words") or "", form.getall("changed", []), rest_is_right=form.get("rest") == "right", **given)
            else:
                confirm_by_link(session, token, **given)
    except Invalid as problem:
        return _page(house, token, problem.errors, form, status=422)
    except NotFound:
        return Template("confirm/gone.html", status_code=404)
    return Redirect("/confirm/thanks", status_code=303)


def _page(house: House, token: str, errors: Mapping[str, str], form: PostedForm | None = None, *, status: int = 200) -> Template:
    at, form = house.now(), form or PostedForm([("rest", "right")])
    with house.storage.reading() as session:
        ids = [service.id for service in listings_of_link(session, token, at=at, sealer=house.sealer)]
    pages = [(str(key), listing_context(house, key, at=at)) for key in ids]
    typed = {"words": form.get("words") or "", "changed": form.getall("changed", []), "rest": form.get("rest")}
    whole = pages[0][1] if len(pages) == 1 else {}   # one listing is shown as people find it, several in short
    return Template("confirm/ask.html", context={**whole, "pages": pages, "errors": errors, **typed}, status_code=status)


router = open_router("/confirm", [thanks, ask, answer])
