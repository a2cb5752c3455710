"""``POST /api/match``: a question in, ranked listings with their reasons out. Nothing of it is stored or logged."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, Router, post
from litestar.di import NamedDependency
from litestar.params import RawBody
from msgspec import json

from web.api.answered import MatchAnswer, answer
from web.api.asked import MatchRequest, to_inquiry
from web.api.bodies import read_body
from web.api.operations import Operation
from web.house import House


@post("/match", name="api.match", status_code=200, sync_to_thread=True)
def match(request: Request[Any, Any, Any], house: NamedDependency[House], body: RawBody) -> Response[bytes]:
    """Rank the directory for one question."""
    asked = read_body(body, request.headers.get("content-type", ""), MatchRequest)
    inquiry, place = to_inquiry(house, asked)
    page = house.catalogue.search(inquiry, at=house.now(), around=asked.around)
    house.tally.note(inquiry, page.ranking, house.catalogue.vocabulary, at=page.at)
    content = json.encode(answer(page, asked, place, house.settings.base_url, house.catalogue.vocabulary.urgent(asked.text)))
    return Response(content, media_type="application/json", headers={"Cache-Control": "no-store"})


OPERATIONS = (
    Operation(
        method="post", path="/api/match", name="match", tag="matching", summary="Rank local supports for one person, with the reasons",
        body=MatchRequest, answer=MatchAnswer, problems=(400, 413, 415, 422),
    ),
)

router = Router("/api", route_handlers=[match])
