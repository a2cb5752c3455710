"""What two people write to each other. Nothing on these pages tells that the other has looked, and nothing asks for news by itself.

A page that asks again and again would keep a forgotten browser signed in; a link does it when somebody wants to know.
"""

from __future__ import annotations

from math import ceil
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.accounts.throttle import count_try
from directory.errors import Invalid, NotFound, Stale, TooOften
from directory.models import PeerScheme
from directory.peers.checking_in.asking import open_question
from directory.peers.talking.between import NOBODY, get_between
from directory.peers.talking.care import contacts_in, is_first_month
from directory.peers.talking.messages import DAYS, LONGEST, OFTEN, OVER, check_words, keep_for, list_messages, send
from directory.peers.telling import tell
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.views.account.entering import recently
from web.views.peers.between import MINE, address, found
from web.visits import Asked, private_router

KINDS: Final = {"phone": "a telephone number", "email": "an e-mail address", "site": "an address on the web", "address": "the address of a place"}
HELD: Final = "In the first month, numbers and addresses stay out of messages here. Take it out, then send it."


@get("/{introduction_id:uuid}/talk", name="my.peers.talk", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], introduction_id: FromPath[UUID]) -> Template:
    """Everything that both wrote, and room for more; after the end, that it has come to its end."""
    return _show(house, visit, introduction_id, said=words_of(request.query_params.get("said", "")))


@post("/{introduction_id:uuid}/talk", name="my.peers.send", sync_to_thread=True)
def write(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], introduction_id: FromPath[UUID]
) -> Response[Any] | Template:
    """Send it, unless something is to be said first: then it waits, as it was typed, for a second press."""
    typed, seen = form.get("words") or "", form.getall("seen", [])
    try:
        cautions, kinds, is_held = _before(house, visit, introduction_id, check_words(typed))
        if "help" in cautions and "help" not in seen:
            return _show(house, visit, introduction_id, typed=typed, cautions=cautions, kinds=kinds)
        if is_held:
            raise Invalid(words=HELD)
        if set(cautions) - set(seen):
            return _show(house, visit, introduction_id, typed=typed, cautions=cautions, kinds=kinds)
        count_try(house.storage, ((OFTEN, f"message|{visit.actor.account_id}"),), at=house.now(), sealer=house.sealer)
        with house.storage.writing(counting=True) as session:
            between = get_between(session, introduction_id, visit.actor, hold=True)
            send(session, between, typed, at=house.now(), sealer=house.sealer)
            tell(session, between.other, at=house.now(), sealer=house.sealer, base_url=house.settings.base_url)
    except Invalid as error:
        return _show(house, visit, introduction_id, status=422, errors=error.errors, typed=typed)
    except TooOften as error:
        return _show(house, visit, introduction_id, status=429, errors={"words": _slowly(error.seconds)}, typed=typed)
    except Stale as error:
        return _show(house, visit, introduction_id, status=409, errors={"words": str(error)}, typed=typed)
    return on_to(address(introduction_id), "sent")


@post("/{introduction_id:uuid}/days", name="my.peers.days", sync_to_thread=True)
def keep(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], introduction_id: FromPath[UUID]
) -> Response[Any] | Template:
    """Say for how long messages are kept."""
    days = form.get("days") or ""
    try:
        with house.storage.writing(counting=True) as session:
            between = get_between(session, introduction_id, visit.actor, hold=True)
            keep_for(session, between, int(days) if days.isdecimal() and len(days) < 4 else 0, at=house.now())
    except Invalid as error:
        return _show(house, visit, introduction_id, status=422, errors=error.errors)
    except Stale as error:
        return _show(house, visit, introduction_id, status=409, errors={"words": str(error)})
    return on_to(address(introduction_id), "saved")


@get("/{introduction_id:uuid}/papers.txt", name="my.peers.copy.text", sync_to_thread=True)
def copy_to_read(house: NamedDependency[House], visit: NamedDependency[Visit], introduction_id: FromPath[UUID]) -> Response[bytes]:
    """What both wrote, to read."""
    lines = _lines(house, visit, introduction_id)
    text = "".join(f"{line['at'][:16].replace('T', ' ')} UTC, {line['by']}:\n{line['words']}\n\n" for line in lines)
    return _file(text.encode(), "text/plain", "papers.txt")


@get("/{introduction_id:uuid}/papers.json", name="my.peers.copy.json", sync_to_thread=True)
def copy_for_programs(house: NamedDependency[House], visit: NamedDependency[Visit], introduction_id: FromPath[UUID]) -> Response[bytes]:
    """What both wrote, for programs."""
    said = {"messages": _lines(house, visit, introduction_id)}
    return _file(msgspec.json.format(msgspec.json.encode(said), indent=1) + b"\n", "application/json", "papers.json")


def _lines(house: House, visit: Visit, introduction_id: UUID) -> list[dict[str, str]]:
    """What both wrote, for one of them who has lately shown that it is them; after the end there is nothing."""
    recently(house, visit)
    with house.storage.reading() as session:
        between, other = found(session, house, visit, introduction_id)
        if not between.is_open:
            raise NotFound(NOBODY)
        messages = list_messages(session, between, at=house.now(), sealer=house.sealer)
    return [{"at": one.at.isoformat(timespec="seconds"), "by": "me" if one.is_mine else other, "words": one.words} for one in messages]


def _file(body: bytes, kind: str, name: str) -> Response[bytes]:
    """A file whose name says nothing of what it holds."""
    return Response(body, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _before(house: House, visit: Visit, introduction_id: UUID, words: str) -> tuple[tuple[str, ...], list[str], bool]:
    """What is said before it goes, which contacts it seems to hold, and whether the scheme holds those back; ``Stale`` after the end."""
    with house.storage.reading() as session:
        between = get_between(session, introduction_id, visit.actor)
        if not between.is_open:
            raise Stale(OVER)
        holds = session.get_one(PeerScheme, between.introduction.scheme_id).holds_contacts
    kinds = contacts_in(words, house.settings.region) if is_first_month(between, at=house.now()) else ()
    help_first = ("help",) if house.catalogue.vocabulary.urgent_by_phrase(words) else ()
    return (*help_first, *(("contact",) if kinds else ())), [KINDS[kind] for kind in kinds], bool(kinds) and holds


def _slowly(seconds: int) -> str:
    minutes = ceil(seconds / 60)
    return f"You wrote a lot in a short time, so this one waits a little. Your words are still here: send them in {minutes} minute{'s' if minutes > 1 else ''}."


def _show(house: House, visit: Visit, introduction_id: UUID, *, status: int = 200, **shown: Any) -> Template:
    at = house.now()
    with house.storage.reading() as session:
        between, other = found(session, house, visit, introduction_id)
        messages, question = list_messages(session, between, at=at, sealer=house.sealer), open_question(session, between, at=at)
    said = {"errors": {}, "typed": "", "cautions": (), "kinds": [], "said": "", **shown}
    return page(
        visit, "peers/talk.html" if between.is_open else "peers/ended.html", status=status, between=between, other=other, messages=messages,
        question=question, here=f"{MINE}/{introduction_id}", all_days=DAYS, longest=LONGEST, zone=ZoneInfo(house.settings.timezone), **said,
    )  # fmt: skip


router = private_router(MINE, [show, write, keep, copy_to_read, copy_for_programs])
