"""How one may safely be reached: said on one's own page, shown to whoever calls, in a packet only by its tick; closing a way asks for nothing (rule P19)."""

from __future__ import annotations

import re

import pytest

from directory.clients.consents import give_consent
from directory.clients.opening import open_own
from directory.clients.records import own_record
from directory.clients.safety import Contact, read_contact
from directory.models import Client
from tests.cast import LISTINGS
from tests.clients import ALDER, actor
from tests.web.clients.people import make_whole_rosa, with_alder
from tests.web.second_door import Browser, SecondDoor, text_of

HERE = "/my/contact"
SHOP = {"contact": "Ask for me at the shop", "times": "weekday mornings", "voicemail": "not safe"}


@pytest.fixture
def rosa(door: SecondDoor) -> Browser:
    make_whole_rosa(door)
    return door.as_("rosa")


def kept(door: SecondDoor) -> Contact:
    with door.storage.reading() as session:
        who = actor(session, door.town, "rosa", at=door.at)
        client = own_record(session, who)
        assert client
        return read_contact(open_own(session, client, who, at=door.at, sealer=door.sealer).texts["contact"])


def say(rosa: Browser, **said: str) -> tuple[int, str]:
    version = re.search(r'name="version" value="(\d+)"', rosa.get(HERE).text)
    assert version
    answer = rosa.post(HERE, {"version": version[1], **said})
    return answer.status_code, answer.headers.get("location", "") or text_of(answer)


def test_what_is_said_is_kept_and_shown(door: SecondDoor, rosa: Browser) -> None:
    assert say(rosa, **SHOP) == (303, f"{HERE}?said=saved")
    assert kept(door) == Contact(words="Ask for me at the shop", times="weekday mornings", voicemail="not safe")
    page = rosa.get(HERE).text
    assert "Ask for me at the shop" in page
    assert re.search(r'id="voicemail".*?value="not safe" selected', page, re.DOTALL)


def test_closing_a_way_works_at_once_and_opening_one_asks_for_a_factor(door: SecondDoor, rosa: Browser) -> None:
    say(rosa, **SHOP)
    for _ in range(3):
        door.later(minutes=20)
        rosa.get(HERE)
    assert say(rosa, **SHOP, texting="not safe", email="not safe") == (303, f"{HERE}?said=saved")
    for opening in ({**SHOP, "voicemail": "safe"}, {**SHOP, "contact": "Call me at home", "texting": "not safe"}, {}):
        assert say(rosa, **{"contact": "", **opening}) == (303, f"/account/confirm?next={HERE}")
    assert kept(door).texting == "not safe"


def test_nothing_is_mailed_any_more(door: SecondDoor, rosa: Browser) -> None:
    say(rosa, **SHOP, email="not safe")
    door.as_("anyone").post("/account/link", {"email": "rosa@people.example", "for": "sign in"})
    assert door.letters("rosa") == []


@pytest.mark.parametrize("wrong", [{"email": "perhaps"}, {"contact": "x" * 601}, {"times": "x" * 201}, {"version": "x"}])
def test_what_does_not_fit_is_told_and_kept_as_it_was_typed(door: SecondDoor, rosa: Browser, wrong: dict[str, str]) -> None:
    before = kept(door)
    answer = rosa.post(HERE, {"version": "1", **SHOP, **wrong})
    assert (answer.status_code, "There is a problem" in text_of(answer), "weekday mornings" in answer.text or "times" in wrong) == (422, True, True)
    assert kept(door) == before


def test_a_second_window_does_not_overwrite(rosa: Browser) -> None:
    say(rosa, **SHOP)
    assert rosa.post(HERE, {"version": "1", **SHOP, "contact": "x"}).status_code == 409


def test_whoever_keeps_nothing_has_no_such_page(door: SecondDoor) -> None:
    assert door.as_("stella").get(HERE).status_code == 404
    assert door.as_("anyone").get(HERE).headers["location"].startswith("/account/sign-in")


@pytest.mark.parametrize(("parts", "is_told"), [(("label", "contact"), True), (("label",), False)])
def test_a_caseworker_reads_it_before_they_call_if_the_person_lets_them(door: SecondDoor, parts: tuple[str, ...], is_told: bool) -> None:
    client_id = make_whole_rosa(door)
    say(door.as_("rosa"), **SHOP)
    with_alder(door, client_id)
    with door.storage.writing() as session:
        client = session.get_one(Client, client_id)
        give_consent(session, client, ALDER, purpose="together", parts=parts, language="en", how="self", by="rosa", at=door.at)
    page = text_of(door.as_("nia").get(f"/desk/agencies/{ALDER}/clients/{client_id}"))
    assert ("Before you call or write . Not safe: a message on the machine" in page, "weekday mornings" in page) == (is_told, is_told)


