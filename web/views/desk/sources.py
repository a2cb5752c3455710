"""Sources: where records come from, how often each is fetched by itself, and what came of it last."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.errors import DirectoryError, Invalid, NotFound
from directory.exchange.meetings.feed import KINDS as MEETING_KINDS
from directory.exchange.meetings.feed import PROGRAMMES
from directory.exchange.readers import KINDS
from directory.feeds import fetch_source, list_feeds, save_feed
from directory.models import Source
from directory.permissions import Act, may, require
from directory.permissions import get as fetch
from web.desk import on_to, page, words_of
from web.forms.posted import PostedForm
from web.house import House
from web.visits import Asked, private_router

PATH = "/desk/curator/sources"
OF_MEETINGS = ("programme", "timezone", "country")
FIELDS = ("code", "name", "kind", "fetch_from", "fetch_every_hours", *OF_MEETINGS)


@get("/", name="desk.sources", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """Every source by name."""
    require(visit.actor, Act.SEE_SOURCES, at=house.now())
    return _list(request, house, visit)


@post("/{source_id:uuid}/fetch", name="desk.sources.fetch", sync_to_thread=True)
def fetch_now(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit], source_id: FromPath[UUID]) -> Response[Any] | Template:
    """Fetch a source now; what came of it stands in the list, errors too."""
    with house.storage.reading() as session:
        code = fetch(session, Source, source_id, visit.actor, Act.CURATE, at=house.now()).code
    try:
        fetch_source(house.storage, code, fetching=house.settings.fetching(), sealer=house.sealer, by=visit.actor.by, at=house.now())
    except NotFound:
        return _list(request, house, visit, {"source": "This source does not say where it is fetched from."})
    except DirectoryError as wrong:
        return _list(request, house, visit, {"source": str(wrong)})
    return on_to(PATH, "done")


@get("/new", name="desk.sources.new", sync_to_thread=True)
def begin(house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """The form for a new source."""
    require(visit.actor, Act.ADMINISTER, at=house.now())
    return _form(house, visit, None, {})


@post("/", name="desk.sources.add", sync_to_thread=True)
def add(house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm]) -> Response[Any] | Template:
    """Make a source."""
    require(visit.actor, Act.ADMINISTER, at=house.now())
    said = {name: form.get(name) or "" for name in FIELDS}
    try:
        with house.storage.writing() as session:
            save_feed(session, said, source=None, by=visit.actor.by, at=house.now(), fetching=house.settings.fetching())
    except Invalid as wrong:
        return _form(house, visit, None, said, wrong.errors)
    return on_to(PATH, "saved")


@get("/{source_id:uuid}", name="desk.sources.edit", sync_to_thread=True)
def edit(house: NamedDependency[House], visit: NamedDependency[Visit], source_id: FromPath[UUID]) -> Template:
    """The form for where and how often a source is fetched."""
    with house.storage.reading() as session:
        source = fetch(session, Source, source_id, visit.actor, Act.ADMINISTER, at=house.now())
    said = {name: str(getattr(source, name) or "") for name in ("fetch_from", "fetch_every_hours", *OF_MEETINGS)}
    return _form(house, visit, source, said)


@post("/{source_id:uuid}", name="desk.sources.save", sync_to_thread=True)
def save(
    house: NamedDependency[House], visit: NamedDependency[Visit], form: NamedDependency[PostedForm], source_id: FromPath[UUID]
) -> Response[Any] | Template:
    """Say from where and how often a source is fetched."""
    said = {name: form.get(name) or "" for name in FIELDS}
    source = None
    try:
        with house.storage.writing() as session:
            source = fetch(session, Source, source_id, visit.actor, Act.ADMINISTER, at=house.now())
            save_feed(session, said, source=source, by=visit.actor.by, at=house.now(), fetching=house.settings.fetching())
    except Invalid as wrong:
        return _form(house, visit, source, said, wrong.errors)
    return on_to(PATH, "saved")


def _list(request: Asked, house: House, visit: Visit, errors: dict[str, str] | None = None) -> Template:
    with house.storage.reading() as session:
        feeds = list_feeds(session, at=house.now())
    rights = {"may_change": may(visit.actor, Act.ADMINISTER), "may_fetch": may(visit.actor, Act.CURATE)}
    said = words_of(request.query_params.get("said", ""))
    return page(visit, "desk/curator/sources.html", status=422 if errors else 200, feeds=feeds, errors=errors or {}, said=said, **rights)


def _form(house: House, visit: Visit, source: Source | None, said: dict[str, str], errors: dict[str, str] | None = None) -> Template:
    status, settings = 422 if errors else 200, house.settings
    return page(
        visit, "desk/curator/source.html", status=status, source=source, values=said, errors=errors or {}, kinds=KINDS, web=settings.fetch,
        programmes=PROGRAMMES, asks_of_meetings=source is None or source.kind in MEETING_KINDS,
    )  # fmt: skip


router = private_router(PATH, [show, fetch_now, begin, add, edit, save])
