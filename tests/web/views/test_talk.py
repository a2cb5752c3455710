"""The strengths conversation, and the rows of practice that it answers."""

from __future__ import annotations

import re
from typing import Any

import pytest

from directory.papers import BLANK
from tests.web.views.papered import HTMX, Talk, brought_names, offered, status_of
from tests.web.views.reading import CODE, main_of, names_of, results_of
from web.forms.talk import ALL, DONE, NAMES

PROBLEM = re.compile(r"\b(problem|deficit|symptom|diagnos|suffer|struggl|disorder|weakness|barrier)\b", re.IGNORECASE)
HIGH = re.compile(r'<h1 tabindex="-1">(.*?)</h1>')


@pytest.fixture
def talk(client: Any) -> Talk:
    return Talk(client)


def text_of(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", main_of(page))


def test_row_5_the_first_questions_ask_for_strengths_and_can_all_be_skipped(client: Any, talk: Talk) -> None:
    assert not PROBLEM.search(text_of(client.get("/strengths").text))
    for name in NAMES:
        page = talk.say(name, go="skip")
    assert HIGH.search(page)
    assert talk.papers == BLANK
    assert "What you bring" in page


def test_row_6_a_search_is_finished_while_naming_no_problem(talk: Talk) -> None:
    for name in NAMES:
        assert not PROBLEM.search(text_of(talk.say(name))), name
    assert len(names_of(talk.found())) == 10


@pytest.mark.parametrize("name", [*NAMES, ALL, DONE])
def test_the_part_for_htmx_is_the_main_part_of_each_page(client: Any, name: str) -> None:
    data = {"page": "well", "go": name, "own_words.good_at": "I cook"}
    whole, part = client.post("/strengths", data=data), client.post("/strengths", data=data, headers=HTMX)
    title = re.search(r"<title>.*?</title>", whole.text)
    assert title
    assert part.text.split() == f"{title[0]}\n{main_of(whole.text)}".split()
    assert (whole.headers["cache-control"], "set-cookie" in whole.headers) == ("no-store", False)


def test_row_1_what_words_may_mean_is_offered_and_nothing_is_taken_unconfirmed(talk: Talk) -> None:
    page = talk.say("good", own_words__good_at="I fix bikes")
    assert "strengths:making_fixing" in offered(page)
    assert talk.papers.about.profile.strengths == ()
    talk.tick("strengths:making_fixing", "helped")
    assert [one.code for one in talk.papers.about.profile.strengths] == ["making_fixing"]
    page = talk.say("good", go="good", had="strengths:making_fixing")
    assert talk.papers.about.profile.strengths == (), "a tick that was taken away is an answer too"


def test_every_answer_says_what_it_changed(talk: Talk) -> None:
    talk.tick("strengths:cooking")
    assert status_of(talk.page) == "These come first, out of what you said."
    first = brought_names(talk.page)
    talk.tick("interests:walking")
    assert status_of(talk.page).startswith("New among the first ten: ")
    assert brought_names(talk.page) != first
    talk.say("scale", **{"scales.scales.0.value": "4", "scales.scales.0.about": "x"})
    assert status_of(talk.page) == "This answer is yours to keep. It changes nothing in the order."
    assert talk.papers.scales.scales[0].value == 4


def test_row_4_walking_by_the_sea_puts_a_walking_group_in_the_top_five(talk: Talk) -> None:
    page = talk.say("helped", **{"own_words.helped.0.words": "walking by the sea"})
    assert "helped:0:walking" in offered(page)
    talk.tick("helped:0:walking", "mine")
    assert any(re.search(r"walk", name, re.IGNORECASE) for name in names_of(talk.found())[:5])


def test_row_2_a_place_of_ones_own_is_named_where_it_is_the_reason(talk: Talk) -> None:
    talk.tick("strengths:cooking")
    talk.say("fits", **{"about.place": "54915"})
    talk.say("mine", **{"circle.places.0.name": "the old mill", "circle.places.0.where": CODE})
    page = talk.found()
    assert "near the old mill" in page


def test_a_place_of_ones_own_stands_in_for_home_and_the_page_says_so(talk: Talk) -> None:
    talk.tick("strengths:cooking")
    talk.say("mine", **{"circle.places.0.name": "the old mill", "circle.places.0.where": CODE})
    assert "Distances are from the old mill, a place of yours." in talk.found()


def test_row_8_what_goes_well_comes_up_as_a_resource(talk: Talk) -> None:
    talk.say("life", **{"domains.answers.home": "well", "domains.answers.play": "more"})
    page = talk.say("new", go=DONE)
    assert "Going well: Home and daily life" in page
    assert "Play, rest and making" not in text_of(page).split("What you bring")[1].split("This brings")[0]


def test_row_11_find_anything_toward_a_home_ranks_what_helps_with_a_home_and_nothing_to_steer_clear_of(talk: Talk) -> None:
    said = {"strength": "I can find anything", "bites": "the bar, drinking with old friends", "wanted": "find a place to live"}
    page = talk.say("turn", **{f"reframes.reframes.0.{name}": words for name, words in said.items()})
    tokens = offered(page)
    assert "reframe:0:supports:find_home" in tokens
    assert "reframe:0:codes:resourcefulness" in tokens
    talk.say("turn", go="turn", yes=["reframe:0:supports:find_home", "reframe:0:codes:resourcefulness", "reframe:0:steer_clear:emergency_shelter"])
    assert talk.papers.reframes.reframes[0].steer_clear == ("emergency_shelter",)
    talk.post("/papers", do="turn 1")
    assert talk.papers.goals.goals[0].supports == ("find_home",)
    assert re.search(r"For this goal, with Finding a way", talk.page)
    names = re.findall(r"<bdi>(.*?)</bdi>", talk.page.split("For this goal")[1].split("</ol>")[0])
    assert names
    page = talk.post("/search", from_papers="1")
    assert "emergency_shelter" not in [code for _, code in re.findall(r'name="(supports)" value="(\w+)" checked', page)]


def test_row_24_the_slider_changes_three_of_the_first_ten_from_end_to_end(talk: Talk) -> None:
    talk.say("fits", **{"about.place": CODE})
    talk.say("helped", **{"own_words.helped.0.words": "walking by the sea"})
    talk.tick("helped:0:walking", "mine")
    talk.tick("strengths:cooking")
    talk.say("new", **{"about.profile.newness": "0"})
    before = set(names_of(talk.found()))
    talk.say("new", **{"about.profile.newness": "1"})
    after = set(names_of(talk.found()))
    assert len(before - after) >= 3


def test_a_sensitive_question_says_why_it_is_asked_and_what_an_answer_opens(talk: Talk) -> None:
    talk.tick("strengths:cooking")
    page = talk.say("new", go="fits")
    assert page.count("Why we ask") >= 4
    found = re.search(r"Of the first 100 places, (\d+) are for or led by certain communities", page)
    assert found
    assert int(found[1]) > 0


def test_words_of_crisis_lead_to_urgent_help_first(talk: Talk) -> None:
    page = talk.say("well", **{"own_words.went_well": "nothing, I want to die"})
    assert page.index("You can reach someone right now") < page.index('class="talk"')
    assert offered(page) == []


def test_row_23_a_friend_is_asked_nothing_about_themselves(talk: Talk) -> None:
    talk.say("well", asked_for_whom="1", for_somebody="1")
    assert talk.papers.for_somebody
    for name in NAMES[1:]:
        page = talk.say(name, go="skip")
        heading = HIGH.search(page)
        assert heading
        assert not re.search(r"\byou\b", heading[1]), name
    page = talk.found()
    assert "What fits them" in page
    assert "What are they good at, or enjoy?" in page


def test_what_does_not_fit_stays_on_the_page_with_words_beside_it(talk: Talk) -> None:
    page = talk.say("fits", **{"about.profile.age": "old"})
    assert "<title>Error: " in page
    assert 'value="old"' in page
    assert 'aria-invalid="true"' in page


def test_the_page_as_it_stands_is_answered_and_not_taken(client: Any) -> None:
    answer = client.post("/strengths/brings", data={"page": "good", "own_words.good_at": "I fix bikes", "yes": "strengths:cooking"})
    assert answer.status_code == 200
    assert len(brought_names(answer.text)) == 3
    assert "Making and fixing" in answer.text
    assert 'name="papers"' not in answer.text


@pytest.mark.parametrize("body", [b"papers=%7B", b"papers=%7B%22version%22%3A2%7D", b"papers=[]"])
@pytest.mark.parametrize("path", ["/strengths", "/strengths/brings", "/papers", "/papers/keep", "/papers/file", "/papers/sheet", "/search"])
def test_papers_that_cannot_be_read_are_refused_with_words(client: Any, path: str, body: bytes) -> None:
    answer = client.post(path, content=body, headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 422
    assert "Something needs another look" in answer.text


@pytest.mark.parametrize("path", ["/strengths", "/strengths/brings"])
@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH"])
def test_the_conversation_is_read_or_posted(client: Any, path: str, verb: str) -> None:
    assert client.request(verb, path).status_code == 405


def test_row_29_learning_to_manage_it_oneself_brings_self_management(talk: Talk) -> None:
    page = talk.say("more", **{"hopes.more_of": "learn to manage it myself"})
    assert "supports:self_management" in offered(page)
    talk.tick("supports:self_management", "scale")
    results = results_of(talk.found())
    assert any(re.search(r"manag", result, re.IGNORECASE) for result in results[:3])
