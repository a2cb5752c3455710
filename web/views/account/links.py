"""Links by mail: asking for one, and the pages they lead to. Reading such a page uses nothing up, since mail scanners follow links: its button does."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from directory.accounts import joining
from directory.accounts.links import look_at
from directory.accounts.people import fold_address, tidy_address
from directory.accounts.throttle import MAIL_ACCOUNT, MAIL_ALL, MAIL_NETWORK, count_try
from directory.errors import Invalid
from directory.storage import Session
from web.desk import words_of
from web.forms.posted import PostedForm
from web.house import House
from web.views.account.entering import let_in, tell
from web.visits import Asked, network_of, open_router, safe_next

PAGES: Final = {"sign up": "join", "invite": "join", "sign in": "enter", "new password": "password", "new address": "address"}
"""The page that a link of each purpose leads to."""
WISHES: Final = {"sign-up": "sign up", "sign-in": "sign in", "new-password": "new password"}


def addressed(house: House) -> joining.Addressed:
    """How a letter names the page of a link."""
    return lambda purpose, token: house.settings.link(f"/account/{PAGES[purpose]}/{token}")


@get("/join", name="account.join.ask", sync_to_thread=False)
def ask_to_join(request: Asked) -> Template:
    """The form to ask for an account."""
    return _asking("sign-up", next=safe_next(request.query_params.get("next", ""), ""))


@get("/link", name="account.link.ask", sync_to_thread=False)
def ask_for_link(request: Asked) -> Template:
    """The form to ask for a link to sign in, or for a new password."""
    query = request.query_params
    wish = "new-password" if query.get("for") == "new-password" else "sign-in"
    return _asking(wish, next=safe_next(query.get("next", ""), ""), said=words_of(query.get("said", "")))


@post("/link", name="account.link.send", sync_to_thread=True, status_code=200)
def send_link(request: Asked, house: NamedDependency[House], form: NamedDependency[PostedForm]) -> Response[Any]:
    """Send a link; the answer is the same whether there is an account with this address or not."""
    email, wish, at = form.get("email") or "", form.get("for") or "", house.now()
    wish, after = wish if wish in WISHES else "sign-in", safe_next(form.get("next") or "", "")
    try:
        tidy_address(email)
    except Invalid as invalid:
        return _asking(wish, email=email, next=after, errors=invalid.errors, status=422)
    tries = ((MAIL_NETWORK, network_of(request)), (MAIL_ACCOUNT, fold_address(email)), (MAIL_ALL, ""))
    count_try(house.storage, tries, at=at, sealer=house.sealer)
    with house.storage.writing() as session:
        joining.ask_for_link(session, email, WISHES[wish], at=at, sealer=house.sealer, addressed=addressed(house), after=after)
    return Redirect("/account/sign-in?said=mailed", status_code=303)


@get("/join/{token:str}", name="account.join", sync_to_thread=True)
def look_at_join(house: NamedDependency[House], token: FromPath[str]) -> Template:
    """The page of a link to come in."""
    return _joining(house, token)


@post("/join/{token:str}", name="account.join.do", sync_to_thread=True, status_code=200)
def join(request: Asked, house: NamedDependency[House], form: NamedDependency[PostedForm], token: FromPath[str]) -> Response[Any]:
    """Make the account, or take the invitation, and sign in."""
    name, password = form.get("name") or "", form.get("password") or ""
    try:
        with house.storage.writing() as session:
            after = _after(house, session, token)
            account = joining.join(session, token, name=name, password=password or None, at=house.now(), sealer=house.sealer)
            return let_in(request, house, session, account, level=1, after=after)
    except Invalid as invalid:
        return _joining(house, token, name=name, errors=invalid.errors, status=422)


@get("/enter/{token:str}", name="account.enter", sync_to_thread=True)
def look_at_enter(house: NamedDependency[House], token: FromPath[str]) -> Template:
    """The page of a link to sign in."""
    return _opened(house, token, "sign in")


@post("/enter/{token:str}", name="account.enter.do", sync_to_thread=True)
def enter(request: Asked, house: NamedDependency[House], token: FromPath[str]) -> Response[Any]:
    """Sign in by link."""
    with house.storage.writing() as session:
        after = _after(house, session, token)
        account = joining.enter(session, token, at=house.now(), sealer=house.sealer)
        return let_in(request, house, session, account, level=1, after=after)


@get("/password/{token:str}", name="account.password.link", sync_to_thread=True)
def look_at_password(house: NamedDependency[House], token: FromPath[str]) -> Template:
    """The page of a link to choose a new password."""
    return _opened(house, token, "new password")


@post("/password/{token:str}", name="account.password.link.do", sync_to_thread=True, status_code=200)
def choose_password(request: Asked, house: NamedDependency[House], form: NamedDependency[PostedForm], token: FromPath[str]) -> Response[Any]:
    """Set the new password, tell the account's address, and sign in."""
    try:
        with house.storage.writing() as session:
            account = joining.choose_password(session, token, form.get("password") or "", at=house.now(), sealer=house.sealer)
            tell(session, house, account, "password")
            return let_in(request, house, session, account, level=1, after="/desk")
    except Invalid as invalid:
        return _opened(house, token, "new password", errors=invalid.errors, status=422)


