"""How an operation of the JSON interface describes itself; web/api/openapi.py writes the one document from these."""

from __future__ import annotations

from typing import Any, Literal

from msgspec import Struct


class Parameter(Struct, frozen=True, kw_only=True):
    """A parameter in the query or the path. ``schema`` is JSON Schema."""

    name: str
    meaning: str
    schema: dict[str, Any]
    where: Literal["query", "path"] = "query"


class Operation(Struct, frozen=True, kw_only=True):
    """One method of one path. ``answer`` is a Struct, or a JSON Schema; ``problems`` are the statuses it may refuse with."""

    method: Literal["get", "post"]
    path: str
    name: str
    summary: str
    tag: str
    answer: Any
    body: Any = None
    body_needed: bool = True
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[int, ...] = ()
    media_type: str = "application/json"
    other_types: tuple[str, ...] = ()
