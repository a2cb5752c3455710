"""Pages of an account: signing in and out, and what keeps it safe."""

from typing import Final

from litestar import Router

from web.views.account import confirm, home, links, second_step, security, sign_in

ROUTERS: Final[tuple[Router, ...]] = (sign_in.router, sign_in.inside, links.router, second_step.router, confirm.router, home.router, security.router)
