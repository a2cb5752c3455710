"""The page between two: it works, nobody else finds it, nothing typed is lost, and looking leaves no trace for the other."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from sqlalchemy import select, update

from directory.models import Introduction, PeerMessage, PeerScheme
from tests.reading import only_reads
from tests.talked import Talk, page, talk_in
from tests.web.second_door import SecondDoor, text_of


@pytest.fixture
def talk(door: SecondDoor) -> Talk:
    return talk_in(door)


def send(door: SecondDoor, talk: Talk, name: str, words: str, **more: object) -> object:
    return door.as_(name).post(f"/my/peers/{talk.key}/talk", {"words": words, **more})


def test_each_reads_what_the_other_wrote_under_the_name_of_their_choice(door: SecondDoor, talk: Talk) -> None:
    assert "A hello is enough" in page(door, talk, "rosa").text
    assert send(door, talk, "rosa", "  Hello!\r\nHow are you?  ").headers["location"] == f"/my/peers/{talk.key}/talk?said=sent"
    shown = page(door, talk, "sol")
    assert "You and Rosa M." in text_of(shown)
    assert "Hello!\nHow are you?" in shown.text
    assert "You and Soledad Reyes" in text_of(page(door, talk, "rosa"))
    assert shown.headers["cache-control"] == "no-store"
    assert "<title>Your pages: Homeground</title>" in shown.text, "no name in a title"


@pytest.mark.parametrize("which", ["talk", "end", "report", "check-in", "papers.txt", "papers.json"])
def test_it_is_there_for_the_two_and_nobody_else(door: SecondDoor, talk: Talk, which: str) -> None:
    send(door, talk, "rosa", "Hello")
    assert {page(door, talk, name, which).status_code for name in ("rosa", "sol")} == {200}
    for name in ("farah", "wen", "imani", "cora", "ana", "stella"):
        assert page(door, talk, name, which).status_code == 404, name
        assert door.as_(name).post(f"/my/peers/{talk.key}/{which.partition('.')[0]}", {"words": "x", "do": "block"}).status_code in (404, 405)
    assert page(door, talk, "anyone", which).headers["location"].startswith("/account/sign-in")


def test_before_both_yeses_and_the_introduction_it_is_not_there(door: SecondDoor, talk: Talk) -> None:
    for changes in ({"introduced_at": None}, {"introduced_at": None, "supporter_said": "", "supporter_said_at": None}):
        with door.storage.writing() as session:
            session.execute(update(Introduction).values(**changes))
        assert page(door, talk, "rosa").status_code == 404
        assert send(door, talk, "rosa", "Hello").status_code == 404


def test_looking_writes_nothing_and_changes_nothing_that_the_other_can_see(door: SecondDoor, talk: Talk) -> None:
    send(door, talk, "rosa", "Hello")
    send(door, talk, "sol", "Hello you")
    pages = ("talk", "end", "report", "check-in", "papers.txt", "papers.json")
    before = [page(door, talk, "rosa", which).content for which in pages]
    with only_reads(door.storage) as refused:
        for which in pages:
            assert page(door, talk, "sol", which).status_code == 200
    assert refused == []
    assert [page(door, talk, "rosa", which).content for which in pages] == before
    text = page(door, talk, "rosa").text
    assert not re.search(r"\b(seen|read at|online|typing|last active)\b", text, re.IGNORECASE)
    assert not re.search(r"hx-trigger|http-equiv=.refresh|EventSource", text), "nothing asks by itself whether there is news"


def test_nothing_but_text(door: SecondDoor, talk: Talk) -> None:
    send(door, talk, "rosa", "<b onclick=x>hi</b> https://tracker.example/x?id=1 [a](javascript:b)", seen="contact")
    text = page(door, talk, "sol").text
    assert "&lt;b onclick=x&gt;" in text
    assert "tracker.example" not in "".join(re.findall(r'(?:href|src|action)="[^"]*"', text)), "a link is shown and cannot be pressed"


@pytest.mark.parametrize(("words", "says"), [("", "Write a few words first"), (" \n ", "Write a few words first"), ("ä" * 4_001, "1 characters too long")])
def test_what_does_not_fit_is_said_and_kept(door: SecondDoor, talk: Talk, words: str, says: str) -> None:
    answer = send(door, talk, "rosa", words)
    assert answer.status_code == 422
    assert says in answer.text
    assert words.strip() in answer.text
    with door.storage.reading() as session:
        assert talk.rows(session) == []


def test_a_button_pressed_twice_sends_once(door: SecondDoor, talk: Talk) -> None:
    for _ in range(3):
        send(door, talk, "rosa", "Hello")
    send(door, talk, "sol", "Hello")
    door.later(minutes=3)
    send(door, talk, "rosa", "Hello")
    with door.storage.reading() as session:
        assert [row.seq for row in talk.rows(session)] == [1, 2, 3]


def test_too_much_at_once_waits_kindly_and_keeps_the_words(door: SecondDoor, talk: Talk) -> None:
    for number in range(20):
        assert send(door, talk, "rosa", f"message {number}").status_code == 303
    answer = send(door, talk, "rosa", "the twenty-first")
    assert answer.status_code == 429
    assert "Your words are still here" in answer.text
    assert "the twenty-first</textarea>" in answer.text
    assert send(door, talk, "sol", "I may").status_code == 303, "it is counted for each of them"
    door.later(minutes=2)
    assert send(door, talk, "rosa", "the twenty-first").status_code == 303


def test_words_of_crisis_show_help_first_and_alert_nobody(door: SecondDoor, talk: Talk) -> None:
    letters = Counter(letter.to for letter in door.letters())
    door.later(minutes=5)
    answer = send(door, talk, "rosa", "I want to kill myself")
    assert answer.status_code == 200
    assert "You can reach someone right now" in answer.text
    assert answer.text.index("You can reach someone") < answer.text.index("<textarea")
    assert "I want to kill myself</textarea>" in answer.text, "nothing is lost"
    with door.storage.reading() as session:
        assert session.scalars(select(PeerMessage)).all() == []
    assert Counter(letter.to for letter in door.letters()) == letters
    assert send(door, talk, "rosa", "I want to kill myself", seen="help").status_code == 303, "and it still can be sent"
    assert Counter(letter.to for letter in door.letters()) - letters == {"sol@people.example": 1}, "as any message: to the other, and to nobody else"


@pytest.mark.parametrize("words", ["Call me: 920-555-0177", "rosa@people.example is mine", "I live at 12 River Street", "see https://me.example"])
def test_in_the_first_month_somebody_is_asked_before_a_contact_goes(door: SecondDoor, talk: Talk, words: str) -> None:
    answer = send(door, talk, "rosa", words)
    assert answer.status_code == 200
    assert "It is your choice" in answer.text
    assert page(door, talk, "sol").text.count("<li class=") == 0
    assert send(door, talk, "rosa", words, seen="contact").status_code == 303
    door.later(days=30)
    door.sign_in("rosa")
    assert send(door, talk, "rosa", f"{words}!").status_code == 303, "after a month nobody asks"


def test_a_scheme_may_hold_contacts_back_and_says_so(door: SecondDoor, talk: Talk) -> None:
    with door.storage.writing() as session:
        session.execute(update(PeerScheme).values(holds_contacts=True))
    answer = send(door, talk, "rosa", "Call me: 920-555-0177", seen="contact")
    assert answer.status_code == 422
    assert "numbers and addresses stay out" in answer.text
    assert "920-555-0177</textarea>" in answer.text
    for words in ("See you at 16:30", "on 2026-11-30", "it was 12.11.2026", "about 100 people came in 1999"):
        assert send(door, talk, "rosa", words).status_code == 303, words


def test_the_shorter_of_both_wishes_counts_at_once(door: SecondDoor, talk: Talk) -> None:
    send(door, talk, "rosa", "an old message")
    door.later(days=8)
    for name in ("rosa", "sol"):
        door.sign_in(name)
    send(door, talk, "sol", "a new message")
    assert "an old message" in page(door, talk, "sol").text
    assert door.as_("sol").post(f"/my/peers/{talk.key}/days", {"days": "90"}).status_code == 303
    assert door.as_("rosa").post(f"/my/peers/{talk.key}/days", {"days": "7"}).status_code == 303
    shown = page(door, talk, "sol").text
    assert "an old message" not in shown
    assert "a new message" in shown
    assert "Now: 7 days" in shown
    assert 'value="90" selected' in shown
    with door.storage.reading() as session:
        assert [row.seq for row in talk.rows(session)] == [2], "it is deleted, not hidden"
    for wrong in ("", "0", "366", "x", "-1"):
        assert door.as_("rosa").post(f"/my/peers/{talk.key}/days", {"days": wrong}).status_code == 422


def test_each_may_take_a_copy_and_its_name_tells_nothing(door: SecondDoor, talk: Talk) -> None:
    send(door, talk, "rosa", "Hello")
    send(door, talk, "sol", "Hello you")
    text, data = page(door, talk, "rosa", "papers.txt"), page(door, talk, "rosa", "papers.json")
    assert "Soledad Reyes:\nHello you" in text.text
    assert [(line["by"], line["words"]) for line in data.json()["messages"]] == [("me", "Hello"), ("Soledad Reyes", "Hello you")]
    assert {one.headers["content-disposition"] for one in (text, data)} == {'attachment; filename="papers.txt"', 'attachment; filename="papers.json"'}
    door.later(minutes=20)
    page(door, talk, "rosa")
    door.later(minutes=11)
    assert page(door, talk, "rosa", "papers.txt").headers["location"].startswith("/account/confirm")


def test_one_letter_that_says_nothing_until_they_come_back(door: SecondDoor, talk: Talk) -> None:
    def mine() -> int:
        return len(door.letters("sol"))

    before = mine()
    door.later(minutes=5)
    for number in range(4):
        send(door, talk, "rosa", f"Quillon {number}")
    assert mine() == before + 1
    letter = door.letters("sol")[0]
    assert letter.subject == "You have a message"
    assert not re.search(r"Quillon|Rosa|peer|support|Alder|circle", letter.text, re.IGNORECASE)
    door.later(minutes=5)
    page(door, talk, "sol")
    door.later(minutes=5)
    send(door, talk, "rosa", "Quillon again")
    assert mine() == before + 2


@pytest.mark.parametrize("verb", ["put", "delete", "patch"])
def test_other_verbs_and_ids_are_refused(door: SecondDoor, talk: Talk, verb: str) -> None:
    path = f"/my/peers/{talk.key}/talk"
    assert door.as_("rosa")._ask(verb.upper(), path).status_code == 405
    for wrong in ("00000000-0000-0000-0000-000000000000", "x", str(talk.circle.client_id("rosa"))):
        assert door.as_("rosa").get(f"/my/peers/{wrong}/talk").status_code == 404
