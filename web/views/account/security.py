"""Second factors of one's own: the app that makes codes, passkeys, recovery codes. Every change is told by mail."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import segno
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Template

from directory.accounts import factors, passkeys
from directory.accounts.people import address_of, get_account
from directory.accounts.sign_ins import Visit, sign_out_everywhere
from directory.accounts.tokens import token_hash
from directory.errors import Invalid, NotFound
from directory.models import Account
from directory.sealing import BrokenSeal
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.views.account.entering import recently, risen, tell
from web.views.account.passkeys import elsewhere, site_here
from web.visits import Asked, private_router, signed


@get("/security", name="account.security", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """What there is, and what can be added."""
    recently(house, visit)
    return _page(request, house, visit, said=words_of(request.query_params.get("said", "")))


@get("/authenticator", name="account.authenticator", sync_to_thread=True)
def ask_authenticator(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """A new secret, as a picture and in letters; nothing is kept before a code of it was shown."""
    recently(house, visit)
    return _authenticator(house, visit, factors.new_secret())


@post("/authenticator", name="account.authenticator.do", sync_to_thread=True, status_code=200)
def add_authenticator(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Keep the app, once it has shown a code; the browser rises to the second level."""
    recently(house, visit)
    try:
        secret = house.sealer.open(form.get("sealed") or "", bound_to=_bound(visit))
    except BrokenSeal:
        return _authenticator(house, visit, factors.new_secret(), errors={"code": "This page was open too long. Take the new picture."}, status=422)
    try:
        with house.storage.writing() as session:
            account = get_account(session, visit.actor.account_id)
            factors.set_authenticator(session, account, secret, form.get("code") or "", at=house.now(), sealer=house.sealer)
            tell(session, house, account, "authenticator")
            token = risen(house, session, visit, level=2)
    except Invalid as invalid:
        return _authenticator(house, visit, secret, errors=invalid.errors, status=422)
    return signed(on_to("/account/security", "saved"), token)


@post("/authenticator/remove", name="account.authenticator.remove", sync_to_thread=True)
def remove_authenticator(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Response[Any]:
    """Take the app away."""
    recently(house, visit)
    with house.storage.writing() as session:
        account = get_account(session, visit.actor.account_id)
        factors.take_authenticator(session, account)
        return _after_removing(house, session, visit, account, "authenticator gone")


@post("/passkeys", name="account.passkeys.add", sync_to_thread=True, status_code=200)
def add_passkey(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Keep a passkey that the browser made; the browser rises to the second level."""
    recently(house, visit)
    site, at = site_here(request, house), house.now()
    try:
        if site is None:
            raise Invalid(passkey="Passkeys do not work at this address.")
        with house.storage.writing() as session:
            account = get_account(session, visit.actor.account_id)
            said = {"name": form.get("passkey_name") or "", "browser": visit.id_hash, "at": at, "sealer": house.sealer}
            passkeys.add_passkey(session, account, form.get("answer") or "", site, **said)   # type: ignore[arg-type]
            tell(session, house, account, "passkey")
            token = risen(house, session, visit, level=2)
    except Invalid as invalid:
        return _page(request, house, visit, errors=invalid.errors, status=422)
    return signed(on_to("/account/security", "saved"), token)


@post("/passkeys/remove", name="account.passkeys.remove", sync_to_thread=True)
def remove_passkey(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any]:
    """Take a passkey away."""
    recently(house, visit)
    try:
        key = UUID(form.get("passkey") or "")
    except ValueError:
        raise NotFound("There is no such passkey.") from None
    with house.storage.writing() as session:
        account = get_account(session, visit.actor.account_id)
        passkeys.take_passkey(session, account, key)
        return _after_removing(house, session, visit, account, "passkey gone")


@post("/recovery-codes", name="account.recovery_codes", sync_to_thread=True, status_code=200)
def make_codes(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """Ten new recovery codes, shown this once."""
    recently(house, visit)
    with house.storage.writing() as session:
        account = get_account(session, visit.actor.account_id)
        codes = factors.make_recovery_codes(session, account, sealer=house.sealer)
        tell(session, house, account, "recovery codes")
    return page(visit, "account/recovery_codes.html", codes=codes)


def _after_removing(house: House, session: Any, visit: Visit, account: Account, what: str) -> Response[Any]:
    """Send the notice; who has no second factor left falls back to the first level, in every browser."""
    tell(session, house, account, what)
    if factors.has_second_factor(session, account):
        return on_to("/account/security", "saved")
    token = risen(house, session, visit, level=1)
    sign_out_everywhere(session, account.id, at=house.now(), but=token_hash(token))
    return signed(on_to("/account/security", "saved"), token)


def _page(request: Asked, house: House, visit: Visit, *, said: str = "", errors: dict[str, str] | None = None, status: int = 200) -> Template:
    site, at = site_here(request, house), house.now()
    with house.storage.reading() as session:
        account = get_account(session, visit.actor.account_id)
        email = address_of(account, sealer=house.sealer)
        options = passkeys.ask_to_add(session, account, site, email, browser=visit.id_hash, at=at, sealer=house.sealer) if site else ""
        found = {
            "has_authenticator": account.totp is not None, "passkeys": passkeys.list_passkeys(session, account.id),
            "codes_left": factors.count_recovery_codes(session, account), "options": options, "elsewhere": elsewhere(request, house),
        }
    return page(visit, "account/security.html", status=status, said=said, errors=errors or {}, **found)


def _authenticator(house: House, visit: Visit, secret: str, *, errors: dict[str, str] | None = None, status: int = 200) -> Template:
    with house.storage.reading() as session:
        email = address_of(get_account(session, visit.actor.account_id), sealer=house.sealer)
    picture = segno.make(factors.secret_address(secret, email), micro=False)
    groups = " ".join(secret[at:at + 4] for at in range(0, len(secret), 4))
    sealed = house.sealer.seal(secret, bound_to=_bound(visit))
    svg = picture.svg_inline(omitsize=True, dark="#000", light="#fff", svgclass="qr")
    return page(visit, "account/authenticator.html", status=status, svg=svg, groups=groups, sealed=sealed, errors=errors or {})


def _bound(visit: Visit) -> str:
    return f"authenticator|{visit.id_hash}"


router = private_router(
    "/account",
    [show, ask_authenticator, add_authenticator, remove_authenticator, add_passkey, remove_passkey, make_codes],
)
