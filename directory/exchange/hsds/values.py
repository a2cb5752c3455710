"""Single values as HSDS writes them, and whether they keep the formats that its schemas check."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[A-Za-z0-9._~-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~:/@!$&'()*+,;=%-]*)?(\?[^#]*)?(#[^#]*)?")
REST = re.compile(r"(?:[A-Za-z0-9._~:/?#@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
URIS = frozenset({
    ("organization", "website"), ("organization", "uri"), ("service", "url"), ("location", "url"), ("url", "url"), ("taxonomy_term", "term_uri"),
    ("taxonomy", "uri"), ("schedule", "schedule_link"), ("required_document", "uri"), ("accessibility", "url"), ("unit", "uri"),
})
EMAILS = frozenset({("organization", "email"), ("service", "email"), ("contact", "email"), ("service", "assurer_email")})
CHOICES = {
    ("schedule", "freq"): frozenset({"WEEKLY", "MONTHLY"}),
    ("schedule", "wkst"): frozenset({"MO", "TU", "WE", "TH", "FR", "SA", "SU"}),
    ("address", "address_type"): frozenset({"physical", "postal", "virtual"}),
}


def as_json(value: Any) -> Any:
    """A value as JSON: whole numbers without a point, moments in UTC with ``Z`` and no trailing zeros, days and ids as text."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, datetime):
        text = value.astimezone(UTC).replace(tzinfo=None).isoformat()
        return (text.rstrip("0") if "." in text else text) + "Z"
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def keeps_format(table: str, name: str, value: Any) -> bool:
    """Whether the schema's format or list of choices takes this value; the URI check is narrower than RFC 3986, never wider."""
    if (table, name) in URIS:
        return isinstance(value, str) and bool(URI.fullmatch(value)) and bool(REST.fullmatch(value))
    if (table, name) in EMAILS:
        return isinstance(value, str) and bool(EMAIL.fullmatch(value))
    choices = CHOICES.get((table, name))
    return choices is None or value in choices


def means_the_same(spelling: Any, value: Any) -> bool:
    """Whether what a source wrote for a moment or a day is what we write: equal as a moment, in another zone or with other digits."""
    try:
        return datetime.fromisoformat(spelling).astimezone(UTC) == datetime.fromisoformat(value).astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        return False
