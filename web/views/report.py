"""Telling us of a mistake on a listing: a plain form for everybody, without account and without cookie.

Two traps keep programs out and people in: a field that no person sees, and a stamp that says when the form was drawn, with no session behind it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect, Template

from directory.accounts.tokens import is_stamp, stamp
from directory.errors import Invalid
from directory.listings import Card
from directory.reports import ABOUT, checked, make_report
from web.forms.posted import PostedForm
from web.house import House
from web.views.listings import listing_id_of
from web.visits import Asked, network_of, open_router

QUICKEST_SECONDS: Final = 3
LONGEST_SECONDS: Final = 86_400
TRAP: Final = "website"
TOO_QUICK: Final = "That went quicker than anybody types. Look it over and send it once more."


@get("/{listing_id:str}/report", name="report.ask", sync_to_thread=True)
def ask(house: NamedDependency[House], listing_id: FromPath[str]) -> Template:
    """The form."""
    return _form(house, _card(house, listing_id))


@post("/{listing_id:str}/report", name="report.send", sync_to_thread=True)
def send(request: Asked, house: NamedDependency[House], form: NamedDependency[PostedForm], listing_id: FromPath[str]) -> Response[Any] | Template:
    """Take it in, or say what is missing with everything typed kept."""
    card, said = _card(house, listing_id), {name: (form.get(name) or "")[:4_000] for name in ("about", "words", "email", "drawn")}
    thanks = Redirect(f"/listings/{card.id}/report/thanks", status_code=303)
    if form.get(TRAP):
        return thanks   # a program: it learns nothing, and nothing is kept
    try:
        checked(said["about"], said["words"], said["email"])   # first, so that nobody is told of the time who has more to write anyway
        _check_time(house, card, said["drawn"])
        with house.storage.writing() as session:
            make_report(
                session, UUID(card.service_id), about=said["about"], words=said["words"], email=said["email"], network=network_of(request),
                at=house.now(), sealer=house.sealer,
            )  # fmt: skip
    except Invalid as error:
        return _form(house, card, said=said, errors=error.errors)
    return thanks


@get("/{listing_id:str}/report/thanks", name="report.thanks", sync_to_thread=True)
def thanks(house: NamedDependency[House], listing_id: FromPath[str]) -> Template:
    """What happens next."""
    return Template("listings/report_thanks.html", context={"card": _card(house, listing_id)})


def _card(house: House, listing_id: str) -> Card:
    return house.catalogue.listing_page(listing_id_of(listing_id), at=house.now()).card


def _form(house: House, card: Card, *, said: dict[str, str] | None = None, errors: dict[str, str] | None = None) -> Template:
    typed = {"about": "", "words": "", "email": "", **(said or {})}
    # A form sent too quickly keeps its time, so that it is taken the second time; one that is too old gets a new one.
    keeps = _age(house, card, typed.get("drawn", "")) is not None
    drawn = typed["drawn"] if keeps else _drawn(house, card, house.now())
    context = {"card": card, "kinds": ABOUT, "typed": typed, "drawn": drawn, "trap": TRAP, "errors": errors or {}}
    return Template("listings/report.html", context=context, status_code=422 if errors else 200)


def _check_time(house: House, card: Card, drawn: str) -> None:
    age = _age(house, card, drawn)
    if age is None:
        raise Invalid(about="This form was open for a long time. Look it over and send it once more.")
    if age < QUICKEST_SECONDS:
        raise Invalid(about=TOO_QUICK)


def _drawn(house: House, card: Card, at: datetime) -> str:
    seconds = f"{at.timestamp():.0f}"
    return f"{seconds}.{stamp(_key(house), f'{card.service_id}|{seconds}')}"


def _age(house: House, card: Card, drawn: str) -> float | None:
    """How many seconds ago a form of this listing was drawn; None when it was not ours, or is too old."""
    seconds, _, mark = drawn.partition(".")
    if not seconds.isascii() or not seconds.isdigit() or len(seconds) > 12 or not is_stamp(_key(house), f"{card.service_id}|{seconds}", mark):
        return None
    age = house.now().timestamp() - int(seconds)
    return age if -1 <= age <= LONGEST_SECONDS else None


def _key(house: House) -> str:
    return house.sealer.fingerprints(b"report form")[0]


router = open_router("/listings", [ask, send, thanks])
