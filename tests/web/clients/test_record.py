"""Opening a record as a caseworker: strengths first, only what is open, notes, and what waits for a yes (practice rows 9, 15, 16, 20, 65, 67)."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID

import pytest
from msgspec.structs import replace

from directory.clients.parts import OWN, PARTS
from directory.clients.planning import papers_of
from directory.papers import BLANK, Papers, load, pack
from tests.clients import ALDER, opened_of
from tests.web.clients.people import make_whole_rosa, marker, seen, with_alder
from tests.web.clients.test_caseload import HOME, begin, looked
from tests.web.second_door import SecondDoor, text_of

ALL = {"parts": [part for part in PARTS if part not in OWN], "purpose": "together", "days": "90", "language": "en"}


def rosa_with_nia(door: SecondDoor, **said: object) -> str:
    """Rosa's record, which she lets Alder House see; gives its address there."""
    client = make_whole_rosa(door)
    assert door.as_("rosa").post(f"/my/sharing/agencies/{ALDER}", {**ALL, **said}).status_code == 303
    path = f"{HOME}/clients/{client}"
    assert door.as_("nia").post(f"{path}/take").status_code == 303
    return path


def test_achievements_come_first_and_confidence_is_hers_alone_rows_9_and_20(door: SecondDoor) -> None:
    page = door.as_("nia").get(rosa_with_nia(door)).text
    order = [page.index(marker(part)) for part in ("achievements", "own_words", "came_through", "goals", "contact")]
    assert order == sorted(order)
    assert seen(page) == set(PARTS) - OWN
    assert "How sure I am" not in page
    assert "{" not in re.sub(r'<meta[^>]*>|<textarea name="papers" hidden>.*?</textarea>', "", page, flags=re.DOTALL)
    assert "How sure I am, for me alone: 3 of 10" in door.as_("rosa").get("/my/copy/file.html").text


def test_what_is_not_open_is_said_plainly(door: SecondDoor) -> None:
    page = door.as_("nia").get(rosa_with_nia(door, parts=["label", "goals"]))
    assert seen(page.text) == {"label", "goals"}
    assert "Not open to you, as the person wishes: What I did; What I am good at, in my own words;" in text_of(page)


def test_taking_it_back_closes_the_next_page_row_67(door: SecondDoor) -> None:
    path = rosa_with_nia(door)
    door.as_("nia").post(f"{path}/notes", {"kind": "note", "words": "We met at the library"})
    assert "We met at the library" in door.as_("nia").get(path).text
    take = re.search(r'action="(/my/sharing/[^"]+/take-back)"', door.as_("rosa").get("/my/sharing").text)
    assert take
    door.as_("rosa").post(take.group(1))
    page = door.as_("nia").get(path).text
    assert seen(page) == set()
    assert "We met at the library" not in page
    assert door.as_("nia").post(f"{path}/notes", {"kind": "note", "words": "More"}).status_code == 403
    assert looked(door, path)[0][2] == (), "that she looked and saw nothing stands in the log, too"


def test_the_person_reads_notes_but_those_that_are_marked(door: SecondDoor) -> None:
    path = rosa_with_nia(door)
    for kind, words in (("note", "We met at the library"), ("professional", "Call before ten")):
        assert door.as_("nia").post(f"{path}/notes", {"kind": kind, "words": words}).status_code == 303
    mine = door.as_("rosa").get("/my/notes").text
    assert "We met at the library" in mine
    assert "Call before ten" not in mine
    assert "Call before ten" in door.as_("rosa").get("/my/copy/file.json").text, "it is hers by right all the same"
    assert "Call before ten" in door.as_("omar").post(f"{path}/look", {"reason": "Nia is ill"}).text


def test_a_strength_is_seen_by_nobody_else_before_the_yes_row_15(door: SecondDoor) -> None:
    path = rosa_with_nia(door)
    door.as_("nia").post(f"{path}/notes", {"kind": "noticed", "words": "You called three places"})
    assert "You called three places" in door.as_("nia").get(path).text
    for answer in (door.as_("omar").post(f"{path}/look", {"reason": "Nia is ill"}), door.as_("lena").get(path)):
        assert answer.status_code == 200
        assert "You called three places" not in answer.text
    where = re.search(r'action="(/my/notes/[^"]+)"', door.as_("rosa").get("/my/notes").text)
    assert where
    assert door.as_("nia").post(where.group(1), {"into": "own_words"}).status_code == 404, "only she says yes"
    assert door.as_("rosa").post(where.group(1), {"into": "achievements", "words": "I called three places"}).status_code == 303
    assert "I called three places" in door.as_("omar").post(f"{path}/look", {"reason": "Nia is ill"}).text
    assert "For you to decide" not in door.as_("rosa").get("/my/notes").text


