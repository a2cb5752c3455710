"""Canaries: what a person says in any field of a question is in no log, no header, no error and no address."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Litestar

from directory.storage import Storage
from tests.web.raw import Answer, ask
from web.settings import Settings

JSON = [("Content-Type", "application/json")]
FORM = [("Content-Type", "application/x-www-form-urlencoded")]
CANARY = "zqcanary"


def canaries() -> Iterator[tuple[str, str, bytes, list[tuple[str, str]]]]:
    """Requests with a token in each place where a person could write one."""
    profile_codes: tuple[str, ...] = ("interests", "domains", "helped_before", "steer_clear", "languages", "communities", "faiths", "access", "formats")
    profile_codes = (*profile_codes, "about", "not_about", "group", "focus")
    questions: list[dict[str, Any]] = [{"text": CANARY}, {"place": CANARY}, {"supports": [CANARY]}, {CANARY: 1}, {"profile": {CANARY: 1}}]
    questions += [{"travel": {"modes": [CANARY]}}]
    questions += [{"profile": {name: [CANARY]}} for name in profile_codes]
    questions += [{"profile": {"strengths": [{"code": CANARY}]}}, {"profile": {"size": CANARY}}, {"profile": {"importance": {CANARY: 1}}}]
    must_codes = ("languages", "access", "formats", "entry", "kinds", "confirmed", "group", "communities", "focus")
    questions += [{"must_haves": {name: [CANARY]}} for name in must_codes]
    for said in questions:
        yield "POST", "/api/match", json.dumps(said).encode(), JSON
    yield "POST", "/api/strengths", json.dumps({"text": CANARY}).encode(), JSON
    yield "POST", "/api/strengths", json.dumps({"text": CANARY + "\x00"}).encode(), JSON
    yield "POST", "/api/match", f'{{"text": "{CANARY}", "text": "{CANARY}"}}'.encode(), JSON
    yield "POST", "/api/match", f'{{"{CANARY}'.encode(), JSON
    for name in ("text", "place", "own_strengths", "strength", "language", "community", CANARY):
        yield "POST", "/search", f"{name}={CANARY}".encode(), FORM
    yield "POST", "/api/hsds/services", json.dumps({"search": CANARY}).encode(), JSON
    for path in ("/listings/", "/browse/", "/api/vocabularies/", "/api/hsds/services/", "/static/0/", "/", "/api/"):
        yield "GET", path + CANARY, b"", []
        yield "GET", f"{path}x?q={CANARY}&{CANARY}=1", b"", []
    yield "GET", f"/api/hsds/services?search={CANARY}&page={CANARY}", b"", []
    yield CANARY.upper(), "/", b"", []
    for header in ("Cookie", "User-Agent", "Referer", "X-Forwarded-For", "Accept-Language", "If-None-Match", "Content-Type", "HX-Current-URL"):
        yield "POST", "/api/match", b"{}", [*JSON, (header, CANARY)]


def asked(app: Litestar) -> list[tuple[str, Answer]]:
    return [(f"{method} {path}", ask(app, method, path, body=[body], headers=headers)) for method, path, body, headers in canaries()]


def test_nothing_a_person_says_reaches_a_log(web_app: Litestar, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    count = len(asked(web_app))
    lines = [record for record in caplog.records if record.name == "homeground.access"]
    assert len(lines) == count, "each request has its line, so the log was really on"
    said = [record for record in caplog.records if CANARY in f"{record.getMessage()} {record.args} {record.exc_text}".lower()]
    assert said == []


def test_nothing_a_person_says_reaches_a_header(web_app: Litestar) -> None:
    for name, answer in asked(web_app):
        assert CANARY not in str(answer.headers).lower(), name


def test_nothing_a_person_says_is_kept(web_app: Litestar, web_storage: Storage, web_settings: Settings) -> None:
    asked(web_app)
    for path in web_settings.data_dir.rglob("*"):
        if path.is_file():
            assert CANARY.encode() not in path.read_bytes(), path.name


def test_a_place_and_a_profile_are_not_in_the_address_of_a_result(web_app: Litestar) -> None:
    answer = ask(web_app, "POST", "/api/match", body=[b'{"text": "food", "place": "94063", "profile": {"languages": ["so"]}}'], headers=JSON)
    for result in json.loads(answer.body)["results"]:
        assert result["url"] == f"https://home.example/listings/{result['id']}"


def test_the_access_line_names_the_route_and_not_the_address(web_app: Litestar, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    ask(web_app, "GET", f"/listings/{CANARY}?{CANARY}")
    line = next(record.getMessage() for record in caplog.records if record.name == "homeground.access")
    assert line.startswith("GET /listings/{listing_id} 404 ")
