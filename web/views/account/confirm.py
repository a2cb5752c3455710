"""Showing once more that it is you, before an act of weight: by password, by a code of the app, or with a passkey."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from directory.accounts.factors import use_code
from directory.accounts.passwords import is_password
from directory.accounts.people import get_account
from directory.accounts.sign_ins import Visit
from directory.accounts.throttle import SECOND_FACTOR, count_try
from directory.errors import Invalid
from web.desk import page
from web.forms.posted import PostedForm
from web.house import House
from web.views.account.entering import risen
from web.views.account.passkeys import elsewhere, site_here
from web.views.account.second_step import check_passkey, passkey_options
from web.visits import Asked, private_router, safe_next, signed


@get("/confirm", name="account.confirm", sync_to_thread=True)
def ask(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """Ask for one factor."""
    return _page(request, house, visit, safe_next(request.query_params.get("next", ""), "/desk"))


@post("/confirm", name="account.confirm.do", sync_to_thread=True, status_code=200)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Take a password or a code; the browser gets a new id."""
    after, code, at = safe_next(form.get("next") or "", "/desk"), form.get("code") or "", house.now()
    count_try(house.storage, ((SECOND_FACTOR, f"confirm|{visit.actor.account_id}"),), at=at, sealer=house.sealer)
    with house.storage.reading() as session:
        account = get_account(session, visit.actor.account_id)
    is_right = not code and account.password is not None and is_password(form.get("password") or "", account.password)
    with house.storage.writing() as session:
        account = get_account(session, visit.actor.account_id)
        is_code = bool(code) and use_code(session, account, code, at=at, sealer=house.sealer)
        if is_right or is_code:
            return signed(Redirect(after, status_code=303), risen(house, session, visit, level=2 if is_code else visit.level))
    field = "code" if code else "password"
    return _page(request, house, visit, after, errors={field: "This is not right. Look at it once more."}, status=422)


@post("/confirm/passkey", name="account.confirm.passkey", sync_to_thread=True, status_code=200)
def show_key(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Take a passkey; the browser gets a new id."""
    after, at = safe_next(form.get("next") or "", "/desk"), house.now()
    count_try(house.storage, ((SECOND_FACTOR, f"confirm|{visit.actor.account_id}"),), at=at, sealer=house.sealer)
    try:
        with house.storage.writing() as session:
            check_passkey(house, session, visit, form, site_here(request, house))
            return signed(Redirect(after, status_code=303), risen(house, session, visit, level=2))
    except Invalid as invalid:
        return _page(request, house, visit, after, errors=invalid.errors, status=422)


def _page(request: Asked, house: House, visit: Visit, after: str, *, errors: dict[str, str] | None = None, status: int = 200) -> Template:
    with house.storage.reading() as session:
        account = get_account(session, visit.actor.account_id)
        options = passkey_options(request, house, session, visit)
    said = {"has_password": account.password is not None, "has_authenticator": account.totp is not None, "options": options}
    return page(visit, "account/confirm.html", status=status, next=after, errors=errors or {}, elsewhere=elsewhere(request, house), **said)


router = private_router("/account", [ask, show, show_key])
