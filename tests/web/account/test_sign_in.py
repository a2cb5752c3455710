"""Signing in and out: the same words for everybody who may not, an id of our own making, and nothing left afterwards."""

from __future__ import annotations

import threading
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from litestar import post
from litestar.di import NamedDependency
from litestar.testing import TestClient

from directory.accounts.sign_ins import Visit, rotate, touch
from tests.cast import LISTINGS, PASSWORD, address_of
from tests.web.second_door import BASE, Browser, SecondDoor, text_of
from web import app as app_module
from web.house import House
from web.visits import COOKIE, private_router

PLANTED = "-".join(("chosen", "by", "somebody", "else"))
ELSEWHERE = [
    "https://evil.example/", "//evil.example", "/\\evil.example", "/desk\r\nX: y", "javascript:alert(1)", "/leave", "/desk\\..", "", "/a" * 400,
]


def test_somebody_signs_in_and_comes_to_the_desk(door: SecondDoor) -> None:
    browser = door.as_("anyone")
    answer = browser.post("/account/sign-in", {"email": " ANA@people.example ", "password": PASSWORD}, stamped=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert "Riverside Kitchen" in text_of(browser.get("/desk"))


def test_the_cookie_is_ours_and_kept_from_scripts(door: SecondDoor) -> None:
    answer = door.as_("anyone").post("/account/sign-in", {"email": address_of("ana"), "password": PASSWORD}, stamped=False)
    said = answer.headers["set-cookie"]
    assert said.startswith(f"{COOKIE}=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=lax"} <= {part.strip() for part in said.split(";")}
    assert "domain" not in said.lower()


def test_an_id_that_was_planted_is_never_signed_in(door: SecondDoor) -> None:
    victim = door.as_("anyone")
    victim.token = PLANTED
    victim.post("/account/sign-in", {"email": address_of("ana"), "password": PASSWORD}, stamped=False)
    assert victim.token != PLANTED
    attacker = door.as_("nobody")
    attacker.token = PLANTED
    assert attacker.get("/desk").headers["location"].startswith("/account/sign-in")


@pytest.mark.parametrize(("email", "password"), [(address_of("ana"), "not it at all"), ("nobody@people.example", PASSWORD), ("", ""), ("x" * 9000, "y" * 9000)])
def test_who_may_not_enter_is_told_the_same(door: SecondDoor, email: str, password: str) -> None:
    answer = door.as_("anyone").post("/account/sign-in", {"email": email, "password": password}, stamped=False)
    assert answer.status_code == 422
    assert "do not go together" in text_of(answer)
    assert "set-cookie" not in answer.headers


def test_signing_out_ends_it_on_the_server(door: SecondDoor) -> None:
    ana = door.as_("ana")
    token = ana.token
    answer = ana.post("/account/sign-out")
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert ana.token == ""
    ana.token = token
    assert ana.get("/desk").status_code == 303


def test_a_page_of_a_browser_that_signed_out_changes_nothing(door: SecondDoor) -> None:
    ana = door.as_("ana")
    stamp, token = ana.stamp(), ana.token
    ana.post("/account/sign-out")
    ana.token = token
    assert ana.post("/account/sign-out", {"csrf": stamp}, stamped=False).status_code == 403


def test_somebody_who_was_away_for_half_an_hour_signs_in_again(door: SecondDoor) -> None:
    ana = door.as_("ana")
    for _ in range(3):
        door.later(minutes=25)
        assert ana.get("/desk").status_code == 200
    door.later(minutes=31)
    assert ana.get("/desk").headers["location"] == "/account/sign-in?next=/desk"


def test_nobody_stays_signed_in_for_more_than_half_a_day(door: SecondDoor) -> None:
    ana = door.as_("ana")
    for _ in range(29):
        door.later(minutes=25)
        last = ana.get("/desk").status_code
    assert last == 303


def test_a_clock_that_steps_back_lengthens_no_life(door: SecondDoor) -> None:
    door.later(days=-1)
    assert door.as_("ana").get("/desk").status_code == 303


def test_trying_on_is_slowed_and_the_words_say_so(door: SecondDoor) -> None:
    browser = door.as_("anyone")
    answers = [browser.post("/account/sign-in", {"email": address_of("ana"), "password": f"guess {n}"}, stamped=False) for n in range(12)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429] * 2
    assert int(answers[-1].headers["retry-after"]) > 0
    assert browser.post("/account/sign-in", {"email": address_of("ben"), "password": PASSWORD}, stamped=False).status_code == 303


@pytest.mark.parametrize("path", ELSEWHERE)
def test_signing_in_leads_nowhere_else(door: SecondDoor, path: str) -> None:
    answer = door.as_("anyone").post("/account/sign-in", {"email": address_of("ana"), "password": PASSWORD, "next": path}, stamped=False)
    assert answer.headers["location"] == "/desk"


def test_another_site_cannot_sign_anybody_in(door: SecondDoor) -> None:
    said = {"email": address_of("ana"), "password": PASSWORD}
    for headers in ({"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"}):
        assert door.as_("anyone").post("/account/sign-in", said, stamped=False, headers=headers).status_code == 403


def test_public_pages_never_look_at_the_cookie(door: SecondDoor) -> None:
    page = door.as_("ana").get("/privacy")
    assert page.content == door.as_("anyone").get("/privacy").content
    assert "set-cookie" not in page.headers


def test_a_slow_request_does_not_bring_back_a_browser_that_signed_out_meanwhile(
    tmp_path: Path, ground_file: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    began, signed_out = threading.Event(), threading.Event()

    @post("/slow", sync_to_thread=True, status_code=200)
    def slow(house: NamedDependency[House], visit: NamedDependency[Visit]) -> str:
        began.set()
        signed_out.wait(60)
        with house.storage.writing() as session:
            return str((touch(session, visit, at=house.now()), rotate(session, visit, level=2, at=house.now())))

    routers = [*app_module.routers(), private_router("/test", [slow])]
    monkeypatch.setattr(app_module, "routers", lambda: routers)
    door = SecondDoor(tmp_path / "house", ground_file, own_app=True)
    try:
        door.later(minutes=5)
        ana, slowly = door.as_("ana"), Browser(door, TestClient(door.app, base_url=BASE), door.town.cookies["ana"])
        stamp, answers = ana.stamp(), []
        thread = threading.Thread(target=lambda: answers.append(slowly.post("/test/slow", {"csrf": stamp}, stamped=False).text))
        thread.start()
        assert began.wait(10)
        token = ana.token
        assert ana.post("/account/sign-out").status_code == 303
        signed_out.set()
        thread.join()
        assert answers == ["(False, None)"]
        ana.token = token
        assert ana.get("/desk").status_code == 303
    finally:
        signed_out.set()
        door.close()


def test_a_link_with_a_query_leads_back_whole_and_says_nothing_twice(door: SecondDoor) -> None:
    history = f"/desk/listings/{LISTINGS['lunch']}/history"
    sent_to = door.as_("anyone").get(f"{history}?field=service%2Fname&said=saved").headers["location"]
    wanted = parse_qs(urlsplit(sent_to).query)["next"][0]
    assert wanted == f"{history}?field=service%2Fname"
    answer = door.as_("anyone").post("/account/sign-in", {"email": address_of("ana"), "password": PASSWORD, "next": wanted}, stamped=False)
    assert answer.headers["location"] == wanted


@pytest.mark.parametrize("query", ["?x=" + "y" * 600, "?" + "&".join(f"a{number}=//evil.example" for number in range(60))])
def test_a_query_that_is_too_long_is_left_behind(door: SecondDoor, query: str) -> None:
    assert door.as_("anyone").get(f"/desk{query}").headers["location"] == "/account/sign-in?next=/desk"
