"""A row gives what is asked for, and what nobody asked for is not lost."""

from __future__ import annotations

import unicodedata
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from directory.exchange.reading.row import Row, clean, fold, shown
from directory.exchange.records import SourceInfo

SOURCE = SourceInfo(code="elm", name="Elm", kind="test", country="US")
ANYTHING = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3), max_leaves=4)


def a_row(**values: Any) -> Row:
    return Row(values, source=SOURCE, file="elm.jsonl", line=4)


@given(st.dictionaries(st.text(min_size=1, max_size=3), ANYTHING, max_size=5), st.data())
def test_every_value_is_taken_reported_or_left_over(values: dict[str, Any], data: st.DataObject) -> None:
    row = a_row(**values)
    asked = data.draw(st.sets(st.sampled_from(sorted(values)))) if values else set()
    texts = {name: row.text(name) for name in asked}
    for name, value in values.items():
        is_empty = value in (None, "", []) or clean(value) is None
        accounted = texts.get(name) is not None or name in row.leftover() or any(repair.field == name for repair in row.repairs)
        assert accounted or is_empty


@given(st.text())
def test_clean_text_is_stable_and_has_nothing_a_database_refuses(text: str) -> None:
    cleaned = clean(text)
    if cleaned is None:
        return
    assert "\0" not in cleaned
    assert cleaned == cleaned.strip() == clean(cleaned)
    assert unicodedata.is_normalized("NFC", cleaned)


def test_a_single_text_and_a_list_read_alike() -> None:
    assert a_row(area="Ash County").texts("area") == a_row(area=["Ash County", " ", "Ash County"]).texts("area") == ["Ash County"]


def test_a_list_where_one_text_belongs_is_kept_whole_and_reported() -> None:
    row = a_row(name=["a", "b"])
    assert row.text("name") is None
    assert row.leftover() == {"name": ["a", "b"]}
    assert [(repair.file, repair.line, repair.field) for repair in row.repairs] == [("elm.jsonl", 4, "name")]


def test_a_number_is_written_out() -> None:
    assert a_row(zip=94063).text("zip") == "94063"


def test_long_values_are_shortened_in_reports_only() -> None:
    assert len(shown("x" * 5000)) == 200
    assert shown("short") == "short"


def test_names_that_differ_in_case_blanks_and_quotes_fold_alike() -> None:
    assert fold("Children’s  Place") == fold("CHILDREN'S PLACE")


def test_ids_are_the_same_for_the_same_parts_and_differ_between_records() -> None:
    one, other = a_row(), a_row()
    one.key, other.key = "a", "b"
    assert one.id("phone", "1") == one.id("phone", "1") != other.id("phone", "1")
