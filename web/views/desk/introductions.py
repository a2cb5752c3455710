"""Introducing two who both said yes: what each said, what stands against it now, how they meet first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid
from directory.peers.agreed import WHY, look_at_agreed
from directory.peers.introducing import decline, introduce
from directory.peers.naming import organization_names
from web.desk import on_to, page
from web.forms.posted import PostedForm
from web.house import House
from web.peers_wording import FIRST_CONTACT, area_words, label_of
from web.views.desk.peers import kept_scheme
from web.visits import private_router


@get("/{introduction_id:uuid}", name="desk.peers.introduction", sync_to_thread=True)
def show(
    house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], scheme_id: FromPath[UUID], introduction_id: FromPath[UUID],
) -> Template:  # fmt: skip
    """Two who wait to be introduced. Where only one has said yes there is no such page."""
    return _page(house, visit, organization_id, scheme_id, introduction_id)


@post("/{introduction_id:uuid}", name="desk.peers.introduce", sync_to_thread=True)
def do(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
    scheme_id: FromPath[UUID], introduction_id: FromPath[UUID],
) -> Response[Any] | Template:  # fmt: skip
    """Introduce them, or do not."""
    first = form.get("first_contact") or ""
    try:
        with house.storage.writing(counting=True) as session:
            scheme = kept_scheme(session, house, visit, organization_id, scheme_id)
            if form.get("do") == "decline":
                decline(
                    session, scheme, introduction_id, visit.actor, on=house.today(), at=house.now(), sealer=house.sealer, base_url=house.settings.base_url,
                )
                return on_to(f"/desk/organizations/{organization_id}/peers/{scheme_id}", "done")
            introduce(
                session, scheme, introduction_id, visit.actor, first, on=house.today(), at=house.now(), sealer=house.sealer,
                base_url=house.settings.base_url,
            )  # fmt: skip
    except Invalid as invalid:
        return _page(house, visit, organization_id, scheme_id, introduction_id, errors=invalid.errors, first=first)
    return on_to(f"/desk/organizations/{organization_id}/peers/{scheme_id}", "introduced")


def _page(
    house: House, visit: Visit, organization_id: UUID, scheme_id: UUID, introduction_id: UUID, *, errors: dict[str, str] | None = None, first: str = "",
) -> Template:  # fmt: skip
    with house.storage.writing(counting=True) as session:
        scheme = kept_scheme(session, house, visit, organization_id, scheme_id)
        agreed = look_at_agreed(session, scheme, introduction_id, visit.actor, on=house.today(), at=house.now(), sealer=house.sealer)
        both = (agreed.seeker.said, agreed.supporter.said)
        names = organization_names(session, (code for said in both for code in said.not_organizations))
    vocabulary = house.catalogue.vocabulary
    return page(
        visit, "desk/peers/introduction.html", status=422 if errors else 200, scheme=scheme, agreed=agreed, why=WHY, first_contact=FIRST_CONTACT, first=first,
        errors=errors or {}, names=names, area=area_words, label=lambda code: label_of(vocabulary, code),
    )  # fmt: skip


router = private_router("/desk/organizations/{organization_id:uuid}/peers/{scheme_id:uuid}/introductions", [show, do])
