"""Pages of the second door: the desks of organizations and curators."""

from typing import Final

from litestar import Router

from web.views.desk import (
    accounts,
    adding,
    calls,
    claims,
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
    organizations,
    reports,
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
    claims.router,
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
    organizations.router,
    organizations.answering,
    organizations.asked,
    reports.router,
    review.router,
    sources.router,
    space.router,
    spreadsheet.router,
    vanished.router,
    workspace.router,
)
