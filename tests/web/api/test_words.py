"""Tests of the vocabularies for programs."""

from __future__ import annotations

import pytest
from litestar import Litestar
from litestar.testing import TestClient

Client = TestClient[Litestar]


def test_own_words_are_answered_with_strengths_to_confirm(client: Client) -> None:
    answer = client.post("/api/strengths", json={"text": "I cook for my whole street"}).json()
    assert answer["suggestions"][0] == {"code": "cooking", "label": answer["suggestions"][0]["label"]}
    assert answer["urgent"] == []


def test_no_more_are_suggested_than_asked_for(client: Client) -> None:
    text = "I cook, mend bikes, sing, draw, garden and listen to people"
    for limit in (1, 2, 3):
        assert len(client.post("/api/strengths", json={"text": text, "limit": limit}).json()["suggestions"]) <= limit


@pytest.mark.parametrize(("text", "code"), [("I sing in a choir", "music"), ("I like my dog", "animals")])
def test_what_the_words_hardly_speak_for_is_not_suggested_to_fill_up_three(client: Client, text: str, code: str) -> None:
    found = client.post("/api/strengths", json={"text": text}).json()["suggestions"]
    assert found[0]["code"] == code
    assert len(found) < 3


def test_words_of_danger_call_for_urgent_help_before_anything_else(client: Client) -> None:
    answer = client.post("/api/strengths", json={"text": "I want to kill myself"}).json()
    assert answer["urgent"]
    assert answer["suggestions"] == []


@pytest.mark.parametrize("said", [{}, {"text": 1}, {"text": "x" * 401}, {"text": "a", "limit": 0}, {"text": "a", "limit": 4}, {"text": "a", "who": "b"}])
def test_a_bad_question_is_refused(client: Client, said: dict[str, object]) -> None:
    answer = client.post("/api/strengths", json=said)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("taxonomy", ["strengths", "supports", "communities", "access", "formats", "entry", "kinds", "life_domains"])
def test_every_vocabulary_names_its_terms_and_their_broader_ones(client: Client, taxonomy: str) -> None:
    answer = client.get(f"/api/vocabularies/{taxonomy}").json()
    codes = [term["code"] for term in answer["terms"]]
    assert answer["taxonomy"] == taxonomy
    assert len(set(codes)) == len(codes)
    assert all(term["label"] for term in answer["terms"])
    assert {term["parent"] for term in answer["terms"]} - {""} <= set(codes)


def test_the_vocabularies_are_listed_with_the_addresses_of_their_terms(client: Client) -> None:
    listed = client.get("/api/vocabularies").json()["vocabularies"]
    assert {"strengths", "supports", "languages", "access"} <= {one["taxonomy"] for one in listed}
    for one in listed:
        terms = client.get(one["url"].removeprefix("https://home.example")).json()["terms"]
        assert sum(not term["group"] for term in terms) == one["terms"] > 0


@pytest.mark.parametrize("taxonomy", ["no_such", "strengths%00", "STRENGTHS", "languages_no", "%F0%9F%92%A9"])
def test_an_unknown_vocabulary_is_not_found(client: Client, taxonomy: str) -> None:
    assert client.get(f"/api/vocabularies/{taxonomy}").status_code == 404
