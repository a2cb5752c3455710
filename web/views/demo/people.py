"""Who is who in the demonstration, and signing in as one of them by a button: so that every desk can be tried on a laptop."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Template

from directory.accounts.actors import NEEDS_SECOND_FACTOR
from directory.accounts.people import ROLE_WORDS, get_account
from directory.accounts.registry import granted_by
from directory.errors import NotFound
from web.forms.posted import PostedForm
from web.house import House
from web.views.account.entering import let_in
from web.visits import Asked, demo_router

MADE_BY = "seeds"
"""Who made the standing cast, as the change log says it: nobody else can be signed in as."""


@get("/", name="demo.people", sync_to_thread=True)
def show(house: NamedDependency[House]) -> Template:
    """The standing cast."""
    with house.storage.reading() as session:
        people = granted_by(session, MADE_BY, sealer=house.sealer)
    return Template("demo/people.html", context={"people": people, "role_words": ROLE_WORDS})


@post("/sign-in", name="demo.sign_in", sync_to_thread=True, status_code=200)
def enter(request: Asked, house: NamedDependency[House], form: NamedDependency[PostedForm]) -> Response[Any]:
    """Sign in as one of them, with as many factors as their roles ask for."""
    with house.storage.writing() as session:
        who = next((one for one in granted_by(session, MADE_BY, sealer=house.sealer) if str(one.account_id) == form.get("who") and one.is_active), None)
        if who is None:
            raise NotFound("There is nobody of this name in the demonstration.")
        level = 2 if any(role in NEEDS_SECOND_FACTOR for role, _ in who.roles) else 1
        after = "/my" if any(role in ("client", "supporter") for role, _ in who.roles) else "/desk"
        return let_in(request, house, session, get_account(session, UUID(str(who.account_id))), level=level, after=after)


router = demo_router("/demo", [show, enter])
