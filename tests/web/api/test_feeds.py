"""Tests of the open feeds over HTTP: they answer, are tagged, may be read from any site, and set nothing."""

from __future__ import annotations

import json
import re

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.directory.exchange.meeting_guide.strict import read
from tests.web.routes import routes
from web.api import bmlt

Client = TestClient[Litestar]
BMLT = "/feeds/bmlt/client_interface"
FEEDS = ["/feeds/meeting-guide.json", "/feeds/places.geojson", "/feeds/places.kml", "/feeds/groups.csv", f"{BMLT}/json/?switcher=GetSearchResults",
         f"{BMLT}/jsonp/?switcher=GetFormats&callback=x"]   # fmt: skip


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_may_be_read_from_any_site_and_is_tagged(client: Client, path: str) -> None:
    answer = client.get(path, headers={"Origin": "https://elsewhere.example"})
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in answer.headers
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert "set-cookie" not in answer.headers
    assert client.get(path, headers={"If-None-Match": answer.headers["etag"]}).status_code == 304


def test_both_feeds_tell_of_the_same_meetings(client: Client) -> None:
    guide = client.get("/feeds/meeting-guide.json").json()
    other = client.get(f"{BMLT}/json/", params={"switcher": "GetSearchResults"}).json()
    assert len(guide) > 40
    weekly = [(one["name"], (one["day"] + 1) % 7, one["time"] + ":00") for one in guide if "day" in one]
    assert sorted(weekly) == sorted((one["meeting_name"], int(one["weekday_tinyint"]) % 7, one["start_time"]) for one in other)


@pytest.mark.parametrize("name", ["a(b", "alert", "x;y", "", "1x", "a.b.c.d.e.f", "x" * 101, "ä", "x\n", "a..b", "<script>"])
def test_a_callback_must_be_a_plain_name(client: Client, name: str) -> None:
    assert client.get(f"{BMLT}/jsonp/", params={"switcher": "GetFormats", "callback": name}).status_code == 400


@pytest.mark.parametrize("query", ["", "switcher=Nothing", "switcher=GetSearchResults&advanced_published=-1", "%ff=%ff", "switcher=GetChanges"])
def test_what_cannot_be_answered_is_an_empty_list(client: Client, query: str) -> None:
    answer = client.get(f"{BMLT}/json/?{query}")
    assert (answer.status_code, answer.content) == (200, b"[]")


def test_a_strict_reader_takes_the_whole_feed(client: Client) -> None:
    records = client.get("/feeds/meeting-guide.json").json()
    assert read(records).dropped == {}
    assert all(record["url"].startswith("https://home.example/listings/") for record in records)
    assert all(client.get(record["url"].removeprefix("https://home.example")).status_code == 200 for record in records[:12])


def test_a_script_calls_the_function_with_the_very_answer(client: Client) -> None:
    asked = {"switcher": "GetSearchResults", "weekdays[]": ["2", "3"], "get_used_formats": ""}
    plain = client.get(f"{BMLT}/json/", params=asked)
    script = client.get(f"{BMLT}/jsonp/", params={**asked, "callback": "jsonp_12_34"})
    assert script.headers["content-type"].startswith("application/javascript")
    assert script.headers["x-content-type-options"] == "nosniff"
    opening, closing = b"/**/jsonp_12_34(", b");"
    assert script.content.startswith(opening)
    assert script.content.endswith(closing)
    assert json.loads(script.content[len(opening) : -len(closing)]) == plain.json()
    assert {record["weekday_tinyint"] for record in plain.json()["meetings"]} == {"2", "3"}


def test_a_script_holds_no_end_of_line_that_scripts_would_take_for_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bmlt, "_answer", lambda house, pairs: [{"a": "x\u2028y\u2029z"}])
    content = client.get(f"{BMLT}/jsonp/", params={"callback": "x"}).content
    assert content == b'/**/x([{"a":"x\\u2028y\\u2029z"}]);'


def test_words_may_name_a_place(client: Client) -> None:
    asked = {"switcher": "GetSearchResults", "SearchString": "54911", "StringSearchIsAnAddress": "1", "SearchStringRadius": "-3"}
    near = client.get(f"{BMLT}/json/", params=asked).json()
    assert len(near) >= 3
    assert all(float(record["distance_in_km"]) < 30 for record in near)
    assert client.get(f"{BMLT}/json/", params={**asked, "SearchString": "nowhere at all"}).json() == []


def test_too_many_parameters_ask_for_nothing(client: Client) -> None:
    assert client.get(f"{BMLT}/json/?switcher=GetSearchResults" + "&x=1" * 2_000).json() == []


@pytest.mark.parametrize(("path", "kind", "start"), [
    ("/feeds/places.geojson", "application/geo+json", b'{"type":"FeatureCollection"'),
    ("/feeds/places.kml", "application/vnd.google-earth.kml+xml", b"<?xml"),
    ("/feeds/groups.csv", "text/csv; charset=utf-8", b'\xef\xbb\xbf"ID"'),
])  # fmt: skip
def test_maps_and_tables_are_what_they_say(client: Client, path: str, kind: str, start: bytes) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert answer.content.startswith(start)


def test_every_page_tells_where_the_feed_is(client: Client) -> None:
    link = '<link rel="alternate" type="application/json" title="Meetings Feed" href="https://home.example/feeds/meeting-guide.json">'
    assert [path for path in ("/", "/browse/peer_group", "/feeds") if link not in client.get(path).text] == []


def test_the_page_names_every_feed_by_its_whole_address(client: Client, web_app: Litestar) -> None:
    page = client.get("/feeds").text
    plain = {route.removeprefix("GET ") for route in routes(web_app) if route.startswith("GET /feeds/") and "client_interface" not in route}
    assert [path for path in plain if "{" not in path and f"https://home.example{path}" not in page] == []
    assert "https://home.example/feeds/bmlt<" in page
    assert f"{len(client.get('/feeds/meeting-guide.json').json())} meetings" in page


def test_the_calendar_of_all_groups_carries_no_group_that_the_feeds_leave_out(client: Client) -> None:
    told = {record["url"] for record in client.get("/feeds/meeting-guide.json").json()}
    calendar = client.get("/feeds/groups.ics").text.replace("\r\n ", "")
    assert set(re.findall(r"https://home\.example/listings/[0-9a-f-]{36}", calendar)) <= told
