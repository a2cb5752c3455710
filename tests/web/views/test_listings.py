"""The page of a listing: everything known, and nothing where nobody may know."""

from __future__ import annotations

import re
from typing import Any

import pytest
from markupsafe import escape
from sqlalchemy import select

from directory.listings import Card
from directory.models import Service
from directory.storage import Storage
from tests.make import NOBODYS


def test_every_listing_of_the_demonstration_has_a_page_with_its_name(client: Any, cards: list[Card]) -> None:
    assert len({card.id for card in cards}) > 150
    for card in cards:
        page = client.get(f"/listings/{card.id}")
        assert page.status_code == 200
        assert f"<h1><bdi>{escape(card.name)}</bdi></h1>" in page.text


@pytest.mark.parametrize("verb", ["POST", "PUT", "DELETE"])
def test_a_listing_is_only_read(client: Any, cards: list[Card], verb: str) -> None:
    assert client.request(verb, f"/listings/{cards[0].id}").status_code == 405


@pytest.mark.parametrize("key", ["x", "1", "0" * 40, "%00", "None", str(NOBODYS)])
def test_an_id_that_is_none_is_not_found_and_shows_the_ways_on(client: Any, key: str) -> None:
    page = client.get(f"/listings/{key}")
    assert page.status_code == 404
    assert '/urgent"' in page.text
    assert "Leave now" in page.text


def test_a_page_says_what_is_not_known(client: Any, cards: list[Card]) -> None:
    pages = [client.get(f"/listings/{card.id}").text for card in cards]
    assert any("Hours not known: call first" in page for page in pages)
    assert any("It was full when we last heard." in page for page in pages)
    assert not any(re.search(r"<dd>\s*</dd>|>None<|None\.", page) for page in pages)


def test_every_peer_group_says_what_a_first_visit_is_like(client: Any, cards: list[Card]) -> None:
    groups = [card for card in cards if card.kind == "peer_group"]
    told = [card for card in groups if "Your first visit" in client.get(f"/listings/{card.id}").text]
    assert len(told) >= 0.9 * len(groups) > 10


def test_what_is_closed_for_now_says_so(client: Any, web_storage: Storage) -> None:
    with web_storage.reading() as session:
        closed = session.scalars(select(Service.id).where(Service.status == "temporarily closed")).all()
    assert closed
    for key in closed:
        assert "This is closed for now. Call before you go." in client.get(f"/listings/{key}").text
