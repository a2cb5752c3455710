"""The first page."""

from __future__ import annotations

from litestar import Router, get
from litestar.response import Template


@get("/", name="home.show", sync_to_thread=True)
def show() -> Template:
    """What Homeground is, and where to start."""
    return Template("home/index.html")


router = Router("/", route_handlers=[show])
