"""Pages of referrals: exactly what is shown is sent and read; whoever comes second is told; taken back is gone at once; a decline teaches if pressed."""

from __future__ import annotations

import html
import re
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from directory.accounts.sign_ins import sign_in
from directory.clients.keys import locker_of
from directory.clients.watching import list_views
from directory.editing.space import space_now
from directory.models import Account, Consent, OutcomeShown, OutcomeSlip, Referral, Report, Role, Service
from directory.unlisting import unpublish
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.clients import ALDER
from tests.referred import PAPERS, Loop, loop_of
from tests.web.second_door import SecondDoor, text_of
from web.rounds import follow_referrals

KITCHEN = f"/desk/organizations/{ORGANIZATIONS['kitchen']}/referrals"
AGENCY = f"/desk/agencies/{ALDER}/referrals"
NEW = f"/my/referrals/new/{LISTINGS['lunch']}"


@pytest.fixture
def loop(door: SecondDoor) -> Loop:
    return loop_of(door.storage, door.sealer, door.town, at=door.at)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def sheet(page: str) -> str:
    found = re.search(r'<div class="sheet packet">.*?</div>', page, re.DOTALL)
    assert found
    return found[0]


def begin(door: SecondDoor, *parts: str) -> str:
    answer = door.as_("rosa").post(NEW, {"parts": list(parts), "days": "7"})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def send(door: SecondDoor, path: str, name: str = "rosa", **more: str) -> str:
    """Say yes on the page; gives what the page showed."""
    page = door.as_(name).get(path).text
    answer = door.as_(name).post(path, {"do": "send", "seen": hidden(page, "seen"), "mark": hidden(page, "mark"), **more})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path}?said=referred"), answer.text
    return sheet(page)


def test_the_organization_sees_the_very_bytes_that_the_person_saw(door: SecondDoor, loop: Loop) -> None:
    path = begin(door, "label", "contact")
    shown = send(door, path)
    assert "Rosa M." in shown
    assert "crowd" not in shown
    received = door.as_("ana").get(f"{KITCHEN}/{path.rpartition('/')[2]}")
    assert sheet(received.text) == shown
    assert sheet(door.as_("rosa").get(path).text) == shown, "and it is on record for the person"
    with door.storage.reading() as session:
        (entry,) = (one for one in list_views(session, locker_of(session, loop.client_id, sealer=door.sealer)) if one.role == "organization")
    assert (entry.name, entry.organization, entry.parts) == ("Ana", "Riverside Kitchen", ("label", "contact"))


def test_nothing_is_ticked_and_no_words_are_added_by_themselves(door: SecondDoor, loop: Loop) -> None:
    page = door.as_("rosa").get(NEW).text
    assert "checked" not in page
    path = door.as_("rosa").post(NEW, {"parts": ["label"], "note": "Not meant to go", "days": "7"}).headers["location"]
    assert "Not meant" not in sheet(door.as_("rosa").get(path).text)
    empty = begin(door)
    answer = door.as_("rosa").post(empty, {"do": "send", "seen": "1", "mark": "x"})
    assert answer.status_code in (409, 422)
    assert loop.letters() == []


def test_words_whose_box_is_not_ticked_are_kept_for_who_typed_them_and_not_sent(door: SecondDoor, loop: Loop) -> None:
    draft = {"parts": ["label"], "note": "Not meant to go", "days": "7"}
    refused = door.as_("rosa").post(NEW, {**draft, "days": "6"})
    assert (refused.status_code, "Not meant to go</textarea>" in refused.text) == (422, True)
    path = door.as_("nia").post(f"{AGENCY}/new/{LISTINGS['lunch']}/{loop.client_id}", draft).headers["location"]
    mine = f"/my/referrals/{path.rpartition('/')[2]}"
    page = door.as_("nia").get(path)
    assert "The words that you typed are not in it: their box is not ticked." in text_of(page)
    assert ("Not meant to go</textarea>" in page.text, 'value="yes" checked' in page.text, "Not meant" in sheet(page.text)) == (True, False, False)
    assert "Not meant" not in door.as_("rosa").get(mine).text, "what one held back the other does not read"
    door.as_("rosa").post(mine, {"do": "change", "seen": "1", "parts": ["label", "contact"], "note": "", "days": "7"})
    assert "Not meant to go</textarea>" in door.as_("nia").get(path).text
    assert "Not meant" not in send(door, mine)
    door.as_("nia").post(path, {"do": "change", "seen": "2", **draft})
    assert "Not meant" not in door.as_("nia").get(path).text


