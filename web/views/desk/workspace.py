"""The workspace of an organization: its team's strengths, ideas, what people near offer, its peer scheme. Members only."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid
from directory.models import Organization
from directory.permissions import Act
from directory.permissions import get as fetch
from directory.places import Found
from directory.workspace.ideas import Point, ideas_for, points_of
from directory.workspace.nearby import AT_LEAST, counties_of, nearby
from directory.workspace.scheme import list_offers, offer, take_back
from directory.workspace.team import show_strengths, shown_by, team_map
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router


@get("/{organization_id:uuid}/workspace", name="desk.workspace", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """Everything of the workspace on one page."""
    return _page(house, visit, organization_id, said=words_of(request.query_params.get("said", "")))


@post("/{organization_id:uuid}/workspace/strengths", name="desk.workspace.strengths", sync_to_thread=True)
def strengths(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID]
) -> Response[Any]:
    """Show the ticked strengths of one's own to the team, and no others."""
    with house.storage.writing() as session:
        mine = fetch(session, Organization, organization_id, visit.actor, Act.BE_MEMBER, at=house.now())
        show_strengths(session, mine.id, _me(visit), form.getall("strength", []), known=_labels(house, "strengths"))
    return on_to(_address(organization_id), "saved")


@post("/{organization_id:uuid}/workspace/offers", name="desk.workspace.offer", sync_to_thread=True)
def make_offer(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID]
) -> Response[Any] | Template:
    """Offer something to the other members."""
    said = {name: form.get(name) or "" for name in ("words", "how")}
    try:
        with house.storage.writing() as session:
            mine = fetch(session, Organization, organization_id, visit.actor, Act.BE_MEMBER, at=house.now())
            offer(session, mine.id, _me(visit), **said, at=house.now())
    except Invalid as wrong:
        return _page(house, visit, organization_id, errors=wrong.errors, said_words=said, status=422)
    return on_to(_address(organization_id), "saved")


@post("/{organization_id:uuid}/workspace/offers/{offer_id:uuid}/take-back", name="desk.workspace.take_back", sync_to_thread=True)
def end_offer(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], offer_id: FromPath[UUID]) -> Response[Any]:
    """Take an offer of one's own back."""
    with house.storage.writing() as session:
        mine = fetch(session, Organization, organization_id, visit.actor, Act.BE_MEMBER, at=house.now())
        take_back(session, mine.id, visit.actor.account_id, offer_id)
    return on_to(_address(organization_id), "done")


def _page(
    house: House, visit: Visit, organization_id: UUID, *, said: str = "", errors: dict[str, str] | None = None, said_words: dict[str, str] | None = None,
    status: int = 200,
) -> Template:
    labels = _labels(house, "strengths")
    with house.storage.reading() as session:
        mine = fetch(session, Organization, organization_id, visit.actor, Act.BE_MEMBER, at=house.now())
        team = team_map(session, mine.id, labels)
        context = {
            "team": team,
            "mine": shown_by(session, mine.id, _me(visit)),
            "ideas": ideas_for(session, mine.id, team, _labels(house, "interests")),
            "nearby": nearby(session, _counties(house, points_of(session, mine.id)), labels, on=house.now().date()),
            "offers": list_offers(session, mine.id, visit.actor.account_id),
        }
    given = {"errors": errors or {}, "words": (said_words or {}).get("words", ""), "how": (said_words or {}).get("how", "")}
    more = {"organization": mine, "strengths": house.catalogue.vocabulary.terms("strengths"), "at_least": AT_LEAST, "said": said}
    return page(visit, "desk/workspace/show.html", status=status, **context, **given, **more)


def _counties(house: House, points: list[Point]) -> set[str]:
    """The counties that the points lie in, as areas of the gazetteer."""
    answers = [house.catalogue.find_place(f"{latitude}, {longitude}", country=house.settings.region) for latitude, longitude in points]
    areas = {area for answer in answers if isinstance(answer, Found) for area in answer.areas}
    return set(counties_of(house.catalogue.state().gazetteer, areas))


def _labels(house: House, taxonomy: str) -> dict[str, str]:
    return {term.code: term.label for term in house.catalogue.vocabulary.terms(taxonomy) if not term.group}


def _me(visit: Visit) -> UUID:
    if visit.actor.account_id is None:
        raise AssertionError("the guard lets nobody through who has not signed in")
    return visit.actor.account_id


def _address(organization_id: UUID) -> str:
    return f"/desk/organizations/{organization_id}/workspace"


router = private_router("/desk/organizations", [show, strengths, make_offer, end_offer])
