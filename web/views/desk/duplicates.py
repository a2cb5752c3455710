"""Duplicates: pairs that may be the same, side by side; a curator makes them one, or says that they are two."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.duplicates.beside import side_by_side, sources_of
from directory.duplicates.queue import count_pairs, get_pair, list_pairs, list_said, look_for_pairs, say_apart
from directory.history.names import who_words
from directory.merging import merge
from directory.permissions import Act, require
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router

HERE = "/desk/curator/duplicates"


@get("/duplicates", name="desk.duplicates", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """The queue, the likeliest first."""
    require(visit.actor, Act.DECIDE, at=house.now())
    with house.storage.reading() as session:
        pairs, words, count = list_pairs(session), list_said(session), count_pairs(session)
        who = who_words(session, {pair.said_by for pair in words}, visit.actor)
    return page(visit, "desk/duplicates/index.html", pairs=pairs, words=words, who=who, count=count, said=words_of(request.query_params.get("said", "")))


@post("/duplicates/look", name="desk.duplicates.look", sync_to_thread=True)
def look(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Response[Any]:
    """Compare now what has changed since the last time."""
    require(visit.actor, Act.DECIDE, at=house.now())
    look_for_pairs(house.storage, house.settings.duplicates_dir, at=house.now())
    return on_to(HERE, "done")


@get("/duplicates/{first:uuid}/{second:uuid}", name="desk.duplicates.pair", sync_to_thread=True)
def compare(house: NamedDependency[House], visit: NamedDependency[Visit], first: FromPath[UUID], second: FromPath[UUID]) -> Template:
    """Two records side by side."""
    require(visit.actor, Act.DECIDE, at=house.now())
    with house.storage.reading() as session:
        pair = get_pair(session, first, second)
        sides = side_by_side(session, pair.entity, first, second)
        sources = [sources_of(session, key) for key in (first, second)]
        who = who_words(session, {pair.said_by} if pair.said_by else (), visit.actor)
    names = pair.names if pair.first == first else pair.names[::-1]
    return page(visit, "desk/duplicates/pair.html", pair=pair, first=first, second=second, names=names, sides=sides, sources=sources, who=who)


@post("/duplicates/{first:uuid}/{second:uuid}/merge", name="desk.duplicates.merge", sync_to_thread=True)
def make_one(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], first: FromPath[UUID], second: FromPath[UUID]
) -> Response[Any]:
    """Make the two one: the first is kept, with the fields of the second that were chosen."""
    require(visit.actor, Act.CURATE, at=house.now())
    with house.storage.writing() as session:
        pair = get_pair(session, first, second)
        why = (form.get("why") or "").strip()[:400] or "the same thing twice"
        merge(session, pair.entity, first, second, take_other=form.getall("take", []), by=visit.actor.by, at=house.now(), why=why)
    return on_to(f"/desk/listings/{first}/history" if pair.entity == "service" else HERE, "merged")


@post("/duplicates/{first:uuid}/{second:uuid}/apart", name="desk.duplicates.apart", sync_to_thread=True)
def keep_apart(house: NamedDependency[House], visit: NamedDependency[Visit], first: FromPath[UUID], second: FromPath[UUID]) -> Response[Any]:
    """Remember that the two are not the same."""
    require(visit.actor, Act.DECIDE, at=house.now())
    with house.storage.writing() as session:
        say_apart(session, first, second, by=visit.actor.by, at=house.now())
    return on_to(HERE, "done")


router = private_router("/desk/curator", [show, look, compare, make_one, keep_apart])
