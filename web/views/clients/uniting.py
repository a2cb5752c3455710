"""Two records of one's own, side by side: chosen part by part, and made one."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.clients.parts import PARTS
from directory.clients.uniting import two_of, unite
from directory.errors import Invalid
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.parts_wording import lines_of, title_of
from web.views.account.entering import recently
from web.visits import Asked, private_router

SAYS = {"mine": "What I wrote", "theirs": "What the agency and I wrote", "both": "Both"}


@get("/", name="my.one", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """What both say, beside each other."""
    return _two(house, visit, said=words_of(request.query_params.get("said", "")))


@post("/", name="my.one.do", sync_to_thread=True)
def make_one(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Make one record of the two."""
    recently(house, visit)
    chosen = {part: form.get(part) or "" for part in PARTS}
    try:
        with house.storage.writing(counting=True) as session:
            two = two_of(session, visit.actor, at=house.now(), sealer=house.sealer)
            unite(session, two, chosen, mark=form.get("mark") or "", by=visit.actor.by, at=house.now())
    except Invalid as invalid:
        return _two(house, visit, errors=invalid.errors, typed=chosen)
    return on_to("/my/sharing", "united")


def _two(house: House, visit: Visit, *, said: str = "", errors: dict[str, str] | None = None, typed: dict[str, str] | None = None) -> Template:
    label = house.catalogue.vocabulary.label
    with house.storage.reading() as session:
        two = two_of(session, visit.actor, at=house.now(), sealer=house.sealer)
    told = [(part, lines_of(part, two.mine.texts[part], label), lines_of(part, two.theirs.texts[part], label)) for part in two.clash]
    alone = [part for part in two.theirs.texts if part not in two.clash]
    return page(
        visit, "clients/one.html", status=422 if errors else 200, two=two, told=told, alone=alone, title_of=title_of, says=SAYS, errors=errors or {},
        typed=typed or {}, said=said,
    )  # fmt: skip


router = private_router("/my/one", [show, make_one])