def test_somebody_new_can_begin_without_any_record(door: SecondDoor) -> None:
    assert "What do you like to be called?" in door.as_("stella").get(NEW).text
    said = {"label": "Stella", "contact": "text 920-555-0101", "parts": [], "days": "7"}
    asked = door.as_("stella").post(NEW, said)
    assert (asked.status_code, "Tick the box" in asked.text, 'value="Stella"' in asked.text) == (422, True, True), "nothing is kept before they say so"
    assert "Keep a plan of your own" in door.as_("stella").get("/my").text
    path = door.as_("stella").post(NEW, {**said, "agree": "yes"}).headers["location"]
    page = door.as_("stella").get(path)
    assert "Nothing is ticked yet" in page.text
    door.as_("stella").post(path, {"do": "change", "seen": "1", "parts": ["label", "contact"], "days": "7"})
    assert "920-555-0101" in send(door, path, "stella")


def test_sending_asks_for_a_factor_that_was_shown_lately_and_taking_back_does_not(door: SecondDoor, loop: Loop) -> None:
    path = begin(door, "label")
    for _ in range(3):
        door.later(minutes=20)
        page = door.as_("rosa").get(path).text
    said = {"seen": hidden(page, "seen"), "mark": hidden(page, "mark")}
    assert door.as_("rosa").post(path, {"do": "send", **said}).headers["location"] == f"/account/confirm?next={path}"
    assert loop.letters() == []
    assert door.as_("rosa").post(path, {"do": "withdraw", **said}).headers["location"] == f"{path}?said=withdrawn"


def test_whoever_comes_second_is_told_what_happened_meanwhile(door: SecondDoor, loop: Loop) -> None:
    key = loop.sent("label", at=door.at)
    assert door.as_("ana").post(f"{KITCHEN}/{key}", {"do": "answer", "answer": "accepted", "meeting": "Monday", "seen": "2"}).status_code == 303
    late = door.as_("ana").post(f"{KITCHEN}/{key}", {"do": "answer", "answer": "declined", "reason": "full", "seen": "2"})
    assert (late.status_code, "Meanwhile: It was accepted" in text_of(late)) == (409, True)
    assert loop.state(key) == "accepted"
    withdrawn = door.as_("rosa").post(f"/my/referrals/{key}", {"do": "withdraw", "seen": "2"})
    assert (withdrawn.status_code, "Meanwhile: It was accepted" in text_of(withdrawn)) == (409, True)
    assert door.as_("rosa").post(f"/my/referrals/{key}", {"do": "withdraw", "seen": "3"}).status_code == 303


def test_taken_back_in_one_window_it_is_gone_in_the_other(door: SecondDoor, loop: Loop) -> None:
    key = loop.sent("label", at=door.at)
    assert door.as_("ana").get(f"{KITCHEN}/{key}").status_code == 200
    door.as_("rosa").post(f"/my/referrals/{key}", {"do": "withdraw", "seen": "2"})
    gone = door.as_("ana").get(f"{KITCHEN}/{key}")
    assert (gone.status_code, "Rosa M." in gone.text) == (410, False)
    assert door.as_("ana").post(f"{KITCHEN}/{key}", {"do": "answer", "answer": "accepted", "meeting": "x", "seen": "2"}).status_code == 410
    assert door.letters() == []
    assert "Taken back" in door.as_("rosa").get(f"/my/referrals/{key}").text


