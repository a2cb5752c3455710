"""Pages of referrals: a person's own, a caseworker's, those of the organization that receives them, and the link for one without an account."""

from typing import Final

from litestar import Router

from web.views.referrals import agency, by_link, own, receiving

ROUTERS: Final[tuple[Router, ...]] = (own.router, agency.router, receiving.router, by_link.router)
