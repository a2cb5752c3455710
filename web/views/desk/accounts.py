"""The administrators' page of accounts: who there is, what each may do, and opening, closing and mending accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory import permissions
from directory.accounts import joining, registry
from directory.accounts.people import ROLE_WORDS
from directory.accounts.sign_ins import Visit
from directory.accounts.throttle import MAIL_ALL, count_try
from directory.errors import Invalid
from directory.models import Account
from directory.models.account import WITHOUT_ORGANIZATION
from directory.permissions import Act
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.views.account.entering import tell
from web.views.account.links import addressed
from web.visits import Asked, private_router

ROLES = {role: ROLE_WORDS[role] for role in WITHOUT_ORGANIZATION}
Change = Callable[[Any, Account], None]


@get("/", name="desk.accounts", sync_to_thread=True)
def show_all(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """Every account, the newest first, fifty a page."""
    number = request.query_params.get("page", "1")
    said = words_of(request.query_params.get("said", ""))
    return _list(house, visit, number=min(int(number), 10_000) if number.isascii() and number.isdigit() and len(number) < 9 else 1, said=said)


@post("/find", name="desk.accounts.find", sync_to_thread=True, status_code=200)
def find(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Template:
    """The account that has exactly this address; asked by a form, so that no address of a person stands in one of ours."""
    return _list(house, visit, email=(form.get("email") or "").strip())


@post("/invite", name="desk.accounts.invite", sync_to_thread=True, status_code=200)
def invite(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Ask somebody by mail to take a role."""
    email, role, at = form.get("invited") or "", form.get("role") or "", house.now()
    permissions.require(visit.actor, Act.ADMINISTER, at=at)
    count_try(house.storage, ((MAIL_ALL, ""),), at=at, sealer=house.sealer)
    try:
        if role not in ROLES:
            raise Invalid(role="Choose one of the roles.")
        with house.storage.writing() as session:
            what = f"take part as {ROLES[role].lower()}"
            joining.invite(
                session, email, role, by=visit.actor.by, who=visit.actor.name, what=what, at=at, sealer=house.sealer, addressed=addressed(house),
            )
    except Invalid as invalid:
        errors = {"invited" if field == "email" else field: words for field, words in invalid.errors.items()}
        return _list(house, visit, errors=errors, typed={"invited": email, "role": role}, status=422)
    return on_to("/desk/admin/accounts", "sent")


@get("/{account_id:uuid}", name="desk.account", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], account_id: FromPath[UUID]) -> Template:
    """One account."""
    return _one(house, visit, account_id, said=words_of(request.query_params.get("said", "")))


@post("/{account_id:uuid}/role", name="desk.account.role", sync_to_thread=True, status_code=200)
def change_role(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], account_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Give a role or take one; the account is signed out, so that it counts at once."""
    verb = registry.take_role if form.get("do") == "take" else registry.give_role
    return _changed(house, visit, account_id, lambda session, one: verb(session, one, form.get("role") or "", by=visit.actor.by, at=house.now()))


@post("/{account_id:uuid}/open", name="desk.account.open", sync_to_thread=True, status_code=200)
def change_open(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], account_id: FromPath[UUID],
) -> Response[Any] | Template:
    """Close an account, or open it again."""
    verb = registry.open_account if form.get("do") == "open" else registry.close_account
    return _changed(house, visit, account_id, lambda session, one: verb(session, one, by=visit.actor.by, at=house.now()))


@post("/{account_id:uuid}/second-factor", name="desk.account.second_factor", sync_to_thread=True, status_code=200)
def reset_factor(house: NamedDependency[House], visit: NamedDependency[Visit], account_id: FromPath[UUID]) -> Response[Any] | Template:
    """Take the second factor away for somebody who lost it, and tell them."""
    def reset(session: Any, account: Account) -> None:
        registry.reset_second_factor(session, account, by=visit.actor.by, at=house.now())
        tell(session, house, account, "reset")

    return _changed(house, visit, account_id, reset)


def _changed(house: House, visit: Visit, account_id: UUID, change: Change) -> Response[Any] | Template:
    try:
        with house.storage.writing() as session:
            change(session, permissions.get(session, Account, account_id, visit.actor, Act.ADMINISTER, at=house.now()))
    except Invalid as invalid:
        return _one(house, visit, account_id, errors=invalid.errors, status=422)
    return on_to(f"/desk/admin/accounts/{account_id}", "done")


def _one(house: House, visit: Visit, account_id: UUID, *, said: str = "", errors: dict[str, str] | None = None, status: int = 200) -> Template:
    with house.storage.reading() as session:
        account = permissions.get(session, Account, account_id, visit.actor, Act.ADMINISTER, at=house.now())
        listed = registry.get_listed(session, account, sealer=house.sealer)
    return page(visit, "desk/account.html", status=status, one=listed, said=said, errors=errors or {}, roles=ROLES, role_words=ROLE_WORDS)


def _list(
    house: House, visit: Visit, *, number: int = 1, email: str = "", said: str = "", errors: dict[str, str] | None = None,
    typed: dict[str, str] | None = None, status: int = 200,
) -> Template:
    permissions.require(visit.actor, Act.ADMINISTER, at=house.now())
    with house.storage.reading() as session:
        accounts, count = registry.list_accounts(session, sealer=house.sealer, email=email, page=number)
    more = number * registry.A_PAGE < count and not email
    context = {"accounts": accounts, "count": count, "number": number, "more": more, "email": email, "said": said, "typed": typed or {}}
    return page(visit, "desk/accounts.html", status=status, errors=errors or {}, roles=ROLES, role_words=ROLE_WORDS, **context)


router = private_router("/desk/admin/accounts", [show_all, find, invite, show, change_role, change_open, reset_factor])