def test_a_caseworker_prepares_and_the_person_says_yes(door: SecondDoor, loop: Loop) -> None:
    page = door.as_("nia").get(f"{AGENCY}/new/{LISTINGS['lunch']}/{loop.client_id}").text
    assert 'value="label"' in page
    assert 'value="goals"' not in page, "what Nia was not told cannot be ticked"
    answer = door.as_("nia").post(f"{AGENCY}/new/{LISTINGS['lunch']}/{loop.client_id}", {"parts": ["label"], "days": "7"})
    path = answer.headers["location"]
    refused = door.as_("nia").post(path, {"do": "send", "seen": "1", "mark": "x", "how": "spoken", "language": "en"})
    assert refused.status_code == 409
    key = path.rpartition("/")[2]
    assert "waits for your yes" in door.as_("rosa").get("/my/referrals").text
    send(door, f"/my/referrals/{key}")
    assert "Sent, waiting" in door.as_("nia").get(path).text
    door.later(days=9)
    follow_referrals(door.app.state.house, door.at)
    with door.storage.writing() as session:
        door.as_("nia").token = sign_in(session, session.get_one(Account, door.town.accounts["nia"]), level=2, at=door.at, label="a browser")
    assert "To look at now" in door.as_("nia").get(AGENCY).text
    assert "Rosa" not in door.as_("nia").get(AGENCY).text, "people stand in lists by their mark alone"


@pytest.mark.parametrize("code", ["full", "does_not_serve"])
def test_a_decline_teaches_only_when_somebody_presses(door: SecondDoor, loop: Loop, code: str) -> None:
    key = loop.sent("label", at=door.at)
    path = f"{KITCHEN}/{key}"
    assert door.as_("ana").post(path, {"do": "answer", "answer": "declined", "seen": "2"}).status_code == 422
    door.as_("ana").post(path, {"do": "answer", "answer": "declined", "reason": code, "seen": "2"})
    page = door.as_("ana").get(path)
    assert (page.status_code, "Rosa M." in page.text) == (200, False)
    assert taught(door) == ("", 0)
    assert door.as_("ana").post(path, {"do": "teach", "correction": "It is for people over sixty."}).status_code == 303
    assert taught(door) == (("full", 0) if code == "full" else ("", 1))


def taught(door: SecondDoor) -> tuple[str, int]:
    with door.storage.reading() as session:
        return space_now(session, LISTINGS["lunch"], sealer=door.sealer)[0], len(session.scalars(select(Report.id)).all())


def by_link(door: SecondDoor, loop: Loop) -> tuple[UUID, str]:
    """Nobody keeps the library here: its referral goes out as a link."""
    with door.storage.writing() as session:
        session.execute(delete(Role).where(Role.account_id == door.town.accounts["emil"]))
    key = loop.draft("label", service_id=LISTINGS["reading"], at=door.at)
    loop.send(key, at=door.at)
    return key, door.letters()[0].text.partition("https://home.example")[2].split()[0]


def test_a_link_shows_nothing_until_its_button_is_pressed(door: SecondDoor, loop: Loop) -> None:
    key, path = by_link(door, loop)
    for _ in range(3):
        page = door.as_("anyone").get(path)
        assert (page.status_code, "Rosa M." in page.text, "set-cookie" in page.headers) == (200, False, False)
    opened = door.as_("anyone").post(path, {"do": "open"})
    assert "Rosa M." in opened.text
    with door.storage.reading() as session:
        entries = [one for one in list_views(session, locker_of(session, loop.client_id, sealer=door.sealer)) if one.role == "organization"]
    assert [(entry.organization, entry.name) for entry in entries] == [("Hillview Library", "")]
    answer = door.as_("anyone").post(path, {"do": "answer", "answer": "accepted", "meeting": "Friday at 4", "seen": "2"})
    assert (answer.status_code, answer.headers["location"], loop.state(key)) == (303, "/referral/thanks", "accepted")
    assert "Friday at 4" in door.as_("rosa").get(f"/my/referrals/{key}").text


