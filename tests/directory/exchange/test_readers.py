"""The reader for a file is told by its kind, by a mapping, or by what it looks like; where it cannot be told, the words say what to add."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from directory.errors import UnreadableInput
from directory.exchange.nyc.tables import COLUMNS, TABLES
from directory.exchange.readers import read_source
from directory.exchange.table.mapping import load_mapping


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_line_of_the_ohana_kind_is_known(tmp_path: Path) -> None:
    record = {"name": "A", "keywords": ["Libraries"], "phones": [], "urls": [], "service_hours": "Daily, 9-5"}
    source, records = read_source(write(tmp_path / "a.jsonl", json.dumps(record) + "\n" + json.dumps(record) + "\n"))
    assert source.code == "san-mateo-ohana"
    assert len(list(records)) == 2
    assert records.shares() == ["mapped 100 % of 2 keyword mentions", "mapped 100 % of 2 hours mentions"]


@pytest.mark.parametrize("text", [
    '{"id": "8b0f3a52-54a1-4a0e-9c39-6f1c9d6f2a11", "name": "A", "phones": [], "keywords": [], "urls": []}\n', '[\n  {"id": "a", "name": "A"}\n]\n',
    '{\n"name": "A"}', '{"name": "A"}\n', "",
])
def test_other_json_is_read_as_hsds(tmp_path: Path, text: str) -> None:
    source, _ = read_source(write(tmp_path / "a.json", text))
    assert (source.kind, source.code) == ("hsds", "hsds-a")


def test_a_folder_of_four_tables_and_any_of_them_is_the_new_york_kind(tmp_path: Path) -> None:
    for name in TABLES:
        write(tmp_path / f"{name}.csv", ",".join(COLUMNS[name]) + "\n")
    for path in (tmp_path, tmp_path / "sites.csv"):
        source, records = read_source(path)
        assert (source.code, list(records)) == ("nyc-funded-services", [])


def test_a_table_with_the_columns_of_a_shipped_mapping_needs_no_other(tmp_path: Path) -> None:
    mapping = load_mapping("los_angeles_farmers_market")
    source, records = read_source(write(tmp_path / "a.csv", ",".join(mapping.needed()) + "\n"))
    assert (source.code, list(records)) == ("los-angeles-farmers-markets", [])


def test_a_mapping_makes_a_table_of_any_file(tmp_path: Path) -> None:
    mapping = write(tmp_path / "m.toml", 'key = ["a"]\n[source]\ncode = "elm"\n[columns]\n"service.name" = "a"\n')
    source, records = read_source(write(tmp_path / "a.data", "a\nElm\n"), mapping=mapping)
    assert (source.code, len(list(records))) == ("elm", 1)


@pytest.mark.parametrize(("name", "kind", "words"), [("a.csv", None, "needs a mapping"), (".", None, "folder"), ("a.csv", "xml", "no reader is called xml")])
def test_what_cannot_be_told_says_what_to_add(tmp_path: Path, name: str, kind: str | None, words: str) -> None:
    write(tmp_path / "a.csv", "a,b\n1,2\n")
    with pytest.raises(UnreadableInput, match=words):
        read_source(tmp_path / name, kind=kind)


def test_a_broken_first_line_is_named_by_the_reader_that_takes_it(tmp_path: Path) -> None:
    _, records = read_source(write(tmp_path / "a.jsonl", '{"name": "A", "keyw'), kind="ohana")
    with pytest.raises(UnreadableInput, match="line 1"):
        list(records)


def test_the_name_of_a_feed_goes_before_the_name_of_its_file(tmp_path: Path) -> None:
    path = write(tmp_path / "services-2026.json", json.dumps([{"id": "1", "name": "Elm"}]))
    assert read_source(path)[0].code == "hsds-services-2026"
    assert read_source(path, feed="Elm County")[0].code == "hsds-elm-county"
