"""Somebody's own account: what they change, who is told, and which browsers are signed out by it."""

from __future__ import annotations

import re

import pytest

from directory.accounts.people import check_sign_in
from tests.cast import PASSWORD, address_of
from tests.web.second_door import SecondDoor, text_of
from web.views.account.entering import label_of

WORDS = "seven geese over water"
NEW = "ana.new@people.example"


def another(door: SecondDoor, name: str = "ana") -> None:
    door.as_("second").post("/account/sign-in", {"email": address_of(name), "password": PASSWORD}, stamped=False)


def test_the_page_shows_the_account_and_only_its_own(door: SecondDoor) -> None:
    said = text_of(door.as_("ana").get("/account"))
    assert "ana@people.example" in said
    assert "ben@" not in said
    assert door.as_("anyone").get("/account").headers["location"] == "/account/sign-in?next=/account"
    for path in ("/account/sign-in", "/account/join"):
        assert "for those who take part in peer support" in door.as_("anyone").get(path).text


def test_every_private_page_is_kept_by_nobody(door: SecondDoor) -> None:
    for path in ("/account", "/account/security", "/account/authenticator", "/account/confirm", "/account/password", "/desk", "/account/second-step"):
        assert door.as_("ana").get(path).headers["cache-control"] == "no-store"


def test_a_name_is_changed_and_shown_as_text(door: SecondDoor) -> None:
    ana = door.as_("ana")
    assert ana.post("/account/name", {"name": "  Ana <b>María</b> "}).status_code == 303
    assert "Ana &lt;b&gt;María&lt;/b&gt;" in ana.get("/desk").text
    wrong = ana.post("/account/name", {"name": "x" * 121})
    assert wrong.status_code == 422
    assert "x" * 121 in wrong.text


def test_a_new_address_counts_once_its_mail_was_read_and_the_old_one_is_told(door: SecondDoor) -> None:
    ana = door.as_("ana")
    assert ana.post("/account/address", {"email": NEW}).status_code == 303
    assert "ana@people.example" in text_of(ana.get("/account"))
    path = door.link(NEW)
    assert door.as_("anyone").get(path).status_code == 200
    assert door.as_("anyone").post(path, stamped=False).status_code == 303
    assert "address of your account was changed" in door.letters("ana")[0].text
    assert ana.get("/account").status_code == 303, "every browser is signed out"
    with door.storage.reading() as session:
        assert check_sign_in(session, NEW, PASSWORD, sealer=door.sealer)
        assert not check_sign_in(session, address_of("ana"), PASSWORD, sealer=door.sealer)


def test_an_address_that_somebody_has_is_told_to_nobody_but_its_reader(door: SecondDoor) -> None:
    ana = door.as_("ana")
    free, taken = (ana.post("/account/address", {"email": email}) for email in (NEW, address_of("ben")))
    assert (free.status_code, free.headers["location"], free.content) == (taken.status_code, taken.headers["location"], taken.content)
    answer = door.as_("anyone").post(door.link("ben"), stamped=False)
    assert answer.status_code == 422
    assert "account with this address already" in text_of(answer)


def test_a_password_is_changed_under_a_new_id_and_every_other_browser_is_signed_out(door: SecondDoor) -> None:
    another(door)
    ana, before = door.as_("ana"), door.as_("ana").token
    assert ana.post("/account/password", {"password": "short"}).status_code == 422
    assert ana.token == before
    assert ana.post("/account/password", {"password": WORDS}).status_code == 303
    assert ana.token != before
    assert ana.get("/account").status_code == 200
    assert door.as_("second").get("/account").status_code == 303
    assert "password of your account was changed" in door.letters("ana")[0].text


def test_one_browser_is_signed_out_and_the_others_are_not(door: SecondDoor) -> None:
    another(door)
    ana = door.as_("ana")
    (key,) = re.findall(r'name="browser" value="([0-9a-f]{64})"', ana.get("/account").text)
    assert ana.post("/account/browsers", {"browser": "0" * 64}).status_code == 303
    assert door.as_("second").get("/account").status_code == 200
    ana.post("/account/browsers", {"browser": key})
    assert door.as_("second").get("/account").status_code == 303
    assert ana.get("/account").status_code == 200


def test_signing_out_everywhere_leaves_this_browser_and_other_people(door: SecondDoor) -> None:
    another(door)
    ana = door.as_("ana")
    ana.post("/account/browsers", {"browser": "others"})
    assert door.as_("second").get("/account").status_code == 303
    assert ana.get("/account").status_code == door.as_("ben").get("/account").status_code == 200


def test_no_page_holds_what_the_database_keeps_of_a_browser(door: SecondDoor) -> None:
    with door.storage.engine.connect() as connection:
        kept = [str(value) for row in connection.exec_driver_sql("select id_hash, csrf_key from sign_in").all() for value in row]
    for path in ("/account", "/account/security", "/desk"):
        page = door.as_("ana").get(path).text
        assert not [value for value in kept if value in page]


def test_what_the_database_keeps_signs_nobody_in(door: SecondDoor) -> None:
    with door.storage.engine.connect() as connection:
        kept = [str(value) for row in connection.exec_driver_sql("select id_hash, csrf_key from sign_in").all() for value in row]
    thief = door.as_("nobody")
    for value in kept:
        thief.token = value
        assert thief.get("/desk").status_code == 303


def test_leaving_signs_this_browser_out_and_sets_nothing_for_others(door: SecondDoor) -> None:
    another(door)
    ana, token = door.as_("ana"), door.as_("ana").token
    answer = ana.get("/leave")
    assert (answer.status_code, answer.headers["location"]) == (303, door.settings.leave_url)
    assert ana.token == ""
    ana.token = token
    assert ana.get("/desk").status_code == 303
    assert door.as_("second").get("/desk").status_code == 200
    assert "set-cookie" not in door.as_("anyone").get("/leave").headers


@pytest.mark.parametrize(
    ("said", "label"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0 Safari/537.36", "Chrome on Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19.0 Mobile/15E148 Safari/604.1", "Safari on an iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0", "Firefox on Windows"),
        ("<script>", "A browser"), ("", "A browser"),
    ],
)
def test_a_browser_is_known_again_by_a_few_words(said: str, label: str) -> None:
    assert label_of(said) == label
