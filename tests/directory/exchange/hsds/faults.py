"""What the official schemas say against an object, with format checks and without the network."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012


@cache
def _validator(schemas: Path, kind: str) -> Draft202012Validator:
    def load(uri: str) -> Resource[Any]:
        name = uri.rsplit("/", 1)[-1].replace("_list.json", ".json")
        return Resource.from_contents(json.loads((schemas / name).read_text()), default_specification=DRAFT202012)

    schema = json.loads((schemas / f"{kind}.json").read_text())
    return Draft202012Validator(schema, registry=Registry(retrieve=load), format_checker=FormatChecker())   # type: ignore[call-arg]


def faults(hsds: Path, kind: str, instance: Any) -> list[tuple[str, str]]:
    """The faults of an object of a kind, each with the path to it."""
    return [("/".join(map(str, error.absolute_path)), error.message) for error in _validator(hsds / "schema", kind).iter_errors(instance)]
