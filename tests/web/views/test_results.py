"""What stands around the results: each button brings what it promises, wishes change the order, and no search ends in nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.web.views.reading import CODE, buttons_of, names_of, results_of, total_of

LIMITED: tuple[dict[str, Any], ...] = (
    {"supports": "food_help", "place": CODE, "modes": "walk", "minutes": "15"},
    {"supports": "food_help", "place": CODE, "modes": "walk", "minutes": "45"},
    {"supports": "togetherness", "languages": "so", "language_must": "1"},
    {"supports": "togetherness", "access": ["lift", "induction_loop"], "access_must": "1", "free": "1"},
    {"supports": "mind", "free": "1", "formats": "online", "format_must": "1"},
    {"supports": "joy", "kinds": "event", "times": ["1e"], "only_times": "1", "no_faith": "1", "open_door": "1"},
)


def every_name(client: Any, asked: dict[str, Any]) -> list[str]:
    pages = [client.post("/search", data={**asked, "offset": str(offset)}).text for offset in range(0, 260, 10)]
    return [name for page in pages for name in names_of(page)]


@pytest.mark.parametrize("asked", LIMITED)
def test_one_change_brings_exactly_as_many_as_its_button_says(client: Any, asked: dict[str, Any]) -> None:
    page = client.post("/search", data=asked).text
    offers = [(token, words) for token, words in buttons_of(client.post("/search/around", data=asked).text) if " more if " in words]
    assert offers
    for token, words in offers:
        after = client.post("/search", data={**asked, "set": token}).text
        assert total_of(after) == total_of(page) + int(words.split()[0].replace(",", "")), words


def test_pages_follow_each_other_without_a_gap_or_a_repeat(client: Any) -> None:
    asked = {"supports": "togetherness", "place": CODE}
    seen: list[str] = []
    token, page = "offset=0", ""
    while token:
        page = client.post("/search", data={**asked, "set": token}).text
        seen += re.findall(r'<h3><a href="/listings/([\w-]+)"', page)
        token = next((token for token, words in buttons_of(page) if words == "Show more"), "")
    assert len(seen) == len(set(seen)) == total_of(page) > 20
    assert any(words == "Earlier ones" for _, words in buttons_of(page))


def test_how_much_a_wish_counts_changes_the_order_and_not_what_is_found(client: Any) -> None:
    asked = {"supports": ["togetherness", "joy"], "place": CODE, "modes": "walk", "languages": "es"}
    near = every_name(client, {**asked, "weight_reach": "4", "weight_language": "0"})
    spoken = every_name(client, {**asked, "weight_reach": "0", "weight_language": "4"})
    assert near != spoken
    assert sorted(near) == sorted(spoken)


def test_what_is_not_shown_is_named_with_its_reason(client: Any) -> None:
    asked = {"supports": "food_help", "access": "lift", "access_must": "1"}
    shown = set(names_of(client.post("/search", data=asked).text))
    page = client.post("/search/around", data=asked).text
    total = re.search(r"Not shown: (\d+), and why", page)
    assert total
    assert "the access you need" in page
    named = set(re.findall(r'<li><a href="/listings/[\w-]+"[^>]*><bdi>(.*?)</bdi>', page))
    assert named
    assert not named & shown
    assert int(total[1]) >= len(named)


def test_strengths_are_offered_from_own_words_and_used_only_when_ticked(client: Any) -> None:
    said = {"own_strengths": "I fix bikes and people tell me things", "supports": "togetherness"}
    page = client.post("/search", data=said).text
    offered = offered_of(page)
    assert {"strengths", "interests"} >= {field for field, _ in offered}
    # Two things are said; for each there may be three strengths and one interest.
    assert 1 <= len([code for field, code in offered if field == "strengths"]) <= 6
    assert len([code for field, code in offered if field == "interests"]) <= 2
    assert names_of(page) == names_of(client.post("/search", data={"supports": "togetherness"}).text)
    ticked = {field: [code for name, code in offered if name == field] for field, _ in offered}
    confirmed = client.post("/search", data={**said, **ticked}).text
    assert "is this you?" not in confirmed
    assert "You said you are good at" in confirmed
    assert names_of(confirmed) != names_of(page)


def offered_of(page: str) -> list[tuple[str, str]]:
    """The fields and codes that the page offers to confirm."""
    return re.findall(r'name="(\w+)" value="([\w-]+)"', page.split("is this you?")[1].split("Use what I ticked")[0])


def test_a_culture_in_own_words_is_offered_in_the_words_of_the_vocabulary(client: Any) -> None:
    page = client.post("/search", data={"own_culture": "Hmong", "supports": "togetherness"}).text
    assert ("communities", "hmong") in offered_of(page)
    confirmed = client.post("/search", data={"own_culture": "Hmong", "communities": "hmong", "supports": "togetherness"}).text
    assert "is this you?" not in confirmed
    assert names_of(confirmed) != names_of(page), "only what is confirmed counts"


def test_a_place_that_may_be_several_is_asked_about_and_each_answer_is_a_place(client: Any) -> None:
    page = client.post("/search", data={"text": "food", "place": "Springfield"}).text
    assert "Which “Springfield” do you mean?" in page
    choices = [token for token, _ in buttons_of(page) if token.startswith("place=")]
    assert len(choices) > 1
    for token in choices:
        assert "Distances are from Springfield" in client.post("/search", data={"text": "food", "place": "Springfield", "set": token}).text


def test_a_place_that_nobody_knows_is_said_and_near_ones_are_offered(client: Any) -> None:
    page = client.post("/search", data={"text": "food", "place": "Appletonn"}).text
    assert "We do not know the place “Appletonn”" in page
    token = next(token for token, _ in buttons_of(page) if token.startswith("place="))
    after = client.post("/search", data={"text": "food", "place": "Appletonn", "set": token}).text
    assert "Distances are from" in after or "Which “Appleton” do you mean?" in after


@pytest.mark.parametrize("field", ["text", "own_strengths"])
def test_urgent_words_bring_every_line_above_the_results(client: Any, field: str) -> None:
    page = client.post("/search", data={field: "I want to die"}).text
    assert page.index("You can reach someone right now") < page.index('id="ask"')
    assert page.count('href="tel:988"') >= 2
    assert "You can reach someone" not in client.post("/search", data={field: "a choir"}).text


@pytest.mark.parametrize(("text", "second"), [("I want to die", "988"), ("he hits me", "18007997233"), ("she drank bleach", "18002221222")])
def test_the_lines_that_answer_what_was_written_come_first(client: Any, text: str, second: str) -> None:
    page = client.post("/search", data={"text": text}).text
    found = page[page.index("You can reach someone right now") : page.index('id="ask"')]
    assert re.findall(r'href="tel:(\d+)"', found)[:2] == ["911", second]
    assert ("Stay with the person" in found) == (text == "she drank bleach")


def test_who_gives_birth_is_told_to_call_and_not_to_stay_with_anybody(client: Any) -> None:
    page = client.post("/search", data={"text": "my contractions are 3 minutes apart"}).text
    assert "Call emergency help now, even if you are not sure." in page
    assert "Stay with the person" not in page


NOTHING: tuple[dict[str, Any], ...] = (
    {"text": "xyzzyq"}, {"text": "refuge", "kinds": "event"}, {"supports": "tax_help", "languages": "ti", "language_must": "1", "free": "1"},
    {"text": "accordeonn lessonz zzz", "kinds": "helpline"}, {"supports": "unheard_of"}, {"text": "psycholojist"},
)


@pytest.mark.parametrize("asked", NOTHING)
def test_a_search_that_finds_nothing_always_leads_on(client: Any, asked: dict[str, Any]) -> None:
    page = client.post("/search", data=asked).text
    if names_of(page):
        return
    assert "Nothing here fits all of that yet" in page
    assert 'href="/urgent"' in page.split("Nothing here fits")[1]
    assert 'href="/browse"' in page.split("Nothing here fits")[1]
    for token, words in buttons_of(page):
        counted = re.search(r"\((\d+)\)$", words)
        if counted:
            assert total_of(client.post("/search", data={**asked, "set": token}).text) == int(counted[1]) > 0


def test_some_search_finds_nothing_at_first_and_something_one_tap_later(client: Any) -> None:
    page = client.post("/search", data={"text": "xyzzyq", "place": CODE}).text
    assert names_of(page) == []
    token = next(token for token, words in buttons_of(page) if "more if" in words)
    assert names_of(client.post("/search", data={"text": "xyzzyq", "place": CODE, "set": token}).text)


def test_a_card_tells_things_in_the_fixed_order(client: Any) -> None:
    for card in results_of(client.post("/search", data={"supports": "togetherness", "place": CODE, "languages": "so", "language_must": "1"}).text):
        marks = ("<h3>", 'class="band', 'class="facts"', "onfirmed", 'class="why"', 'class="ask"', 'class="actions')
        at = [card.index(mark) for mark in marks if mark in card]
        assert at == sorted(at)
        assert len(re.findall(r"<li>", card.split('class="ask"')[-1].split("<details")[0])) <= 3 if 'class="ask"' in card else True


def test_no_reason_and_no_question_is_told_twice(client: Any) -> None:
    page = client.post("/search", data={"supports": "mind", "place": CODE, "access": ["lift", "step_free"], "access_must": "1", "free": "1"}).text
    for card in results_of(page):
        for block in re.findall(r"<ul.*?</ul>", card, re.DOTALL):
            lines = re.findall(r"<li[^>]*>([^<]+)", block)
            assert len(lines) == len(set(lines)), lines
        assert not re.search(r"ask first</li>", card.split('class="ask"')[-1], re.IGNORECASE) or 'class="ask"' not in card


FULL = {"supports": ["togetherness", "joy"], "place": CODE, "modes": "walk", "minutes": "30", "own_strengths": "I cook"}


def test_a_full_page_says_how_many_are_not_shown_and_tells_why_when_asked(client: Any) -> None:
    page = client.post("/search", data=FULL).text
    assert len(results_of(page)) == 10
    asking = re.search(r'<button type="submit" formaction="/search/around" [^>]*>Not shown: (\d+)\. See why', page)
    assert asking
    assert "more if" not in page
    assert "and why</summary>" not in page
    told = client.post("/search/around", data=FULL).text
    assert f"Not shown: {asking[1]}, and why" in told
    assert any("more if" in words for _, words in buttons_of(told))


@pytest.mark.parametrize("asked", [{"text": "xyzzyq"}, {"supports": "mind", "free": "1", "formats": "online", "format_must": "1", "kinds": "helpline"}])
def test_a_page_that_is_not_full_tells_the_ways_on_at_once(client: Any, asked: dict[str, Any]) -> None:
    page = client.post("/search", data=asked).text
    assert len(results_of(page)) < 10
    assert "and why</summary>" in page
    assert 'formaction="/search/around"' not in page


def test_what_lies_around_is_the_same_with_script_and_without(client: Any) -> None:
    whole = client.post("/search/around", data=FULL).text
    part = client.post("/search/around", data=FULL, headers={"HX-Request": "true"}).text
    assert "<html" not in part
    assert f'<div id="around">{part}</div>' in whole


def test_the_page_of_what_lies_around_carries_every_answer(client: Any) -> None:
    whole = client.post("/search/around", data=FULL).text
    for name, value in (("supports", "joy"), ("modes", "walk")):
        assert re.search(f'name="{name}" value="{value}" checked', whole)
    assert 'value="I cook"' in whole
    assert '<option value="30" selected>' in whole


def test_a_search_without_limits_over_everything_has_nothing_around_it(client: Any) -> None:
    page = client.post("/search", data={"give": "1"}).text
    assert "/search/around" not in page
    assert "Not shown" not in page


def test_nobody_is_asked_the_same_thing_twice(client: Any) -> None:
    page = client.post("/search", data={"own_strengths": "I cook for the whole street"}).text
    asked = page.split("is this you?")[1].split("Use what I ticked")[0]
    labels = [label.strip() for label in re.findall(r'type="checkbox"[^>]*>\s*(?:<span[^>]*>)?([^<]+)', asked)]
    assert "Cooking and baking" in labels
    assert len(labels) == len(set(labels))
