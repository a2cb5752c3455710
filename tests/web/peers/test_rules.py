"""The safety rules of peer support, one test a rule, each through the pages and as the wrong person. Rules 6, 8, 9 and 10 are beside the talking."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from directory.models import Client, PeerProfile
from tests.peers import CARDS, NAMES, Circle
from tests.web.peers.circle import Pages, typed_by
from tests.web.second_door import SecondDoor, text_of

PRIVATE = (*NAMES.values(), "54911", "Walter of the mill", "America/Chicago", "people.example")


@pytest.fixture
def pages(door: SecondDoor) -> Pages:
    return Pages(door)


class TestRule1OptIn:
    """Nobody takes part but by themselves, with a consent that names the organization and ends."""

    def test_nobody_can_say_it_for_somebody_else(self, pages: Pages) -> None:
        for name in ("nia", "imani", "lena"):
            pages.door.as_(name).post(pages.mine("rosa", "/words"), typed_by("rosa", client_id=str(pages.door.town.accounts["rosa"]), account_id="x"))
        assert pages.board("rosa").status_code == 404, "each could only say it of themselves"

    @pytest.mark.parametrize("days", [None, "", "0", "400", "-1"])
    def test_without_an_end_it_is_not_kept(self, pages: Pages, days: str | None) -> None:
        assert pages.say("rosa", days=days).status_code == 422

    def test_once_it_is_over_or_taken_back_nobody_sees_it(self, pages: Pages) -> None:
        pages.circle.gather("sol")
        for name in ("rosa", "wen"):
            pages.say(name, days="30")
        assert set(pages.cards("sol")) == {"Quilt", "Sesame"}
        shared = pages.door.as_("rosa").get("/my/sharing").text
        pages.door.as_("rosa").post(re.findall(r"/my/sharing/[0-9a-f-]{36}/take-back", shared)[0])
        assert pages.cards("sol") == ["Sesame"]
        desk = pages.door.as_("imani")
        assert desk.get(f"{pages.scheme}/people/{pages.profile_id('rosa')}").status_code == 404
        assert "Quilt" not in desk.get(pages.scheme).text
        pages.door.later(days=30)
        for name in ("sol", "imani"):
            pages.door.sign_in(name)
        assert pages.cards("sol") == []
        assert "Sesame" not in desk.get(pages.scheme).text


class TestRule2DoubleConsent:
    """Nothing happens on one yes: no word, count, order, letter or status tells of it, and nobody says yes for the other."""

    def test_a_yes_or_no_of_one_leaves_every_page_of_everybody_else_as_it_was(self, pages: Pages) -> None:
        pages.circle.gather("rosa", "wen", "sol", "farah")
        desk = pages.door.as_("imani")
        desk.get(pages.scheme)
        before = {name: pages.board(name).content for name in ("wen", "sol", "farah")}, desk.get(pages.scheme).content
        for do in ("yes", "again", "no", "again", "yes"):
            assert pages.answer("rosa", "sol", do).status_code == 303
            assert ({name: pages.board(name).content for name in ("wen", "sol", "farah")}, desk.get(pages.scheme).content) == before
            assert pages.door.letters() == []

    @pytest.mark.parametrize("first", ["yes", "no", ""])
    def test_the_answer_to_a_yes_is_byte_for_byte_the_same_whatever_the_other_said(self, pages: Pages, first: str) -> None:
        pages.circle.gather("rosa", "sol")
        if first:
            pages.answer("sol", "rosa", first)
        answer = pages.answer("rosa", "sol", "yes")
        assert (answer.status_code, answer.headers["location"], answer.content) == (303, f"{pages.mine('rosa')}?said=peers-answered", b"")

    def test_a_no_that_is_not_mutual_reads_like_waiting_until_the_next_day(self, pages: Pages) -> None:
        pages.circle.gather("rosa", "wen", "sol", "farah")
        pages.answer("sol", "rosa", "no")
        for name in ("rosa", "wen"):
            pages.answer(name, "sol", "yes")
        told = [pages.board(name).text.split("What you answered")[1] for name in ("rosa", "wen")]
        assert [text.count("You will read here what becomes of it") for text in told] == [1, 1]
        pages.door.later(hours=20)
        for name in ("rosa", "wen"):
            pages.door.sign_in(name)
        assert "This did not become an introduction" in text_of(pages.board("rosa"))
        assert "This did not become an introduction" not in text_of(pages.board("wen"))

    @pytest.mark.parametrize("first", ["yes", "no", ""])
    @pytest.mark.parametrize("mine", ["yes", "no"])
    def test_thinking_again_is_answered_byte_for_byte_the_same_whatever_the_other_said(self, pages: Pages, first: str, mine: str) -> None:
        if (first, mine) == ("yes", "yes"):
            return   # then both know
        pages.circle.gather("rosa", "sol")
        pages.answer("rosa", "sol", mine)
        board = pages.board("rosa").content
        if first:
            pages.answer("sol", "rosa", first)
        assert pages.board("rosa").content == board
        answer = pages.answer("rosa", "sol", "again")
        assert (answer.status_code, answer.headers["location"], answer.content) == (303, f"{pages.mine('rosa')}?said=peers-answered", b"")
        assert pages.cards("rosa") == ["Marigold"]
        assert "What you answered" not in pages.board("rosa").text

    def test_after_a_withdrawal_nothing_untrue_is_said(self, pages: Pages) -> None:
        pages.circle.gather("rosa", "sol")
        pages.circle.both("rosa", "sol")
        assert pages.answer("sol", "rosa", "yes").status_code == 303, "a second press shows the board"
        pages.answer("sol", "rosa", "no")
        assert "You said yes. You will read here what becomes of it." in text_of(pages.board("rosa"))
        pages.door.later(hours=20)
        pages.door.sign_in("rosa")
        assert "This did not become an introduction." in text_of(pages.board("rosa"))

    def test_one_side_cannot_speak_for_the_other(self, pages: Pages) -> None:
        pages.circle.gather("rosa", "sol")
        pages.answer("rosa", "sol", "yes")
        for name in ("rosa", "wen", "imani"):
            path = f"/my/peers/schemes/{pages.circle.scheme.id}/supporter/cards/{pages.profile_id('rosa')}"
            assert pages.door.as_(name).post(path, {"do": "yes", "supporter_said": "yes"}).status_code == 404
        assert pages.circle.heard("rosa") == {"Marigold": "waiting"}


class TestRule3NothingBeforeBothSaidYes:
    """A card holds no name, place, address, age or photo; the names pass with the introduction and to nobody else."""

    def test_no_page_of_anybody_says_a_name_before(self, pages: Pages) -> None:
        for name in ("rosa", "sol"):
            pages.say(name, not_people="Walter of the mill")
        pages.circle.vouch("sol")
        for step in ("", "yes", "both"):
            if step:
                pages.answer("rosa" if step == "yes" else "sol", "sol" if step == "yes" else "rosa", "yes")
            for reader, other in (("rosa", "sol"), ("sol", "rosa")):
                told = pages.board(reader).text + pages.door.as_(reader).get("/my/peers").text
                assert not [words for words in PRIVATE if words in told and words != NAMES[reader]], step
                assert str(pages.door.town.accounts[other]) not in told
                assert str(pages.circle.client_id(other)) not in told
                assert "<img" not in told
        for letter in pages.door.letters():
            assert not [words for words in (*NAMES.values(), *CARDS.values(), "Circle") if words in letter.text + letter.subject]

    def test_a_stranger_never_reads_the_names_of_two_who_were_introduced(self, pages: Pages) -> None:
        pages.circle.gather("rosa", "sol", "wen", "farah")
        pages.circle.introduced("rosa", "sol")
        for name in ("wen", "farah", "nia", "cora", "ana"):
            assert not [words for words in (NAMES["rosa"], NAMES["sol"]) if words in pages.everything(name)]
        assert NAMES["sol"] in pages.everything("rosa")

    def test_a_probing_seeker_learns_the_name_of_an_area_and_no_more(self, pages: Pages) -> None:
        pages.circle.gather("rosa")
        boards = set()
        for place in ("54911", "Appleton, WI", "54130"):   # all in one county
            pages.say("sol", place=place, version=str(pages_version(pages.circle, "sol")))
            pages.circle.vouch("sol")
            boards.add(pages.board("rosa").text.split('id="c-')[1])
        assert len(boards) == 1
        assert not re.search(r"\d\s*(km|mi|miles|minutes)\b", boards.pop().split("</article>")[0])


class TestRule4Venues:
    """For people: no exact place is asked or kept, so none can be given out; the introduction itself says here, or a public place."""

    def test_what_somebody_types_as_their_place_is_not_kept(self, pages: Pages) -> None:
        pages.say("rosa", place="54911")
        with pages.door.storage.reading() as session:
            said = pages.circle.kept(session, "rosa").said
        assert said.area == "us/wi/outagamie county"
        assert "54911" not in repr(said)

    def test_the_first_contact_is_here_or_in_public(self, pages: Pages) -> None:
        pages.circle.gather("rosa", "sol")
        key = pages.circle.both("rosa", "sol")
        for first in ("", "home", "their place"):
            assert pages.introduce(key, first_contact=first).status_code == 422
        pages.introduce(key, first_contact="public_place")
        assert "You meet in a public place" in text_of(pages.board("rosa"))


class TestRule5NobodyIsNamed:
    """That somebody takes part is in no public page, feed, count or letter, nor in the title of a page."""

    def test_public_pages_are_the_same_with_and_without_people(self, pages: Pages) -> None:
        paths = ("/peers", f"/peers/{pages.circle.scheme.id}", "/search", "/api/hsds/services", "/sources", "/robots.txt")
        nobody = pages.door.as_("anyone")
        before = [nobody.get(path).content for path in paths]
        pages.circle.gather()
        pages.circle.introduced("rosa", "sol")
        assert [nobody.get(path).content for path in paths] == before

    def test_letters_and_titles_say_nothing_of_it(self, pages: Pages) -> None:
        pages.circle.gather("rosa", "sol")
        pages.circle.introduced("rosa", "sol")
        assert {letter.subject for letter in pages.door.letters()} == {"You have a message"}
        assert not [letter for letter in pages.door.letters() if re.search(r"peer support|yes|introduc", letter.text, re.IGNORECASE)]
        for name, path in (("rosa", "/my/peers"), ("rosa", pages.mine("rosa")), ("rosa", pages.mine("rosa", "/words")), ("imani", pages.scheme)):
            title = re.findall(r"<title>(.*?)</title>", pages.door.as_(name).get(path).text)[0]
            assert title in ("Your pages: Homeground", "Your desk: Homeground")


class TestRule7Minors:
    """No adult is suggested for somebody under 18, nor they to an adult, without a guardian's consent and checks on record, both of today."""

    @pytest.mark.parametrize("lacking", ["guardian", "checks_for_minors", "training", ""])
    def test_each_of_it_is_needed(self, pages: Pages, lacking: str) -> None:
        for name in ("juno", "sol"):
            pages.say(name)
        for kind in {"training", "checks", "supervision", "checks_for_minors"} - {lacking}:
            pages.circle.vouch("sol", kind)
        if lacking != "guardian":
            pages.circle.vouch("juno", "guardian")
        assert (pages.cards("juno"), pages.cards("sol")) == ((["Marigold"], ["Knight"]) if not lacking else ([], []))
        if lacking:
            assert pages.answer("juno", "sol", "yes").status_code == 404
            assert pages.answer("sol", "juno", "yes").status_code == 404

    @pytest.mark.parametrize("who", ["guardian", "checks_for_minors"])
    def test_an_end_counts_from_its_day_also_between_the_yeses_and_the_introduction(self, pages: Pages, who: str) -> None:
        pages.circle.gather("juno", "sol")
        pages.circle.vouch("juno" if who == "guardian" else "sol", who, ends_on=pages.circle.on + timedelta(days=1))
        key = pages.circle.both("juno", "sol")
        pages.door.later(days=1)
        pages.door.sign_in("imani")
        assert pages.introduce(key).status_code == 422