@get("/address/{token:str}", name="account.address.link", sync_to_thread=True)
def look_at_address(house: NamedDependency[House], token: FromPath[str]) -> Template:
    """The page of a link to a new address of an account."""
    return _opened(house, token, "new address")


@post("/address/{token:str}", name="account.address.link.do", sync_to_thread=True, status_code=200)
def take_address(house: NamedDependency[House], token: FromPath[str]) -> Response[Any]:
    """Make it the address of the account: the old one is told, and every browser is signed out."""
    at = house.now()
    try:
        with house.storage.writing() as session:
            account, before = joining.change_address(session, token, at=at, sealer=house.sealer)
            tell(session, house, account, "address", to=before)
    except Invalid as invalid:
        return _opened(house, token, "new address", errors=invalid.errors, status=422)
    return Redirect("/account/sign-in?said=new-address", status_code=303)


def _after(house: House, session: Session, token: str) -> str:
    """Where somebody wanted to go when they asked for a link: there they come to with it."""
    opened = look_at(session, token, "sign up", "invite", "sign in", at=house.now(), sealer=house.sealer)
    return safe_next(opened.subject.get("after", ""), "/desk")


def _asking(wish: str, *, email: str = "", next: str = "", said: str = "", errors: dict[str, str] | None = None, status: int = 200) -> Template:
    context = {"wish": wish, "email": email, "next": next, "said": said, "errors": errors or {}}
    return Template("account/link.html", context=context, status_code=status)


def _joining(house: House, token: str, *, name: str = "", errors: dict[str, str] | None = None, status: int = 200) -> Template:
    with house.storage.reading() as session:
        opened, has_account = joining.look_at_invitation(session, token, at=house.now(), sealer=house.sealer)
    context = {"token": token, "email": opened.subject["email"], "is_invited": opened.purpose == "invite", "has_account": has_account, "name": name}
    return Template("account/join.html", context={**context, "errors": errors or {}}, status_code=status)


def _opened(house: House, token: str, purpose: str, *, errors: dict[str, str] | None = None, status: int = 200) -> Template:
    with house.storage.reading() as session:
        opened = look_at(session, token, purpose, at=house.now(), sealer=house.sealer)
    name = {"sign in": "account/enter.html", "new password": "account/password_link.html", "new address": "account/address_link.html"}[purpose]
    return Template(name, context={"token": token, "email": opened.subject.get("email", ""), "errors": errors or {}}, status_code=status)


router = open_router(
    "/account",
    [ask_to_join, ask_for_link, send_link, look_at_join, join, look_at_enter, enter, look_at_password, choose_password,
     look_at_address, take_address],
)
