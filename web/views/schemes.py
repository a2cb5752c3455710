"""One-to-one peer support for everybody to read: what it is, what it is not, and who offers it. Internal schemes are not here."""

from __future__ import annotations

from uuid import UUID

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from directory.peers.schemes import get_public, list_public
from web.house import House


@get("/", name="peers.index", sync_to_thread=True)
def index(house: NamedDependency[House]) -> Template:
    """Every scheme that takes people on."""
    with house.storage.reading() as session:
        return Template("peers_public/index.html", context={"schemes": list_public(session)})


@get("/{scheme_id:uuid}", name="peers.scheme", sync_to_thread=True)
def show(house: NamedDependency[House], scheme_id: FromPath[UUID]) -> Template:
    """One scheme."""
    with house.storage.reading() as session:
        return Template("peers_public/show.html", context={"scheme": get_public(session, scheme_id)})


router = Router("/peers", route_handlers=[index, show])
