"""House tests of the routes: each is public by name, answers well, and refuses the wrong verb."""

from __future__ import annotations

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.web.routes import OPEN, PUBLIC, REDIRECTS, addresses, private, routes

ASKS_FOR_MORE = {"/papers/open", "/papers/scan"}
"""A post that says nothing is told what to send."""
BODIES = {"/api/match": {"text": "food"}, "/api/strengths": {"text": "I cook"}, "/api/hsds/services": {}}


@pytest.fixture(scope="module")
def known(client: TestClient[Litestar]) -> dict[str, str]:
    return addresses(client)


def test_every_route_is_public_by_name_or_guarded(web_app: Litestar) -> None:
    found = routes(web_app)
    assert {route: name for route, name in found.items() if route not in private()} == PUBLIC | OPEN
    assert set(private()) <= set(found), "permissions.toml names a route that is not there"


@pytest.mark.parametrize("route", [route for route in PUBLIC if route.startswith("GET ")])
def test_every_page_answers_get_and_head_alike(client: TestClient[Litestar], known: dict[str, str], route: str) -> None:
    path = route.removeprefix("GET ")
    got = client.get(known.get(path, path))
    head = client.head(known.get(path, path))
    assert got.status_code == (303 if path in REDIRECTS else 200), got.text[:300]
    assert (head.status_code, head.content) == (got.status_code, b"")
    assert {key: value for key, value in head.headers.items() if key != "date"} == {key: value for key, value in got.headers.items() if key != "date"}


@pytest.mark.parametrize("path", [route.removeprefix("POST ") for route in PUBLIC if route.startswith("POST ")])
def test_every_post_answers_a_plain_request(client: TestClient[Litestar], path: str) -> None:
    answer = client.post(path, json=BODIES[path]) if path in BODIES else client.post(path, data={"text": "food"})
    assert answer.status_code == (422 if path in ASKS_FOR_MORE else 200), answer.text[:300]


@pytest.mark.parametrize("path", sorted({route.partition(" ")[2] for route in PUBLIC}))
@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "BREW"])
def test_wrong_verbs_are_told_the_right_ones(client: TestClient[Litestar], known: dict[str, str], path: str, method: str) -> None:
    answer = client.request(method, known.get(path, path))
    right = {route.partition(" ")[0] for route in PUBLIC if route.partition(" ")[2] == path}
    assert answer.status_code == 405
    assert set(answer.headers["allow"].split(", ")) == right | {"OPTIONS"} | ({"HEAD"} if "GET" in right else set())


@pytest.mark.parametrize("path", sorted({route.partition(" ")[2] for route in PUBLIC}))
def test_options_names_every_method(client: TestClient[Litestar], known: dict[str, str], path: str) -> None:
    answer = client.options(known.get(path, path))
    right = {route.partition(" ")[0] for route in PUBLIC if route.partition(" ")[2] == path}
    assert answer.status_code == 204
    assert set(answer.headers["allow"].split(", ")) == right | {"OPTIONS"} | ({"HEAD"} if "GET" in right else set())


@pytest.mark.parametrize(
    "path",
    [
        "/listings/none", "/listings/00000000-0000-0000-0000-000000000000", "/listings/%00", "/listings/..%2f..%2fetc", "/browse/no_such_topic",
        "/static/0/none.js", "/static/0/../settings.py", "/static/0/%2e%2e/app.py", "/static/0/ext/debug.js", "/api/vocabularies/none",
        "/api/hsds/services/1", "/api/hsds/services/00000000-0000-0000-0000-000000000000", "/api/hsds/organizations/x", "/api/none", "/none/at/all",
        "/" + "a" * 5000, "/%ff%fe", "/api/%ff", "/listings/%E0%80%80", "/api/hsds/taxonomies/00000000-0000-0000-0000-000000000000",
    ],
)
def test_what_is_not_there_is_not_found(client: TestClient[Litestar], path: str) -> None:
    assert client.get(path).status_code == 404
