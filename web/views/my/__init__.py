"""Pages of the third door: a person's own, behind their sign-in."""

from typing import Final

from litestar import Router

from web.views.my import bring, dates, file, home, plan

ROUTERS: Final[tuple[Router, ...]] = (bring.router, dates.router, dates.subscribed, file.router, home.router, plan.router)
