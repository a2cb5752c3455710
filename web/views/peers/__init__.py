"""Pages of people who are there for each other."""

from typing import Final

from litestar import Router

from web.views.peers import checking, ending, moderating, talking, telling

ROUTERS: Final[tuple[Router, ...]] = (talking.router, ending.router, checking.router, telling.router, moderating.router)
