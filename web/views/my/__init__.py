"""Pages of the third door: a person's own, behind their sign-in."""

from typing import Final

from litestar import Router

from web.views.my import bring, file, home, peers, peers_words, plan

ROUTERS: Final[tuple[Router, ...]] = (bring.router, file.router, home.router, peers.router, peers_words.router, plan.router)