@pytest.mark.parametrize(("parts", "is_told"), [(["label", "contact"], True), (["label"], False)])
def test_a_packet_says_it_only_by_its_tick(rosa: Browser, parts: list[str], is_told: bool) -> None:
    say(rosa, **SHOP)
    where = rosa.post(f"/my/referrals/new/{LISTINGS['lunch']}", {"parts": parts, "days": "7"}).headers["location"]
    page = text_of(rosa.get(where))
    assert ("A message on the machine: not safe" in page, "Safe times: weekday mornings" in page) == (is_told, is_told)


def named(door: SecondDoor) -> str:
    """The name that stands on her page."""
    found = re.search(r'<input id="label"[^>]* value="([^"]*)"', door.as_("rosa").get(HERE).text)
    assert found
    return found[1]


def call_me(rosa: Browser, name: str) -> tuple[int, str]:
    page = rosa.get(HERE).text
    versions = dict(re.findall(r'name="(version|label_version)" value="(\d+)"', page))
    words = re.search(r'<input id="contact"[^>]* value="([^"]*)"', page)
    assert words
    answer = rosa.post(HERE, {**versions, "contact": words[1], "label": name})
    return answer.status_code, answer.headers.get("location", "") or text_of(answer)


def test_the_name_she_wishes_to_be_called_by_is_written_there_and_read_by_whom_she_lets(door: SecondDoor) -> None:
    rosa = door.as_("rosa")
    rosa.post("/my/begin", {"agree": "yes"})
    assert call_me(rosa, "  Ms.  R. ") == (303, f"{HERE}?said=saved")
    assert named(door) == "Ms. R."
    rosa.post(f"/my/sharing/agencies/{ALDER}", {"parts": ["label"], "purpose": "together", "days": "90", "language": "en"})
    assert "Ms. R." not in door.as_("nia").get(f"/desk/agencies/{ALDER}").text, "nobody works with her yet"
    with door.storage.reading() as session:
        client = own_record(session, actor(session, door.town, "rosa", at=door.at))
    assert client
    door.as_("nia").post(f"/desk/agencies/{ALDER}/clients/{client.id}/take")
    assert "Ms. R." in door.as_("nia").get(f"/desk/agencies/{ALDER}").text


def test_a_name_is_changed_without_a_factor_and_touches_nothing_else(door: SecondDoor, rosa: Browser) -> None:
    before = kept(door)
    for _ in range(3):
        door.later(minutes=20)
        rosa.get(HERE)
    assert call_me(rosa, "Rosita") == (303, f"{HERE}?said=saved")
    assert (named(door), kept(door)) == ("Rosita", before)
    assert say(rosa, contact=before.words) == (303, f"{HERE}?said=saved")
    assert named(door) == "Rosita", "a form that does not ask leaves it"


def test_a_name_that_is_too_long_is_told_and_kept_as_it_was_typed(door: SecondDoor, rosa: Browser) -> None:
    before = named(door)
    status, said = call_me(rosa, "x" * 121)
    assert (status, "Use at most 120 characters." in said, named(door)) == (422, True, before)


def test_a_name_of_a_second_window_does_not_overwrite(door: SecondDoor, rosa: Browser) -> None:
    call_me(rosa, "Rosita")
    assert rosa.post(HERE, {"version": "1", "label_version": "1", "contact": kept(door).words, "label": "R."}).status_code == 409
    assert named(door) == "Rosita"


def test_a_name_that_was_taken_out_can_be_given_in_a_referral(door: SecondDoor, rosa: Browser) -> None:
    assert call_me(rosa, "") == (303, f"{HERE}?said=saved")
    new = f"/my/referrals/new/{LISTINGS['lunch']}"
    assert "What do you like to be called?" in rosa.get(new).text
    where = rosa.post(new, {"label": "Ms. R.", "parts": ["label"], "days": "7"}).headers["location"]
    assert "Ms. R." in text_of(rosa.get(where))
    assert named(door) == "Ms. R."
