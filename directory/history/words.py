"""Rows and fields in the words of people who never saw a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from directory.editing.words import said_of
from directory.exchange.records import Schedule

TABLES: Final = {
    "organization": "organization", "organization_identifier": "number of the organization", "program": "program", "funding": "funding", "url": "web address",
    "service": "listing", "cost_option": "price", "required_document": "thing to bring", "service_area": "area served", "service_capacity": "space",
    "unit": "unit", "location": "place", "address": "address", "accessibility": "access", "service_at_location": "place of the listing",
    "schedule": "hours", "phone": "phone number", "contact": "contact", "language": "language", "attribute": "term", "taxonomy": "vocabulary",
    "taxonomy_term": "word of a vocabulary", "redirect": "redirect", "do_not_list": "note not to list it", "report": "reports of mistakes",
    "claim": "claims", "draft": "drafts", "role": "people", "confirmation": "confirmations", "call": "calls", "reminder": "reminders",
    "conflict": "differences with a source", "provenance": "origin", "source": "source",
}  # fmt: skip
FIELDS: Final = {
    ("service", "url"): "Web site", ("service", "email"): "E-mail address", ("service", "status"): "State", ("service", "assured_date"): "Confirmed on",
    ("service", "assured_by"): "Confirmed by", ("service", "organization_id"): "Organization", ("service", "program_id"): "Program",
    ("service", "application_process"): "How to start", ("service", "fees_description"): "What it costs",
    ("service", "eligibility_description"): "Who it is for",
    ("service", "interpretation_services"): "Interpreting", ("service", "alternate_name"): "Other name", ("service", "alert"): "Notice on top",
    ("service", "minimum_age"): "Youngest age", ("service", "maximum_age"): "Oldest age", ("service", "wait_time"): "Waiting time",
    ("organization", "email"): "E-mail address", ("organization", "website"): "Web site", ("location", "visibility"): "Who may see where it is",
    ("location", "area_name"): "Area in words", ("address", "address_1"): "Street", ("address", "address_2"): "Second line",
    ("address", "postal_code"): "Postcode",
    ("address", "state_province"): "State", ("schedule", "byday"): "Days", ("schedule", "opens_at"): "Opens at", ("schedule", "closes_at"): "Closes at",
    ("schedule", "valid_from"): "From", ("schedule", "valid_to"): "Until", ("phone", "number"): "Number", ("attribute", "taxonomy_term_id"): "Term",
    ("language", "role"): "How it is used", ("service_capacity", "available"): "Places free", ("service_capacity", "maximum"): "Places in all",
}  # fmt: skip
NAMED_BY: Final = {
    "phone": ("number",), "address": ("address_1", "city"), "contact": ("name", "title", "email"), "language": ("name", "code"), "url": ("url",),
    "cost_option": ("option", "amount_description", "amount", "currency"), "required_document": ("document",), "service_area": ("name", "description"),
    "schedule": ("description", "byday", "opens_at", "closes_at"), "accessibility": ("description",), "service_capacity": ("available", "description"),
    "location": ("name",), "organization": ("name",), "service": ("name",), "program": ("name",), "attribute": ("label", "value"), "funding": ("source",),
    "service_at_location": ("description",), "organization_identifier": ("identifier",),
}  # fmt: skip
"""The columns that name a row."""
BESIDE: Final = frozenset({
    "id", "position", "organization_id", "service_id", "location_id", "service_at_location_id", "contact_id", "phone_id", "link_id", "link_entity", "link_type",
    "taxonomy_term_id", "unit_id", "program_id", "last_modified", "added_on", "point_precision", "location_type",
})  # fmt: skip
"""Columns that say nothing to people when a whole row is shown."""
MERGES: Final = {"added": "Made one with another listing", "removed": "The other listing stands by itself again", "changed": "Leads on to another listing"}
"""What a line about a redirect says, by what was done."""
TIMES: Final = ("byday", "opens_at", "closes_at", "valid_from", "valid_to", "description", "notes")


def table_words(entity: str) -> str:
    """What a row of a table is called."""
    return TABLES.get(entity, entity.replace("_", " "))


def field_words(entity: str, field: str | None) -> str:
    """What a column is called; nothing for a whole row."""
    if field is None:
        return ""
    return FIELDS.get((entity, field)) or field.removesuffix("_id").replace("_", " ").capitalize()


def goes_by(entity: str, field: str | None) -> bool:
    """Whether a row is known by this one field: a phone by its number, say."""
    return entity != "service" and NAMED_BY.get(entity) == (field,)


def row_words(entity: str, row: Mapping[str, Any] | None) -> str:
    """A row in a few words: what it is, and what names it."""
    parts = [str(row[name]) for name in NAMED_BY.get(entity, ()) if row.get(name) not in (None, "")] if row else []
    return f"{table_words(entity)} {', '.join(parts)}".strip()


def whole_row_words(entity: str, row: Mapping[str, Any]) -> str:
    """Everything that a row says to people, for one that was added or removed."""
    if entity == "schedule" and (hours := said_of(Schedule(id=row["id"], **_times(row)))):
        return hours
    said = [f"{field_words(entity, name)}: {value}" for name, value in row.items() if name not in BESIDE and value not in (None, "")]
    return "; ".join(said) or row_words(entity, row)


def _times(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: str(row[name]) for name in TIMES if row.get(name)}
