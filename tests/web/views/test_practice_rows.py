"""Rows of practice that the demonstration place has to show: what is found there by everyday words, and what no page and no table holds."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import web
from directory.editing.wording import pointers_of
from directory.models import Base


def match(client: Any, **asked: Any) -> list[dict[str, Any]]:
    answer = client.post("/api/match", json={"limit": 10, **asked})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def page(client: Any, one: dict[str, Any]) -> str:
    text = re.sub(r"<[^>]+>", " ", client.get(f"/listings/{one['id']}").text.partition("<main")[2])
    return " ".join(text.split())


def test_row_13_no_page_of_ours_labels_anybody() -> None:
    """What a listing is pointed at for, no template says either."""
    for path in sorted((Path(web.__file__).parent / "templates").rglob("*.html")):
        words = re.sub(r"\{[{%#].*?[#%}]\}|<[^>]+>", " ", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert [one.says for one in pointers_of(words)] == [], path.name


def test_row_14_lived_experience_is_a_strength_that_listings_ask_for(client: Any) -> None:
    found = match(client, profile={"strengths": [{"code": "lived_experience"}], "give": True})
    assert {"give", "peer_group", "one_to_one"} & {one["kind"] for one in found[:5]}
    assert any("xperience" in str(one["reasons"]) for one in found[:5])


@pytest.mark.parametrize("text", ["psychiatry", "see a doctor", "therapy"])
def test_row_31_every_listing_says_how_to_start_or_to_ask(client: Any, text: str) -> None:
    for one in match(client, text=text):
        said = page(client, one).partition("How to start")[2].partition("Who it is for")[0].strip()
        assert len(said) > 5, one["name"]


def test_row_32_help_with_medication_is_found_by_everyday_words_and_none_is_kept(client: Any) -> None:
    for words in ("tablets", "side effects"):
        assert "pharmacist" in match(client, text=words)[0]["name"]
    columns = {column.name for table in Base.metadata.sorted_tables for column in table.columns}
    assert not [name for name in columns if re.search(r"medic|tablet|dose|prescri", name)]


def test_row_34_a_language_without_an_interpreter(client: Any) -> None:
    """A place whose interpreter speaks it is there for whoever can do with one, says so, and is not there for the others."""
    asked = {"text": "family support", "must_haves": {"languages": ["so"]}, "limit": 50}
    direct = {**asked, "must_haves": {"languages": ["so"], "without_interpreter": True}}
    name = "Interpreter for Somali, ask ahead"
    helped = {one["id"] for one in match(client, **asked) if name in str(one["reasons"])}
    assert helped
    found = match(client, **direct)
    assert not helped & {one["id"] for one in found}
    assert all("nterpreter" not in str(one["reasons"]) for one in found)
    assert {one["id"] for one in found} < {one["id"] for one in match(client, **asked)}
    form = {"languages": "so", "language_direct": "1", "text": "family support"}
    shown = client.post("/search", data=form).text
    assert not [key for key in helped if f"/listings/{key}" in shown]


def test_row_36_one_search_of_somebody_who_cares_for_others_brings_what_is_for_them(client: Any) -> None:
    found = match(client, text="I look after my mother")
    assert sum("arer" in page(client, one) for one in found[:4]) >= 3


def test_row_37_self_care_is_for_mind_and_body_and_spirit(client: Any) -> None:
    names = " ".join(one["name"] for one in match(client, supports=["self_care"]))
    assert re.search(r"Worry|sleep", names), "mind"
    assert re.search(r"walkers|disco", names), "body"
    assert re.search(r"prayer", names), "spirit"


def test_row_58_good_at_writing_brings_a_newsletter_to_write_for(client: Any) -> None:
    assert "give" in {one["kind"] for one in match(client, profile={"strengths": [{"code": "writing"}]})[:3]}


def test_row_71_a_video_without_captions_is_marked_and_not_there_for_whoever_needs_them(client: Any) -> None:
    asked = {"supports": ["self_help"], "limit": 50}
    found = {one["name"]: one for one in match(client, **asked)}
    assert "Video and audio, no captions, no transcript" in page(client, found["Slow river: sounds for sleep"])
    assert "Video, with captions" in page(client, found["Signed stories of getting through"])
    assert "Workbook, in plain words" in page(client, found["The envelope workbook"])
    cards = client.post("/search", data={"text": "sounds for sleep"}).text
    assert "<li>Video and audio, no captions, no transcript</li>" in cards
    needing = {one["name"] for one in match(client, **asked, must_haves={"access": ["captions"]})}
    assert "Signed stories of getting through" in needing
    assert "Slow river: sounds for sleep" not in needing


def test_row_72_no_column_is_for_a_symptom_or_a_diagnosis() -> None:
    columns = {f"{table.name}.{column.name}" for table in Base.metadata.sorted_tables for column in table.columns}
    assert not [name for name in columns if re.search(r"symptom|diagnos|disorder|severity|risk_level", name)]


def test_row_51_everyday_places_are_a_switch_that_is_told_beside_the_results(client: Any) -> None:
    plain, wished = (client.post("/search", data={"text": "company", "place": "54911", **more}).text for more in ({}, {"ordinary": "1"}))
    assert "In an everyday place" not in plain
    assert re.search(r"In an everyday place: [a-z]+", wished)
    assert re.search(r'name="ordinary"[^>]* checked', wished), "it can be taken away again"
    assert not re.search(r'name="ordinary"[^>]* checked', plain)
    about = {"text": "company", "profile": {"ordinary_places": True}}
    assert [one for one in match(client, **about) if any("In an everyday place" in str(reason) for reason in one["reasons"])]
