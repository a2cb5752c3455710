"""The curators' desk: what needs a human today, and how long each kind of listing stays fresh."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.curating import piles
from directory.errors import Invalid
from directory.freshness.rules import DAYS, all_days, set_rules
from directory.permissions import Act, require
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router

PILES = {
    "unsafe": ("Somebody may come to harm", "/desk/curator/reports"),
    "reports": ("Mistakes that people report", "/desk/curator/reports"),
    "calls": ("Calls to make", "/desk/curator/calls"),
    "fading": ("Listings to be confirmed within two weeks", "/desk/curator/reminders"),
    "conflicts": ("Imports that differ from what was changed here", "/desk/curator/conflicts"),
    "claims": ("Organizations that claim their listings", "/desk/curator/claims"),
    "drafts": ("Changes that wait for a decision", "/desk/curator/drafts"),
    "duplicates": ("Listings that may be the same", "/desk/curator/duplicates"),
    "dates": ("Groups whose words say when they meet", "/desk/curator/dates"),
    "vanished": ("Listings that their source no longer has", "/desk/curator/vanished"),
}
"""Each kind of work in words, and where it is done."""


@get("/", name="desk.curator", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """What waits, the most harmful to leave first."""
    at = house.now()
    require(visit.actor, Act.CURATE, at=at)
    with house.storage.reading() as session:
        found = piles(session, at=at, sealer=house.sealer)
    waiting = [(*PILES[pile.code], pile) for pile in found if pile.count]
    return page(visit, "desk/curator/home.html", waiting=waiting, at=at, said=words_of(request.query_params.get("said", "")))


@get("/reminders", name="desk.reminders", sync_to_thread=True)
def rules(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """How many days each kind stays fresh."""
    return _rules(house, visit, said=words_of(request.query_params.get("said", "")))


@post("/reminders", name="desk.reminders.set", sync_to_thread=True)
def change_rules(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Set them; an empty one goes back to ours."""
    at = house.now()
    require(visit.actor, Act.CURATE, at=at)
    typed = {kind: form.get(kind) or "" for kind in DAYS if form.get(kind) is not None}
    try:
        with house.storage.writing() as session:
            set_rules(session, typed, by=visit.actor.by, at=at)
    except Invalid as problem:
        return _rules(house, visit, typed=typed, errors=problem.errors, status=422)
    return on_to("/desk/curator/reminders", "saved")


def _rules(
    house: House, visit: Visit, *, typed: dict[str, str] | None = None, errors: dict[str, str] | None = None, said: str = "", status: int = 200
) -> Template:
    require(visit.actor, Act.CURATE, at=house.now())
    with house.storage.reading() as session:
        now = all_days(session)
    label = house.catalogue.vocabulary.label
    lines = [(kind, label("kinds", kind) or kind, (typed or {}).get(kind, str(now[kind])), ours) for kind, ours in DAYS.items()]
    return page(visit, "desk/curator/reminders.html", status=status, lines=lines, errors=errors or {}, said=said)


router = private_router("/desk/curator", [show, rules, change_rules])
