"""The reader takes every shape HSDS JSON comes in, keeps what it does not know, and names what is wrong by line and field."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import UnreadableInput
from directory.exchange.hsds import document
from directory.exchange.hsds.reader import kind_of, read_hsds, read_object
from directory.exchange.hsds.words import UNDESCRIBED
from directory.exchange.records import (
    Location,
    Organization,
    Program,
    Refusal,
    Service,
    ServiceAtLocation,
    SourceInfo,
    SourceRecord,
    Taxonomy,
    TaxonomyTerm,
)

ID = "c06b7d2e-8f0b-4a6e-9d43-0f6a4d1b7a10"
OTHER = "0b3c9a44-52c1-4f6f-8a3a-2f5f8d6f0c11"
SERVICE = {"id": ID, "name": "Repair bench", "status": "active"}
SOURCE = SourceInfo(code="elm", name="Elm", kind="hsds", timezone="Europe/London")


def read(tmp_path: Path, text: str | bytes, name: str = "feed.json") -> list[Any]:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_hsds(path, SOURCE))


def one(said: Any, **options: Any) -> Any:
    return read_object(said, source=SOURCE, file="feed.json", line=3, **options)


@pytest.mark.parametrize(("text", "lines"), [
    (json.dumps(SERVICE), [1]),
    (json.dumps(SERVICE, indent=2), [1]),
    (json.dumps([SERVICE, {**SERVICE, "id": OTHER}]), [1, 1]),
    ("[\n" + json.dumps(SERVICE) + ",\n\n" + json.dumps({**SERVICE, "id": OTHER}) + "\n]\n", [2, 4]),
    (json.dumps(SERVICE) + "\n\n" + json.dumps({**SERVICE, "id": OTHER}) + "\n", [1, 3]),
    ('{"total_items": 1,\n "contents": [\n' + json.dumps(SERVICE) + "]}", [3]),
    ('{"note": {"contents": []},\n "contents": [' + json.dumps(SERVICE) + "]}", [1]),
    ("\ufeff" + json.dumps(SERVICE), [1]),
    ("[]", []),
    ('{"contents": []}', []),
])
def test_every_shape_of_file_is_read_with_its_lines(tmp_path: Path, text: str, lines: list[int]) -> None:
    records = read(tmp_path, text)
    assert [record.line for record in records] == lines
    assert all(isinstance(record.content, Service) for record in records)


@pytest.mark.parametrize(("text", "line", "word"), [
    ('[{"id": "1"},\n{"id": ', 2, "cut short"),
    ('[{"id": "1"}\n{"id": "2"}]', 2, "comma"),
    ('[{"id": "1"},]', 1, "comma"),
    ("[1] 2", 1, "follows"),
    ('{"id": "1",\n"name": }', 2, "whole JSON"),
    ('{"id": "1"}\n{"id": ', 2, "whole JSON"),
    ('{"latitude": NaN}', 1, "NaN"),
    ("[" * 100_000, 1, "nested"),
    ("", None, "empty"),
    (b'{"name": "caf\xe9"}', 1, "UTF-8"),
    ('{"id": "1"}'.encode("utf-16"), 1, "UTF-16"),
])
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str | bytes, line: int | None, word: str) -> None:
    with pytest.raises(UnreadableInput, match=word) as caught:
        read(tmp_path, text)
    assert (caught.value.file, caught.value.line) == ("feed.json", line)


def test_a_line_without_end_is_refused_before_it_fills_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "LINE_LIMIT", 1000)
    monkeypatch.setattr(document, "DOCUMENT_LIMIT", 2000)
    with pytest.raises(UnreadableInput, match="line 2: the line is longer"):
        read(tmp_path, json.dumps(SERVICE) + '\n{"x": "' + "y" * 5000)
    with pytest.raises(UnreadableInput, match="document is longer"):
        read(tmp_path, '{"x": "' + "y" * 5000)


def test_a_file_that_is_not_there_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match="cannot be opened"):
        list(read_hsds(tmp_path / "none.json"))


@pytest.mark.parametrize(("said", "kind"), [
    (SERVICE, Service),
    ({"id": ID, "name": "N", "description": "D"}, Organization),
    ({"id": ID, "name": "N", "description": "D", "website": "https://n.example"}, Organization),
    ({"id": ID, "name": "N", "description": "D", "organization_id": OTHER}, Program),
    ({"id": ID, "name": "N", "description": "D", "version": "1"}, Taxonomy),
    ({"id": ID, "name": "N", "description": "D", "parent_id": OTHER}, TaxonomyTerm),
    ({"id": ID, "service": SERVICE, "location": {"id": OTHER}}, ServiceAtLocation),
    ({"id": ID, "service_id": OTHER, "location_id": OTHER}, ServiceAtLocation),
    ({"id": ID, "location_type": "physical"}, Location),
])
def test_an_object_is_known_by_its_shape(said: dict[str, Any], kind: type[Any]) -> None:
    assert kind_of(said) is kind


def test_the_name_of_the_file_settles_what_the_shape_leaves_open() -> None:
    assert kind_of({"id": ID, "name": "N", "description": "D"}, "taxonomy_list.json") is Taxonomy


@pytest.mark.parametrize("said", [{}, {"id": ID}, [], 7, "x", None, {"foo": 1}])
def test_what_is_no_object_of_hsds_is_refused(said: Any) -> None:
    assert isinstance(one(said), Refusal)


@pytest.mark.parametrize(("spoil", "field"), [
    ({"id": None}, "id"), ({"name": None}, "name"), ({"name": {}}, "name"), ({"name": True}, "name"),
])
def test_a_record_without_what_it_needs_is_refused_by_field(spoil: dict[str, Any], field: str) -> None:
    refusal = one({**SERVICE, **spoil})
    assert isinstance(refusal, Refusal)
    assert (refusal.field, refusal.line) == (field, 3)


@pytest.mark.parametrize(("said", "field"), [
    ({"minimum_age": "young"}, "minimum_age"), ({"phones": {}}, "phones"), ({"phones": ["0161"]}, "phones[0]"),
    ({"phones": [{"id": ID}]}, "phones[0].number"),
    ({"assured_date": "last week"}, "assured_date"), ({"last_modified": 7}, "last_modified"), ({"organization": "Elm"}, "organization"),
    ({"schedules": [{"id": OTHER, "count": 1.5}]}, "schedules[0].count"), ({"minimum_age": 1e301}, "minimum_age"),
])
def test_a_wrong_value_inside_is_set_aside_and_the_rest_is_taken(said: dict[str, Any], field: str) -> None:
    record = one({**SERVICE, **said})
    assert isinstance(record, SourceRecord)
    assert [repair.field for repair in record.repairs] == [field]
    assert "young" not in repr(record.content)
    assert record.leftover != {}   # what was set aside is kept


def test_unknown_properties_are_kept_by_table_and_id() -> None:
    record = one({**SERVICE, "shelf": 4, "phones": [{"id": OTHER, "number": "1", "colour": "red"}]})
    assert record.leftover == {f"service/{ID}": {"shelf": 4}, f"phone/{OTHER}": {"colour": "red"}}


def test_deprecated_fields_are_kept() -> None:
    service = one({**SERVICE, "fees": "None", "wait_time": "A week", "licenses": "A"}).content
    assert (service.fees, service.wait_time, service.licenses) == ("None", "A week", "A")


def test_no_feed_can_open_or_place_with_our_own_fields() -> None:
    place = one({"id": ID, "location_type": "physical", "visibility": "hidden", "point_precision": "town", "assured_by": "steward"}).content
    assert (place.visibility, place.point_precision) == ("public", "given")


def test_a_missing_nested_id_is_made_and_is_the_same_each_time() -> None:
    said = {**SERVICE, "phones": [{"number": "1"}, {"id": "seven", "number": "2"}]}
    first, again = (one(said).content.phones for _ in range(2))
    assert [phone.id for phone in first] == [phone.id for phone in again]
    assert len({phone.id for phone in first}) == 2


def test_ids_that_are_not_uuids_link_up() -> None:
    organization = one({"id": "org-7", "name": "N", "description": "D"}).content
    assert one({**SERVICE, "organization_id": "org-7"}).content.organization_id == organization.id


def test_a_zone_and_an_extension_come_back_from_their_extras() -> None:
    said = {**SERVICE, "phones": [{"id": OTHER, "number": "1", "x_extension": "07", "extension": 7}],
            "schedules": [{"id": OTHER, "timezone": 0, "x_timezone": "Europe/London"}]}
    service = one(said).content
    assert (service.phones[0].extension, service.schedules[0].timezone_name) == ("07", "Europe/London")


def test_a_moment_without_a_zone_is_taken_in_that_of_the_source() -> None:
    record = one({**SERVICE, "last_modified": "2026-07-01T10:00:00"})
    assert record.content.last_modified.isoformat() == "2026-07-01T09:00:00+00:00"
    assert len(record.repairs) == 1


def test_the_sentence_for_no_description_is_none() -> None:
    assert one({"id": ID, "name": "N", "description": UNDESCRIBED, "website": "https://n.example"}).content.description is None


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text(max_size=8)),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(
        ["id", "name", "status", "phones", "number", "organization", "location", "attributes", "taxonomy_term", "unit", "last_modified",
         "x_extension", "description", "service_at_locations", "latitude", "capacities", "parent_id", "metadata"]), inner, max_size=5),
    max_leaves=12,
)


@given(JSON, st.sampled_from([None, Service, Organization, Location, ServiceAtLocation, TaxonomyTerm]))
def test_whatever_json_comes_it_is_a_record_or_a_refusal(said: Any, kind: type[Any] | None) -> None:
    assert isinstance(one(said, kind=kind), SourceRecord | Refusal)


@given(st.dictionaries(st.text(max_size=8), st.integers(), max_size=4))
def test_nothing_of_a_record_is_lost(extra: dict[str, int]) -> None:
    record = one({**extra, **SERVICE})
    kept = record.leftover.get(f"service/{UUID(ID)}", {})
    assert all(kept.get(name) == value or hasattr(record.content, name.removeprefix("x_")) for name, value in extra.items())


@pytest.mark.parametrize("said", [
    {"id": "\ud800", "name": "Elm", "description": "x"},
    {"id": "1", "name": "Elm", "status": "active", "organization": {"id": "\ud800", "name": "Oak", "description": "x"}},
    {"id": "1", "name": "Elm", "status": "active", "organization_id": "a\udfff"},
])
def test_half_a_character_in_an_id_is_told_and_can_be_reported(said: dict[str, Any]) -> None:
    made = read_object(said, source=SOURCE, file="elm.json", line=1)
    noted = [made] if isinstance(made, Refusal) else made.repairs
    assert any("half a character" in one.reason for one in noted)
    msgspec.json.encode(noted)
