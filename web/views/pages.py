"""Pages of words: urgent help, how this works, privacy, what "Leave now" does, and where listings come from."""

from __future__ import annotations

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.response import Template

from directory.sources import list_sources
from web.house import House


@get("/urgent", name="pages.urgent", sync_to_thread=False)
def urgent() -> Template:
    """Every line of urgent help of the region."""
    return Template("pages/urgent.html")


@get("/about", name="pages.about", sync_to_thread=False)
def about() -> Template:
    """How the order is made and what the words mean."""
    return Template("pages/about.html")


@get("/privacy", name="pages.privacy", sync_to_thread=False)
def privacy() -> Template:
    """What is kept of a visitor: nothing."""
    return Template("pages/privacy.html")


@get("/help/leave", name="pages.leave", sync_to_thread=False)
def leave() -> Template:
    """What the quick way out can and cannot do."""
    return Template("pages/leave.html")


@get("/sources", name="pages.sources", sync_to_thread=True)
def sources(house: NamedDependency[House]) -> Template:
    """Where listings come from, with licence and credit."""
    with house.storage.reading() as session:
        return Template("pages/sources.html", context={"sources": list_sources(session)})


@get("/help/referral", name="pages.referral", sync_to_thread=False)
def referral() -> Template:
    """How a referral works, for somebody without an account."""
    return Template("pages/referral.html")


router = Router("/", route_handlers=[urgent, about, privacy, leave, sources, referral])
