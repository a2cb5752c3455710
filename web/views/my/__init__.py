"""Pages of the third door: a person's own, behind their sign-in."""

from typing import Final

from litestar import Router

from web.views.my import bring, contact, dates, file, home, peers, peers_cards, peers_words, plan

ROUTERS: Final[tuple[Router, ...]] = (
    bring.router, contact.router, dates.router, dates.subscribed, file.router, home.router, peers.router, peers_cards.router,
    peers_words.router, plan.router,
)  # fmt: skip
