"""Topics: every one has a page that is the same for everybody."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.web.views.reading import names_of


def test_every_topic_is_linked_and_has_a_page(client: Any) -> None:
    links = re.findall(r'href="(/browse/\w+)"', client.get("/browse").text)
    assert len(links) == len(set(links)) > 80
    for link in links:
        page = client.get(link)
        assert page.status_code == 200
        assert names_of(page.text) or "There is nothing under this topic yet" in page.text


def test_a_topic_goes_on_to_further_pages(client: Any) -> None:
    first = client.get("/browse/company").text
    following = re.search(r'href="(/browse/company\?page=2)"', first)
    assert following
    assert not set(names_of(first)) & set(names_of(client.get(following[1]).text))


@pytest.mark.parametrize("path", ["/browse/nothing", "/browse/mind/", "/browse/%00", "/browse/" + "x" * 500])
def test_a_topic_that_is_none_is_not_found(client: Any, path: str) -> None:
    assert client.get(path).status_code in (404, 400)


@pytest.mark.parametrize("page", ["0", "-1", "x", "501", "1e3", "9" * 40])
def test_a_page_number_that_is_none_is_refused(client: Any, page: str) -> None:
    assert client.get(f"/browse/food?page={page}").status_code == 400


@pytest.mark.parametrize("path", ["/browse", "/browse/food"])
@pytest.mark.parametrize("verb", ["POST", "PUT", "DELETE"])
def test_topics_are_only_read(client: Any, verb: str, path: str) -> None:
    assert client.request(verb, path).status_code == 405
