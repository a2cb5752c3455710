"""Somebody's own account: name, address, password, and the browsers that are signed in."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Template

from directory.accounts import joining
from directory.accounts.factors import count_recovery_codes
from directory.accounts.passkeys import list_passkeys
from directory.accounts.people import address_of, get_account, rename, set_password
from directory.accounts.sign_ins import Visit, end_sign_in, list_sign_ins, sign_out_everywhere
from directory.accounts.throttle import MAIL_ACCOUNT, MAIL_ALL, MAIL_NETWORK, count_try
from directory.accounts.tokens import stamp, token_hash
from directory.errors import Invalid
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.views.account.entering import recently, risen, tell
from web.views.account.links import addressed
from web.visits import Asked, network_of, private_router, signed


@get("/", name="account.home", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """The account at a glance."""
    return _page(house, visit, said=words_of(request.query_params.get("said", "")))


@post("/name", name="account.name", sync_to_thread=True, status_code=200)
def change_name(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Another name."""
    name = form.get("name") or ""
    try:
        with house.storage.writing() as session:
            rename(get_account(session, visit.actor.account_id), name)
    except Invalid as invalid:
        return _page(house, visit, errors=invalid.errors, typed={"name": name}, status=422)
    return on_to("/account", "saved")


@post("/address", name="account.address", sync_to_thread=True, status_code=200)
def change_address(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm],
) -> Response[Any] | Template:
    """Send a link to the new address; nothing changes before it is used."""
    recently(house, visit)
    email, at = form.get("email") or "", house.now()
    tries = ((MAIL_NETWORK, network_of(request)), (MAIL_ACCOUNT, f"address|{visit.actor.account_id}"), (MAIL_ALL, ""))
    count_try(house.storage, tries, at=at, sealer=house.sealer)
    try:
        with house.storage.writing() as session:
            account = get_account(session, visit.actor.account_id)
            joining.ask_for_address(session, account, email, at=at, sealer=house.sealer, addressed=addressed(house))
    except Invalid as invalid:
        return _page(house, visit, errors=invalid.errors, typed={"email": email}, status=422)
    return on_to("/account", "asked-new-address")


@get("/password", name="account.password", sync_to_thread=False)
def ask_password(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """The form for a new password."""
    recently(house, visit)
    return page(visit, "account/password.html", errors={}, name=visit.actor.name)


@post("/password", name="account.password.do", sync_to_thread=True, status_code=200)
def change_password(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """A new password: this browser gets a new id, every other is signed out, and a notice is sent."""
    recently(house, visit)
    at = house.now()
    try:
        with house.storage.writing() as session:
            account = get_account(session, visit.actor.account_id)
            token = risen(house, session, visit, level=visit.level)
            set_password(session, account, form.get("password") or "", at=at, sealer=house.sealer, keep=token_hash(token))
            tell(session, house, account, "password")
    except Invalid as invalid:
        return page(visit, "account/password.html", status=422, errors=invalid.errors, name=visit.actor.name)
    return signed(on_to("/account", "saved"), token)


@post("/browsers", name="account.browsers", sync_to_thread=True)
def end_browsers(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any]:
    """Sign one browser out, or every one but this."""
    which, at = form.get("browser") or "", house.now()
    with house.storage.writing() as session:
        account = get_account(session, visit.actor.account_id)
        if which == "others":
            sign_out_everywhere(session, account.id, at=at, but=visit.id_hash)
            return on_to("/account", "signed-out-everywhere")
        for row in list_sign_ins(session, account.id, at=at):
            if stamp(visit.csrf_key, row.id_hash) == which:
                end_sign_in(session, row.id_hash, at=at)
    return on_to("/account", "done")


def _page(
    house: House, visit: Visit, *, said: str = "", errors: dict[str, str] | None = None, typed: dict[str, str] | None = None, status: int = 200,
) -> Template:
    with house.storage.reading() as session:
        account = get_account(session, visit.actor.account_id)
        browsers = [
            {"label": row.label or "A browser", "since": row.made_at, "seen": row.seen_at, "is_this": row.id_hash == visit.id_hash,
             "key": stamp(visit.csrf_key, row.id_hash)}   # the hash itself stays here
            for row in list_sign_ins(session, account.id, at=house.now())
        ]
        found = {
            "address": address_of(account, sealer=house.sealer), "name": account.name, "has_password": account.password is not None,
            "has_authenticator": account.totp is not None, "passkeys": list_passkeys(session, account.id),
            "codes_left": count_recovery_codes(session, account), "browsers": browsers,
        }
    return page(visit, "account/home.html", status=status, said=said, errors=errors or {}, typed=typed or {}, **found)


router = private_router("/account", [show, change_name, change_address, ask_password, change_password, end_browsers])
