"""Pages of the second door: the desks of organizations and curators."""

from typing import Final

from litestar import Router

from web.views.desk import (
    accounts,
    adding,
    calls,
    confirming,
    conflicts,
    coverage,
    curating,
    curator,
    drafts,
    duplicates,
    editing,
    history,
    home,
    imports,
    review,
    sources,
    space,
    spreadsheet,
    vanished,
    workspace,
)

ROUTERS: Final[tuple[Router, ...]] = (
    accounts.router,
    adding.router,
    calls.router,
    confirming.router,
    conflicts.router,
    coverage.router,
    curating.router,
    curator.router,
    drafts.router,
    duplicates.router,
    editing.router,
    history.router,
    home.router,
    imports.router,
    review.router,
    sources.router,
    space.router,
    spreadsheet.router,
    vanished.router,
    workspace.router,
)
