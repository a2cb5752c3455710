"""Pages of the second door: the desks of organizations and curators."""

from typing import Final

from litestar import Router

from web.views.desk import accounts, calls, confirming, coverage, curator, drafts, duplicates, editing, history, home, review, workspace

ROUTERS: Final[tuple[Router, ...]] = (
    accounts.router,
    calls.router,
    confirming.router,
    coverage.router,
    curator.router,
    drafts.router,
    duplicates.router,
    editing.router,
    history.router,
    home.router,
    review.router,
    workspace.router,
)