def pages_version(circle: Circle, name: str) -> int:
    """The version of what somebody said; 0 where they said nothing."""
    with circle.storage.reading() as session:
        mine = select(PeerProfile.version).join(Client, Client.id == PeerProfile.client_id).where(Client.account_id == circle.town.accounts[name])
        return session.scalar(mine) or 0


Wishes = dict[str, Any]
EACH: list[tuple[str, Wishes, Wishes]] = [
    ("another language", {"languages": ["es"]}, {"languages": ["en"]}),
    ("another way", {"ways": ["video"]}, {"ways": ["phone"]}),
    ("another time", {"times": ["0m"]}, {"times": ["1e"]}),
    ("another zone", {"timezone": "Asia/Tokyo"}, {"timezone": "America/Chicago"}),
    ("nobody from my area", {"not_my_area": "1"}, {}),
    ("nobody from a place", {"not_places": "54911"}, {}),
    ("nobody from an organization", {"not_organizations": "Riverside Kitchen"}, {"organizations": "Riverside Kitchen", "in_none": None}),
    ("nobody from my own organizations", {"not_my_services": "1", "organizations": "Riverside Kitchen", "in_none": None},
     {"organizations": "Riverside Kitchen", "in_none": None}),
    ("a woman", {"wishes": ["gender/women"], "musts": ["gender"]}, {"traits": ["gender/men"]}),
    ("a woman, and the other says nothing", {"wishes": ["gender/women"], "musts": ["gender"]}, {"traits": ["age/adults"]}),
    ("an age", {"wishes": ["age/older_adults"], "musts": ["age"]}, {"traits": ["age/adults"]}),
    ("a community", {"wishes": ["communities/somali"], "musts": ["communities"]}, {"traits": ["communities/tongan"]}),
    ("a faith", {"wishes": ["faiths/muslim"], "musts": ["faiths"]}, {"traits": []}),
    ("not to talk about it", {"not_about": ["supports/parenting"]}, {"about": ["supports/parenting"]}),
]  # fmt: skip
"""What one says that keeps the other away, and what the other says."""


