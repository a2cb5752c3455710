"""The page that tells which feeds there are, what they tell and what they never do."""

from __future__ import annotations

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.response import Template

from web.house import House


@get("/", name="feeds.index", sync_to_thread=True)
def index(house: NamedDependency[House]) -> Template:
    """Every feed with its whole address."""
    meetings = len(house.feeds.on(house.today()).told)
    return Template("pages/feeds.html", context={"address": house.settings.base_url, "meetings": meetings})


router = Router("/feeds", route_handlers=[index])
