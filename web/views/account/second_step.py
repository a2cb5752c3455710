"""The second factor: a code of the app, a passkey, or a recovery code; and the way to set one up for who has none."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect, Template

from directory.accounts.factors import count_recovery_codes, use_code, use_recovery_code
from directory.accounts.passkeys import ask_to_show, list_passkeys, show_passkey
from directory.accounts.people import get_account
from directory.accounts.sign_ins import Visit
from directory.accounts.throttle import SECOND_FACTOR, count_try
from directory.errors import Invalid
from web.desk import page
from web.forms.posted import PostedForm
from web.house import House
from web.views.account.entering import risen, tell
from web.views.account.passkeys import elsewhere, site_here
from web.visits import Asked, halfway_router, safe_next, signed

WRONG = "This code is not right, or it was used before. Wait for the next one, or take a recovery code."


@get("/second-step", name="account.second_step", sync_to_thread=True)
def ask(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Response[Any] | Template:
    """Ask for the second factor; who has shown it goes on, who has none is led to set one up."""
    after = safe_next(request.query_params.get("next", ""), "/desk")
    return Redirect(after, status_code=303) if visit.level > 1 else _page(request, house, visit, after)


@post("/second-step", name="account.second_step.do", sync_to_thread=True, status_code=200)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Take a code of the app, or a recovery code."""
    after, code, at = safe_next(form.get("next") or "", "/desk"), form.get("code") or "", house.now()
    count_try(house.storage, ((SECOND_FACTOR, str(visit.actor.account_id)),), at=at, sealer=house.sealer)
    with house.storage.writing() as session:
        account = get_account(session, visit.actor.account_id)
        is_code = use_code(session, account, code, at=at, sealer=house.sealer)
        is_recovery = not is_code and use_recovery_code(session, account, code, at=at, sealer=house.sealer)
        if is_code or is_recovery:
            if is_recovery:
                tell(session, house, account, "recovery code used")
            return signed(Redirect(after, status_code=303), risen(house, session, visit, level=2))
    return _page(request, house, visit, after, errors={"code": WRONG}, status=422)


@post("/second-step/passkey", name="account.second_step.passkey", sync_to_thread=True, status_code=200)
def show_key(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Take a passkey."""
    after, site, at = safe_next(form.get("next") or "", "/desk"), site_here(request, house), house.now()
    count_try(house.storage, ((SECOND_FACTOR, str(visit.actor.account_id)),), at=at, sealer=house.sealer)
    try:
        with house.storage.writing() as session:
            check_passkey(house, session, visit, form, site)
            return signed(Redirect(after, status_code=303), risen(house, session, visit, level=2))
    except Invalid as invalid:
        return _page(request, house, visit, after, errors=invalid.errors, status=422)


def check_passkey(house: House, session: Any, visit: Visit, form: PostedForm, site: Any) -> None:
    """``Invalid`` unless the form holds a passkey of the very account that is signed in."""
    if site is None:
        raise Invalid(passkey="Passkeys do not work at this address.")
    answer = form.get("answer") or ""
    account = show_passkey(session, answer, site, browser=visit.id_hash, at=house.now(), sealer=house.sealer)
    if account.id != visit.actor.account_id:
        raise Invalid(passkey="This passkey belongs to another account.")


def passkey_options(request: Asked, house: House, session: Any, visit: Visit) -> str:
    """What the browser is asked in order to show a passkey of this account; empty when there is none, or none can be used here."""
    site = site_here(request, house)
    keys = tuple(row.credential_id for row in list_passkeys(session, visit.actor.account_id)) if site and visit.actor.account_id else ()
    return ask_to_show(site, browser=visit.id_hash, at=house.now(), sealer=house.sealer, known=keys) if site and keys else ""


def _page(request: Asked, house: House, visit: Visit, after: str, *, errors: dict[str, str] | None = None, status: int = 200) -> Template:
    with house.storage.reading() as session:
        account = get_account(session, visit.actor.account_id)
        said = {
            "has_authenticator": account.totp is not None, "codes_left": count_recovery_codes(session, account),
            "options": passkey_options(request, house, session, visit), "has_passkeys": bool(list_passkeys(session, account.id)),
        }
    said |= {"next": after, "again": quote(after), "errors": errors or {}, "elsewhere": elsewhere(request, house)}
    return page(visit, "account/second_step.html", status=status, **said)


router = halfway_router("/account", [ask, show, show_key])
