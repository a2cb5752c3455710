"""Pages of people's own records: a person's own, and those of the agencies they agreed to work with."""

from typing import Final

from litestar import Router

from web.views.clients import caseload, for_them, own, record, sharing, team, uniting

ROUTERS: Final[tuple[Router, ...]] = (caseload.router, for_them.router, own.router, record.router, sharing.router, team.router, team.beside, uniting.router)
