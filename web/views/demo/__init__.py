"""Pages that only the demonstration on this machine has."""

from typing import Final

from litestar import Router

from web.views.demo import outbox, people

ROUTERS: Final[tuple[Router, ...]] = (outbox.router, people.router)
