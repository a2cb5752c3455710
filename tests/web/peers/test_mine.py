"""The pages of those who take part: they work, and for whoever takes no part they are not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.web.peers.circle import Pages, typed_by
from tests.web.second_door import SecondDoor, text_of


@pytest.fixture
def pages(door: SecondDoor) -> Pages:
    return Pages(door)


def test_a_seeker_writes_a_wish_a_supporter_an_offer_and_both_say_yes_until_they_are_introduced(pages: Pages) -> None:
    for name in ("rosa", "sol"):
        assert pages.say(name).headers["location"] == f"{pages.mine(name)}?said=saved"
    pages.circle.vouch("sol")
    assert (pages.cards("rosa"), pages.cards("sol")) == (["Marigold"], ["Quilt"])
    answers = [pages.answer("rosa", "sol", "yes"), pages.answer("sol", "rosa", "yes")]
    assert {answer.headers["location"].partition("?")[2] for answer in answers} == {"said=peers-answered"}
    assert "You both said yes" in text_of(pages.board("rosa"))
    assert [letter.subject for letter in pages.door.letters()] == ["You have a message"] * 3
    scheme = pages.door.as_("imani").get(pages.scheme)
    key = scheme.text.partition("/introductions/")[2].partition('"')[0]
    assert "Quilt and Marigold" in text_of(scheme)
    assert pages.door.as_("imani").get(f"{pages.scheme}/introductions/{key}").status_code == 200
    assert pages.introduce(key).status_code == 303   # type: ignore[arg-type]
    assert "Soledad Reyes" in text_of(pages.board("rosa"))
    assert "Rosa M." in text_of(pages.board("sol"))
    assert "gave it to the person whom you both said yes to" in text_of(pages.door.as_("rosa").get("/my/looked"))


def test_the_form_is_read_again_as_it_was_filled_in(pages: Pages) -> None:
    pages.say("rosa", not_people="Walter\nOf the mill", not_my_area="1", wishes=["gender/women"], musts=["gender"], not_organizations="riverside  kitchen")
    page = pages.door.as_("rosa").get(pages.mine("rosa", "/words")).text
    for piece in ("Walter\nOf the mill", "Outagamie County", 'name="not_my_area" value="1" checked', 'value="gender/women" checked', "Riverside Kitchen",
                  'name="musts" value="gender" checked', 'value="1e" checked'):   # fmt: skip
        assert piece in page, piece


@pytest.mark.parametrize(("changes", "field"), [
    ({"pseudonym": ""}, "pseudonym"), ({"languages": None}, "languages"), ({"age": None}, "age"), ({"place": "nowhere at all"}, "place"),
    ({"not_places": "54911\nnowhere at all"}, "not_places"), ({"organizations": "No such house"}, "organizations"),
    ({"not_organizations": "No such house"}, "not_organizations"), ({"days": "7000"}, "days"), ({"timezone": "Mars"}, "timezone"),
])  # fmt: skip
def test_what_cannot_be_understood_is_asked_again_with_all_that_was_typed(pages: Pages, changes: dict[str, str | None], field: str) -> None:
    answer = pages.say("rosa", not_people="Walter", **changes)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert "Walter" in answer.text
    assert pages.board("rosa").status_code == 404, "nothing was kept"


@pytest.mark.parametrize(("field", "words", "kind"), [
    ("words", "Call me: 920-555-0142", "a telephone number"), ("words", "rosa@example.org", "an e-mail address"),
    ("words", "Come to 12 Mill Street", "the address of a place"), ("pseudonym", "920-555-0142", "a telephone number"),
])  # fmt: skip
def test_a_number_or_an_address_does_not_go_to_strangers_on_a_card(pages: Pages, field: str, words: str, kind: str) -> None:
    answer = pages.say("rosa", not_people="Walter", **{field: words})
    assert answer.status_code == 422
    assert f"Not saved yet. This looks like {kind}." in text_of(answer)
    assert words in answer.text
    assert "Walter" in answer.text
    assert pages.board("rosa").status_code == 404, "nothing was kept"


def test_an_older_window_is_told_so(pages: Pages) -> None:
    pages.say("rosa")
    assert pages.say("rosa", words="From an older window").status_code == 409
    assert pages.say("rosa", version="1", words="From the newest").status_code == 303


def test_pausing_and_ending_are_one_press_each(pages: Pages) -> None:
    for name in ("rosa", "sol"):
        pages.say(name)
    pages.circle.vouch("sol")
    for state, cards in (("paused", []), ("open", ["Marigold"])):
        assert pages.door.as_("sol").post(pages.mine("sol", "/state"), {"state": state}).status_code == 303
        assert pages.cards("rosa") == cards
    assert pages.door.as_("sol").post(pages.mine("sol", "/state"), {"state": "ended"}).headers["location"] == "/my/peers?said=done"
    assert pages.board("sol").status_code == 404
    assert pages.door.as_("rosa").post(pages.mine("rosa", "/state"), {"state": "gone"}).status_code == 422


def test_an_outsider_finds_nothing_and_changes_nothing(pages: Pages) -> None:
    pages.circle.gather("rosa", "sol")
    for name in ("wen", "imani", "nia", "cora"):
        browser = pages.door.as_(name)
        for path in (pages.mine("rosa"), pages.mine("sol")):
            assert browser.get(path).status_code == 404
            assert browser.post(f"{path}/state", {"state": "ended"}).status_code == 404
            assert browser.post(f"{path}/cards/{pages.profile_id('sol')}", {"do": "yes"}).status_code == 404
    assert pages.cards("rosa") == ["Marigold"]


@pytest.mark.parametrize("end", ["", "/state", "/words", "/cards/00000000-0000-4000-8000-000000000007"])
def test_wrong_verbs_bad_ids_and_other_sides_are_refused(pages: Pages, end: str) -> None:
    pages.circle.gather("rosa", "sol")
    rosa = pages.door.as_("rosa")
    for verb in ("PUT", "DELETE"):
        assert rosa._ask(verb, pages.mine("rosa", end)).status_code == 405
    for path in (f"/my/peers/schemes/{uuid4()}/seeker{end}", f"/my/peers/schemes/{pages.circle.scheme.id}/moderator{end}", f"/my/peers/schemes/1/seeker{end}"):
        assert rosa.post(path, typed_by("rosa")).status_code in (404, 405)
        assert rosa.get(path).status_code in (404, 405)
    assert rosa.post(pages.mine("rosa", f"/cards/{pages.profile_id('sol')}"), {"do": "perhaps"}).status_code == 422


def test_changing_ones_words_is_limited_by_the_day(pages: Pages) -> None:
    for version in range(20):
        assert pages.say("rosa", version=str(version)).status_code == 303
    assert pages.say("rosa", version="20").status_code == 429


class TestInternal:
    """A scheme for an organization's own people is not there for anybody else (practice row 40)."""

    @pytest.fixture
    def inside(self, tmp_path: Path, ground_file: Path) -> Iterator[Pages]:
        door = SecondDoor(tmp_path / "inside", ground_file)
        yield Pages(door, is_internal=True)
        door.close()

    def test_it_is_in_no_list_search_or_feed_and_not_found_by_its_id(self, inside: Pages) -> None:
        key = str(inside.circle.scheme.id)
        nobody, rosa = inside.door.as_("anyone"), inside.door.as_("rosa")
        public = ["/peers", "/search", "/browse", "/browse/one_to_one_peer", "/api/hsds/services", "/sources"]
        for browser, paths in ((nobody, public), (rosa, [*public, "/my/peers", "/my"])):
            told = " ".join(browser.get(path).text for path in paths)
            assert key not in told
            assert "Alder Circle" not in told
        for browser, path in ((nobody, f"/peers/{key}"), (rosa, f"/peers/{key}"), (rosa, inside.mine("rosa", "/words"))):
            assert browser.get(path).status_code == 404
        assert inside.say("rosa").status_code == 404

    def test_its_own_people_take_part(self, inside: Pages) -> None:
        nia = inside.door.as_("nia")
        assert "Alder Circle" in nia.get("/my/peers").text
        path = f"/my/peers/schemes/{inside.circle.scheme.id}/seeker"
        assert nia.post(f"{path}/words", typed_by("rosa", pseudonym="Thimble")).status_code == 303
        assert nia.get(path).status_code == 200
