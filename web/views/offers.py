"""Saying what one would put to use near home: counted, and nothing else kept. Organizations see a strength once ten people offered it."""

from __future__ import annotations

from litestar import get, post
from litestar.di import NamedDependency
from litestar.response import Template

from directory.accounts.throttle import OFFER_NETWORK, take
from directory.places import Found
from directory.workspace.nearby import AT_LEAST, MOST_FACETS, counties_of, offer_strengths
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, network_of, open_router


@get("/offer", name="offers.ask", sync_to_thread=True)
def ask(house: NamedDependency[House]) -> Template:
    """The form."""
    return _page(house)


@post("/offer", name="offers.count", sync_to_thread=True, status_code=200)
def count(request: Asked, house: NamedDependency[House], form: NamedDependency[PostedForm]) -> Template:
    """Count what somebody offers for their county."""
    chosen, place = frozenset(form.getall("strength", [])), (form.get("place") or "")[:120]
    answer = house.catalogue.find_place(place, country=house.settings.region) if place.strip() else None
    counties = counties_of(house.catalogue.state().gazetteer, answer.areas) if isinstance(answer, Found) else []
    errors = {} if counties else {"place": "Write a postcode or a town that we know, such as the next larger one."}
    errors |= {} if chosen else {"strength": "Choose at least one thing."}
    if errors:
        return _page(house, chosen=chosen, place=place, errors=errors, status=422)
    with house.storage.writing() as session:
        take(session, OFFER_NETWORK, network_of(request), at=house.now(), sealer=house.sealer)
        offer_strengths(session, counties[0], chosen, on=house.now().date(), known=[code for code, _ in _strengths(house)])
    return Template("pages/offered.html", context={"at_least": AT_LEAST})


def _page(house: House, *, chosen: frozenset[str] = frozenset(), place: str = "", errors: dict[str, str] | None = None, status: int = 200) -> Template:
    context = {"strengths": _strengths(house), "chosen": chosen, "place": place, "errors": errors or {}, "at_least": AT_LEAST, "most": MOST_FACETS}
    return Template("pages/offer.html", context={**context, "example_town": house.catalogue.example_town}, status_code=status)


def _strengths(house: House) -> list[tuple[str, str]]:
    return [(term.code, term.label) for term in house.catalogue.vocabulary.terms("strengths") if not term.group]


router = open_router("/", [ask, count])
