"""The queues of what people told: harm first and for curators alone, an answer once, by mail to whoever asked for one, and nothing kept for ever."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from directory.errors import Invalid
from directory.models import Report
from directory.models.desk import CHANGED
from directory.outbox import list_letters
from directory.reports import forget_old, make_report
from tests.cast import LISTINGS, ORGANIZATIONS, PASSWORD, address_of
from tests.web.second_door import SecondDoor, text_of

CURATORS, OWN = "/desk/curator/reports", f"/desk/organizations/{ORGANIZATIONS['kitchen']}/reports"
SAID = {"state": "mended", "words": "We have a new number, thank you."}


def tell(door: SecondDoor, about: str = "phone_silent", *, listing: str = "lunch", email: str = "", words: str = "Nobody picks up.") -> UUID:
    with door.storage.writing() as session:
        return make_report(session, LISTINGS[listing], about=about, words=words, email=email, network=str(uuid4()), at=door.at, sealer=door.sealer).id


def letters(door: SecondDoor) -> list[tuple[str, str]]:
    with door.storage.reading() as session:
        return [(letter.to, letter.text) for _, letter in list_letters(session, sealer=door.sealer)]


def test_curators_see_harm_first_and_then_the_oldest(door: SecondDoor) -> None:
    tell(door, "hours", listing="reading")
    door.later(minutes=1)
    tell(door)
    door.later(minutes=1)
    tell(door, "unsafe")
    page = text_of(door.as_("cora").get(CURATORS))
    places = [page.index(words) for words in ("First: It is unsafe", "The hours are wrong: Reading circle", "The phone does not answer")]
    assert places == sorted(places)


def test_an_organization_sees_what_is_about_its_own_listings_but_not_what_may_be_about_itself(door: SecondDoor) -> None:
    other, unsafe, mine = tell(door, listing="reading"), tell(door, "unsafe", words="Somebody shouted at me."), tell(door)
    page = door.as_("ben").get(OWN)
    assert [str(key) in page.text for key in (other, unsafe, mine)] == [False, False, True]
    for key in (other, unsafe, uuid4()):
        assert door.as_("ben").get(f"{OWN}/{key}").status_code == 404
        assert door.as_("ben").post(f"{OWN}/{key}", SAID).status_code == 404


def test_the_answer_goes_to_whoever_asked_for_one_and_the_address_is_forgotten(door: SecondDoor) -> None:
    key = tell(door, email="reader@post.example")
    answer = door.as_("cora").post(f"{CURATORS}/{key}", SAID)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{CURATORS}?said=sent")
    ((to, text),) = letters(door)
    assert to == "reader@post.example"
    assert "We have a new number, thank you." in text
    assert "Nobody picks up" not in text
    with door.storage.reading() as session:
        report = session.scalars(select(Report)).one()
    assert (report.state, report.contact, report.answered_by) == ("mended", None, f"account:{door.town.accounts['cora']}")


def test_the_organization_answers_too_and_without_an_address_no_mail_goes_out(door: SecondDoor) -> None:
    key = tell(door)
    assert door.as_("ben").post(f"{OWN}/{key}", SAID | {"state": "declined"}).status_code == 303
    assert letters(door) == []
    assert "It stays as it is" in text_of(door.as_("ben").get(f"{OWN}/{key}"))
    assert "The phone does not answer" in text_of(door.as_("cora").get(f"{CURATORS}?state=declined"))


def test_a_report_is_answered_once(door: SecondDoor) -> None:
    key = tell(door, email="reader@post.example")
    assert door.as_("ben").post(f"{OWN}/{key}", SAID).status_code == 303
    assert door.as_("cora").post(f"{CURATORS}/{key}", SAID).status_code == 409
    assert len(letters(door)) == 1


@pytest.mark.parametrize("said", [{"state": "", "words": "x"}, {"state": "open", "words": "x"}, {"state": "mended", "words": " "}])
def test_an_answer_that_says_too_little_is_shown_again(door: SecondDoor, said: dict[str, str]) -> None:
    key = tell(door, email="reader@post.example")
    answer = door.as_("cora").post(f"{CURATORS}/{key}", said)
    assert answer.status_code == 422
    assert "There is a problem" in text_of(answer)
    assert letters(door) == []


def test_words_are_shown_as_words(door: SecondDoor) -> None:
    key = tell(door, words="<script>alert(1)</script> \u202eolleh")
    page = door.as_("cora").get(f"{CURATORS}/{key}")
    assert "&lt;script&gt;alert(1)" in page.text


def test_what_was_dealt_with_a_year_ago_is_forgotten_and_what_waits_is_not(door: SecondDoor) -> None:
    done, waiting = tell(door), tell(door)
    door.as_("cora").post(f"{CURATORS}/{done}", SAID)
    for days, left in ((364, {done, waiting}), (2, {waiting})):
        door.later(days=days)
        with door.storage.writing() as session:
            forget_old(session, at=door.at)
            assert set(session.scalars(select(Report.id))) == left


def test_the_wrong_verb_a_bad_id_and_another_organization_are_refused(door: SecondDoor) -> None:
    key = tell(door)
    assert door.as_("cora").post(CURATORS).status_code == 405
    assert door.as_("cora").get(f"{CURATORS}/{uuid4()}").status_code == 404
    assert door.as_("cora").get(f"{CURATORS}/x").status_code == 404
    assert door.as_("emil").get(OWN).status_code == 403
    other = OWN.replace(str(ORGANIZATIONS["kitchen"]), str(ORGANIZATIONS["library"]))
    assert door.as_("emil").get(f"{other}/{key}").status_code == 404
    assert door.as_("ana").post("/account/sign-in", {"email": address_of("ana"), "password": PASSWORD}, stamped=False).status_code == 303


def test_what_people_of_a_listing_tell_by_link_or_call_has_words_and_is_on_no_public_form(door: SecondDoor) -> None:
    with door.storage.writing() as session:
        session.add(Report(service_id=LISTINGS["lunch"], about=CHANGED, words="We open at noon now.", made_at=door.at, state="open"))
    for who, path in (("cora", CURATORS), ("ben", OWN)):
        assert "Something has changed, as they told us themselves: Community lunch" in text_of(door.as_(who).get(path))
    assert 'value="changed"' not in door.as_("anyone").get(f"/listings/{LISTINGS['lunch']}/report").text
    with pytest.raises(Invalid):
        tell(door, CHANGED)
