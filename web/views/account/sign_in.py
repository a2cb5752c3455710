"""Signing in with a password, and out again."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from directory.accounts.passkeys import ask_to_show, show_passkey
from directory.accounts.people import check_sign_in, fold_address
from directory.accounts.sign_ins import Visit, sign_out
from directory.accounts.throttle import LOGIN_ACCOUNT, LOGIN_NETWORK, count_try
from directory.errors import Invalid
from web.desk import words_of
from web.forms.posted import PostedForm
from web.house import House
from web.views.account.entering import let_in
from web.views.account.passkeys import elsewhere, site_here
from web.visits import Asked, halfway_router, network_of, open_router, safe_next, token_of, unsigned

WRONG = "That address and password do not go together. Look at both, or ask for a link by mail."


@get("/sign-in", name="account.sign_in", sync_to_thread=False)
def ask(request: Asked, house: NamedDependency[House]) -> Template:
    """The form."""
    query = request.query_params
    return _form(request, house, next=safe_next(query.get("next", ""), ""), said=words_of(query.get("said", "")))


@post("/sign-in", name="account.sign_in.do", sync_to_thread=True, status_code=200)
def enter(request: Asked, house: NamedDependency[House], form: NamedDependency[PostedForm]) -> Response[Any]:
    """Sign in, or say that the two do not go together: with the same words whether there is such an account or not."""
    email, password = form.get("email") or "", form.get("password") or ""
    after, at = safe_next(form.get("next") or "", "/desk"), house.now()
    count_try(house.storage, ((LOGIN_NETWORK, network_of(request)), (LOGIN_ACCOUNT, fold_address(email))), at=at, sealer=house.sealer)
    with house.storage.reading() as session:
        account = check_sign_in(session, email, password, sealer=house.sealer)
    if account is None:
        return _form(request, house, next=after, email=email, errors={"email": WRONG}, status=422)
    with house.storage.writing() as session:
        return let_in(request, house, session, account, level=1, after=after)


@post("/sign-in/passkey", name="account.sign_in.passkey", sync_to_thread=True, status_code=200)
def enter_by_passkey(request: Asked, house: NamedDependency[House], form: NamedDependency[PostedForm]) -> Response[Any]:
    """Sign in with a passkey: the device has made sure who holds it, so it counts as both factors."""
    after, site, at = safe_next(form.get("next") or "", "/desk"), site_here(request, house), house.now()
    count_try(house.storage, ((LOGIN_NETWORK, network_of(request)),), at=at, sealer=house.sealer)
    try:
        if site is None:
            raise Invalid(passkey="Passkeys do not work at this address.")
        with house.storage.writing() as session:
            account = show_passkey(session, form.get("answer") or "", site, browser="", at=at, sealer=house.sealer)
            return let_in(request, house, session, account, level=2, after=after)
    except Invalid as invalid:
        return _form(request, house, next=after, errors=invalid.errors, status=422)


@post("/sign-out", name="account.sign_out", sync_to_thread=True)
def leave(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Response[Any]:
    """Sign this browser out."""
    with house.storage.writing() as session:
        sign_out(session, token_of(request), at=house.now())
    return unsigned(Redirect("/account/sign-in?said=signed-out", status_code=303))


def _form(
    request: Asked, house: House, *, next: str = "", email: str = "", said: str = "", errors: dict[str, str] | None = None, status: int = 200,
) -> Template:
    site = site_here(request, house)
    options = ask_to_show(site, browser="", at=house.now(), sealer=house.sealer) if site else ""
    context = {"next": next, "email": email, "said": said, "errors": errors or {}, "options": options, "elsewhere": elsewhere(request, house)}
    return Template("account/sign_in.html", context=context, status_code=status)


router = open_router("/account", [ask, enter, enter_by_passkey])
inside = halfway_router("/account", [leave])
