"""Requests of every bad kind: each is answered in the one error shape with a status below 500, and says nothing personal in any log."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar import Litestar

from tests.web.raw import Answer, ask
from tests.web.routes import PUBLIC

Case = tuple[str, str, bytes, dict[str, str]]
JSON = {"Content-Type": "application/json"}
POSTS = ("/api/match", "/api/strengths", "/api/hsds/services", "/search", "/search/around", "/search/week")
ODD_BODIES = (
    b"", b" ", b"\x00", b"\xff", b"\xfe\xff\x00{", b"\xef\xbb\xbf{}", b"null", b"true", b"1", b'"text"', b"[]", b"[[]]", b"{", b"}", b"{]", b'{"text"}',
    b'{"text":}', b"{'text': 'a'}", b'{"text": "a",}', b"{}{}", b"{} //", b'{"text": "\xc3\x28"}', b'{"text": "\x01"}', b'{"text": "\\ud800"}',
    b'{"text": "\\u0000"}', b'{"text": "a", "text": "b"}', b'{"limit": NaN}', b'{"limit": Infinity}', b'{"limit": -Infinity}', b'{"limit": 1e999}',
    b'{"limit": ' + b"9" * 30 + b"}", b'{"limit": ' + b"9" * 10_000 + b"}", b"[" * 100_000, b"[" * 100_000 + b"]" * 100_000, b'{"text":' * 100_000,
    b'{"profile":' * 40 + b"{}" + b"}" * 40, b'{"text": ' + b'"a' * 1000, b"text=%ff&text=%00", b"--x\r\n\r\n--x--", b"PK\x03\x04", b"\x1f\x8b\x08\x00",
    b'{"text": {"text": 1}}', b'{"text": ["a"]}', b'{"TEXT": "a"}', b'{"": 1}', b'{"__proto__": {}}', b'{"text": null}',
)
ODD_VALUES: tuple[Any, ...] = (
    None, True, -1, 0, 1.5, 2**31, 2**63, 2**64, 10**40, -(2**63) - 1, "", "x" * 1000, "\u202e", [], [None], [[]], {}, {"a": {}}, "' OR 1=1 --", "%00", "../..",
)
FIELDS = (
    "text", "supports", "place", "latitude", "longitude", "max_km", "travel", "must_haves", "profile", "limit", "offset", "unknown",
)
KINDS = ("", "text/plain", "text/html", "multipart/form-data", "application/x-www-form-urlencoded", "application/json; charset=utf-16", "a" * 300, "/", ";")
QUERIES = (
    "page=0", "page=-1", "page=9223372036854775808", "page=1e3", "page=٣", "per_page=0", "per_page=99999999999999999999", "page=%00", "page=%ff",
    "search=%00", "search=%ff%fe", "search=%u0041", "search=%", "search=%zz", "format=", "format=xml", "taxonomy_id=0", "modified_after=9999-99-99",
    "modified_after=%2B", "full=2", "search=" + "a" * 5000, "&&&&", "=", "=&=", "page", "page=1;page=2", "page[]=1", "search=[", "&".join("a" * 300),
)
PATHS = (
    "/listings/0", "/listings/-1", "/listings/%00", "/listings/%ff", "/listings/9223372036854775808", "/listings/" + "9" * 5000, "/browse/%00", "/browse/%ff",
    "/browse/food_pantry?page=0", "/browse/food_pantry?page=-1", "/browse/food_pantry?page=x", "/browse/food_pantry?page=9223372036854775808",
    "/browse/food_pantry?page=%ff", "/api/hsds/services/%00", "/api/hsds/services/{}", "/api/vocabularies/%00", "/api/vocabularies/%ff%fe",
    "/static/%00/%00", "/static/a/" + "b/" * 500, "/%", "/%zz", "/.git/config", "/..%2f..%2fetc%2fpasswd", "/web/settings.py", "/\\", "/;", "/?%ff", "/" * 500,
)
HEADERS: tuple[dict[str, str], ...] = (
    {"Content-Length": "abc"}, {"Content-Length": "-1"}, {"Content-Length": "99999999999"}, {"Host": "exa mple"}, {"Host": ""}, {"Accept": "\x7f"},
    {"Accept": "a/b" * 500}, {"Accept-Encoding": ";;;q=x"}, {"Accept-Language": "q=;," * 200}, {"If-None-Match": ",,,\"" * 200}, {"Cookie": "=;" * 500},
    {"If-Modified-Since": "never"}, {"Range": "bytes=9-1"}, {"X-Forwarded-For": "'"}, {"X-Forwarded-Host": "evil.example"}, {"HX-Request": "\x7f"},
    {"X-HTTP-Method-Override": "DELETE"}, {"Origin": "null"}, {"Transfer-Encoding": "gzip"}, {"Expect": "100-continue"},
)


def corpus() -> Iterator[Case]:
    """Every case, with the status it may have left open: only 5xx and a wrong shape are failures."""
    for path, body in product(POSTS, ODD_BODIES):
        yield "POST", path, body, JSON
    for field, value in product(FIELDS, ODD_VALUES):
        yield "POST", "/api/match", json.dumps({field: value}).encode(), JSON
    for path, kind in product(POSTS, KINDS):
        yield "POST", path, b'{"text": "food"}', {"Content-Type": kind}
    for query in QUERIES:
        yield "GET", f"/api/hsds/services?{query}", b"", {}
        yield "POST", f"/api/hsds/services?{query}", b"{}", JSON
    for path in PATHS:
        yield "GET", path, b"", {}
    for header, (method, path) in product(HEADERS, (("GET", "/"), ("POST", "/api/match"), ("POST", "/search"), ("GET", "/api/hsds/services"))):
        yield method, path, b"{}" if method == "POST" else b"", {**(JSON if path.startswith("/api") else {}), **header}
    for method, path in product(("TRACE", "CONNECT", "PROPFIND", "get", "X" * 100), ("/", "/api/match", "/none")):
        yield method, path, b"", {}


CASES = list(corpus())


def answer_of(app: Litestar, case: Case) -> Answer:
    method, path, body, headers = case
    return ask(app, method, path, body=[body], headers=headers.items())


def check(app: Litestar, case: Case) -> int:
    """The status, which is below 500; an error under /api or /feeds is a problem, elsewhere a page with the way out and urgent help."""
    answer = answer_of(app, case)
    name = f"{case[0]} {case[1][:80]} {case[2][:80]!r} {case[3]}: {answer.status}"
    assert answer.status < 500, name
    if answer.status < 400 or case[0] == "HEAD":
        return answer.status
    if unquote(case[1]).partition("?")[0] == "/api" or unquote(case[1]).startswith(("/api/", "/feeds/")):
        assert answer.headers["content-type"] == "application/problem+json", name
        said = json.loads(answer.body)
        assert said["status"] == answer.status, name
        assert said["title"], name
        assert said["detail"], name
    else:
        assert answer.headers["content-type"].startswith("text/html"), name
        assert 'href="/leave"' in answer.text, name
        assert "tel:988" in answer.text, name
    return answer.status


def test_the_corpus_is_large_enough() -> None:
    assert len(CASES) >= 300


def test_every_bad_request_is_refused_in_the_one_shape_and_most_really_are(web_app: Litestar) -> None:
    refused = sum(check(web_app, case) >= 400 for case in CASES)
    assert refused > len(CASES) * 0.6


@pytest.mark.parametrize("path", ["/api/match", "/api/strengths", "/search"])
def test_a_body_above_a_million_bytes_is_too_large(web_app: Litestar, path: str) -> None:
    kind = [("Content-Type", "application/x-www-form-urlencoded" if path == "/search" else "application/json")]
    announced = ask(web_app, "POST", path, headers=[*kind, ("Content-Length", "1000001")])
    for answer in (announced, ask(web_app, "POST", path, body=[b" " * 1000] * 1001, headers=kind)):
        assert answer.status == 413
        assert answer.headers["content-type"].startswith("application/problem+json" if path.startswith("/api") else "text/html")


TEXTS = st.text(max_size=60)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**70), 2**70) | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
PROFILE_FIELDS = ("strengths", "interests", "languages", "times", "age", "importance", "give", "steer_clear", "newness", "about")
QUESTIONS = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=5) | st.fixed_dictionaries(
    {"profile": st.dictionaries(st.sampled_from(PROFILE_FIELDS), VALUES, max_size=4)}
)
FUZZ = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FUZZ
@given(QUESTIONS)
def test_any_question_is_answered_or_refused(web_app: Litestar, said: dict[str, Any]) -> None:
    check(web_app, ("POST", "/api/match", json.dumps(said).encode(), JSON))


@FUZZ
@given(st.sampled_from(POSTS), st.binary(max_size=100), st.sampled_from([*KINDS, "application/json"]))
def test_any_body_is_answered_or_refused(web_app: Litestar, path: str, body: bytes, kind: str) -> None:
    check(web_app, ("POST", path, body, {"Content-Type": kind}))


FORM_FIELDS = st.sampled_from(["text", "place", "limit", "offset", "strength", "language", "mode", "minutes", "page"]) | TEXTS


@settings(FUZZ, max_examples=60)   # each is a whole page of results
@given(st.lists(st.tuples(FORM_FIELDS, TEXTS), max_size=12))
def test_any_form_is_answered_or_refused(web_app: Litestar, fields: list[tuple[str, str]]) -> None:
    body = urlencode([(name.encode("utf-8", "surrogatepass"), value.encode("utf-8", "surrogatepass")) for name, value in fields]).encode()
    check(web_app, ("POST", "/search", body, {"Content-Type": "application/x-www-form-urlencoded"}))


@FUZZ
@given(st.sampled_from([route.partition(" ")[2] for route in PUBLIC]), st.text("abc/%{}.0?&=;+ \x7f\u00e9\U0001f4a9", max_size=40))
def test_any_address_is_answered_or_refused(web_app: Litestar, path: str, more: str) -> None:
    check(web_app, ("GET", path.split("{")[0] + more.replace("#", ""), b"", {}))
