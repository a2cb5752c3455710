"""Tests of ``POST /api/match``."""

from __future__ import annotations

import json
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from directory.catalogue import Catalogue
from matching.values import Inquiry, Profile, Strength
from tests.web.conftest import MOMENT

Client = TestClient[Litestar]
POINT = {"latitude": 37.4866, "longitude": -122.2306}
WHOLE: dict[str, Any] = {
    "text": "cooking with other people",
    "supports": ["food_pantry"],
    **POINT,
    "travel": {"modes": ["bus", "walk"], "minutes": 60},
    "must_haves": {"free": True},
    "profile": {"strengths": [{"code": "cooking", "enjoy": 3}], "languages": ["es"], "importance": {"strengths": 2}},
    "limit": 5,
}


def ask(client: Client, **said: Any) -> dict[str, Any]:
    answer = client.post("/api/match", json=said)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_an_empty_question_ranks_everything(client: Client) -> None:
    found = ask(client)
    assert found["total"] > 100
    assert len(found["results"]) == 20


def test_the_answer_is_what_the_catalogue_ranks(client: Client, web_catalogue: Catalogue) -> None:
    found = ask(client, text="somewhere to eat with others", profile={"strengths": [{"code": "cooking"}]})
    inquiry = Inquiry(text="somewhere to eat with others", profile=Profile(strengths=(Strength(code="cooking"),)))
    page = web_catalogue.search(inquiry, at=MOMENT)
    assert [result["id"] for result in found["results"]] == [match.id for match in page.ranking.matches]
    assert found["total"] == page.ranking.total
    assert [out["count"] for out in found["not_shown"]] == [out.total for out in page.ranking.not_shown]
    for result, match, card in zip(found["results"], page.ranking.matches, page.cards, strict=True):
        assert result["score_band"] == match.band
        assert [reason["text"] for reason in result["reasons"]] == [reason.text for reason in match.reasons]
        assert [unknown["text"] for unknown in result["unknowns"]] == [unknown.text for unknown in match.unknowns]
        assert (result["name"], result["summary"]) == (card.name, card.summary)
        assert result["url"] == f"https://home.example/listings/{match.id}"


@pytest.mark.parametrize(("starts", "ends"), [(540, 540), (2000, 500)])
def test_free_time_that_ends_before_it_starts_is_refused_by_its_field(client: Client, starts: int, ends: int) -> None:
    said = {"profile": {"times": [{"weekday": 1, "starts": 600, "ends": 720}, {"weekday": 1, "starts": starts, "ends": ends}]}}
    answer = client.post("/api/match", json=said)
    assert (answer.status_code, [error["field"] for error in answer.json()["errors"]]) == (422, ["profile.times[1].ends"])
    assert "a time after starts" in answer.json()["detail"]


@pytest.mark.parametrize(("said", "field", "words"), [
    ({"supports": ["food_pantri"]}, "supports[0]", "“food_pantri” in supports. Near it: food_pantry ("),
    ({"profile": {"strengths": [{"code": "cooking"}, {"code": "nonsense"}]}}, "profile.strengths[1]", "“nonsense” in strengths."),
    ({"must_haves": {"languages": ["es", "Somali"]}}, "must_haves.languages[1]", "“Somali” in languages. Near it: so (Somali)"),
])  # fmt: skip
def test_a_code_that_is_not_known_is_named_with_those_near_it(client: Client, said: dict[str, Any], field: str, words: str) -> None:
    answer = client.post("/api/match", json=said)
    assert answer.status_code == 422
    [error] = answer.json()["errors"]
    assert (error["field"], words in error["message"]) == (field, True), error
    assert words in answer.json()["detail"]


@pytest.mark.parametrize("tag", ["es", "es-MX", "hmn", "zh-Hant-TW", "mix"])
def test_any_tag_of_a_language_may_be_asked_for(client: Client, tag: str) -> None:
    assert ask(client, profile={"languages": [tag]})["total"] > 0


def test_free_time_may_run_over_midnight(client: Client) -> None:
    night = [ask(client, profile={"times": [{"weekday": 1, "starts": 1320, "ends": ends}]}) for ends in (120, 1560)]
    assert night[0]["total"] > 0
    assert [one["id"] for one in night[0]["results"]] == [one["id"] for one in night[1]["results"]]


def test_no_score_and_no_point_leaves_the_house(client: Client) -> None:
    answer = client.post("/api/match", json=WHOLE)
    keys = set(json.dumps(list(_keys(answer.json()))).lower().strip("[]").replace('"', "").split(", "))
    assert {"score", "place_id", "latitude", "longitude", "distance_km", "areas"} & keys == set()
    assert "37.48" not in answer.text


def _keys(said: Any) -> Any:
    if isinstance(said, dict):
        for key, value in said.items():
            yield key
            yield from _keys(value)
    elif isinstance(said, list):
        for item in said:
            yield from _keys(item)


def test_pages_follow_each_other_without_gap_or_repeat(client: Client) -> None:
    whole = [result["id"] for result in ask(client, text="company", limit=40)["results"]]
    pages = [result["id"] for offset in range(0, 40, 10) for result in ask(client, text="company", limit=10, offset=offset)["results"]]
    assert pages == whole
    assert len(set(whole)) == len(whole)


def test_a_place_in_words_and_its_point_say_their_name(client: Client) -> None:
    assert "Redwood City" in ask(client, place="94063", limit=1)["place"]
    assert ask(client, **POINT, limit=1)["place"] == ""