def test_who_looked_by_a_link_is_whoever_has_the_link(door: SecondDoor, loop: Loop) -> None:
    key, path = by_link(door, loop)
    assert "They opened it" not in door.as_("rosa").get(f"/my/referrals/{key}").text
    door.as_("anyone").post(path, {"do": "open"})
    page = text_of(door.as_("rosa").get("/my/looked"))
    assert ("Whoever has the link that was sent to Hillview Library , 24 November 2026" in page, "Somebody who is gone" in page) == (True, False)
    assert "whoever has the link that was sent to Hillview Library" in text_of(door.as_("rosa").get("/my/copy/file.html"))
    assert "They opened it first on 24 November 2026, " in text_of(door.as_("rosa").get(f"/my/referrals/{key}"))
    loop.sent("label", at=door.at)
    assert "They opened it" in door.as_("rosa").get(f"/my/referrals/{key}").text
    loop.send(loop.draft("label", service_id=LISTINGS["reading"], at=door.at), at=door.at)
    assert "They opened it" not in door.as_("rosa").get(f"/my/referrals/{key}").text, "with two there, the log does not tell which"


def test_an_organization_reads_its_own_answer_again_and_nothing_that_others_said(door: SecondDoor, loop: Loop) -> None:
    key, path = by_link(door, loop)
    door.as_("anyone").post(path, {"do": "answer", "answer": "accepted", "meeting": "Friday at 4", "words": "Come as you are", "seen": "2"})
    loop.go_on(key, "connected", seen=3, at=door.at)
    loop.go_on(key, "followed_up", seen=4, words="Mine alone", at=door.at)
    page = door.as_("anyone").post(path, {"do": "open"}).text
    assert ("Friday at 4" in page, "Come as you are" in page, "Mine alone" in page) == (True, True, False)
    other = loop.sent("label", at=door.at)
    loop.answer(other, "accepted", meeting="Tuesday at 10", at=door.at)
    assert "Tuesday at 10" in door.as_("ana").get(f"{KITCHEN}/{other}").text
    door.as_("rosa").post(f"/my/referrals/{key}", {"do": "withdraw", "seen": "5"})
    assert door.as_("anyone").post(path, {"do": "open"}).status_code == 410


