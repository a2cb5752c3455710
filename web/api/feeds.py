"""The open feeds of groups: what finders of meetings, calendars and maps elsewhere read. Everybody gets the same bytes."""

from __future__ import annotations

import hashlib

from litestar import Response, Router, get
from litestar.di import NamedDependency

from web.house import House

JSON = "application/json"
CHECK_AGAIN = {"Cache-Control": "public, no-cache"}   # may be kept, but is asked for again each time; the answer is then mostly 304


@get("/meeting-guide.json", name="feeds.meeting_guide", sync_to_thread=True)
def meeting_guide(house: NamedDependency[House]) -> Response[bytes]:
    """The groups as Meeting Guide JSON."""
    return tagged(house.feeds.on(house.today()).meeting_guide, JSON)


def tagged(content: bytes, media_type: str) -> Response[bytes]:
    """Bytes with a tag, so that who has them already is told so."""
    return Response(content, media_type=media_type, headers=CHECK_AGAIN | {"ETag": f'"{hashlib.sha256(content).hexdigest()[:32]}"'})


router = Router("/feeds", route_handlers=[meeting_guide])
