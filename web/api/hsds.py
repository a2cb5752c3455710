"""The directory as an HSDS 3 API at /api/hsds: what others read, merge and check; the JSON itself is made by directory.exchange.hsds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, RawBody
from litestar.response import Stream

from directory.errors import NotFound
from directory.exchange.hsds.pages import BadParameter, service_page
from directory.exchange.hsds.words import EXTRA, VISIBILITY
from directory.exchange.hsds.writer import organization_json, service_at_location_json, service_json, taxonomy_json, taxonomy_term_json
from web.api.hsds_asked import JSON, NDJSON, PARAMETERS, ServicesAsked, from_body, from_query
from web.api.operations import Operation, Parameter
from web.house import House
from web.moved import moved
from web.refused import FieldError, Refused

VERSION = "3.1"
"""The version of the standard whose schemas every answer is checked against."""
ADDITIONS: dict[str, dict[str, dict[str, str]]] = {
    "schedule": {"x_timezone": {"type": "string", "description": "The IANA name of the zone that the times are in."}},
    "location": {
        "attributes": {"type": "array", "description": f"An attribute of link_type {VISIBILITY} marks a place whose address is not published."},
    },
}
"""What our feed has beyond the standard, by schema, as JSON merge patches of its properties."""
EXTRA_NOTE = f"A value whose form the standard refuses stands in a property of the same name with {EXTRA} before it."
STREAMED_AT_ONCE = 200
CHECK_AGAIN = {"Cache-Control": "public, no-cache"}   # may be kept, but is asked for again each time; the answer is then mostly 304

Json = dict[str, Any]


@get("/", name="hsds.base", sync_to_thread=False)
def base(house: NamedDependency[House]) -> Response[bytes]:
    """What this API is."""
    address = house.settings.base_url
    about: Json = {
        "version": VERSION,
        "profile": f"{address}/api/hsds/profile",
        "openapi_url": f"{address}/api/openapi.json",
        "description": "Local services, groups and opportunities, each with what is known of it. Places that are not public are left out.",
        "publisher": {"name": "Homeground", "url": address},
    }
    return Response(msgspec.json.encode(about), media_type=JSON, headers=CHECK_AGAIN)


@get("/profile", name="hsds.profile", sync_to_thread=False)
def profile() -> Response[bytes]:
    """What our feed has beyond the standard."""
    patches = {f"{name}.json": {"properties": properties} for name, properties in ADDITIONS.items()}
    said: Json = {"name": "Homeground", "extends": f"HSDS {VERSION}", "description": EXTRA_NOTE, "merge_patches": patches}
    return Response(msgspec.json.encode(said), media_type=JSON, headers=CHECK_AGAIN)


@get("/services", name="hsds.services", sync_to_thread=True)
def services(request: Request[Any, Any, Any], house: NamedDependency[House]) -> Response[bytes] | Stream:
    """One page of services, or all of them one a line."""
    return _services(house, from_query(request.scope["query_string"]), headers=CHECK_AGAIN)


@post("/services", name="hsds.find_services", status_code=200, sync_to_thread=True)
def find_services(request: Request[Any, Any, Any], house: NamedDependency[House], body: RawBody) -> Response[bytes] | Stream:
    """The same list with the parameters in the body, where no log has them. Changes nothing."""
    asked = from_body(body, request.headers.get("content-type", ""), request.scope["query_string"])
    return _services(house, asked, headers={"Cache-Control": "no-store"})


@get("/services/{record_id:uuid}", name="hsds.service", sync_to_thread=True)
def service(house: NamedDependency[House], record_id: FromPath[UUID]) -> Response[Any]:
    """One service with everything nested."""
    return _one_or_moved(house, service_json, record_id, "/api/hsds/services/{}")


@get("/organizations/{record_id:uuid}", name="hsds.organization", sync_to_thread=True)
def organization(house: NamedDependency[House], record_id: FromPath[UUID]) -> Response[Any]:
    """One organization with everything nested."""
    return _one_or_moved(house, organization_json, record_id, "/api/hsds/organizations/{}")


@get("/service_at_locations/{record_id:uuid}", name="hsds.service_at_location", sync_to_thread=True)
def service_at_location(house: NamedDependency[House], record_id: FromPath[UUID]) -> Response[Any]:
    """One service at one location."""
    return _one_or_moved(house, service_at_location_json, record_id, "/api/hsds/service_at_locations/{}")


@get("/taxonomies/{record_id:uuid}", name="hsds.taxonomy", sync_to_thread=True)
def taxonomy(house: NamedDependency[House], record_id: FromPath[UUID]) -> Response[bytes]:
    """One taxonomy."""
    return _one(house, taxonomy_json, record_id)


@get("/taxonomy_terms/{record_id:uuid}", name="hsds.taxonomy_term", sync_to_thread=True)
def taxonomy_term(house: NamedDependency[House], record_id: FromPath[UUID]) -> Response[bytes]:
    """One term of a taxonomy."""
    return _one(house, taxonomy_term_json, record_id)


def _one_or_moved(house: House, read: Callable[[Any, UUID], Json], record_id: UUID, address: str) -> Response[Any]:
    try:
        return _one(house, read, record_id)
    except NotFound:
        return moved(house, record_id, address)


def _one(house: House, read: Callable[[Any, UUID], Json], record_id: UUID) -> Response[bytes]:
    with house.storage.reading() as session:
        found = read(session, record_id)
    headers = CHECK_AGAIN | ({"Last-Modified": changed} if (changed := _http_date(found.get("last_modified"))) else {})
    return _json(found, headers)


def _services(house: House, asked: ServicesAsked, *, headers: dict[str, str]) -> Response[bytes] | Stream:
    if asked.format == "ndjson":
        return Stream(_lines(house, asked), media_type=NDJSON, headers={"Cache-Control": "no-store"})
    try:
        found = _page(house, asked, asked.page, asked.per_page)
    except BadParameter as error:
        raise Refused(400, str(error), errors=(FieldError(error.parameter, str(error)),)) from None
    return _json(found, headers)


def _page(house: House, asked: ServicesAsked, page: int, per_page: int) -> Json:
    with house.storage.reading() as session:
        return service_page(session, page=page, per_page=per_page, minimal=asked.minimal, full=asked.full, **asked.filters())


def _lines(house: House, asked: ServicesAsked) -> Iterator[bytes]:
    """Every service that passes, a page of the database at a time, so that memory does not grow with the directory."""
    number = 1
    while (found := _page(house, asked, number, STREAMED_AT_ONCE))["contents"]:
        yield msgspec.json.Encoder().encode_lines(found["contents"])
        number += 1


def _json(content: Json, headers: dict[str, str]) -> Response[bytes]:
    encoded = msgspec.json.encode(content)
    return Response(encoded, media_type=JSON, headers={**headers, "ETag": f'"{hashlib.sha256(encoded).hexdigest()[:32]}"'})


def _http_date(moment: str | None) -> str:
    return format_datetime(datetime.fromisoformat(moment).astimezone(UTC).replace(microsecond=0), usegmt=True) if moment else ""


def _schema(name: str) -> Json:
    return {"type": "object", "title": name}


_PAGE: Json = {
    "type": "object",
    "title": "Page",
    "required": ["total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"],
    "properties": {
        **{name: {"type": "integer", "minimum": 0} for name in ("total_items", "total_pages", "page_number", "size")},
        **{name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")},
        "contents": {"type": "array", "items": {"type": "object"}},
    },
}
_ANY_BODY: Json = {
    "type": "object", "description": "The parameters of the list, by name.", "properties": {one.name: one.schema for one in PARAMETERS},
}
_ITEMS = (
    ("services", "service", "One service with everything nested", "required"),
    ("organizations", "organization", "One organization with everything nested", "optional"),
    ("service_at_locations", "service_at_location", "One service at one location", "optional"),
    ("taxonomies", "taxonomy", "One taxonomy", "optional"),
    ("taxonomy_terms", "taxonomy_term", "One term of a taxonomy", "optional"),
)
_ITEM_ID = Parameter(name="record_id", where="path", meaning="The id of the record.", schema={"type": "string", "format": "uuid"})
OPERATIONS = (
    Operation(method="get", path="/api/hsds", name="hsds_base", tag="required", summary="What this HSDS API is", answer=_schema("about")),
    Operation(
        method="get", path="/api/hsds/profile", name="hsds_profile", tag="optional", summary="What the feed has beyond the standard",
        answer=_schema("profile"),
    ),
    Operation(
        method="get", path="/api/hsds/services", name="list_services", tag="required", summary="One page of services, or all of them one a line",
        parameters=PARAMETERS, answer=_PAGE, other_types=(NDJSON,), problems=(400,),
    ),
    Operation(
        method="post", path="/api/hsds/services", name="find_services", tag="optional", summary="The same list, with the parameters in the body",
        parameters=PARAMETERS, body=_ANY_BODY, body_needed=False, answer=_PAGE, other_types=(NDJSON,), problems=(400, 413, 415),
    ),
    *(
        Operation(
            method="get", path=f"/api/hsds/{plural}/{{record_id}}", name=f"get_{one}", tag=tag, summary=summary,
            parameters=(_ITEM_ID,), answer=_schema(one), problems=(404,),
        )
        for plural, one, summary, tag in _ITEMS
    ),
)

router = Router(
    "/api/hsds",
    route_handlers=[base, profile, services, find_services, service, organization, service_at_location, taxonomy, taxonomy_term],
)
