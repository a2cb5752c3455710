"""Pages of the second door: the desks of organizations and curators."""

from typing import Final

from litestar import Router

from web.views.desk import (
    accounts,
    calls,
    confirming,
    conflicts,
    coverage,
    curator,
    drafts,
    duplicates,
    editing,
    history,
    home,
    imports,
    review,
    sources,
    spreadsheet,
    vanished,
    workspace,
)

ROUTERS: Final[tuple[Router, ...]] = (
    accounts.router,
    calls.router,
    confirming.router,
    conflicts.router,
    coverage.router,
    curator.router,
    drafts.router,
    duplicates.router,
    editing.router,
    history.router,
    home.router,
    imports.router,
    review.router,
    sources.router,
    spreadsheet.router,
    vanished.router,
    workspace.router,
)
