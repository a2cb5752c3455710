"""A card that is not right: never being suggested its person again, and telling the moderator; neither tells anybody who the other is."""

from __future__ import annotations

from typing import Any, Final
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.accounts.throttle import count_try
from directory.errors import Invalid, TooOften
from directory.peers.card_care import Seen, never_again, seen_card, tell_of_card, who_reads
from directory.peers.ending import forget_traces
from directory.peers.kept import Kept
from directory.peers.reports.telling import LONGEST, OFTEN
from directory.peers.schemes import Scheme
from directory.storage import Session
from web.desk import on_to, page
from web.forms.posted import PostedForm
from web.house import House
from web.refused import Refused
from web.views.my.peers import HERE, taken_part
from web.views.peers.telling import SLOWLY
from web.visits import private_router

MOST: Final = 600
"""Characters of a stamp; those of ours are shorter."""


@get("/schemes/{scheme_id:uuid}/{side:str}/cards/{profile_id:uuid}/not-right", name="my.peers.card", sync_to_thread=True)
def ask(
    house: NamedDependency[House], visit: NamedDependency[Visit], scheme_id: FromPath[UUID], side: FromPath[str], profile_id: FromPath[UUID],
) -> Template:  # fmt: skip
    """What each of both does, and what nobody is told."""
    return _ask(house, visit, scheme_id, side, profile_id)


@post("/schemes/{scheme_id:uuid}/{side:str}/cards/{profile_id:uuid}/not-right", name="my.peers.card.do", sync_to_thread=True)
def do(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], scheme_id: FromPath[UUID], side: FromPath[str],
    profile_id: FromPath[UUID],
) -> Response[Any] | Template:  # fmt: skip
    """Never again, or tell the moderator, or both at once."""
    wish, words = form.get("do") or "", form.get("words") or ""
    with house.storage.reading() as session:   # whose card it is not, learns nothing else
        stamp = _seen(session, house, visit, scheme_id, side, profile_id, (form.get("stamp") or "")[:MOST])[2].stamp
    if wish not in ("never", "tell"):
        raise Refused(422, "Choose one of the buttons.")
    never = wish == "never" or form.get("block") == "1"
    shown: dict[str, Any] = {"typed": words, "wants_block": never, "stamp": stamp}
    if wish == "tell" and house.catalogue.vocabulary.urgent_by_phrase(words) and "help" not in form.getall("seen", []):
        return _ask(house, visit, scheme_id, side, profile_id, cautions=("help",), **shown)
    said: dict[str, Any] = {"at": house.now(), "sealer": house.sealer}
    try:
        if wish == "tell":
            count_try(house.storage, ((OFTEN, f"peer report|{visit.actor.account_id}"),), **said)
        with house.storage.writing(counting=True) as session:
            scheme, mine, seen = _seen(session, house, visit, scheme_id, side, profile_id, stamp)
            said["base_url"] = house.settings.base_url
            if wish == "tell":
                tell_of_card(session, scheme, mine, seen, words, **said)
            if never:
                never_again(session, scheme, mine, seen, **said)
    except Invalid as error:
        return _ask(house, visit, scheme_id, side, profile_id, status=422, errors=error.errors, **shown)
    except TooOften:
        return _ask(house, visit, scheme_id, side, profile_id, status=429, errors={"words": SLOWLY}, **shown)
    if never:
        forget_traces(house.storage)
    return on_to(f"{HERE}/reports", "peers-told") if wish == "tell" else on_to(f"{HERE}/schemes/{scheme_id}/{side}", "peers-never")


def _ask(
    house: House, visit: Visit, scheme_id: UUID, side: str, profile_id: UUID, *, status: int = 200, stamp: str = "", **shown: Any,
) -> Template:  # fmt: skip
    with house.storage.reading() as session:
        scheme, mine, seen = _seen(session, house, visit, scheme_id, side, profile_id, stamp)
        moderator = who_reads(session, scheme, mine, seen)
    said = {"errors": {}, "typed": "", "wants_block": False, "cautions": (), "kinds": [], **shown}
    board = f"{HERE}/schemes/{scheme_id}/{side}"
    return page(
        visit, "my/peers/card.html", status=status, seen=seen, moderator=moderator, longest=LONGEST, board=board, here=f"{board}/cards/{profile_id}", **said,
    )


def _seen(session: Session, house: House, visit: Visit, scheme_id: UUID, side: str, profile_id: UUID, stamp: str) -> tuple[Scheme, Kept, Seen]:
    scheme, mine = taken_part(session, house, visit, scheme_id, side)
    return scheme, mine, seen_card(session, scheme, mine, profile_id, stamp=stamp, on=house.today(), at=house.now(), sealer=house.sealer)


router = private_router(HERE, [ask, do])
