"""Pages of words: there, only read, with the way out and urgent help on each, errors included."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

import pytest

PAGES = ["/urgent", "/about", "/privacy", "/help/leave", "/sources"]
EVERYWHERE = ["/", "/browse", "/browse/food", "/nothing", "/listings/x", "/api", *PAGES]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_there_and_only_read(client: Any, path: str) -> None:
    assert client.get(path).status_code == 200
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_page_has_the_way_out_urgent_help_and_one_heading_in_the_same_place(client: Any, path: str) -> None:
    page = client.get(path).text
    assert page.index('class="leave" href="/leave"') < page.index('href="tel:911"') < page.index("<main") < page.index("<h1")
    assert page.count("<h1") == 1
    assert 'lang="en" dir="ltr"' in page


@pytest.mark.parametrize("path", EVERYWHERE)
def test_no_page_asks_another_host_for_anything(client: Any, path: str) -> None:
    page = client.get(path).text
    assert not re.search(r'(src|action|srcset|poster)="(https?:)?//', page)
    others = [link for link in re.findall(r'<link[^>]*href="(?:https?:)?//[^>]*>', page) if 'rel="alternate"' not in link]
    assert others == [], "an alternate is named and never fetched by a browser"
    assert {urlsplit(link).path for link in re.findall(r'rel="alternate"[^>]*href="([^"]*)"', page)} == {"/feeds/meeting-guide.json"}


def test_urgent_help_can_be_pressed(client: Any) -> None:
    page = client.get("/urgent").text
    assert {"tel:911", "tel:988"} <= set(re.findall(r'href="(tel:[\d+]+)"', page))
    assert len(re.findall(r'class="when"', page)) > 4


def test_where_listings_come_from_is_told_with_the_licence(client: Any) -> None:
    assert "CC0" in client.get("/sources").text


@pytest.mark.parametrize("path", ["/", "/urgent", "/help/leave"])
def test_a_title_gives_nothing_of_a_person_away(client: Any, path: str) -> None:
    title = re.search(r"<title>(.*?)</title>", client.get(path).text)
    assert title
    assert "Homeground" in title[1]
    assert not re.search(r"suicid|violence|crisis|urgent", title[1], re.IGNORECASE)
