"""Letting somebody in: every way of signing in ends here."""

from __future__ import annotations

from typing import Any

from litestar import Response
from litestar.response import Redirect

from directory.accounts.sign_ins import sign_in, sign_out
from directory.models import Account
from web.house import House
from web.visits import Asked, signed, token_of


def let_in(request: Asked, house: House, session: Any, account: Account, *, level: int, after: str) -> Response[Any]:
    """Sign this browser in under a new id, whatever it held before is revoked in the same transaction, and lead on."""
    at = house.now()
    sign_out(session, token_of(request), at=at)
    token = sign_in(session, account, level=level, at=at, label=request.headers.get("user-agent", ""))
    return signed(Redirect(after, status_code=303), token)
