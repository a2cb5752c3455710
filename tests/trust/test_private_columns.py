"""Every table is either of the public catalogue or kept from it; what tells of a person says so in the model, and no feed can reach it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec import Struct
from sqlalchemy import Column, String

from directory.exchange import records
from directory.exchange.shapes import shape_of
from directory.models import Base

CATALOGUE = {
    "accessibility", "address", "attribute", "contact", "cost_option", "funding", "gazetteer_file", "gazetteer_row", "language", "location", "organization",
    "organization_identifier", "phone", "program", "provenance", "required_document", "schedule", "service", "service_area", "service_at_location",
    "service_capacity", "source", "taxonomy", "taxonomy_term", "unit", "urgent_line", "urgent_phrase", "url",
}  # fmt: skip
"""Tables whose rows may be shown to anybody."""
DESKS = {table.name for table in Base.metadata.sorted_tables} - CATALOGUE
PLAIN = {
    # Codes, words of ours and marks: nothing that a person wrote, and nothing that tells who somebody is.
    "action", "after", "answered_by", "area", "becomes", "before", "by", "code", "confirmed_by", "decided_by", "entity", "facet", "failed", "field",
    "first_contact", "granted_by", "holder", "how", "introduced_by", "job", "kind", "language", "made_by", "month", "outcome", "part", "purpose", "reason",
    "recorded_by", "role", "saved_by", "state", "topic", "question", "share", "side", "undone_by", "via", "was", "why", "wording",
    # Answers of the desks, which go to whoever asked.
    "answer", "note", "about",
    # What conflicts and do-not-list tell of is of the catalogue.
    "base", "ours", "theirs", "name", "phrase",
}  # fmt: skip
"""Text columns of the desks that carry no mark, with the reason above."""


def texts(tables: set[str]) -> Iterator[Column[object]]:
    return (column for name in sorted(tables) for column in Base.metadata.tables[name].columns if isinstance(column.type, String))


@pytest.mark.parametrize("column", list(texts(DESKS)), ids=str)
def test_every_text_of_the_desks_is_marked_or_named_here(column: Column[object]) -> None:
    assert column.info.get("sensitivity") or column.name in PLAIN, f"say private(...) in the model, or why {column} is plain"


@pytest.mark.parametrize("column", list(texts(CATALOGUE)), ids=str)
def test_nothing_of_the_catalogue_is_private(column: Column[object]) -> None:
    assert not column.info


def test_no_record_of_the_exchange_reaches_a_private_table() -> None:
    kinds = [kind for kind in vars(records).values() if isinstance(kind, type) and issubclass(kind, Struct) and kind.__module__ == records.__name__]
    beside = (Struct, records.Object, records.SourceInfo, records.SourceRecord, records.Refusal, records.Repair)
    reached = {shape_of(kind).table.name for kind in kinds if kind not in beside}
    assert reached <= CATALOGUE


def test_secrets_are_kept_hashed_or_sealed() -> None:
    secrets = {f"{column.table.name}.{column.name}" for column in texts(DESKS) if column.info.get("sensitivity") == "secret"}
    assert {"sign_in.id_hash", "link.id_hash", "account.password", "account.totp", "recovery_code.code_hash"} <= secrets
