"""Tests of reading JSON bodies strictly."""

from __future__ import annotations

import json
from typing import Annotated, Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Meta, Struct

from web.api.bodies import MOST_DEPTH, read_body
from web.refused import Refused

JSON = "application/json"


class Inner(Struct, forbid_unknown_fields=True):
    code: Annotated[str, Meta(max_length=5)]
    level: Annotated[int, Meta(ge=0, le=3)] = 0


class Shape(Struct, forbid_unknown_fields=True):
    text: str = ""
    number: float = 0
    items: tuple[Inner, ...] = ()


def refusal(body: bytes, kind: str = JSON) -> Refused:
    with pytest.raises(Refused) as raised:
        read_body(body, kind, Shape)
    return raised.value


def is_read_or_refused(body: bytes) -> bool:
    try:
        return isinstance(read_body(body, JSON, Shape), Shape)
    except Refused as error:
        return error.status == 400


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(st.builds(Shape, text=st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])), number=st.floats(-1e9, 1e9)))
def test_what_fits_the_shape_is_read_as_it_was_written(said: Shape) -> None:
    assert read_body(msgspec.json.encode(said), JSON, Shape) == said


@given(PLAIN)
def test_any_json_is_read_or_refused_and_never_breaks(said: Any) -> None:
    assert is_read_or_refused(json.dumps(said).encode())


@settings(max_examples=300)
@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_never_break(body: bytes) -> None:
    assert is_read_or_refused(body)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"\xff\xfe{\x00}\x00", "not UTF-8"),
        (b'{"text": "\xc3\x28"}', "byte 11"),
        (b"\xef\xbb\xbf{}", "byte order mark"),
        (b'{"text": "a", "text": "b"}', "twice"),
        (b'{"items": [{"code": "a", "code": "a"}]}', "twice"),
        (b'{"number": NaN}', "NaN"),
        (b'{"number": -Infinity}', "Infinity"),
        (b'{"number": 1e999}', "out of range"),
        (b'{"number": ' + b"9" * 5000 + b"}", "too large"),
        (b'{"text": "\\ud800"}', "surrogate"),
        (b'{"text": "\\u0000"}', "NUL"),
        (b'{"\\u0000": 1}', "NUL"),
        (b'{"text": "a"', "line 1, column"),
        (b'{"text": "a"} {}', "not JSON"),
        (b"[" * 100_000, "nest"),
        (b"[" * 100_000 + b"]" * 100_000, "nest"),
        (b'{"a":' * 100_000, "nest"),
        (b"[" * (MOST_DEPTH + 1) + b"]" * (MOST_DEPTH + 1), "nested more than"),
        (b"null", "whole body"),
        (b"[]", "whole body"),
        (b'"text"', "whole body"),
    ],
)
def test_what_readers_understand_differently_is_refused_with_the_reason(body: bytes, words: str) -> None:
    error = refusal(body)
    assert error.status == 400
    assert words in error.detail


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"other": 1}, "other"),
        ({"items": [{"code": "a"}, {"code": "b", "kind": 1}]}, "items[1].kind"),
        ({"items": [{"code": "abcdef"}]}, "items[0].code"),
        ({"items": [{}]}, "items[0].code"),
        ({"items": [{"code": "a", "level": 4}]}, "items[0].level"),
        ({"items": [{"code": "a", "level": 2**64}]}, "items[0].level"),
        ({"text": 1}, "text"),
        ({"items": {}}, "items"),
        ({"here - at `$.there`": 1}, "here - at `$.there`"),
    ],
)
def test_the_path_of_a_bad_field_is_named(said: dict[str, Any], field: str) -> None:
    error = refusal(json.dumps(said).encode())
    assert [one.field for one in error.errors] == [field]


def test_words_of_the_type_checker_are_said_plainly() -> None:
    assert refusal(b'{"text": 1}').errors[0].message == "Expected text, got a whole number."


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin-1", "application/jsonp"])
def test_other_kinds_of_content_are_refused_as_such(kind: str) -> None:
    assert refusal(b"{}", kind).status == 415


@pytest.mark.parametrize("kind", [JSON, "Application/JSON", "application/json; charset=UTF-8", 'application/json;charset="utf-8"'])
def test_json_in_utf_8_is_taken_however_it_is_named(kind: str) -> None:
    assert read_body(b"{}", kind, Shape) == Shape()


@pytest.mark.parametrize("body", [b'"' * 1_000_000, b'"' + b'\\"' * 500_000, b'{"a":"' + b"\\" * 900_000, b"[1," * 300_000])
def test_a_million_bytes_of_nonsense_are_refused_in_a_moment(body: bytes) -> None:
    import time

    began = time.perf_counter()
    refusal(body)
    assert time.perf_counter() - began < 2
