"""Something was not right: telling the moderator, also after an end or a block, and reading what they answered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.accounts.throttle import count_try
from directory.errors import Invalid, TooOften
from directory.peers.blocking import block
from directory.peers.ending import forget_traces
from directory.peers.reports.telling import LONGEST, OFTEN, list_told, report, who_answers
from directory.peers.talking.between import get_between
from directory.peers.talking.messages import list_messages
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.views.peers.between import MINE, found
from web.visits import Asked, private_router

SLOWLY = "You told us a lot within the hour, and all of it has arrived. What you wrote now is still here: send it a little later."


@get("/{introduction_id:uuid}/report", name="my.peers.report", sync_to_thread=True)
def ask(house: NamedDependency[House], visit: NamedDependency[Visit], introduction_id: FromPath[UUID]) -> Template:
    """Who reads it, what they keep to themselves and where that ends; said before anything is written."""
    return _ask(house, visit, introduction_id)


@post("/{introduction_id:uuid}/report", name="my.peers.report.do", sync_to_thread=True)
def tell(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], introduction_id: FromPath[UUID]
) -> Response[Any] | Template:
    """Send it, with the messages that were ticked and no others; with a tick the two never meet again."""
    words, chosen = form.get("words") or "", [int(one) for one in form.getall("passage", []) if one.isdecimal() and len(one) < 10]
    typed: dict[str, Any] = {"typed": words, "chosen": chosen, "wants_block": form.get("block") == "1"}
    if house.catalogue.vocabulary.urgent_by_phrase(words) and "help" not in form.getall("seen", []):
        return _ask(house, visit, introduction_id, cautions=("help",), **typed)
    said: dict[str, Any] = {"at": house.now(), "sealer": house.sealer}
    try:
        count_try(house.storage, ((OFTEN, f"peer report|{visit.actor.account_id}"),), **said)
        with house.storage.writing(counting=True) as session:
            between = get_between(session, introduction_id, visit.actor, hold=True)
            report(session, between, words, passages=chosen, base_url=house.settings.base_url, **said)
            if typed["wants_block"]:
                block(session, between, base_url=house.settings.base_url, **said)
    except Invalid as error:
        return _ask(house, visit, introduction_id, status=422, errors=error.errors, **typed)
    except TooOften:
        return _ask(house, visit, introduction_id, status=429, errors={"words": SLOWLY}, **typed)
    if typed["wants_block"]:
        forget_traces(house.storage)
    return on_to(f"{MINE}/reports", "peers-told")


@get("/reports", name="my.peers.reports", sync_to_thread=True)
def index(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """What one told, and what was answered."""
    with house.storage.reading() as session:
        told = list_told(session, visit.actor, sealer=house.sealer)
    return page(visit, "peers/reports.html", told=told, said=words_of(request.query_params.get("said", "")))


def _ask(house: House, visit: Visit, introduction_id: UUID, *, status: int = 200, **shown: Any) -> Template:
    with house.storage.reading() as session:
        between, other = found(session, house, visit, introduction_id)
        messages, moderator = list_messages(session, between, at=house.now(), sealer=house.sealer), who_answers(session, between)
    said = {"errors": {}, "typed": "", "chosen": [], "wants_block": False, "cautions": (), "kinds": [], **shown}
    return page(
        visit, "peers/report.html", status=status, between=between, other=other, messages=messages, moderator=moderator, longest=LONGEST,
        here=f"{MINE}/{introduction_id}", **said,
    )  # fmt: skip


router = private_router(MINE, [ask, tell, index])
