"""Tests of the HSDS API: envelope, filters, ids, kinds of answer and errors."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

import pytest
from litestar import Litestar
from litestar.testing import TestClient

Client = TestClient[Litestar]
KEYS = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty", "contents"}


def page(client: Client, **asked: Any) -> dict[str, Any]:
    answer = client.get("/api/hsds/services", params=asked)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    found: dict[str, Any] = answer.json()
    assert set(found) == KEYS
    assert found["size"] == len(found["contents"])
    assert found["empty"] == (not found["contents"])
    return found


def test_the_base_names_its_version_profile_and_document(client: Client) -> None:
    base = client.get("/api/hsds/").json()
    for name in ("profile", "openapi_url"):
        assert client.get(base[name].removeprefix("https://home.example")).status_code == 200
    assert base["version"] == "3.1"
    assert base["publisher"]["name"]


def test_walking_the_pages_gives_each_service_once(client: Client) -> None:
    first = page(client, per_page=7)
    pages = [page(client, per_page=7, page=number) for number in range(1, first["total_pages"] + 1)]
    ids = [item["id"] for one in pages for item in one["contents"]]
    assert len(ids) == len(set(ids)) == first["total_items"]
    assert ids == sorted(ids, key=lambda text: UUID(text).bytes)
    assert [one["first_page"] for one in pages] == [True] + [False] * (len(pages) - 1)
    assert [one["last_page"] for one in pages] == [False] * (len(pages) - 1) + [True]
    assert page(client, per_page=7, page=first["total_pages"] + 1)["empty"]


def test_every_service_by_its_id_is_the_whole_item_of_the_list(client: Client) -> None:
    for item in page(client, full="true", per_page=10)["contents"]:
        assert client.get(f"/api/hsds/services/{item['id']}").json() == item


def test_ndjson_is_every_service_one_a_line(client: Client) -> None:
    answer = client.get("/api/hsds/services", params={"format": "ndjson", "full": "true"})
    assert answer.headers["content-type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert len(lines) == page(client)["total_items"]
    assert lines[:5] == page(client, full="true", per_page=5)["contents"]


def test_each_filter_only_narrows(client: Client) -> None:
    everything = page(client, per_page=500)
    item = client.get(f"/api/hsds/services/{everything['contents'][0]['id']}").json()
    filters = {
        "search": item["name"].split()[0],
        "organization_id": item["organization"]["id"],
        "taxonomy_term_id": item["attributes"][0]["taxonomy_term"]["id"],
        "taxonomy_id": item["attributes"][0]["taxonomy_term"]["taxonomy_detail"]["id"],
    }
    for name, value in filters.items():
        found = page(client, per_page=500, **{name: value})
        assert item["id"] in [one["id"] for one in found["contents"]], name
        assert found["total_items"] <= everything["total_items"]
    both = page(client, per_page=500, **filters)
    assert item["id"] in [one["id"] for one in both["contents"]]


@pytest.mark.parametrize("name", ["organization_id", "taxonomy_term_id", "taxonomy_id"])
def test_an_unknown_id_in_a_filter_finds_nothing(client: Client, name: str) -> None:
    assert page(client, **{name: "00000000-0000-0000-0000-000000000000"})["total_items"] == 0


def test_post_gives_what_get_gives_and_is_stored_nowhere(client: Client) -> None:
    asked = {"search": "food", "per_page": 3}
    for answer in (client.post("/api/hsds/services", json=asked), client.post("/api/hsds/services", params=asked)):
        assert answer.json() == page(client, **asked)
        assert answer.headers["cache-control"] == "no-store"
    mixed = client.post("/api/hsds/services", params={"search": "food"}, json={"per_page": 3})
    assert mixed.json() == page(client, **asked)


def test_parameters_that_are_not_known_or_empty_are_passed_over(client: Client) -> None:
    assert page(client, other="x", search="", taxonomy_id="") == page(client)


def test_a_plus_in_a_moment_is_read_as_written(client: Client) -> None:
    assert page(client, modified_after="2020-01-01T00:00:00+02:00")
    assert client.get("/api/hsds/services?modified_after=2020-01-01T00:00:00+02:00").status_code == 200
    assert page(client, modified_after="2020-01-01")
    assert page(client, modified_after="2999-01-01T00:00:00Z")["empty"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page", "0"), ("page", "-1"), ("page", "x"), ("page", "1.5"), ("page", str(2**63)), ("page", "9" * 5000), ("page", "10001"),
        ("per_page", "0"), ("per_page", "many"), ("format", "xml"), ("modified_after", "yesterday"), ("modified_after", "0000-00-00"),
        ("modified_after", "9999-12-31T23:59:59-23:59"), ("taxonomy_id", "1"), ("organization_id", "x" * 36), ("full", "perhaps"),
        ("minimal", "2"), ("search", "x" * 401),
    ],
)
def test_a_bad_parameter_is_named(client: Client, name: str, value: str) -> None:
    answer = client.get("/api/hsds/services", params={name: value})
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [name]


@pytest.mark.parametrize("query", ["search=%ff", "search=%00", "page=1&page=2", "&".join(f"a{n}=1" for n in range(200)), "search=%ED%A0%80"])
def test_an_address_that_cannot_be_read_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/api/hsds/services?{query}").status_code == 400


def test_a_single_record_is_asked_for_again_and_is_then_a_304(client: Client) -> None:
    path = f"/api/hsds/services/{page(client, per_page=1)['contents'][0]['id']}"
    answer = client.get(path)
    assert answer.headers["cache-control"] == "public, no-cache"
    assert client.get(path, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    if "last-modified" in answer.headers:
        assert client.get(path, headers={"If-Modified-Since": answer.headers["last-modified"]}).status_code == 304


def test_no_value_is_null_and_no_closed_place_has_a_point(client: Client) -> None:
    text = client.get("/api/hsds/services", params={"format": "ndjson", "full": "true"}).text
    assert "null" not in text
    places = [link.get("location", {}) for line in text.splitlines() for link in json.loads(line).get("service_at_locations", ())]
    marked = [place for place in places if any(one.get("link_type") == "place_visibility" for one in place.get("attributes", ()))]
    assert marked, "the demonstration place has a refuge"
    for place in marked:
        assert {"latitude", "longitude", "addresses"} & set(place) == set()
