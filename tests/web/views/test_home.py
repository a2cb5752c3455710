"""The first page: a short form that asks nothing it must not."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec.structs import fields

from web.forms.fields import WEIGHED, InquiryForm

LATER = {"strengths", "offset", "show", "weights"}


def test_the_first_page_is_there_and_sets_no_cookie(client: Any) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("verb", ["POST", "PUT", "DELETE", "PATCH"])
def test_the_first_page_is_only_read(client: Any, verb: str) -> None:
    assert client.request(verb, "/").status_code == 405


def test_the_form_has_every_field_that_the_search_reads(client: Any) -> None:
    named = set(re.findall(r'name="(\w+)"', client.get("/").text))
    assert {field.name for field in fields(InquiryForm)} - named <= LATER
    assert not named & {f"weight_{name}" for name in WEIGHED}   # there is nothing to order yet


def test_nothing_is_ticked_or_filled_in_beforehand(client: Any) -> None:
    page = client.get("/").text
    assert " checked" not in page
    assert set(re.findall(r'<input type="text"[^>]* value="(.*?)"', page)) == {""}


def test_the_first_thing_asked_is_what_would_help_and_no_question_is_of_what_is_wrong(client: Any) -> None:
    page = client.get("/").text
    assert re.findall(r'<label class="label" for="(\w+)"', page)[:3] == ["text", "place", "own_strengths"]
    assert not re.search(r"problem|diagnos|symptom|disorder|suffer", re.sub(r"<[^>]+>", " ", page), re.IGNORECASE)


def test_every_choice_is_offered_once(client: Any) -> None:
    offered = re.findall(r'type="checkbox" name="(\w+)" value="([^"]*)"', client.get("/").text)
    assert len(offered) == len(set(offered)) > 300
