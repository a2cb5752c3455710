"""The phone round: a number to press, plain questions, and an outcome; without script, and nothing typed is lost."""

from __future__ import annotations

import re

from directory.freshness.calls import TRIES, open_call
from directory.models import Call, Service
from tests.cast import LISTINGS
from tests.web.second_door import SecondDoor, text_of


def opened(door: SecondDoor, key: str = "lunch") -> str:
    with door.storage.writing() as session:
        return f"/desk/curator/calls/{open_call(session, LISTINGS[key], why='Three mails brought no answer.', at=door.at).id}"


def test_the_list_has_the_number_to_press_and_who_waits_longest_first(door: SecondDoor) -> None:
    opened(door), opened(door, "reading")
    with door.storage.writing() as session:
        session.get_one(Service, LISTINGS["reading"]).assured_date = None
    page = door.as_("cora").get("/desk/curator/calls")
    assert page.text.index("Reading circle") < page.text.index("Community lunch")
    assert 'href="tel:+1-920-555-0142"' in page.text
    assert "Last confirmed on 1 September 2026." in text_of(page)


def test_a_call_says_what_to_ask_with_what_is_known(door: SecondDoor) -> None:
    said = text_of(door.as_("cora").get(opened(door)))
    for words in ("Are these your days and hours?", "Monday", "12 River Street", "Which languages can people use with you? Spanish", "We do not know."):
        assert words in said


def test_somebody_takes_a_call_and_leaves_it_again(door: SecondDoor) -> None:
    path, cora = opened(door), door.as_("cora")
    assert cora.post(f"{path}/take").status_code == 303
    assert "This call is yours." in text_of(cora.get(path))
    assert cora.post(f"{path}/take", {"instead_of": ""}).status_code == 409
    assert cora.post(f"{path}/give-back").status_code == 303
    assert "I take this call" in text_of(cora.get(path))


def test_an_outcome_that_lacks_something_is_asked_again_with_everything_kept(door: SecondDoor) -> None:
    path = opened(door)
    answer = door.as_("cora").post(f"{path}/outcome", {"outcome": "call back", "note": "Ask for <Joe>", "day": "soon", "tries": "0"})
    assert answer.status_code == 422
    assert "Write the day as 2026-12-31" in text_of(answer)
    assert "Ask for &lt;Joe&gt;" in answer.text
    assert re.search(r'value="call back" checked', answer.text)
    assert 'value="soon"' in answer.text


def test_confirmed_by_telephone_is_said_in_public(door: SecondDoor) -> None:
    door.later(minutes=5)
    assert door.as_("cora").post(f"{opened(door)}/outcome", {"outcome": "confirmed", "tries": "0"}).headers["location"] == "/desk/curator/calls?said=saved"
    assert "Confirmed by a phone call on 24 November 2026 (today)." in text_of(door.as_("anyone").get(f"/listings/{LISTINGS['lunch']}"))
    assert "There is nobody to call today." in text_of(door.as_("cora").get("/desk/curator/calls"))


def test_a_second_press_of_the_same_page_is_told_so(door: SecondDoor) -> None:
    path, cora = opened(door), door.as_("cora")
    assert cora.post(f"{path}/outcome", {"outcome": "no answer", "tries": "0"}).status_code == 303
    again = cora.post(f"{path}/outcome", {"outcome": "changed", "note": "New hours: ten to four.", "tries": "0"})
    assert again.status_code == 409
    assert "New hours: ten to four.</textarea>" in again.text
    assert 'name="tries" value="1"' in again.text
    assert cora.post(f"{path}/outcome", {"outcome": "no answer", "tries": "all"}).status_code == 409


def test_what_has_closed_is_taken_down_with_its_reason(door: SecondDoor) -> None:
    path, cora = opened(door), door.as_("cora")
    after = cora.post(f"{path}/outcome", {"outcome": "closed", "note": "They gave it up in May.", "tries": "0"}).headers["location"]
    assert after == f"{path}?said=saved"
    assert "They gave it up in May.</textarea>" in cora.get(path).text
    assert cora.post(f"{path}/take-down", {"why": " "}).status_code == 422
    assert cora.post(f"{path}/take-down", {"why": "They gave it up in May."}).status_code == 303
    assert door.as_("anyone").get(f"/listings/{LISTINGS['lunch']}").status_code == 404
    with door.storage.reading() as session:
        assert session.get_one(Service, LISTINGS["lunch"]).status == "defunct"


def test_what_was_tried_in_vain_is_offered_to_be_taken_down(door: SecondDoor) -> None:
    path, cora = opened(door), door.as_("cora")
    assert "Take it down?" not in text_of(cora.get(path))
    with door.storage.writing() as session:
        session.query(Call).one().tries = TRIES
    assert "Take it down?" in text_of(cora.get(path))


def test_a_listing_is_put_on_the_list_from_elsewhere(door: SecondDoor) -> None:
    answer = door.as_("cora").post("/desk/curator/calls", {"service_id": str(LISTINGS["class"]), "why": "Two people reported it."})
    assert "Two people reported it." in text_of(door.as_("cora").get(answer.headers["location"]))
    assert door.as_("cora").post("/desk/curator/calls", {"service_id": "none"}).status_code == 422


def test_an_id_that_is_none_and_the_wrong_verb(door: SecondDoor) -> None:
    assert door.as_("cora").get(f"/desk/curator/calls/{LISTINGS['lunch']}").status_code == 404
    assert door.as_("cora").get("/desk/curator/calls/none").status_code == 404
    assert door.as_("cora").get(f"{opened(door)}/take").status_code == 405
