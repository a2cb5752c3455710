"""Records and rows say the same: nothing is lost on the way there and back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from sqlalchemy import event

from directory.exchange import records
from directory.exchange.nest import nested
from directory.exchange.records import Attribute, Organization, Phone, Service
from directory.exchange.rows import flatten, merge
from directory.exchange.shapes import shape_of, table_of, walk
from directory.storage import Storage
from tests.directory.conftest import Bring
from tests.directory.exchange.make import a_location, a_record, a_service, an_id

KINDS = [
    kind for kind in vars(records).values()
    if isinstance(kind, type) and issubclass(kind, Struct) and kind.__module__ == records.__name__ and "id" in kind.__struct_fields__
    and kind is not records.Object
]
NOT_COLUMNS = {("Attribute", "taxonomy"), ("Attribute", "code")}


def nobody(_taxonomy: str, _code: str) -> UUID | None:
    return None


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_of_every_kind_has_a_home_in_the_tables(kind: type[Struct]) -> None:
    shape = shape_of(kind)
    homes = {*shape.columns, *(part.field for part in shape.lists + shape.singles), "attributes"}
    assert {name for name in kind.__struct_fields__ if name not in homes and (kind.__name__, name) not in NOT_COLUMNS} == set()
    assert all(part.key in shape_of(part.kind).table.columns for part in shape.lists)
    assert all(part.key in shape.table.columns for part in shape.singles)


def test_children_carry_their_parent_and_their_place_in_the_list() -> None:
    phones = [Phone(id=an_id("phone", key), number=str(key)) for key in range(3)]
    rows = flatten(a_service(phones=phones), nobody).rows["phone"]
    assert [(rows[phone.id]["service_id"], rows[phone.id]["position"]) for phone in phones] == [(an_id("service", 1), place) for place in range(3)]


def test_an_id_that_tells_two_things_keeps_the_first_and_says_so() -> None:
    one, two = Phone(id=an_id("phone", 1), number="1"), Phone(id=an_id("phone", 1), number="2")
    flat = flatten(a_service(phones=[one], location=a_location(phones=[two])), nobody)
    assert flat.conflicts == [("phone", "number")]


def test_a_term_that_is_not_found_is_named_and_left_out() -> None:
    flat = flatten(a_service(attributes=[Attribute(taxonomy="strengths", code="x")]), nobody)
    assert flat.unknown_terms == [("strengths", "x")]
    assert "attribute" not in flat.rows


def test_the_same_attribute_gets_the_same_id_and_another_value_another() -> None:
    def ids(*values: str | None) -> set[UUID]:
        wishes = [Attribute(taxonomy="access", code="ramp", link_type="access", value=value) for value in values]
        return set(flatten(a_service(attributes=wishes), lambda _t, _c: an_id("term", 1)).rows["attribute"])

    assert ids(None, "no", None) == ids("no", None)
    assert len(ids(None, "no")) == 2


@given(st.dictionaries(st.sampled_from("abc"), st.sampled_from([None, 1, 2])), st.dictionaries(st.sampled_from("abc"), st.sampled_from([None, 1, 2])))
def test_merging_fills_and_never_overwrites(into: dict[str, Any], new: dict[str, Any]) -> None:
    before = dict(into)
    differing = set(merge(into, new))
    assert all(into[name] == value for name, value in before.items() if value is not None)
    assert all(into[name] == value for name, value in new.items() if value is not None and name not in differing)
    assert all(before[name] is not None and new[name] is not None for name in differing)


def test_walking_meets_everything_outermost_first() -> None:
    tables = [table_of(item) for item in walk(a_service())]
    assert tables[0] == "service"
    assert {"organization", "service_at_location", "location", "address", "phone", "language", "schedule"} <= set(tables)


def test_what_was_stored_comes_back_nested_as_it_went_in(storage: Storage, bring: Bring) -> None:
    service = a_service(phones=[Phone(id=an_id("phone", key), number=str(key)) for key in (3, 1, 2)])
    bring(a_record(service))
    with storage.reading() as session:
        (back,) = nested(session, Service, [service.id])
    back.added_on = back.last_modified = None   # set when it came in
    back.organization_id = back.service_at_locations[0].service_id = back.service_at_locations[0].location_id = None   # said by the nesting
    assert msgspec.json.encode(back) == msgspec.json.encode(service)


def queries_for(storage: Storage, keys: list[int]) -> int:
    """How many statements nesting these services takes."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(storage.engine, "before_cursor_execute", note)
    with storage.reading() as session:
        assert len(nested(session, Service, [an_id("service", key) for key in keys])) == len(keys)
    event.remove(storage.engine, "before_cursor_execute", note)
    return len(seen)


def test_many_records_take_as_many_queries_as_one(storage: Storage, bring: Bring) -> None:
    bring(*(a_record(a_service(key), line=key) for key in range(1, 8)))
    assert queries_for(storage, [1]) == queries_for(storage, list(range(1, 8)))


def test_missing_records_are_passed_over_and_the_order_is_the_callers(storage: Storage, bring: Bring) -> None:
    bring(*(a_record(a_service(key), line=key) for key in (1, 2)))
    with storage.reading() as session:
        found = nested(session, Service, [an_id("service", key) for key in (2, "none", 1)])
        assert [item.id for item in found] == [an_id("service", 2), an_id("service", 1)]
        assert nested(session, Organization, []) == []
