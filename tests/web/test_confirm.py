"""The link in a reminder: looking is free, one answer uses it up, and nobody else can be answered for."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from directory.accounts.people import revoke
from directory.freshness.links import make_confirm_link
from directory.models import Account, Change, Confirmation, Report, Service
from tests.cast import LISTINGS, ORGANIZATIONS, address_of
from tests.web.second_door import SecondDoor, text_of


def link(door: SecondDoor, *keys: str, to: str = "") -> str:
    with door.storage.writing() as session:
        token = make_confirm_link(session, [LISTINGS[key] for key in keys], to or address_of("ana"), at=door.at, sealer=door.sealer)
    return f"/confirm/{token}"


def service(door: SecondDoor, key: str) -> Service:
    with door.storage.reading() as session:
        return session.get_one(Service, LISTINGS[key])


def test_the_page_shows_the_listing_as_the_public_sees_it_and_uses_nothing_up(door: SecondDoor) -> None:
    path, browser = link(door, "lunch"), door.as_("anyone")
    for _ in range(3):
        page = browser.get(path)
        assert page.status_code == 200
        assert "set-cookie" not in page.headers
        assert page.headers["cache-control"] == "no-store"
    said = text_of(page)
    wanted = ("Community lunch", "12 River Street", "920-555-0142", "Everything is still right", "Something has changed")
    assert [part for part in wanted if part not in said] == []
    assert browser.post(path, {"answer": "right"}, stamped=False).status_code == 303


def test_one_press_moves_the_date_and_says_so_in_public(door: SecondDoor) -> None:
    door.later(days=365)
    assert "Not confirmed for 14 months: call first" in text_of(door.as_("anyone").get(f"/listings/{LISTINGS['lunch']}"))
    answer = door.as_("anyone").post(link(door, "lunch"), {"answer": "right"}, stamped=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/confirm/thanks")
    page = text_of(door.as_("anyone").get(f"/listings/{LISTINGS['lunch']}"))
    assert "Confirmed by the organization on 24 November 2027 (today)." in page
    assert "Not confirmed for" not in page
    assert service(door, "class").assured_date != door.at.date()


def test_the_link_is_good_once(door: SecondDoor) -> None:
    path, browser = link(door, "lunch"), door.as_("anyone")
    assert browser.post(path, {"answer": "right"}, stamped=False).status_code == 303
    again = [browser.post(path, {"answer": said, "words": "x"}, stamped=False) for said in ("right", "changed")]
    for late in (*again, browser.get(path)):
        assert late.status_code == 404
        assert "not good any more" in text_of(late)


def test_of_two_who_press_at_once_one_gets_it(door: SecondDoor) -> None:
    path = link(door, "lunch")

    def press(_: int) -> int:
        return int(door.app and door.as_("anyone")._client.post(path, data={"answer": "right"}).status_code)

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(press, range(4))) == [303, 404, 404, 404]
    with door.storage.reading() as session:
        assert len(session.scalars(select(Confirmation)).all()) == 1


def test_it_is_one_act_in_the_log_and_names_nobody(door: SecondDoor) -> None:
    door.later(days=30)
    door.as_("anyone").post(link(door, "lunch"), {"answer": "right"}, stamped=False)
    with door.storage.reading() as session:
        lines = session.scalars(select(Change).where(Change.at == door.at)).all()
        said = session.scalars(select(Confirmation)).one()
    assert {(line.entity, line.field) for line in lines} == {("service", "assured_date"), ("confirmation", None)}
    assert len({line.act for line in lines}) == 1
    assert lines[0].act
    assert {line.by for line in lines} == {"link"}
    assert (said.how, said.by) == ("link", "link")


def test_one_link_for_all_confirms_them_all(door: SecondDoor) -> None:
    door.later(days=30)
    path = link(door, "class", "lunch")
    page = text_of(door.as_("anyone").get(path))
    assert "2 listings" in page
    assert "Cooking class" in page
    assert "Community lunch" in page
    door.as_("anyone").post(path, {"answer": "right"}, stamped=False)
    assert service(door, "class").assured_date == service(door, "lunch").assured_date == door.at.date()
    assert service(door, "reading").assured_date != door.at.date()


def test_what_changed_lands_on_the_curators_desk_and_the_rest_is_confirmed(door: SecondDoor) -> None:
    door.later(days=30)
    path = link(door, "class", "lunch")
    told = {"answer": "changed", "words": "  We moved to 8 Elm Street.  ", "changed": str(LISTINGS["lunch"]), "rest": "right"}
    assert door.as_("anyone").post(path, told, stamped=False).status_code == 303
    with door.storage.reading() as session:
        report = session.scalars(select(Report)).one()
    assert (report.service_id, report.words, report.about, report.state) == (LISTINGS["lunch"], "We moved to 8 Elm Street.", "changed", "open")
    assert service(door, "class").assured_date == door.at.date()
    assert service(door, "lunch").assured_date != door.at.date()


def test_an_answer_without_words_is_asked_again_with_everything_kept(door: SecondDoor) -> None:
    path = link(door, "class", "lunch")
    answer = door.as_("anyone").post(path, {"answer": "changed", "words": " ", "changed": str(LISTINGS["class"])}, stamped=False)
    assert answer.status_code == 422
    assert "Write what has changed" in text_of(answer)
    ticked = re.findall(r'name="(\w+)" value="([^"]+)" checked', answer.text)
    assert ticked == [("changed", str(LISTINGS["class"]))]
    answer = door.as_("anyone").post(path, {"answer": "changed", "words": "The bell <b>rings</b>"}, stamped=False)
    assert answer.status_code == 422
    assert "Tick what it is about" in text_of(answer)
    assert "The bell &lt;b&gt;rings&lt;/b&gt;" in answer.text
    assert door.as_("anyone").get(path).status_code == 200


@pytest.mark.parametrize("days", [60, 90])
def test_an_old_link_is_not_good_any_more(door: SecondDoor, days: int) -> None:
    path = link(door, "lunch")
    door.later(days=days)
    assert door.as_("anyone").get(path).status_code == 404
    assert door.as_("anyone").post(path, {"answer": "right"}, stamped=False).status_code == 404


def test_who_does_not_keep_the_listing_any_more_cannot_answer_for_it(door: SecondDoor) -> None:
    path = link(door, "lunch")
    with door.storage.writing() as session:
        revoke(session, session.get_one(Account, door.town.accounts["ana"]), "owner", by="tests", at=door.at, organization_id=ORGANIZATIONS["kitchen"])
    assert door.as_("anyone").get(path).status_code == 404
    assert door.as_("anyone").post(path, {"answer": "right"}, stamped=False).status_code == 404
    assert service(door, "lunch").assured_date != door.at.date()


def test_a_link_says_nothing_of_what_left_the_directory(door: SecondDoor) -> None:
    both, one = link(door, "class", "lunch"), link(door, "lunch")
    with door.storage.writing() as session:
        session.get_one(Service, LISTINGS["lunch"]).status = "inactive"
    assert door.as_("anyone").get(one).status_code == 404
    page = text_of(door.as_("anyone").get(both))
    assert "Cooking class" in page
    assert "Community lunch" not in page


@pytest.mark.parametrize("token", ["none", "a" * 43, "%00", "..%2f..", "x" * 3000])
def test_a_token_that_we_did_not_mint_opens_nothing(door: SecondDoor, token: str) -> None:
    assert door.as_("anyone").get(f"/confirm/{token}").status_code == 404
    assert door.as_("anyone").post(f"/confirm/{token}", {"answer": "right"}, stamped=False).status_code == 404


def test_another_site_cannot_press_the_button(door: SecondDoor) -> None:
    path = link(door, "lunch")
    answer = door.as_("anyone").post(path, {"answer": "right"}, stamped=False, headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert door.as_("anyone").get(path).status_code == 200


def test_the_wrong_verb_and_an_unknown_answer_change_nothing(door: SecondDoor) -> None:
    path = link(door, "lunch")
    assert door.as_("anyone")._ask("DELETE", path).status_code == 405
    assert service(door, "lunch").assured_date == door.at.date() - timedelta(days=84)
