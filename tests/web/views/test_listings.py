"""The page of a listing: everything known, and nothing where nobody may know."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest

from directory.catalogue import Catalogue
from matching.values import Inquiry
from tests.demo import AT


def ids(catalogue: Catalogue) -> list[str]:
    found = [catalogue.search(Inquiry(limit=100, offset=offset), at=AT) for offset in (0, 100, 200)]
    return [card.id for page in found for card in page.cards]


def test_every_listing_of_the_demonstration_has_a_page_with_its_name(client: Any, catalogue: Catalogue) -> None:
    names = catalogue.names(tuple(ids(catalogue)))
    assert len(names) > 150
    for key, name in names.items():
        page = client.get(f"/listings/{key}")
        assert page.status_code == 200
        assert name.replace("&", "&amp;").replace("'", "&#39;") in page.text


@pytest.mark.parametrize("verb", ["POST", "PUT", "DELETE"])
def test_a_listing_is_only_read(client: Any, catalogue: Catalogue, verb: str) -> None:
    assert client.request(verb, f"/listings/{ids(catalogue)[0]}").status_code == 405


@pytest.mark.parametrize("key", ["x", "1", "../urgent", "0" * 40, "%00", "None", str(uuid4())])
def test_an_id_that_is_none_is_not_found_and_shows_the_ways_on(client: Any, key: str) -> None:
    page = client.get(f"/listings/{key}")
    assert page.status_code == 404
    assert '/urgent"' in page.text
    assert "Leave now" in page.text


def test_a_page_says_what_is_not_known(client: Any, catalogue: Catalogue) -> None:
    pages = [client.get(f"/listings/{key}").text for key in ids(catalogue)]
    assert any("Hours not known: call first" in page for page in pages)
    assert any("This is closed for now" in page for page in pages)
    assert any("It was full when we last heard." in page for page in pages)
    assert not any(re.search(r"<dd>\s*</dd>|None", page) for page in pages)


def test_every_peer_group_says_what_a_first_visit_is_like(client: Any, catalogue: Catalogue) -> None:
    cards = [card for offset in (0, 100, 200) for card in catalogue.search(Inquiry(limit=100, offset=offset), at=AT).cards]
    groups = [card for card in cards if card.kind == "peer_group"]
    told = [card for card in groups if "Your first visit" in client.get(f"/listings/{card.id}").text]
    assert len(told) >= 0.9 * len(groups) > 10
