"""Second factors: a code counts once, nothing is open before it was shown, every rise brings a new id, and whoever loses theirs has a way back."""

from __future__ import annotations

import re
import threading

import pyotp
import pytest

from directory.accounts.factors import has_second_factor, set_authenticator, use_code
from directory.accounts.people import get_account
from tests.cast import PASSWORD, address_of
from tests.web.second_door import Browser, SecondDoor, text_of

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"   # noqa: S105  (of people who do not exist)


def code(door: SecondDoor, steps: int = 0) -> str:
    return pyotp.TOTP(SECRET).generate_otp(int(door.at.timestamp()) // 30 + steps)


def give_app(door: SecondDoor, name: str) -> None:
    """Set up an app for one of the cast, some time ago."""
    door.later(minutes=-2)
    with door.storage.writing() as session:
        set_authenticator(session, get_account(session, door.town.accounts[name]), SECRET, code(door), at=door.at, sealer=door.sealer)
    door.later(minutes=2)


def sign_in(door: SecondDoor, name: str, browser: str = "anyone") -> Browser:
    made = door.as_(browser)
    made.post("/account/sign-in", {"email": address_of(name), "password": PASSWORD}, stamped=False)
    return made


def test_nothing_is_open_before_the_second_factor_was_shown(door: SecondDoor) -> None:
    give_app(door, "ana")
    browser = sign_in(door, "ana")
    for path in ("/desk", "/account", "/account/security", "/account/confirm", "/account/password"):
        answer = browser.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, f"/account/second-step?next={path}")
    for path in ("/account/name", "/account/browsers", "/account/authenticator/remove", "/account/recovery-codes"):
        assert browser.post(path, {"name": "Eve"}).headers["location"].startswith("/account/second-step")
    assert browser.get("/account/second-step").status_code == 200


