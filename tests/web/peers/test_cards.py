"""A card that is not right: never again, and telling the moderator, before any name has passed; and nothing of either is on a page of the other's."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from httpx import Response
from sqlalchemy import select

from directory.models import Introduction, PeerBlock, PeerReport
from tests.peers import CARDS, NAMES
from tests.talked import DESK
from tests.web.peers.circle import Pages, typed_by
from tests.web.second_door import SecondDoor, text_of


@pytest.fixture
def pages(door: SecondDoor) -> Pages:
    made = Pages(door)
    made.circle.gather("rosa", "wen", "sol", "farah")
    return made


def where(pages: Pages, name: str, other: str) -> str:
    return pages.mine(name, f"/cards/{pages.profile_id(other)}/not-right")


def do(pages: Pages, name: str, other: str, wish: str = "never", **said: Any) -> Response:
    return pages.door.as_(name).post(where(pages, name, other), {"do": wish, **said})


def report_page(pages: Pages) -> str:
    with pages.door.storage.reading() as session:
        return f"{DESK}/reports/{session.scalars(select(PeerReport.id)).one()}"


class TestNeverAgain:
    """Mutual, at once, silent and for ever, although neither knows who the other is."""

    @pytest.mark.parametrize(("name", "other"), [("rosa", "sol"), ("sol", "rosa")])
    def test_both_cards_are_gone_and_stay_gone(self, pages: Pages, name: str, other: str) -> None:
        assert "Never suggest this person again" in pages.door.as_(name).get(where(pages, name, other)).text
        assert do(pages, name, other).headers["location"] == f"{pages.mine(name)}?said=peers-never"
        for one, gone in ((name, other), (other, name)):
            assert CARDS[gone] not in pages.board(one).text
        pages.circle.later(days=400)
        with pages.door.storage.reading() as session:
            assert len(session.scalars(select(PeerBlock)).all()) == 2, "and no row tells who asked"

    @pytest.mark.parametrize("before", ["", "yes", "no"])
    def test_what_the_other_reads_is_what_any_no_would_show(self, pages: Pages, before: str) -> None:
        """Two worlds: Rosa says "not for me" in one, and "never again" in the other. Sol, who had answered, reads the same in both, today and tomorrow."""
        seen = {}
        for seeker, wish in (("rosa", "no"), ("wen", "never")):
            if before:
                pages.answer("sol", seeker, before)
            assert (pages.answer(seeker, "sol", "no") if wish == "no" else do(pages, seeker, "sol")).status_code == 303
        for day in (0, 1):
            pages.door.later(days=day)
            pages.door.sign_in("sol")
            board = pages.circle
            board.at = pages.door.at
            heard = board.heard("sol")
            seen[day] = (heard.get("Quilt"), heard.get("Sesame"))
        assert seen[0][0] == seen[0][1]
        assert seen[1][0] == seen[1][1]
        assert seen[1][0] == {"yes": "over", "no": "passed"}.get(before)

    def test_nobody_gets_a_letter_and_no_other_page_changes(self, pages: Pages) -> None:
        before = pages.board("farah").content, pages.board("wen").content
        do(pages, "rosa", "sol")
        assert (pages.board("farah").content, pages.board("wen").content) == before
        assert pages.door.letters() == []

    def test_doing_it_twice_is_no_error(self, pages: Pages) -> None:
        assert {do(pages, "rosa", "sol").status_code, do(pages, "rosa", "sol").status_code} == {303}

    def test_it_ends_two_yeses_as_any_no_does(self, pages: Pages) -> None:
        pages.circle.both("rosa", "sol")
        do(pages, "rosa", "sol")
        with pages.door.storage.reading() as session:
            row = session.scalars(select(Introduction)).one()
        assert (row.seeker_said, row.supporter_said, row.ended_by) == ("no", "yes", "seeker")
        assert pages.circle.heard("sol") == {"Quilt": "waiting"}
        assert pages.introduce(row.id).status_code == 404


class TestTelling:
    """The moderator reads who it is, as far as cards say it; neither of two learns a name, and the one whom it is about learns nothing."""

    def test_the_moderator_reads_the_words_and_the_card_as_it_was(self, pages: Pages) -> None:
        shown = text_of(pages.door.as_("rosa").get(where(pages, "rosa", "sol")))
        assert "Imani reads what you write here" in shown
        answer = do(pages, "rosa", "sol", "tell", words="The words on the card are about me")
        assert answer.headers["location"] == "/my/peers/reports?said=peers-told"
        pages.circle.join("sol", words="Now it says something else.")
        desk = pages.door.as_("imani")
        told = desk.get(report_page(pages))
        assert "The words on the card are about me" in told.text
        assert "Marigold: Marigold likes company." in told.text
        assert "From Quilt , about Marigold" in text_of(told)
        assert "Write no name in your answer" in told.text
        assert "End this introduction" not in told.text
        links = re.findall(rf"{DESK}/[0-9a-f-]+/people/[0-9a-f-]+", told.text)
        assert [NAMES[name] in desk.get(link).text for name, link in zip(("rosa", "sol"), links, strict=True)] == [True, True]

    def test_the_answer_comes_back_and_no_name_with_it(self, pages: Pages) -> None:
        do(pages, "rosa", "sol", "tell", words="It is about me")
        assert pages.door.as_("imani").post(report_page(pages), {"do": "answer", "words": "We looked, and have talked with them."}).status_code == 303
        read = pages.door.as_("rosa").get("/my/peers/reports")
        assert "We looked, and have talked with them." in read.text
        assert "With the card that it is about." in read.text
        for name, other in (("rosa", "sol"), ("sol", "rosa")):
            assert NAMES[other] not in pages.everything(name) + pages.door.as_(name).get("/my/peers/reports").text

    def test_the_other_reads_nothing_of_it(self, pages: Pages) -> None:
        before = pages.board("sol").content, pages.door.as_("sol").get("/my/peers/reports").content
        do(pages, "rosa", "sol", "tell", words="It is about me")
        assert (pages.board("sol").content, pages.door.as_("sol").get("/my/peers/reports").content) == before
        assert {letter.to for letter in pages.door.letters()} == {"imani@people.example"}

    def test_with_a_tick_they_are_never_suggested_again_as_well(self, pages: Pages) -> None:
        do(pages, "rosa", "sol", "tell", words="It is about me", block="1")
        assert CARDS["sol"] not in pages.board("rosa").text
        assert CARDS["rosa"] not in pages.board("sol").text

    def test_it_works_after_never_again(self, pages: Pages) -> None:
        do(pages, "rosa", "sol")
        assert do(pages, "rosa", "sol", "tell", words="There is more").status_code == 303

    def test_what_one_is_writing_arrives_although_the_card_goes_meanwhile(self, pages: Pages) -> None:
        stamp = re.findall(r'name="stamp" value="([^"]+)"', pages.door.as_("rosa").get(where(pages, "rosa", "sol")).text)[0]
        path = f"/my/peers/schemes/{pages.circle.scheme.id}/supporter/state"
        pages.door.as_("sol").post(path, {"state": "paused"})
        assert do(pages, "rosa", "sol", "tell", words="It is about me").status_code == 404, "a card that is not there, was not answered and was not opened"
        assert do(pages, "rosa", "sol", "tell", words="It is about me", stamp=stamp).status_code == 303
        assert do(pages, "wen", "sol", "tell", words="Let me try", stamp=stamp).status_code == 404, "a stamp is one person's"
        assert do(pages, "rosa", "farah", "tell", words="Let me try", stamp=stamp[:-4] + "AAAA").status_code == 303, "and hers is on the board"

    def test_a_moderator_who_is_meant_does_not_read_it(self, pages: Pages) -> None:
        pages.circle.vouch("sol")
        path = f"/my/peers/schemes/{pages.circle.scheme.id}/supporter"
        pages.door.as_("imani").post(f"{path}/words", {**typed_by("sol"), "pseudonym": "Heron"})
        pages.circle.vouch("imani")
        with pages.door.storage.reading() as session:
            heron = pages.circle.kept(session, "imani", side="supporter").row.id
        answer = pages.door.as_("rosa").post(pages.mine("rosa", f"/cards/{heron}/not-right"), {"do": "tell", "words": "It is about me"})
        assert answer.status_code == 303
        assert pages.door.as_("imani").get(report_page(pages)).status_code == 404
        assert "Nothing waits." in pages.door.as_("imani").get(f"{DESK}/reports").text

    def test_a_moderator_can_pause_the_person(self, pages: Pages) -> None:
        do(pages, "rosa", "sol", "tell", words="It is about me")
        assert pages.door.as_("imani").post(report_page(pages), {"do": "paused"}).status_code == 303
        assert CARDS["sol"] not in pages.board("wen").text

    def test_words_of_crisis_show_help_first_and_nothing_is_lost(self, pages: Pages) -> None:
        answer = do(pages, "rosa", "sol", "tell", words="I want to kill myself")
        assert "You can reach someone right now" in answer.text
        assert "I want to kill myself</textarea>" in answer.text
        assert pages.door.letters() == []
        assert do(pages, "rosa", "sol", "tell", words="I want to kill myself", seen="help").status_code == 303

    def test_without_words_it_is_asked_again_and_after_many_it_waits(self, pages: Pages) -> None:
        assert do(pages, "rosa", "sol", "tell", words=" ").status_code == 422
        answers = [do(pages, "rosa", "sol", "tell", words=f"Number {number}") for number in range(10)]
        assert [answer.status_code for answer in answers] == [303] * 9 + [429]
        assert "Number 9</textarea>" in answers[-1].text


class TestWhoMay:
    """Only whoever was shown the card themselves: no probe tells who is here, has answered, left or blocked."""

    @pytest.mark.parametrize("wish", ["never", "tell"])
    @pytest.mark.parametrize("name", ["juno", "nia", "imani"])
    def test_whoever_takes_no_part_finds_nothing(self, pages: Pages, name: str, wish: str) -> None:
        path = pages.mine("rosa", f"/cards/{pages.profile_id('sol')}/not-right")
        assert pages.door.as_(name).get(path).status_code == 404
        assert pages.door.as_(name).post(path, {"do": wish, "words": "x"}).status_code == 404

    def test_a_card_of_the_own_side_or_of_nobody_is_not_there(self, pages: Pages) -> None:
        for profile in (pages.profile_id("wen"), pages.profile_id("rosa"), uuid4()):
            assert pages.door.as_("rosa").get(pages.mine("rosa", f"/cards/{profile}/not-right")).status_code == 404

    def test_whoever_was_never_shown_it_finds_nothing_before_and_after_a_block(self, pages: Pages) -> None:
        pages.circle.join("sol", languages=("so",))
        path = where(pages, "rosa", "sol")
        before = pages.door.as_("rosa").get(path)
        with pages.door.storage.writing() as session:
            rosa, sol = (pages.circle.kept(session, name).client_id for name in ("rosa", "sol"))
            session.add_all([PeerBlock(client_id=rosa, other_id=sol, at=pages.door.at), PeerBlock(client_id=sol, other_id=rosa, at=pages.door.at)])
        after = pages.door.as_("rosa").get(path)
        assert (before.status_code, before.content) == (after.status_code, after.content)
        assert before.status_code == 404

    def test_who_was_told_of_somebody_and_answered_cannot_tell_a_block_from_a_pause(self, pages: Pages) -> None:
        pages.answer("sol", "rosa", "yes")
        do(pages, "rosa", "sol")
        assert pages.door.as_("sol").get(where(pages, "sol", "rosa")).status_code == 200, "as after any answer, whatever became of it"

    def test_between_two_who_were_introduced_there_are_other_pages_for_it(self, pages: Pages) -> None:
        pages.circle.introduced("rosa", "sol")
        assert pages.door.as_("rosa").get(where(pages, "rosa", "sol")).status_code == 404

    def test_another_button_is_refused(self, pages: Pages) -> None:
        assert do(pages, "rosa", "sol", "both").status_code == 422
