"""Tests of what every answer carries, whatever made it: pages, errors, static files, redirects, 304."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from httpx import Response
from litestar import Litestar, Router, get
from litestar.testing import TestClient

from directory.catalogue import Catalogue
from directory.storage import Storage
from tests.web.conftest import MOMENT
from tests.web.routes import PUBLIC, addresses
from web import app as app_module
from web.assets import all_assets, asset
from web.settings import Settings

EXACT = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "strict-transport-security": "max-age=31536000",
}


def answers(client: TestClient[Litestar]) -> Iterator[tuple[str, Response]]:
    """One answer of every kind there is."""
    known = addresses(client)
    for route in PUBLIC:
        method, _, path = route.partition(" ")
        where = known.get(path, path)
        for verb in (method, "HEAD", "OPTIONS", "DELETE"):
            yield f"{verb} {path}", client.request(verb, where)
        yield f"304 {path}", client.get(where, headers={"If-None-Match": "*"})
        yield f"413 {path}", client.request(method, where, content=b"x" * 1_000_001)
    for path in ("/none", "/api/none", "/static/0/none", "/listings/none"):
        yield path, client.get(path)
    yield "bad host", client.get("/", headers={"Host": "exa mple"})


def test_every_answer_carries_the_safe_headers(client: TestClient[Litestar]) -> None:
    count = 0
    for name, answer in answers(client):
        count += 1
        assert {key: answer.headers.get(key) for key in EXACT} == EXACT, name
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy, name
        assert "unsafe" not in policy, name
        assert "http" not in policy, name
        assert "set-cookie" not in answer.headers, name
        assert answer.headers["cache-control"], name
        assert "geolocation=(self)" in answer.headers["permissions-policy"], name
    assert count > 150


def test_only_the_open_interface_may_be_read_from_other_sites(client: TestClient[Litestar]) -> None:
    for name, answer in answers(client):
        is_open = answer.request.url.path.startswith("/api")
        assert (answer.headers.get("access-control-allow-origin") == "*") == is_open, name
        assert "access-control-allow-credentials" not in answer.headers, name
        assert answer.headers["cross-origin-resource-policy"] == ("cross-origin" if is_open else "same-origin"), name


def test_a_browser_may_ask_whether_it_may_post(client: TestClient[Litestar]) -> None:
    headers = {"Origin": "https://other.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answer = client.options("/api/match", headers=headers)
    assert answer.status_code == 204
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "content-type" in answer.headers["access-control-allow-headers"].lower()


@pytest.mark.parametrize("path", ["/search", "/search/around", "/search/week", "/api/match", "/api/strengths", "/api/hsds/services"])
def test_answers_to_a_question_are_stored_nowhere(client: TestClient[Litestar], path: str) -> None:
    answer = client.post(path, json={"text": "food"}) if path.startswith("/api") else client.post(path, data={"text": "food"})
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"


def test_errors_are_stored_nowhere(client: TestClient[Litestar]) -> None:
    for path in ("/none", "/api/none", "/api/hsds/services?page=0"):
        assert client.get(path).headers["cache-control"] == "no-store"


def test_pages_vary_by_what_they_depend_on(client: TestClient[Litestar]) -> None:
    assert "HX-Request" in client.get("/").headers["vary"]
    assert "Accept-Encoding" in client.get("/").headers["vary"]


def test_leave_goes_away_at_once_and_clears_what_was_stored(client: TestClient[Litestar], web_settings: Settings) -> None:
    answer = client.get("/leave")
    assert answer.status_code == 303
    assert answer.headers["location"] == web_settings.leave_url
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert answer.headers["cache-control"] == "no-store"
    assert answer.content == b""


@pytest.mark.parametrize("name", [found.name for found in all_assets()])
def test_static_files_are_kept_for_ever_under_their_own_digest(client: TestClient[Litestar], name: str) -> None:
    answer = client.get(asset(name))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = client.get(asset(name), headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(f"/static/0000000000000000/{name}").headers["cache-control"] == "no-cache"


def test_a_304_comes_only_to_those_who_have_it(client: TestClient[Litestar]) -> None:
    path = "/api/vocabularies/strengths"
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
    assert client.get(path, headers={"If-None-Match": f'"other", {tag}'}).status_code == 304
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get("/api/none", headers={"If-None-Match": "*"}).status_code == 404


def test_packed_and_plain_answers_say_the_same(client: TestClient[Litestar]) -> None:
    for path in ("/", "/api/vocabularies/strengths", "/api/hsds/services?format=ndjson", asset("htmx.min.js"), "/none"):
        packed = client.get(path, headers={"Accept-Encoding": "gzip"})
        plain = client.get(path, headers={"Accept-Encoding": "identity"})
        assert packed.headers["content-encoding"] == "gzip", path
        assert "content-encoding" not in plain.headers, path
        assert packed.content == plain.content, path
        assert "Accept-Encoding" in plain.headers["vary"], path


def test_nobody_is_sent_packed_who_refuses_it(client: TestClient[Litestar]) -> None:
    assert "content-encoding" not in client.get("/", headers={"Accept-Encoding": "gzip;q=0, identity"}).headers


@get("/broken", sync_to_thread=False)
def broken() -> str:
    raise RuntimeError("Maria's secret")


@pytest.fixture
def broken_client(
    monkeypatch: pytest.MonkeyPatch, web_settings: Settings, web_storage: Storage, web_catalogue: Catalogue
) -> Iterator[TestClient[Litestar]]:
    routers = [*app_module.routers(), Router("/x", route_handlers=[broken]), Router("/api/x", route_handlers=[broken])]
    monkeypatch.setattr(app_module, "routers", lambda: routers)
    made = app_module.create_app(web_settings, web_storage, web_catalogue, lambda: MOMENT)
    with TestClient(made, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("path", ["/x/broken", "/api/x/broken"])
def test_our_own_fault_is_told_with_an_id_and_nothing_else(broken_client: TestClient[Litestar], caplog: pytest.LogCaptureFixture, path: str) -> None:
    answer = broken_client.get(path)
    assert answer.status_code == 500
    assert {key: answer.headers.get(key) for key in EXACT} == EXACT
    record = next(record for record in caplog.records if record.name == "homeground.errors")
    assert "RuntimeError" in record.getMessage()
    error_id = record.getMessage().split()[1].rstrip(":")
    assert error_id in answer.text
    assert "Maria" not in answer.text + caplog.text
    assert "RuntimeError" not in answer.text
