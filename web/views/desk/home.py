"""The desk: where somebody who has signed in begins."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Template

from directory.accounts.sign_ins import Visit
from directory.clients.agencies import agencies_of, coordinated_by
from directory.desks import organizations_of
from web.desk import page, words_of
from web.house import House
from web.visits import Asked, private_router


@get("/", name="desk.home", sync_to_thread=True)
def show(request: Asked, house: NamedDependency[House], visit: NamedDependency[Visit]) -> Template:
    """The organizations somebody edits, and what their roles open."""
    with house.storage.reading() as session:
        organizations, agencies = organizations_of(session, visit.actor), agencies_of(session, visit.actor)
        coordinates = coordinated_by(session, visit.actor)
    said = words_of(request.query_params.get("said", ""))
    return page(visit, "desk/home.html", organizations=organizations, agencies=agencies, coordinates=coordinates, said=said)


router = private_router("/desk", [show])