def test_no_goal_is_hers_before_her_yes_and_a_no_leaves_nothing_row_16(door: SecondDoor) -> None:
    path = rosa_with_nia(door)
    for words in ("Cook for ten", "Run a mile"):
        door.as_("nia").post(f"{path}/notes", {"kind": "goal", "words": words, "why": "Sundays"})
    assert "Cook for ten" not in door.as_("rosa").get("/my/copy/file.json").json()["records"][0]["parts"]["goals"]["goals"][-1]["words"]
    page = door.as_("rosa").get("/my/notes").text
    places = dict(zip(re.findall(r'<p class="words" dir="auto">(Cook for ten|Run a mile)</p>', page), re.findall(r'action="(/my/notes/[^"]+)"', page),
                      strict=True))   # fmt: skip
    assert door.as_("rosa").post(places["Cook for ten"], {"into": "achievements"}).status_code == 422, "a goal is no achievement"
    door.as_("rosa").post(places["Cook for ten"], {"into": "goals", "words": "Cook for twelve"})
    door.as_("rosa").post(places["Run a mile"], {"into": "no"})
    goals = door.as_("rosa").get("/my/copy/file.json").json()["records"][0]["parts"]["goals"]["goals"]
    assert [(one["words"], one.get("why", ""), one.get("confidence")) for one in goals] == [(marker("goals"), "", 3), ("Cook for twelve", "Sundays", None)]
    assert "Run a mile" not in door.as_("nia").get(path).text
    assert "Run a mile" not in door.as_("rosa").get("/my/copy/file.json").text


def test_for_somebody_without_an_account_their_caseworker_writes_what_they_say(door: SecondDoor) -> None:
    path = begin(door)
    door.as_("nia").post(f"{path}/notes", {"kind": "noticed", "words": "You mend things"})
    note = re.search(r'action="([^"]+/notes/[^"]+)"', door.as_("nia").get(path).text)
    assert note
    assert door.as_("omar").post(note.group(1), {"into": "own_words"}).status_code == 403
    assert door.as_("nia").post(note.group(1), {"into": "own_words", "words": "I mend bicycles"}).status_code == 303
    assert "I mend bicycles" in door.as_("nia").get(path).text
    assert door.as_("nia").post(f"{path}/plain", {"label": "Teodoro"}).status_code == 303
    assert door.as_("nia").post(f"{path}/plain", {"contact": "at the shop"}).status_code == 403, "they did not agree to that part"
    assert "Teodoro" in door.as_("nia").get(path).text


def test_what_was_said_is_taken_back_on_their_word(door: SecondDoor) -> None:
    path = begin(door)
    take = re.search(r'action="([^"]+/take-back)"', door.as_("nia").get(f"{path}/consent").text)
    assert take
    assert door.as_("nia").post(take.group(1)).status_code == 303
    assert "Mateo" not in door.as_("nia").get(path).text
    again = {"parts": ["label"], "days": "30", "language": "ar", "how": "written", "purpose": "together"}
    assert door.as_("nia").post(f"{path}/consent", again).status_code == 303
    assert "Mateo" in door.as_("nia").get(path).text


def test_a_record_that_an_agency_began_becomes_their_own_by_a_link(door: SecondDoor) -> None:
    path = begin(door)
    old = re.search(r"(/my/join/[\w-]+)", door.as_("nia").post(f"{path}/link").text)
    new = re.search(r"(/my/join/[\w-]+)", door.as_("nia").post(f"{path}/link").text)
    assert old
    assert new
    assert door.as_("rosa").get(old.group(1)).status_code == 404, "the one before is not good any more"
    assert "Alder House" in door.as_("rosa").get(new.group(1)).text
    assert door.as_("rosa").post(new.group(1)).status_code == 303
    assert door.as_("stella").post(new.group(1)).status_code == 404, "good once"
    assert "Mateo" in door.as_("rosa").get("/my/copy/file.json").text
    assert "Mateo" in door.as_("nia").get(path).text, "what was agreed to goes on"
    assert door.as_("nia").post(f"{path}/plain", {"label": "Other"}).status_code == 403, "and from now on only they write"
    assert door.as_("nia").get(f"{path}/consent").status_code == 403
    assert "Nia" in door.as_("rosa").get("/my/looked").text


def test_every_prompt_leads_to_its_guide_row_65(door: SecondDoor) -> None:
    path = begin(door)
    guide = door.as_("nia").get("/desk/guide").text
    for page in (door.as_("nia").get(path).text, door.as_("nia").get(f"{HOME}/clients/new").text):
        prompts = re.findall(r'<q>.*?</q> <a href="/desk/guide#([\w-]+)">', page)
        assert prompts
        assert all(f'id="{key}"' in guide for key in prompts)


def test_who_looked_says_who_when_what_and_why(door: SecondDoor) -> None:
    path = rosa_with_nia(door, parts=["label", "goals"])
    door.as_("nia").get(path)
    door.as_("omar").post(f"{path}/look", {"reason": "Nia is ill"})
    page = text_of(door.as_("rosa").get("/my/looked"))
    assert "This list is whole" in page
    assert re.search(r"Omar , caseworker of Alder House , 24 November 2026, 17:00 UTC", page)
    assert "Nia is ill" in page
    assert "The name I wish to be called by; My goals" in page


def test_a_log_that_was_tampered_with_says_so(door: SecondDoor) -> None:
    path = rosa_with_nia(door)
    for _ in range(3):
        door.as_("nia").get(path)
    with door.storage.writing() as session:
        session.connection().exec_driver_sql("update client_view set role = 'lead' where seq = 2")
    assert "Something in this list was changed" in door.as_("rosa").get("/my/looked").text


