"""The parameters of the HSDS lists, from an address or from a JSON body, read into one shape."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from urllib.parse import parse_qsl
from uuid import UUID

import msgspec
from msgspec import Meta, Struct

from web.api.bodies import no_odd_letters, read_body, shape_error
from web.api.operations import Parameter
from web.refused import FieldError, Refused

MOST_PAGES = 10_000
MOST_PARAMETERS = 100
JSON, NDJSON = "application/json", "application/x-ndjson"


class ServicesAsked(Struct, kw_only=True):
    """What may be asked of the list of services. Every filter narrows; parameters it does not know are passed over, as HSDS wants."""

    search: Annotated[str, Meta(max_length=400)] | None = None
    page: Annotated[int, Meta(ge=1, le=MOST_PAGES)] = 1
    per_page: Annotated[int, Meta(ge=1, le=2**31)] = 50
    format: Literal["json", "ndjson"] = "json"
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: str | None = None
    minimal: bool = False
    full: bool = False

    def filters(self) -> dict[str, Any]:
        """What narrows the list, as the directory takes it."""
        moment = _moment(self.modified_after) if self.modified_after else None
        names = ("search", "taxonomy_term_id", "taxonomy_id", "organization_id")
        return {name: getattr(self, name) for name in names} | {"modified_after": moment}


_ID = {"type": "string", "format": "uuid"}
_MEANINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "search": ("Words that the name, the description or the organization's name must contain, all of them.", {"type": "string", "maxLength": 400}),
    "page": ("Which page, from 1.", {"type": "integer", "minimum": 1, "maximum": MOST_PAGES, "default": 1}),
    "per_page": ("Items on a page; more than 500 are cut to 500, and size tells.", {"type": "integer", "minimum": 1, "default": 50}),
    "format": ("json is a page; ndjson is everything, one object a line, without pages.", {"type": "string", "enum": ["json", "ndjson"]}),
    "taxonomy_term_id": ("Services that carry this term or a narrower one.", _ID),
    "taxonomy_id": ("Services that carry any term of this taxonomy.", _ID),
    "organization_id": ("Services of this organization.", _ID),
    "modified_after": ("Services changed at this moment or later (RFC 3339, or a date).", {"type": "string"}),
    "minimal": ("Only id, name, status and last change.", {"type": "boolean", "default": False}),
    "full": ("Every item whole, as its own address gives it.", {"type": "boolean", "default": False}),
}
PARAMETERS = tuple(Parameter(name=name, meaning=meaning, schema=schema) for name, (meaning, schema) in _MEANINGS.items())


def from_query(query: bytes) -> ServicesAsked:
    """The parameters of an address; ``Refused`` (400) names the one that cannot be read."""
    try:
        pairs = parse_qsl(query.decode("ascii"), errors="strict", max_num_fields=MOST_PARAMETERS)
    except UnicodeError:
        raise Refused(400, "The address holds letters that are not UTF-8.") from None
    except ValueError:
        raise Refused(400, f"The address has more than {MOST_PARAMETERS} parameters.") from None
    given = dict(pairs)
    twice = next((name for name, _ in pairs if name in ServicesAsked.__struct_fields__ and sum(name == other for other, _ in pairs) > 1), None)
    if twice:
        raise Refused(400, f"{twice}: Given twice. Give it once.", errors=(FieldError(twice, "Given twice. Give it once."),))
    return _convert(given)


def from_body(body: bytes, content_type: str, query: bytes) -> ServicesAsked:
    """The parameters of a POST: those of its body, if it has one, before those of its address."""
    asked = from_query(query)
    if not body:
        return asked
    said = read_body(body, content_type, dict[str, Any])
    known = {name: getattr(asked, name) for name in ServicesAsked.__struct_fields__ if getattr(asked, name) is not None}
    return _convert({**known, **{name: value for name, value in said.items() if value is not None}})


def _convert(given: Mapping[str, Any]) -> ServicesAsked:
    kept = {name: value for name, value in given.items() if name in ServicesAsked.__struct_fields__ and value != ""}
    try:
        asked = msgspec.convert(kept, ServicesAsked, strict=False)
    except msgspec.ValidationError as error:
        raise shape_error(str(error)) from None
    no_odd_letters(asked.search or "")
    asked.filters()   # a moment that cannot be read is told before anything is answered
    return asked


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text.replace(" ", "+"))   # a plus sign in an address is read as a space
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        message = "This must be a moment such as 2026-11-22T09:00:00Z, or a date."
        raise Refused(400, f"modified_after: {message}", errors=(FieldError("modified_after", message),)) from None
