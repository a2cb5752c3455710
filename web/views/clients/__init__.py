"""Pages of people's own records: a person's own, and those of the agencies they agreed to work with."""

from typing import Final

from litestar import Router

from web.views.clients import caseload, own, record, sharing, team, uniting

ROUTERS: Final[tuple[Router, ...]] = (caseload.router, own.router, record.router, sharing.router, team.router, team.beside, uniting.router)
