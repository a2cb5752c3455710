"""A look at an organization's own practice: the sentences, and a result to print that begins with what goes well."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.models import Organization
from directory.permissions import Act
from directory.permissions import get as fetch
from directory.workspace.review import ANSWERS, SENTENCES, list_reviews, read_answers, save_review
from web.desk import on_to, page
from web.forms.posted import PostedForm
from web.house import House
from web.visits import private_router


@get("/{organization_id:uuid}/review", name="desk.review", sync_to_thread=True)
def show(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """The results so far, the newest first, and the way to a new look."""
    with house.storage.reading() as session:
        mine = fetch(session, Organization, organization_id, visit.actor, Act.BE_MEMBER, at=house.now())
        reviews = list_reviews(session, mine.id, sealer=house.sealer)
    return page(visit, "desk/workspace/review.html", organization=mine, reviews=reviews)


@get("/{organization_id:uuid}/review/new", name="desk.review.new", sync_to_thread=True)
def begin(house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID]) -> Template:
    """The sentences."""
    with house.storage.reading() as session:
        mine = fetch(session, Organization, organization_id, visit.actor, Act.BE_MEMBER, at=house.now())
    return page(visit, "desk/workspace/review_new.html", organization=mine, sentences=SENTENCES, answers=ANSWERS)


@post("/{organization_id:uuid}/review", name="desk.review.save", sync_to_thread=True)
def save(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID]) -> Response[Any]:
    """Keep a look."""
    answers = read_answers({sentence.code: form.get(sentence.code) or "" for sentence in SENTENCES}, form.get("note") or "")
    with house.storage.writing() as session:
        mine = fetch(session, Organization, organization_id, visit.actor, Act.BE_MEMBER, at=house.now())
        save_review(session, mine.id, visit.actor.account_id, answers, at=house.now(), sealer=house.sealer)
    return on_to(f"/desk/organizations/{organization_id}/review")


router = private_router("/desk/organizations", [show, begin, save])
