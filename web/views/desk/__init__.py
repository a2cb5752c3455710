"""Pages of the second door: the desks of organizations and curators."""

from typing import Final

from litestar import Router

from web.views.desk import (
    accounts,
    calls,
    claims,
    confirming,
    coverage,
    curator,
    drafts,
    duplicates,
    editing,
    history,
    home,
    organizations,
    reports,
    review,
    workspace,
)

ROUTERS: Final[tuple[Router, ...]] = (
    accounts.router,
    calls.router,
    claims.router,
    confirming.router,
    coverage.router,
    curator.router,
    drafts.router,
    duplicates.router,
    editing.router,
    history.router,
    home.router,
    organizations.router,
    organizations.answering,
    organizations.asked,
    reports.router,
    review.router,
    workspace.router,
)