class TestRule11NoPreferenceIsLost:
    """Each preference, from the form of either side to the board of both: with it they do not meet, without it they do."""

    @pytest.mark.parametrize("side", ["seeker", "supporter"])
    @pytest.mark.parametrize(("wish", "other"), [case[1:] for case in EACH], ids=[case[0] for case in EACH])
    def test_it_keeps_two_apart_on_both_boards(self, pages: Pages, side: str, wish: Wishes, other: Wishes) -> None:
        wishing, others = ("rosa", "sol") if side == "seeker" else ("sol", "rosa")
        for name, said in ((wishing, wish), (others, other)):
            answer = pages.say(name, **said)
            assert answer.status_code == 303, text_of(answer)
        pages.circle.vouch("sol")
        assert (pages.cards("rosa"), pages.cards("sol")) == ([], [])
        plain = {name: None if name in ("not_my_area", "not_places", "not_organizations", "not_my_services", "wishes", "musts", "not_about") else value
                 for name, value in wish.items()}   # fmt: skip
        for name, said in ((wishing, {key: value for key, value in plain.items() if value is None}), (others, {})):
            pages.say(name, version="1", **said)
        assert (pages.cards("rosa"), pages.cards("sol")) == (["Marigold"], ["Quilt"])

    def test_it_stays_through_ten_changes_of_something_else(self, pages: Pages) -> None:
        pages.circle.gather("sol")
        kept = {"not_my_area": "1", "wishes": ["gender/women"], "musts": ["gender"], "not_places": "94063", "not_people": "Walter"}
        pages.say("rosa", **kept, not_organizations="Riverside Kitchen")
        for version in range(1, 10):
            page = pages.door.as_("rosa").get(pages.mine("rosa", "/words")).text
            typed = {name: re.findall(rf'name="{name}" value="([^"]*)" checked', page) for name in ("keep_areas", "keep_not_organizations", "wishes", "musts")}
            said = {**typed_by("rosa"), **typed, "not_my_area": "1", "not_people": "Walter", "words": str(version), "version": str(version)}
            assert pages.door.as_("rosa").post(pages.mine("rosa", "/words"), said).status_code == 303
        with pages.door.storage.reading() as session:
            said_now = pages.circle.kept(session, "rosa").said
        assert (said_now.not_areas, said_now.not_my_area, said_now.not_people) == (("us/ca/san mateo county",), True, "Walter")
        assert [(wish.codes, wish.must) for wish in said_now.wishes] == [(frozenset({"gender/women"}), True)]
        assert len(said_now.not_organizations) == 1
        assert pages.cards("rosa") == []

    def test_whom_somebody_must_never_meet_by_name_stops_the_introduction_and_only_the_coordinator_reads_it(self, pages: Pages) -> None:
        pages.circle.gather("rosa", "sol")
        key = pages.circle.both("rosa", "sol")
        pages.say("sol", not_people="rosa m.", version="1")
        assert pages.introduce(key).status_code == 422
        assert "must never meet" not in pages.everything("rosa")

    def test_a_role_at_an_organization_counts_though_nobody_typed_it(self, pages: Pages) -> None:
        path = f"/my/peers/schemes/{pages.circle.scheme.id}/supporter"
        pages.door.as_("nia").post(f"{path}/words", typed_by("sol"))   # Nia is a caseworker of Alder House, and says that she is in none
        pages.circle.vouch("nia")
        for version, (wish, cards) in enumerate([(None, ["Marigold"]), ("Alder House", []), ("Riverside Kitchen", ["Marigold"])]):
            pages.say("rosa", not_organizations=wish, version=str(version))
            assert pages.cards("rosa") == cards, wish
