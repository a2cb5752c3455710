"""The one OpenAPI document, written from what the operations say of themselves; the shapes are those the server checks with."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib.metadata import version
from typing import Any

import msgspec
from litestar import Response, Router, get
from litestar.di import NamedDependency
from litestar.response import Template

from web.api import bmlt, feeds, hsds, match, words
from web.api.operations import Operation
from web.errors import PROBLEM
from web.house import House

TITLE = "Homeground"
DESCRIPTION = (
    "Local services, groups and opportunities, ranked for one person with the reasons. Nothing that is sent here is kept or logged. "
    "No key is needed. Errors are problem details (RFC 9457)."
)
MEANINGS = {
    400: "The request cannot be read; the field is named.", 404: "There is no such thing.", 406: "No such format.",
    410: "It has been taken down.", 413: "The body is larger than a million bytes.", 415: "The body is not JSON in UTF-8.",
    422: "The request is understood, but part of it does not fit.",
}
_REF = "#/components/schemas/{name}"


def operations() -> tuple[Operation, ...]:
    """Every operation of the interface, in the order of the document."""
    return (*match.OPERATIONS, *words.OPERATIONS, *hsds.OPERATIONS, *feeds.OPERATIONS, *bmlt.OPERATIONS)


def document(base_url: str) -> dict[str, Any]:
    """The OpenAPI 3.1 document of this installation."""
    described = operations()
    shapes = [shape for item in described for shape in (item.body, item.answer) if isinstance(shape, type)]
    _, components = msgspec.json.schema_components(shapes, ref_template=_REF)
    return {
        "openapi": "3.1.0",
        "info": {"title": TITLE, "version": version("homeground"), "description": DESCRIPTION, "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": base_url}],
        "tags": [{"name": tag} for tag in dict.fromkeys(item.tag for item in described)],
        "paths": _paths(described),
        "components": {"schemas": {**components, "Problem": PROBLEM_SCHEMA}},
    }


def _paths(described: Iterable[Operation]) -> dict[str, Any]:
    paths: dict[str, dict[str, Any]] = {}
    for item in described:
        paths.setdefault(item.path, {})[item.method] = _operation(item)
    return paths


def _operation(item: Operation) -> dict[str, Any]:
    contents = {kind: {"schema": _schema(item.answer)} for kind in (item.media_type,)} | {kind: {} for kind in item.other_types}
    made: dict[str, Any] = {
        "operationId": item.name,
        "summary": item.summary,
        "tags": [item.tag],
        "responses": {"200": {"description": item.summary, "content": contents}} | {str(status): _problem(status) for status in item.problems},
    }
    if item.parameters:
        made["parameters"] = [
            {"name": one.name, "in": one.where, "description": one.meaning, "required": one.where == "path", "schema": one.schema}
            for one in item.parameters
        ]
    if item.body is not None:
        made["requestBody"] = {"required": item.body_needed, "content": {"application/json": {"schema": _schema(item.body)}}}
    return made


def _schema(shape: Any) -> dict[str, Any]:
    return {"$ref": _REF.format(name=shape.__name__)} if isinstance(shape, type) else dict(shape)


def _problem(status: int) -> dict[str, Any]:
    return {"description": MEANINGS[status], "content": {PROBLEM: {"schema": {"$ref": _REF.format(name="Problem")}}}}


_TEXT = {"type": "string"}
PROBLEM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "title": "Problem details (RFC 9457)",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": _TEXT,
        "title": _TEXT,
        "status": {"type": "integer"},
        "detail": _TEXT,
        "errors": {"type": "array", "items": {"type": "object", "required": ["field", "message"], "properties": {"field": _TEXT, "message": _TEXT}}},
        "choices": {"type": "array", "items": {"type": "object", "properties": {"label": _TEXT, "text": _TEXT}}},
        "id": {"type": "string", "description": "Give this when you tell us of an error that is our fault."},
    },
}


@lru_cache(4)
def _encoded(base_url: str) -> bytes:
    return msgspec.json.encode(document(base_url))


@get("/openapi.json", name="api.openapi", sync_to_thread=True)
def show_document(house: NamedDependency[House]) -> Response[bytes]:
    """The OpenAPI document."""
    return Response(_encoded(house.settings.base_url), media_type="application/json", headers={"Cache-Control": "public, max-age=300"})


@get("/", name="api.index", sync_to_thread=True)
def index() -> Template:
    """The interface for people: what there is, and how to ask."""
    return Template("api/index.html", context={"operations": operations()})


router = Router("/api", route_handlers=[show_document, index])
