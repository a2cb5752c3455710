"""Tests of the open feeds over HTTP: they answer, are tagged, may be read from any site, and set nothing."""

from __future__ import annotations

import pytest
from litestar import Litestar
from litestar.testing import TestClient

Client = TestClient[Litestar]
BMLT = "/feeds/bmlt/client_interface"
FEEDS = ["/feeds/meeting-guide.json", f"{BMLT}/json/?switcher=GetSearchResults", f"{BMLT}/jsonp/?switcher=GetFormats&callback=x"]


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
    bmlt = client.get(f"{BMLT}/json/", params={"switcher": "GetSearchResults"}).json()
    assert len(guide) > 40
    weekly = [(one["name"], (one["day"] + 1) % 7, one["time"] + ":00") for one in guide if "day" in one]
    assert sorted(weekly) == sorted((one["meeting_name"], int(one["weekday_tinyint"]) % 7, one["start_time"]) for one in bmlt)


@pytest.mark.parametrize("name", ["a(b", "alert", "x;y", "", "1x", "a.b.c.d.e.f", "x" * 101, "ä", "x\n", "a..b", "<script>"])
def test_a_callback_must_be_a_plain_name(client: Client, name: str) -> None:
    assert client.get(f"{BMLT}/jsonp/", params={"switcher": "GetFormats", "callback": name}).status_code == 400


@pytest.mark.parametrize("query", ["", "switcher=Nothing", "switcher=GetSearchResults&advanced_published=-1", "%ff=%ff", "switcher=GetChanges"])
def test_what_cannot_be_answered_is_an_empty_list(client: Client, query: str) -> None:
    answer = client.get(f"{BMLT}/json/?{query}")
    assert (answer.status_code, answer.content) == (200, b"[]")
