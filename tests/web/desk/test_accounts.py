"""The administrators' page: finding, giving, taking, closing, mending; never the last administrator; and nothing personal in an address."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from directory.accounts.factors import has_second_factor, set_authenticator
from directory.accounts.people import get_account
from directory.models import Change
from tests.cast import PASSWORD, ROLES, address_of
from tests.web.account.test_second_factor import SECRET, code
from tests.web.second_door import SecondDoor, text_of

LIST = "/desk/admin/accounts"


def path(door: SecondDoor, name: str, end: str = "") -> str:
    return f"{LIST}/{door.town.accounts[name]}{end}"


def test_the_list_shows_who_there_is_with_their_roles(door: SecondDoor) -> None:
    said = text_of(door.as_("dov").get(LIST))
    assert "Owner of Riverside Kitchen" in said
    assert f"{len(ROLES)} accounts" in said
    assert text_of(door.as_("dov").get(f"{LIST}?page=999999999999")).count("Find by") == 1


@pytest.mark.parametrize("name", ["ana", "cora", "kofi", "stella"])
def test_nobody_else_sees_it(door: SecondDoor, name: str) -> None:
    for one in (LIST, path(door, "ana")):
        assert door.as_(name).get(one).status_code == 403
    assert door.as_(name).post(path(door, name, "/role"), {"role": "administrator"}).status_code == 403


def test_an_account_is_found_by_its_whole_address_only(door: SecondDoor) -> None:
    dov = door.as_("dov")
    assert "Stella" in text_of(dov.post(f"{LIST}/find", {"email": " STELLA@people.example"}))
    for part in ("stella", "stella@", "people.example", "%", "nobody@people.example"):
        assert "no account with this address" in text_of(dov.post(f"{LIST}/find", {"email": part}))


def test_it_asks_once_more_after_half_an_hour(door: SecondDoor) -> None:
    dov = door.as_("dov")
    for _ in range(2):
        door.later(minutes=16)
        dov.get("/desk")
    assert dov.get(LIST).headers["location"] == f"/account/confirm?next={LIST}"
    assert dov.post(path(door, "stella", "/role"), {"role": "curator"}).headers["location"] == f"/account/confirm?next={path(door, 'stella')}"


def test_a_role_is_given_and_taken_and_logged_and_the_person_is_signed_out(door: SecondDoor) -> None:
    dov = door.as_("dov")
    assert dov.post(path(door, "stella", "/role"), {"role": "curator"}).status_code == 303
    assert door.as_("stella").get("/desk").status_code == 303, "gained trust asks for a new sign-in"
    assert "Curator" in text_of(dov.get(path(door, "stella")))
    assert dov.post(path(door, "cora", "/role"), {"role": "curator", "do": "take"}).status_code == 303
    assert door.as_("cora").get("/desk").status_code == 303
    with door.storage.reading() as session:
        lines = session.scalars(select(Change).where(Change.entity == "role", Change.by == f"account:{door.town.accounts['dov']}").order_by(Change.seq)).all()
    assert [line.action for line in lines] == ["added", "removed"]


@pytest.mark.parametrize("role", ["owner", "editor", "", "root", "administrator; drop table account"])
def test_only_roles_that_are_there_and_of_no_organization_are_given(door: SecondDoor, role: str) -> None:
    assert door.as_("dov").post(path(door, "stella", "/role"), {"role": role}).status_code == 422


def test_the_last_administrator_stays(door: SecondDoor) -> None:
    dov = door.as_("dov")
    for end, said in (("/role", {"role": "administrator", "do": "take"}), ("/open", {"do": "close"})):
        answer = dov.post(path(door, "dov", end), said)
        assert answer.status_code == 422
        assert "last administrator" in text_of(answer)
    dov.post(path(door, "stella", "/role"), {"role": "administrator"})
    assert dov.post(path(door, "dov", "/role"), {"role": "administrator", "do": "take"}).status_code == 303


def test_a_closed_account_is_out_at_once_and_comes_back_when_it_is_opened(door: SecondDoor) -> None:
    dov, ana = door.as_("dov"), door.as_("ana")
    dov.post(path(door, "ana", "/open"), {"do": "close"})
    assert ana.get("/desk").status_code == 303
    said = {"email": address_of("ana"), "password": PASSWORD}
    assert door.as_("anyone").post("/account/sign-in", said, stamped=False).status_code == 422
    dov.post(path(door, "ana", "/open"), {"do": "open"})
    assert door.as_("anyone").post("/account/sign-in", said, stamped=False).status_code == 303


def test_a_lost_second_factor_is_taken_away_and_told(door: SecondDoor) -> None:
    with door.storage.writing() as session:
        set_authenticator(session, get_account(session, door.town.accounts["ana"]), SECRET, code(door), at=door.at, sealer=door.sealer)
    assert door.as_("dov").post(path(door, "ana", "/second-factor")).status_code == 303
    with door.storage.reading() as session:
        assert not has_second_factor(session, get_account(session, door.town.accounts["ana"]))
    assert "took the second factor away" in door.letters("ana")[0].text


def test_somebody_is_invited_to_a_role_and_gets_it_by_saying_yes(door: SecondDoor) -> None:
    dov, new = door.as_("dov"), "nadia@people.example"
    assert dov.post(f"{LIST}/invite", {"invited": new, "role": "owner"}).status_code == 422
    assert dov.post(f"{LIST}/invite", {"invited": "x", "role": "curator"}).status_code == 422
    assert dov.post(f"{LIST}/invite", {"invited": new, "role": "curator"}).status_code == 303
    browser = door.as_("anyone")
    answer = browser.post(door.link(new), {"name": "Nadia", "password": ""}, stamped=False)
    assert answer.status_code == 303
    assert "Your role as curator wakes up" in text_of(browser.get("/desk"))


@pytest.mark.parametrize("account", ["00000000-0000-0000-0000-000000000000", "x", "1"])
def test_an_account_that_is_not_there_is_not_found(door: SecondDoor, account: str) -> None:
    assert door.as_("dov").get(f"{LIST}/{account}").status_code == 404


def test_no_address_of_a_page_holds_an_address_of_a_person(door: SecondDoor) -> None:
    page = door.as_("dov").get(LIST).text + door.as_("dov").post(f"{LIST}/find", {"email": "ana@people.example"}).text
    assert "people.example" in page
    assert not [part for part in page.split('"') if part.startswith("/") and ("@" in part or "%40" in part)]
