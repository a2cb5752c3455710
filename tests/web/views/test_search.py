"""The search: whatever is posted gets a page, the part for htmx is the main part of the page, and nothing said travels on."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from msgspec.structs import fields

from directory.languages import language_terms
from seeds.words import FOLDER, codes_of
from tests.web.views.reading import CODE, main_of, names_of, total_of
from web.forms.fields import SHARED, WEIGHED, InquiryForm

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HTMX = {"HX-Request": "true"}
ASKED: tuple[dict[str, str | list[str]], ...] = (
    {}, {"text": "a choir", "place": CODE}, {"text": "xyzzyq"}, {"text": "I want to die"}, {"place": "Springfield"}, {"age": "old"},
    {"text": "food", "free": "1", "offset": "10", "access": ["step_free", "lift"], "access_must": "1", "weight_cost": "4"},
    {"own_strengths": "I fix bikes and cook", "communities": "hmong", "times": ["1e", "2e"], "only_times": "1", "minutes": "75", "modes": "bus"},
)


def test_a_search_answers_with_ten_results_at_most_and_says_how_many_there_are(client: Any) -> None:
    page = client.post("/search", data={"text": "company", "place": CODE})
    assert page.status_code == 200
    assert len(names_of(page.text)) == 10 < total_of(page.text)


@pytest.mark.parametrize("asked", ASKED)
def test_the_part_for_htmx_is_the_main_part_of_the_page_with_its_title(client: Any, asked: dict[str, Any]) -> None:
    whole, part = client.post("/search", data=asked), client.post("/search", data=asked, headers=HTMX)
    title = re.search(r"<title>.*?</title>", whole.text)
    assert title
    assert part.text.strip() == f"{title[0]}\n{main_of(whole.text)}"
    assert "HX-Request" in whole.headers["vary"]


@pytest.mark.parametrize("asked", ASKED)
def test_no_answer_is_stored_and_no_cookie_is_set(client: Any, asked: dict[str, Any]) -> None:
    answer = client.post("/search", data=asked)
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH"])
def test_a_search_is_posted(client: Any, verb: str) -> None:
    assert client.request(verb, "/search").status_code == 405


def test_an_address_from_a_history_leads_to_the_questions(client: Any) -> None:
    answer = client.get("/search?text=secret")
    assert (answer.status_code, answer.headers["location"]) == (303, "/")


BAD = [
    (b"text=%ff%fe", FORM), (b"%", FORM), (b"=&=&&=", FORM), (b"set=" + b"x" * 5000, FORM), (b"minutes=" + b"9" * 5000, FORM), (b"\x00\xff", FORM),
    (b"{}", {"Content-Type": "application/json"}), (b"x", {"Content-Type": "multipart/form-data; boundary=q"}), (b"x", {}),
    (b"&".join(b"supports=a%d" % number for number in range(3000)), FORM),
]


@pytest.mark.parametrize(("body", "headers"), BAD)
def test_a_body_that_is_no_form_is_never_our_error(client: Any, body: bytes, headers: dict[str, str]) -> None:
    assert client.post("/search", content=body, headers=headers).status_code in (200, 400, 413, 415, 422)


def test_an_answer_in_error_is_said_beside_its_field_and_in_the_title_and_kept(client: Any) -> None:
    page = client.post("/search", data={"age": "old", "text": "food"}).text
    assert "<title>Error: " in page
    assert '<a href="#age">' in page
    assert re.search(r'id="age"[^>]* value="old"[^>]* aria-invalid="true"', page)
    assert names_of(page), "the other answers count all the same"


def test_whatever_a_person_answers_is_in_the_page_again_and_nowhere_else(client: Any, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for name in [field.name for field in fields(InquiryForm)] + [f"weight_{name}" for name in WEIGHED] + ["set"]:
        answer = client.post("/search", data={name: "zqcanary"})
        assert answer.status_code == 200
        assert "zqcanary" not in str(answer.headers)
        assert not re.search(r'(href|action|src|hx-[a-z]+)="[^"]*zqcanary', answer.text)
    assert not [record for record in caplog.records if "zqcanary" in f"{record.getMessage()}{record.args}" and record.name != "httpx"]


def test_what_was_typed_is_escaped(client: Any) -> None:
    said = '"><script>alert(1)</script>'
    page = client.post("/search", data={"text": said, "place": said, "own_strengths": said, "supports": said}).text
    assert "<script>alert" not in page


@pytest.mark.parametrize("name", [one.name for one in fields(InquiryForm) if isinstance(one.default, tuple)])
def test_more_choices_than_anybody_could_mean_still_get_a_page(client: Any, name: str) -> None:
    """What a question may hold is checked once more where it is asked; a page keeps within it by itself."""
    taxonomy = {"group_needs": "group_facts", "group": "group_facts", "about": "audiences"}.get(name, name)
    codes = sorted(codes_of(taxonomy)) if (FOLDER / f"{taxonomy}.toml").exists() else [*SHARED, *(f"{day}{part}" for day in range(7) for part in "maen")]
    tags = [term.code for term in language_terms()]
    for asked in (codes, tags):
        answer = client.post("/search", data={"text": "a choir", name: asked, "language_must": "1", "format_must": "1", "access_must": "1"})
        assert answer.status_code == 200