def test_a_link_is_for_its_purpose_and_for_its_time(door: SecondDoor, loop: Loop) -> None:
    key, path = by_link(door, loop)
    token = path.rpartition("/")[2]
    assert door.as_("anyone").get(f"/confirm/{token}").status_code == 404
    assert door.as_("anyone").get(f"/referral/{token}x").status_code == 404
    assert door.as_("anyone").post(path, {"do": "open"}, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    door.as_("rosa").post(f"/my/referrals/{key}", {"do": "withdraw", "seen": "2"})
    assert [door.as_("anyone").get(path).status_code, door.as_("anyone").post(path, {"do": "open"}).status_code] == [410, 410]
    door.later(days=9)
    assert door.as_("anyone").get(path).status_code == 404


def test_a_decline_by_link_goes_to_a_curator_only_when_pressed(door: SecondDoor, loop: Loop) -> None:
    _, path = by_link(door, loop)
    page = door.as_("anyone").post(path, {"do": "answer", "answer": "declined", "reason": "full", "seen": "2"})
    assert "Are you full for others too?" in page.text
    assert "Rosa M." not in page.text
    assert taught(door) == ("", 0)
    assert door.as_("anyone").post(path, {"do": "teach"}).status_code == 303
    with door.storage.reading() as session:
        assert session.scalars(select(Report.words)).all() == ["They told us that there is no space at the moment."]


def test_one_tap_is_taken_once_and_keeps_no_trace_of_the_person(door: SecondDoor, loop: Loop) -> None:
    key = loop.sent("label", at=door.at)
    loop.answer(key, "accepted", at=door.at)
    path = f"/my/referrals/{key}"
    tap = {"do": "tap", "question": "used_strength", "answer": "yes", "seen": "3"}
    assert door.as_("rosa").post(path, tap).headers["location"] == f"{path}?said=thanks"
    assert door.as_("rosa").post(path, tap).status_code == 409
    with door.storage.reading() as session:
        (slip,) = session.scalars(select(OutcomeSlip)).all()
        assert session.get_one(Referral, key).asked == 4
    assert str(key) not in slip.sealed
    assert set(OutcomeSlip.__table__.columns.keys()) == {"id", "sealed"}


def test_every_word_that_somebody_wrote_is_sealed_where_it_lies(door: SecondDoor, loop: Loop) -> None:
    key = loop.draft("label", "own_words", "contact", note="Quagga-note", at=door.at)
    loop.send(key, at=door.at)
    loop.answer(key, "accepted", meeting="Quagga-meeting", words="Quagga-words", at=door.at)
    loop.go_on(key, "closed", seen=3, words="Quagga-closed", at=door.at)
    with door.storage.reading() as session:
        assert session.scalars(select(Consent.purpose).where(Consent.organization_id == ORGANIZATIONS["kitchen"])).all() == ["referral"]
    door.storage.close()
    kept = b"".join(path.read_bytes() for path in door.settings.data_dir.rglob("*") if path.is_file())
    assert [word for word in (b"Quagga", b"Rosa M.", b"920-555-0177", b"quilt fair") if word in kept] == []
    assert "920-555-0177" in PAPERS["contact"]


def test_what_was_told_can_still_be_read_and_taken_back_once_the_listing_is_gone(door: SecondDoor, loop: Loop) -> None:
    path = begin(door, "label")
    shown = send(door, path)
    with door.storage.writing() as session:
        unpublish(session, session.get_one(Service, LISTINGS["lunch"]), by="account:cora", at=door.at, why="It ended")
    page = door.as_("rosa").get(path)
    assert (page.status_code, sheet(page.text)) == (200, shown)
    assert door.as_("rosa").post(path, {"do": "withdraw", "seen": hidden(page.text, "seen")}).status_code == 303
    assert "Taken back" in text_of(door.as_("rosa").get(path))


def test_what_else_opens_with_what_they_wrote_in_a_body(door: SecondDoor, loop: Loop) -> None:
    key = loop.sent("label", at=door.at)
    loop.answer(key, "declined", code="full", at=door.at)
    page = door.as_("rosa").get(f"/my/referrals/{key}").text
    assert 'method="post" action="/search"' in page
    carried = html.unescape(page.partition('<textarea name="papers" hidden>')[2].partition("</textarea>")[0])
    assert "Cooking for a crowd" in carried
    assert ("Cook with others" in carried, "Sleep" in carried) == (False, False), "goals and scales ask nothing of a search"
    found = door.as_("anyone").post("/search", {"papers": carried, "from_papers": "1"})
    assert found.status_code == 200


def test_what_came_of_it_is_written_to_its_goal_if_the_person_says_so(door: SecondDoor, loop: Loop) -> None:
    key = loop.sent("label", at=door.at)
    path = f"/my/referrals/{key}"
    assert "Does it belong to a goal?" not in door.as_("rosa").get(path).text
    loop.answer(key, "accepted", at=door.at)
    loop.go_on(key, "connected", seen=3, at=door.at)
    loop.go_on(key, "closed", seen=4, at=door.at, words="We cook every Friday now")
    page = door.as_("rosa").get(path).text
    assert ("Does it belong to a goal?" in page, 'value="We cook every Friday now"' in page) == (True, True)
    assert door.as_("rosa").post(path, {"do": "to-goal", "goal": "g9", "achievement": "x", "seen": "5"}).status_code == 404
    assert door.as_("rosa").post(path, {"do": "to-goal", "goal": "g1", "achievement": "", "seen": "5"}).status_code in (409, 422)
    assert door.as_("rosa").post(path, {"do": "to-goal", "goal": "g1", "achievement": "We cook every Friday now", "seen": "5"}).status_code == 303
    assert "We cook every Friday now" in door.as_("rosa").get("/my/timeline").text
    assert "Does it belong to a goal?" not in door.as_("rosa").get(path).text, "it is there"


def test_a_listing_tells_what_people_found_from_ten_answers_on(door: SecondDoor) -> None:
    path = f"/listings/{LISTINGS['lunch']}"
    assert "What people found" not in door.as_("anyone").get(path).text
    with door.storage.writing() as session:
        session.add(OutcomeShown(service_id=LISTINGS["lunch"], question="used_strength", share="Most said yes", answers=13, month="2026-11"))
    page = text_of(door.as_("anyone").get(path))
    assert "Did you get to use your strength? Most said yes" in page
    assert ("10 or more for each question" in page, "13" in page.partition("What people found")[2][:200]) == (True, False)
