"""Bodies of forms: what a browser sends is read, whatever else comes is refused, and nothing of either stays."""

from __future__ import annotations

import functools
import gc
from types import FunctionType, ModuleType
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Litestar

from directory.languages import language_label
from tests.web.raw import Answer, ask
from web.forms.posted import KIND, MOST_FIELDS, read_form
from web.refused import Refused

MULTIPART = b'--x\r\nContent-Disposition: form-data; name="text"\r\nContent-Type: text/plain; charset=bogus\r\n\r\nfood\r\n--x--\r\n'


def search(app: Litestar, body: bytes, kind: str = KIND) -> Answer:
    return ask(app, "POST", "/search", body=[body], headers=[("Content-Type", kind)] if kind else [])


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=8))))
def test_what_a_browser_sends_comes_back_in_its_order(pairs: list[tuple[str, str]]) -> None:
    pairs = [(name.encode("utf-8", "replace").decode(), value.encode("utf-8", "replace").decode()) for name, value in pairs]
    form = read_form(urlencode(pairs).encode(), KIND)
    for name in {name for name, _ in pairs}:
        values = [value for other, value in pairs if other == name]
        assert form.getall(name, []) == values
        assert form.get(name) == values[0]
    assert form.get("not there") is None


@given(st.binary(max_size=200))
def test_any_bytes_are_read_as_text(body: bytes) -> None:
    read_form(body, KIND).get("text")


@pytest.mark.parametrize("charset", ["UTF-8", "utf8", '"utf-8"', "us-ascii; x=y"])
def test_a_charset_that_is_utf_8_is_taken(charset: str) -> None:
    assert read_form(b"text=food", f"{KIND}; charset={charset}").get("text") == "food"


@pytest.mark.parametrize(
    "kind", ["", "multipart/form-data; boundary=x", "multipart/form-data", "application/json", f"{KIND}; charset=utf-16", f"{KIND}; charset=bogus"]
)
def test_another_kind_of_body_is_refused_with_a_page(web_app: Litestar, kind: str) -> None:
    answer = search(web_app, MULTIPART, kind)
    assert answer.status == 415
    assert 'href="/leave"' in answer.text


def test_nothing_at_all_is_an_empty_form(web_app: Litestar) -> None:
    assert search(web_app, b"", "").status == 200


def test_a_form_of_very_many_fields_is_refused(web_app: Litestar) -> None:
    assert read_form(b"&".join([b"supports=food"] * MOST_FIELDS), KIND).get("supports") == "food"
    with pytest.raises(Refused, match="more than"):
        read_form(b"&".join([b"supports=food"] * (MOST_FIELDS + 1)), KIND)
    assert search(web_app, b"&" * 900_000).status == 400


def test_nothing_of_a_posted_form_stays_in_a_cache(web_app: Litestar) -> None:
    written = "quill" + "feather " * 3 + "at dusk"
    assert search(web_app, urlencode({"text": written, "own_strengths": written, "place": written}).encode()).status == 200
    gc.unfreeze()   # what was there before the first test is set aside (tests/conftest.py), and most caches with it
    caches = [thing for thing in gc.get_objects() if isinstance(thing, functools._lru_cache_wrapper)]
    gc.freeze()
    assert len(caches) > 5
    assert language_label in caches, "a cache that is made with its module is looked through too"
    assert [cache for cache in caches if any("feather feather" in text.replace("+", " ") for text in _texts_in(cache))] == []


def _texts_in(cache: object) -> set[str]:
    """Every text that a cache refers to, some steps deep: its keys, its values, and what is inside them."""
    found: set[str] = set()
    now, seen = [cache], {id(cache)}
    for _ in range(8):
        inner = [part for part in gc.get_referents(*now) if id(part) not in seen and not isinstance(part, type | ModuleType | FunctionType)]
        seen |= {id(part) for part in inner}
        found |= {part if isinstance(part, str) else part.decode("latin-1") for part in inner if isinstance(part, str | bytes)}
        now = [part for part in inner if not isinstance(part, str | bytes | int | float)]
    return found