def test_a_code_opens_the_desk_under_a_new_id_and_the_old_one_is_dead(door: SecondDoor) -> None:
    give_app(door, "ana")
    browser = sign_in(door, "ana")
    before = browser.token
    answer = browser.post("/account/second-step", {"code": f"{code(door)[:3]} {code(door)[3:]}", "next": "/account"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/account")
    assert browser.token not in ("", before)
    assert browser.get("/desk").status_code == 200
    old = door.as_("old")
    old.token = before
    assert old.get("/account/second-step").headers["location"].startswith("/account/sign-in")


def test_the_second_factor_wakes_a_curator(door: SecondDoor) -> None:
    give_app(door, "kofi")
    browser = sign_in(door, "kofi")
    browser.post("/account/second-step", {"code": code(door)})
    assert "wakes up" not in text_of(browser.get("/desk"))
    assert "Curators’ desk" in text_of(browser.get("/desk"))


def test_a_curator_without_a_second_factor_is_led_to_set_one_up(door: SecondDoor) -> None:
    assert "/account/second-step" in door.as_("kofi").get("/desk").text
    assert "/account/security" in door.as_("kofi").get("/account/second-step").text


def test_a_code_counts_once(door: SecondDoor) -> None:
    give_app(door, "ana")
    said = {"code": code(door)}
    assert sign_in(door, "ana").post("/account/second-step", said).status_code == 303
    again = sign_in(door, "ana", "another").post("/account/second-step", said)
    assert again.status_code == 422
    assert "used before" in text_of(again)


@pytest.mark.parametrize(("steps", "is_good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_half_a_minute_off(door: SecondDoor, steps: int, is_good: bool) -> None:
    give_app(door, "ana")
    assert (sign_in(door, "ana").post("/account/second-step", {"code": code(door, steps)}).status_code == 303) == is_good


def test_an_older_code_is_refused_after_a_newer_one_and_when_the_clock_steps_back(door: SecondDoor) -> None:
    give_app(door, "ana")
    assert sign_in(door, "ana").post("/account/second-step", {"code": code(door, 1)}).status_code == 303
    assert sign_in(door, "ana", "b").post("/account/second-step", {"code": code(door, 0)}).status_code == 422
    door.later(minutes=-1)
    assert sign_in(door, "ana", "c").post("/account/second-step", {"code": code(door)}).status_code == 422


def test_of_two_who_show_one_code_at_once_one_is_let_through(door: SecondDoor) -> None:
    give_app(door, "ana")
    shown, let_in, together = code(door), [], threading.Barrier(4)

    def show() -> None:
        together.wait()
        with door.storage.writing() as session:
            account = get_account(session, door.town.accounts["ana"])
            let_in.append(use_code(session, account, shown, at=door.at, sealer=door.sealer))

    threads = [threading.Thread(target=show) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(let_in) == [False, False, False, True]


def test_guessing_codes_is_slowed(door: SecondDoor) -> None:
    give_app(door, "ana")
    browser = sign_in(door, "ana")
    assert [browser.post("/account/second-step", {"code": f"{n:06}"}).status_code for n in range(7)] == [422] * 5 + [429] * 2


def test_a_password_changed_by_mail_does_not_go_round_the_second_factor(door: SecondDoor) -> None:
    give_app(door, "ana")
    browser = door.as_("anyone")
    browser.post("/account/link", {"email": address_of("ana"), "for": "new-password"}, stamped=False)
    answer = browser.post(door.link("ana"), {"password": "seven geese over water"}, stamped=False)
    assert answer.headers["location"].startswith("/account/second-step")
    assert browser.get("/desk").status_code == 303


def test_an_app_is_kept_once_it_has_shown_a_code(door: SecondDoor) -> None:
    ana = door.as_("ana")
    page = ana.get("/account/authenticator")
    sealed = re.search(r'name="sealed" value="([^"]+)"', page.text)
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)
    assert sealed
    assert secret
    wrong = ana.post("/account/authenticator", {"sealed": sealed.group(1), "code": "000000"})
    assert wrong.status_code == 422
    assert secret.group(1) in wrong.text, "the picture that was looked at stays"
    before = ana.token
    shown = pyotp.TOTP(secret.group(1).replace(" ", "")).at(door.at)
    assert ana.post("/account/authenticator", {"sealed": sealed.group(1), "code": shown}).status_code == 303
    assert ana.token != before
    assert "app that makes sign-in codes was added" in door.letters("ana")[0].text
    assert sign_in(door, "ana", "later").get("/desk").headers["location"].startswith("/account/second-step")


def test_the_secret_of_another_browser_is_not_taken(door: SecondDoor) -> None:
    sealed = re.search(r'name="sealed" value="([^"]+)"', door.as_("ben").get("/account/authenticator").text)
    assert sealed
    assert door.as_("ana").post("/account/authenticator", {"sealed": sealed.group(1), "code": "000000"}).status_code == 422
    with door.storage.reading() as session:
        assert not has_second_factor(session, get_account(session, door.town.accounts["ana"]))


def test_taking_the_last_factor_away_falls_back_to_the_first_level(door: SecondDoor) -> None:
    give_app(door, "kofi")
    browser = sign_in(door, "kofi")
    browser.post("/account/second-step", {"code": code(door)})
    assert browser.post("/account/authenticator/remove").status_code == 303
    assert "wakes up" in text_of(browser.get("/desk"))
    assert door.as_("kofi").get("/desk").status_code == 303, "every other browser is signed out"


def recovery_codes(browser: Browser) -> list[str]:
    return re.findall(r"<code>([a-z0-9-]+)</code>", browser.post("/account/recovery-codes").text)


def test_a_recovery_code_counts_once_and_its_use_is_told(door: SecondDoor) -> None:
    give_app(door, "ana")
    first = sign_in(door, "ana")
    first.post("/account/second-step", {"code": code(door)})
    codes = recovery_codes(first)
    assert len(set(codes)) == 10
    assert len(codes[0].replace("-", "")) == 12
    door.later(seconds=1)
    assert sign_in(door, "ana", "b").post("/account/second-step", {"code": codes[3].upper().replace("-", " ")}).status_code == 303
    assert "recovery codes of your account was used" in door.letters("ana")[0].text
    assert sign_in(door, "ana", "c").post("/account/second-step", {"code": codes[3]}).status_code == 422
    assert "9 are left" in text_of(first.get("/account/security"))
    new = recovery_codes(first)
    assert sign_in(door, "ana", "d").post("/account/second-step", {"code": codes[5]}).status_code == 422, "the old ones are gone"
    assert sign_in(door, "ana", "e").post("/account/second-step", {"code": new[0]}).status_code == 303


def test_recovery_codes_are_not_kept_as_they_are(door: SecondDoor) -> None:
    codes = recovery_codes(door.as_("ana"))
    with door.storage.engine.connect() as connection:
        rows = str(connection.exec_driver_sql("select * from recovery_code").all())
    assert len(codes) == 10
    assert not [one for one in codes if one in rows or one.replace("-", "") in rows]


def test_a_code_of_somebody_else_opens_nothing(door: SecondDoor) -> None:
    give_app(door, "ana")
    others = recovery_codes(door.as_("ben"))
    assert sign_in(door, "ana").post("/account/second-step", {"code": others[0]}).status_code == 422


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"id": 1}', '{"id":"x","rawId":"x","type":"public-key","response":{}}', "\x00", "{" * 5000,
                                    '{"id":"eA","rawId":"eA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"e30","signature":"e30"}}'])
@pytest.mark.parametrize("path", ["/account/sign-in/passkey", "/account/passkeys", "/account/confirm/passkey", "/account/second-step/passkey"])
def test_what_is_no_passkey_is_refused(door: SecondDoor, path: str, answer: str) -> None:
    said = door.as_("ana").post(path, {"answer": answer}, stamped="sign-in" not in path)
    assert said.status_code == 422
    assert "try once more" in text_of(said)


def test_weighty_acts_ask_again_after_half_an_hour(door: SecondDoor) -> None:
    ana = door.as_("ana")
    for _ in range(2):
        door.later(minutes=16)
        ana.get("/desk")
    assert ana.get("/account/security").headers["location"] == "/account/confirm?next=/account/security"
    wrong = ana.post("/account/confirm", {"password": "not it at all", "next": "/account/security"})
    assert wrong.status_code == 422
    before = ana.token
    answer = ana.post("/account/confirm", {"password": PASSWORD, "next": "/account/security"})
    assert answer.headers["location"] == "/account/security"
    assert ana.token != before
    assert ana.get("/account/security").status_code == 200


def test_a_form_that_weighs_leads_back_to_its_page_and_not_to_the_desk(door: SecondDoor) -> None:
    dov, stella = door.as_("dov"), door.town.accounts["stella"]
    for _ in range(2):
        door.later(minutes=16)
        dov.get("/desk")
    for form, page in ((f"/desk/admin/accounts/{stella}/role", f"/desk/admin/accounts/{stella}"), ("/desk/admin/accounts/invite", "/desk/admin/accounts")):
        answer = dov.post(form, {"role": "curator"})
        assert answer.headers["location"] == f"/account/confirm?next={page}", form


def test_confirming_leads_nowhere_else(door: SecondDoor) -> None:
    for path in ("https://evil.example/", "//evil.example", "/\\evil.example", "/leave", "javascript:alert(1)"):
        assert door.as_("ana").post("/account/confirm", {"password": PASSWORD, "next": path}).headers["location"] == "/desk"


def test_guessing_at_confirming_is_slowed(door: SecondDoor) -> None:
    ana = door.as_("ana")
    assert [ana.post("/account/confirm", {"password": f"guess {n}"}).status_code for n in range(6)] == [422] * 5 + [429]