def test_wrong_notes_are_not_kept(door: SecondDoor) -> None:
    path = rosa_with_nia(door)
    for said in ({"kind": "note", "words": " "}, {"kind": "gossip", "words": "x"}, {"kind": "goal", "words": "x" * 201}, {"kind": "note", "words": "x" * 2001}):
        assert door.as_("nia").post(f"{path}/notes", said).status_code == 422
    with_alder(door, make_whole_rosa(door))
    assert "There are none." in door.as_("rosa").get("/my/notes").text


@pytest.mark.parametrize(
    ("said", "field", "summary"),
    [
        ({"kind": "goal", "words": "", "why": "Sundays matter"}, "goal-words", "Propose a goal"),
        ({"kind": "goal", "words": "Sing", "why": "x" * 2001}, "goal-why", "Propose a goal"),
        ({"kind": "noticed", "words": "x" * 201}, "noticed-words", "I noticed a strength"), ({"kind": "note", "words": ""}, "words", "Write a note"),
    ],
)  # fmt: skip
def test_an_error_stands_at_the_field_of_the_form_that_was_sent(door: SecondDoor, said: dict[str, str], field: str, summary: str) -> None:
    answer = door.as_("nia").post(f"{rosa_with_nia(door)}/notes", said)
    page = answer.text
    assert answer.status_code == 422
    assert re.findall(r'<li><a href="(#[^"]+)">', page) == [f"#{field}"], "the summary leads there"
    assert re.findall(r'<(?:input|textarea)[^>]* id="([^"]+)"[^>]* aria-invalid="true"', page) == [field], "and no other is marked"
    assert f'<span class="error" id="{field}-error">' in page
    assert re.findall(r"<details open><summary>([^<]+)", page) == [summary], "it stands open"
    for typed in (said["words"], said.get("why", "")):
        assert typed in page, "what was typed is still there"


def test_an_error_of_what_they_said_stands_at_the_notes(door: SecondDoor) -> None:
    path = begin(door)
    door.as_("nia").post(f"{path}/notes", {"kind": "goal", "words": "Cook for ten"})
    note = re.search(r'action="([^"]+/notes/[^"]+)"', door.as_("nia").get(path).text)
    assert note
    answer = door.as_("nia").post(note.group(1), {"into": "goals", "words": "x" * 201})
    assert (answer.status_code, re.findall(r'<li><a href="(#[^"]+)">', answer.text), 'id="notes"' in answer.text) == (422, ["#notes"], True)
    assert "aria-invalid" not in answer.text


def test_the_form_of_their_name_stands_open_when_it_has_an_error(door: SecondDoor) -> None:
    answer = door.as_("nia").post(f"{begin(door)}/plain", {"label": "x" * 121})
    assert (answer.status_code, re.findall(r"<details open><summary>([^<]+)", answer.text)) == (422, ["Their name here, and how to reach them"])


def test_reading_through_one_record_after_another_is_stopped(door: SecondDoor) -> None:
    path = begin(door)
    answers = [door.as_("nia").get(path).status_code for _ in range(61)]
    assert answers == [200] * 60 + [429]
    assert door.as_("lena").get(path).status_code == 200, "only for whoever does"


def key_of(path: str) -> UUID:
    return UUID(path.rpartition("/")[2])


def carried(page: str) -> Papers | None:
    found = re.search(r'<textarea name="papers" hidden>(.*?)</textarea>', page, re.DOTALL)
    return load(unescape(found[1]).encode()) if found else None


def test_they_match_together_with_what_is_open_and_with_the_persons_own_weights(door: SecondDoor) -> None:
    path = rosa_with_nia(door, parts=["about", "shortlist", "goals"])
    papers = carried(door.as_("nia").get(path).text)
    assert papers is not None
    with door.storage.reading() as session:
        own = opened_of(session, door.town, key_of(path), at=door.at, sealer=door.sealer)
    assert papers.about == papers_of(own).about, "her answers, and how much each counts"
    assert papers.shortlist == papers_of(own).shortlist
    assert papers == replace(BLANK, about=papers.about, shortlist=papers.shortlist), "nothing else goes along, and no goal with how sure she is"
    answer = door.as_("nia").post("/search", {"papers": pack(papers), "from_papers": "1"})
    assert answer.status_code == 200
    assert 'name="papers"' in answer.text


def test_without_a_yes_there_is_nothing_to_match_with(door: SecondDoor) -> None:
    path = rosa_with_nia(door, parts=["about"])
    assert carried(door.as_("nia").get(path).text) is not None
    take = re.search(r'action="(/my/sharing/[^"]+/take-back)"', door.as_("rosa").get("/my/sharing").text)
    assert take
    door.as_("rosa").post(take.group(1))
    assert carried(door.as_("nia").get(path).text) is None


def test_parts_that_no_search_asks_with_give_nothing_to_match_with(door: SecondDoor) -> None:
    assert carried(door.as_("nia").get(rosa_with_nia(door, parts=["label", "goals"])).text) is None
