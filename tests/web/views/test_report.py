"""Telling of a mistake: anybody can, programs cannot, nothing is published and no cookie is set; what is missing is said and nothing typed is lost."""

from __future__ import annotations

import re

import pytest
from httpx import Response
from sqlalchemy import func, select

from directory.models import Change, Report
from tests.cast import LISTINGS
from tests.make import make_id
from tests.web.second_door import SecondDoor, text_of

PATH = f"/listings/{make_id('Community lunch at Riverside Hall')}/report"
WORDS = "Nobody picks up in the mornings, try after two."


def drawn(door: SecondDoor, path: str = PATH) -> str:
    found = re.search(r'name="drawn" value="([^"]+)"', door.as_("anyone").get(path).text)
    assert found
    return found[1]


def send(door: SecondDoor, *, waits: int = 20, **said: str) -> Response:
    stamp = said.pop("drawn", "") or drawn(door)
    door.later(seconds=waits)
    return door.as_("anyone").post(PATH, {"about": "phone_silent", "words": "", "email": "", "website": "", "drawn": stamp, **said}, stamped=False)


def reports(door: SecondDoor) -> list[Report]:
    with door.storage.reading() as session:
        return list(session.scalars(select(Report).order_by(Report.made_at, Report.id)))


def test_a_listing_says_where_to_tell_of_a_mistake(door: SecondDoor) -> None:
    page = door.as_("anyone").get(PATH.removesuffix("/report"))
    assert f'href="{PATH}"' in page.text
    assert "Something wrong here? Tell us" in text_of(page)


def test_anybody_tells_of_a_mistake_without_account_or_cookie(door: SecondDoor) -> None:
    answer = send(door, words=WORDS)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{PATH}/thanks")
    assert "set-cookie" not in answer.headers
    (report,) = reports(door)
    assert (report.service_id, report.about, report.words, report.contact, report.state) == (LISTINGS["lunch"], "phone_silent", WORDS, None, "open")
    assert "What happens next" in text_of(door.as_("anyone").get(f"{PATH}/thanks"))


def test_an_address_is_kept_sealed_and_nothing_goes_into_the_change_log(door: SecondDoor) -> None:
    with door.storage.reading() as session:
        before = session.scalar(select(func.count()).select_from(Change))
    send(door, email="Reader@Post.example", words=WORDS)
    (report,) = reports(door)
    assert report.contact
    assert "post.example" not in report.contact
    assert door.sealer.open(report.contact, bound_to=f"report|contact|{report.id}") == "reader@post.example"
    with door.storage.reading() as session:
        assert session.scalar(select(func.count()).select_from(Change)) == before


@pytest.mark.parametrize(("said", "field"), [
    ({"about": ""}, "about"), ({"about": "nonsense"}, "about"), ({"about": "else", "words": ""}, "words"), ({"about": "text", "words": "  \n"}, "words"),
    ({"words": "x" * 2001}, "words"), ({"email": "no address"}, "email"),
])  # fmt: skip
def test_what_is_missing_is_said_beside_it_and_what_was_typed_stays(door: SecondDoor, said: dict[str, str], field: str) -> None:
    stamp = drawn(door)
    door.later(seconds=20)
    typed = {"about": "phone_silent", "words": WORDS, "email": "", "drawn": stamp, **said}
    answer = door.as_("anyone").post(PATH, typed, stamped=False)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert f'id="{field}-error"' in answer.text
    assert said.get("words", WORDS).strip() in answer.text
    assert reports(door) == []


def test_a_program_that_fills_every_field_is_thanked_and_nothing_is_kept(door: SecondDoor) -> None:
    assert send(door, website="https://spam.example").status_code == 303
    assert reports(door) == []


def test_a_form_sent_at_once_is_taken_the_second_time(door: SecondDoor) -> None:
    stamp = drawn(door)
    first = send(door, drawn=stamp, waits=1)
    assert first.status_code == 422
    assert f'value="{stamp}"' in first.text
    assert send(door, drawn=stamp, waits=5).status_code == 303


@pytest.mark.parametrize("stamp", ["none", "0.0", "1763999999.abc", "9" * 13 + ".x", "\x00.", "²³.x"])
def test_a_stamp_that_is_not_ours_is_not_taken_and_a_new_one_is_given(door: SecondDoor, stamp: str) -> None:
    answer = send(door, drawn=stamp)
    assert answer.status_code == 422
    assert re.search(r'name="drawn" value="\d+\.[0-9a-f]{64}"', answer.text)
    assert reports(door) == []


def test_a_stamp_of_another_listing_or_of_yesterday_is_not_taken(door: SecondDoor) -> None:
    other = drawn(door, f"/listings/{LISTINGS['reading']}/report")
    assert send(door, drawn=other).status_code == 422
    mine = drawn(door)
    assert send(door, drawn=mine, waits=90_000).status_code == 422
    assert reports(door) == []


def test_one_network_is_slowed_and_the_rest_is_not(door: SecondDoor) -> None:
    stamp = drawn(door)
    answers = [send(door, drawn=stamp).status_code for _ in range(11)]
    assert answers[:10] == [303] * 10
    assert answers[10] == 429
    assert len(reports(door)) == 10


def test_another_site_cannot_send_it(door: SecondDoor) -> None:
    said = {"about": "closed", "drawn": drawn(door)}
    assert door.as_("anyone").post(PATH, said, stamped=False, headers={"sec-fetch-site": "cross-site"}).status_code == 403


def test_what_was_told_is_in_no_public_page(door: SecondDoor) -> None:
    send(door, words="A canary that sings")
    anyone = door.as_("anyone")
    for path in (PATH, PATH.removesuffix("/report"), f"{PATH}/thanks", "/api/hsds/services?per_page=50&full=true", f"/api/hsds/services/{LISTINGS['lunch']}"):
        page = anyone.get(path)
        assert page.status_code == 200
        assert "canary" not in page.text


@pytest.mark.parametrize("path", ["/listings/x/report", f"/listings/{make_id('none')}/report", "/listings/%00/report/thanks"])
def test_a_listing_that_is_none_is_not_found(door: SecondDoor, path: str) -> None:
    anyone = door.as_("anyone")
    assert anyone.get(path).status_code == 404
    assert path.endswith("thanks") or anyone.post(path, {"about": "closed"}, stamped=False).status_code == 404
