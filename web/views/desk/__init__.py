"""Pages of the second door: the desks of organizations and curators."""

from typing import Final

from litestar import Router

from web.views.desk import (
    accounts,
    calls,
    claims,
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
    organizations,
    reports,
    review,
    sources,
    spreadsheet,
    vanished,
    workspace,
)

ROUTERS: Final[tuple[Router, ...]] = (
    accounts.router,
    calls.router,
    claims.router,
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
    organizations.router,
    organizations.answering,
    organizations.asked,
    reports.router,
    review.router,
    sources.router,
    spreadsheet.router,
    vanished.router,
    workspace.router,
)
