"""A client of the demonstration, for tests of one view each."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from litestar.testing import TestClient

from directory.catalogue import Catalogue
from tests.demo import demo_app, demo_catalogue


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:   # type: ignore[type-arg]   # the application's own type does not matter here
    """Asks the demonstration; follows no redirect."""
    with TestClient(demo_app(), raise_server_exceptions=False) as client:
        client.follow_redirects = False
        yield client


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The catalogue behind the client."""
    return demo_catalogue()


def main_of(page: str) -> str:
    """The content of ``main`` of a whole page."""
    found = re.search(r'<main id="main" tabindex="-1">\n(.*)</main>', page, re.DOTALL)
    assert found, page[:300]
    return found[1].strip()


def names_of(page: str) -> list[str]:
    """The names of the results of a page, in order."""
    return re.findall(r"<h3><a [^>]*><bdi>(.*?)</bdi></a></h3>", page)
