"""The BMLT interface over our groups, as its clients ask for it: JSON, or JSONP with a callback whose name is checked to the letter."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec
from litestar import Request, Response, Router, get
from litestar.di import NamedDependency

from directory.exchange.bmlt.answers import Interface
from directory.exchange.bmlt.asking import Asked, read_asked
from directory.places import Found
from web.api.feeds import JSON, tagged
from web.house import House
from web.refused import Refused

MOST_PARAMETERS: Final = 1_000
SCRIPT: Final = "application/javascript; charset=utf-8"
_CALLBACK: Final = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]{0,99}(?:\.[A-Za-z_$][A-Za-z0-9_$]{0,99}){0,4}", re.ASCII)
_NO_NAME: Final = frozenset(("alert", "eval", "function", "window", "document", "this", "new", "delete", "typeof", "void", "return", "throw"))
"""Names that a careless page would be hurt by, or that are no names."""


@get("/json", name="feeds.bmlt.json", sync_to_thread=True)
def as_json(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """One answer as JSON."""
    return tagged(msgspec.json.encode(_answer(house, _pairs(request))), JSON)


@get("/jsonp", name="feeds.bmlt.jsonp", sync_to_thread=True)
def as_jsonp(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes]:
    """One answer as a script that calls a function with it."""
    pairs = _pairs(request)
    name = next((value for key, value in pairs if key == "callback"), "callback")
    if not _CALLBACK.fullmatch(name) or name.casefold() in _NO_NAME:
        raise Refused(400, "callback: This is no plain name of a function.")
    content = msgspec.json.encode(_answer(house, pairs)).replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029")
    return tagged(b"/**/" + name.encode() + b"(" + content + b");", SCRIPT)


def _answer(house: House, pairs: list[tuple[str, str]]) -> Any:
    feeds = house.feeds.on(house.today())

    def find_point(text: str) -> tuple[float, float] | None:
        found = house.catalogue.find_place(text[:200], country=house.settings.region)   # offline: clients of feeds never make us ask elsewhere
        return (found.place.latitude, found.place.longitude) if isinstance(found, Found) else None

    return Interface(feeds.bmlt, feeds.bmlt_programme, root=feeds.bmlt_root, find_point=find_point).answer(_asked(pairs))


def _asked(pairs: list[tuple[str, str]]) -> Asked:
    return read_asked(pairs)


def _pairs(request: Request[Any, Any, Any]) -> list[tuple[str, str]]:
    """The parameters of the address; one that cannot be read asks for nothing."""
    query: bytes = request.scope["query_string"]
    try:
        return parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except (UnicodeError, ValueError):
        return []


router = Router("/feeds/bmlt/client_interface", route_handlers=[as_json, as_jsonp])