def test_a_place_of_many_asks_which_and_each_choice_is_an_answer(client: Client) -> None:
    answer = client.post("/api/match", json={"place": "Springfield"})
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.json()["choices"]) > 1
    for choice in answer.json()["choices"][:3]:
        assert ask(client, place=choice["text"], limit=1)["place"]


def test_an_unknown_place_says_so(client: Client) -> None:
    answer = client.post("/api/match", json={"place": "Qzxv Vxzq"})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "place"


@pytest.mark.parametrize("change", [1, 2, 3])
def test_what_one_change_would_bring_is_exact(client: Client, change: int) -> None:
    said = {"text": "food", **POINT, "max_km": 2.0 + change, "must_haves": {"free": True}, "limit": 100}
    before = ask(client, **said)
    assert before["would_match"], "the demonstration place has something just out of reach"
    for item in before["would_match"]:
        patched = _merge(said, item["change"])
        assert ask(client, **patched)["total"] == before["total"] + item["count"], item["text"]


def _merge(said: dict[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
    """A JSON merge patch (RFC 7396), applied to a copy."""
    made = dict(said)
    for key, value in patch.items():
        if value is None:
            made.pop(key, None)
        else:
            made[key] = _merge(made.get(key, {}), value) if isinstance(value, dict) else value
    return made


@pytest.mark.parametrize(
    ("said", "status", "field"),
    [
        ({"other": 1}, 400, "other"),
        ({"profile": {"name": "x"}}, 400, "profile.name"),
        ({"profile": {"strengths": [{"code": "cooking", "enjoy": 4}]}}, 400, "profile.strengths[0].enjoy"),
        ({"profile": {"importance": {"luck": 1}}}, 400, "profile.importance"),
        ({"travel": {"modes": ["rocket"]}}, 400, "travel.modes[0]"),
        ({"text": "x" * 401}, 400, "text"),
        ({"limit": 0}, 400, "limit"),
        ({"limit": 101}, 400, "limit"),
        ({"limit": 2**63}, 400, "limit"),
        ({"limit": "5"}, 400, "limit"),
        ({"offset": 10_001}, 400, "offset"),
        ({"latitude": 91, "longitude": 0}, 400, "latitude"),
        ({"latitude": 10}, 422, "longitude"),
        ({"longitude": 10}, 422, "latitude"),
        ({**POINT, "place": "94063"}, 422, "place"),
        ({"max_km": 0}, 400, "max_km"),
        ({"max_km": 1, "travel": {"max_km": 2}}, 422, "max_km"),
        ({"supports": ["no_such"]}, 422, "supports[0]"),
        ({"profile": {"strengths": [{"code": "cooking"}, {"code": "no_such"}]}}, 422, "profile.strengths[1]"),
        ({"must_haves": {"kinds": ["no_such"]}}, 422, "must_haves.kinds[0]"),
    ],
)
def test_a_bad_field_is_named(client: Client, said: dict[str, Any], status: int, field: str) -> None:
    answer = client.post("/api/match", json=said)
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("asked", [{"text": "xyzzyq"}, {"text": "xyzzyq", "supports": ["tax_help"], "must_haves": {"languages": ["ti"]}}])
def test_each_way_on_from_nothing_found_is_a_change_that_brings_what_it_says(client: Client, asked: dict[str, Any]) -> None:
    offers = ask(client, **asked)["would_match"]
    assert offers
    for item in offers:
        assert ask(client, **_merge(asked, item["change"]))["total"] == ask(client, **asked)["total"] + item["count"], item["text"]


def test_words_of_danger_name_the_help_that_comes_first(client: Client) -> None:
    assert client.post("/api/match", json={"text": "my contractions are 3 minutes apart"}).json()["urgent"] == ["medical"]
    assert client.post("/api/match", json={"text": "a choir"}).json()["urgent"] == []


def test_who_is_in_a_hurry_does_without_what_lies_around(client: Client) -> None:
    said = {"text": "food", **POINT, "max_km": 5}
    whole, quick = ask(client, **said), ask(client, **said, around=False)
    assert whole["not_shown"]
    assert whole["would_match"]
    assert (quick["not_shown"], quick["would_match"]) == ([], [])
    assert {name: quick[name] for name in ("results", "total", "hidden")} == {name: whole[name] for name in ("results", "total", "hidden")}
    assert whole["hidden"] > 0


def test_max_km_may_stand_outside_travel(client: Client, web_catalogue: Catalogue) -> None:
    found = ask(client, **POINT, max_km=3, travel={"modes": ["walk"]})
    same = ask(client, **POINT, travel={"modes": ["walk"], "max_km": 3})
    assert (found["results"], found["not_shown"]) == (same["results"], same["not_shown"])
    assert [item["change"] for item in found["would_match"] if "max_km" in item["change"]] == [{"max_km": None}]
    assert found["total"] < ask(client, **POINT)["total"]


def test_what_has_to_be_so_is_so(client: Client) -> None:
    found = ask(client, must_haves={"free": True, "confirmed": ["cost"]}, limit=100)
    assert found["results"]
    assert {result["cost"] for result in found["results"]} <= {"Free", "Pay what you like"}


def test_the_same_question_at_the_same_moment_gives_the_same_bytes(client: Client) -> None:
    assert client.post("/api/match", json=WHOLE).content == client.post("/api/match", json=WHOLE).content
