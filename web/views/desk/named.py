"""Somebody wrote whom they must never meet, and another may be meant: the coordinator says whether it is so. Until then the two are kept apart."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import Invalid
from directory.peers.named.deciding import decide, list_maybe
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.refused import Refused
from web.views.desk.peers import kept_scheme
from web.visits import Asked, private_router

KINDS: Final = {
    "same": "They are called the same.", "near": "They are called alike.", "account": "The name of their account is alike.",
    "contact": "An address or a number in it is theirs.",
}  # fmt: skip


@get("/", name="desk.peers.named", sync_to_thread=True)
def show(
    request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], organization_id: FromPath[UUID], scheme_id: FromPath[UUID],
) -> Template:  # fmt: skip
    """Those that wait to be decided, and those that were."""
    with house.storage.writing(counting=True) as session:   # whoever is shown is noted in their log
        scheme = kept_scheme(session, house, visit, organization_id, scheme_id)
        found = list_maybe(session, scheme, visit.actor, at=house.now(), sealer=house.sealer)
    said = words_of(request.query_params.get("said", ""))
    return page(visit, "desk/peers/named.html", scheme=scheme, found=found, kinds=KINDS, said=said)


@post("/{named_id:uuid}", name="desk.peers.named.do", sync_to_thread=True)
def say(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], organization_id: FromPath[UUID],
    scheme_id: FromPath[UUID], named_id: FromPath[UUID],
) -> Response[Any]:  # fmt: skip
    """Keep them apart, or say that it is another person. Neither is told."""
    try:
        with house.storage.writing(counting=True) as session:
            scheme = kept_scheme(session, house, visit, organization_id, scheme_id)
            decide(session, scheme, named_id, form.get("do") or "", by=visit.actor.by, at=house.now())
    except Invalid as invalid:
        raise Refused(422, " ".join(invalid.errors.values())) from None
    return on_to(f"/desk/organizations/{organization_id}/peers/{scheme_id}/named", "saved")


router = private_router("/desk/organizations/{organization_id:uuid}/peers/{scheme_id:uuid}/named", [show, say])
