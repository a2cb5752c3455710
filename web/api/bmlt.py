"""The BMLT interface over our groups, as its clients ask for it: JSON, or JSONP with a callback whose name is checked to the letter."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec
from litestar import Request, Response, Router, get
from litestar.di import NamedDependency

from directory.exchange.bmlt.answers import SWITCHERS, Interface
from directory.exchange.bmlt.asking import read_asked
from directory.places import Found
from web.api.feeds import JSON, tagged
from web.api.operations import Operation, Parameter
from web.house import House
from web.refused import Refused

MOST_PARAMETERS: Final = 1_000
MOST_LETTERS: Final = 200
"""Of the name of a place."""
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
    """The answer to a question; places that it names are looked for offline, so that nobody makes us ask elsewhere."""
    feeds = house.feeds.on(house.today())

    def find_point(text: str) -> tuple[float, float] | None:
        found = house.catalogue.find_place(text[:MOST_LETTERS], country=house.settings.region)
        return (found.place.latitude, found.place.longitude) if isinstance(found, Found) else None

    return Interface(feeds.bmlt, feeds.bmlt_programme, root=feeds.bmlt_root, find_point=find_point).answer(read_asked(pairs))


def _pairs(request: Request[Any, Any, Any]) -> list[tuple[str, str]]:
    """The parameters of the address; one that cannot be read asks for nothing."""
    query: bytes = request.scope["query_string"]
    try:
        return parse_qsl(query.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MOST_PARAMETERS)
    except (UnicodeError, ValueError):
        return []


_TEXT = {"type": "string"}
PARAMETERS = (
    Parameter(name="switcher", meaning="What is asked for.", schema=_TEXT | {"enum": list(SWITCHERS)}),
    Parameter(name="meeting_ids", meaning="Meetings by id. Lists are x[]=1&x[]=2 or x=1,2; a minus before a value leaves it out.", schema=_TEXT),
    Parameter(name="weekdays", meaning="1 for Sunday to 7 for Saturday.", schema=_TEXT),
    Parameter(name="venue_types", meaning="1 in person, 2 from afar, 3 both.", schema=_TEXT),
    Parameter(name="services", meaning="Service bodies by id; with recursive=1 also those below them.", schema=_TEXT),
    Parameter(name="formats", meaning="Formats by id, all of them; with formats_comparison_operator=OR any of them.", schema=_TEXT),
    Parameter(name="SearchString", meaning="Words, or a place with StringSearchIsAnAddress=1.", schema=_TEXT),
    Parameter(name="StartsAfterH", meaning="Hours; likewise StartsBefore, EndsBefore, MinDuration and MaxDuration, with H and M.", schema=_TEXT),
    Parameter(name="lat_val", meaning="With long_val and geo_width (miles) or geo_width_km: a circle; below nought: the nearest so many.", schema=_TEXT),
    Parameter(name="sort_keys", meaning="Fields to sort by; sort_results_by_distance=1 sorts by distance.", schema=_TEXT),
    Parameter(name="data_field_key", meaning="Only these fields.", schema=_TEXT),
    Parameter(name="page_size", meaning="With page_num: a page of so many.", schema=_TEXT),
    Parameter(name="get_used_formats", meaning="Give the formats in use beside the meetings.", schema=_TEXT),
)
_ANY = {"title": "Answer", "oneOf": [{"type": "array", "items": {"type": "object"}}, {"type": "object"}]}
OPERATIONS = (
    Operation(
        method="get", path="/feeds/bmlt/client_interface/json", name="bmlt_json", tag="feeds", summary="Groups as the BMLT interface answers",
        parameters=PARAMETERS, answer=_ANY,
    ),
    Operation(
        method="get", path="/feeds/bmlt/client_interface/jsonp", name="bmlt_jsonp", tag="feeds", summary="The same as a script that calls a function",
        parameters=(*PARAMETERS, Parameter(name="callback", meaning="The name of the function.", schema=_TEXT)), answer=_TEXT, media_type=SCRIPT,
        problems=(400,),
    ),
)

router = Router("/feeds/bmlt/client_interface", route_handlers=[as_json, as_jsonp])
