"""A person's own page of what they share: in plain words, with an end, taken back in one step (issue 5, point 4; rules P3 and P4)."""

from __future__ import annotations

import re

import pytest

from directory.clients.wording import languages
from tests.clients import ALDER, NORTH
from tests.web.second_door import SecondDoor, text_of

AGREE = f"/my/sharing/agencies/{ALDER}"
YES = {"parts": ["label", "goals"], "purpose": "together", "days": "90", "language": "en"}


def test_agreeing_begins_the_work_and_the_words_say_until_when(door: SecondDoor) -> None:
    rosa = door.as_("rosa")
    assert "Alder House" in rosa.get("/my/sharing/agencies").text
    assert rosa.post(AGREE, YES).headers["location"] == "/my/sharing?said=agreed"
    page = text_of(rosa.get("/my/sharing"))
    assert "until 22 February 2027" in page
    assert re.search(r"Your reference there is\s+[A-Z2-9]{6}", page)
    assert "nobody has taken that on yet" in page


def test_it_is_taken_back_in_one_step(door: SecondDoor) -> None:
    rosa = door.as_("rosa")
    rosa.post(AGREE, YES)
    where = re.search(r'action="(/my/sharing/[^"]+/take-back)"', rosa.get("/my/sharing").text)
    assert where
    assert rosa.post(where.group(1)).status_code == 303
    page = text_of(rosa.get("/my/sharing"))
    assert "Nothing. Nobody else sees anything of yours." in page
    assert "taken back on 24 November 2026" in page


def test_nobody_else_can_take_it_back(door: SecondDoor) -> None:
    door.as_("rosa").post(AGREE, YES)
    where = re.search(r'action="(/my/sharing/[^"]+/take-back)"', door.as_("rosa").get("/my/sharing").text)
    assert where
    assert {door.as_(name).post(where.group(1)).status_code for name in ("stella", "nia", "dov", "cora")} == {404}


@pytest.mark.parametrize("wrong", [{"parts": []}, {"parts": ["scales"]}, {"parts": ["goals", "none"]}, {"days": "400"}, {"days": ""}, {"purpose": "selling"}])
def test_what_does_not_fit_is_said_beside_it_and_nothing_is_shared(door: SecondDoor, wrong: dict[str, object]) -> None:
    answer = door.as_("rosa").post(AGREE, {**YES, **wrong})
    assert answer.status_code == 422
    assert "There is a problem" in answer.text
    assert "Nothing. Nobody else sees" in door.as_("rosa").get("/my/sharing").text


def test_nothing_is_ticked_for_the_person(door: SecondDoor) -> None:
    """The words say "the parts that I tick"."""
    rosa = door.as_("rosa")
    assert ticked(rosa.get(AGREE).text) == []
    rosa.post(AGREE, YES)
    assert ticked(rosa.get(AGREE).text) == [], "nor when it is changed later"


def test_a_form_without_a_tick_is_told_so_and_keeps_the_rest(door: SecondDoor) -> None:
    answer = door.as_("rosa").post(AGREE, {"purpose": "supervision", "days": "180", "language": "es"})
    assert answer.status_code == 422
    assert "Choose at least one of the parts in the list." in text_of(answer)
    assert ticked(answer.text) == []
    assert {("purpose", "supervision"), ("days", "180")} == set(re.findall(r'type="radio" name="(\w+)" value="(\w+)" checked', answer.text))
    assert 'lang="es"' in answer.text


def ticked(page: str) -> list[str]:
    """The parts that a page shows ticked."""
    return re.findall(r'name="parts" value="(\w+)" checked', page)


def test_changing_it_leaves_one_that_holds(door: SecondDoor) -> None:
    rosa = door.as_("rosa")
    rosa.post(AGREE, YES)
    door.later(minutes=5)
    rosa.post(AGREE, {**YES, "parts": ["own_words"]})
    page = rosa.get("/my/sharing").text
    assert page.count("/take-back") == 1
    assert "They may see: What I am good at, in my own words." in text_of(rosa.get("/my/sharing"))


def test_stopping_takes_everything_back(door: SecondDoor) -> None:
    rosa = door.as_("rosa")
    rosa.post(AGREE, YES)
    rosa.post(AGREE, {**YES, "purpose": "supervision"})
    assert rosa.post(f"{AGREE}/stop").status_code == 303
    page = rosa.get("/my/sharing").text
    assert "/take-back" not in page
    assert "Your reference" not in page
    assert rosa.post(f"{AGREE}/stop").status_code == 404


@pytest.mark.parametrize("language", list(languages()))
def test_every_language_says_all_of_it(door: SecondDoor, language: str) -> None:
    page = door.as_("rosa").get(f"{AGREE}?in={language}")
    assert page.status_code == 200
    assert f'lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in page.text
    assert "{agency}" not in page.text


def test_the_browser_says_which_language(door: SecondDoor) -> None:
    assert "Estoy de acuerdo" in door.as_("rosa").get(AGREE, headers={"accept-language": "fr-CH, es-MX;q=0.8, en;q=0.5"}).text


def test_agreeing_asks_for_a_factor_that_was_shown_lately(door: SecondDoor) -> None:
    door.later(minutes=20)
    door.as_("rosa").get("/my/sharing")
    door.later(minutes=11)
    for answer in (door.as_("rosa").get(AGREE), door.as_("rosa").post(AGREE, YES)):
        assert answer.headers["location"].startswith("/account/confirm")


def test_an_organization_without_caseworkers_is_no_agency(door: SecondDoor) -> None:
    assert door.as_("rosa").get(f"/my/sharing/agencies/{door.town.accounts['ana']}").status_code == 404
    assert door.as_("rosa").get(f"/my/sharing/agencies/{NORTH}").status_code == 200


def test_it_ends_by_itself(door: SecondDoor) -> None:
    door.as_("rosa").post(AGREE, {**YES, "days": "30"})
    door.later(days=30)
    door.sign_in("rosa")
    assert "ended on 24 December 2026" in text_of(door.as_("rosa").get("/my/sharing"))


def test_who_looked_asks_for_a_factor_that_was_shown_lately(door: SecondDoor) -> None:
    rosa = door.as_("rosa")
    assert rosa.get("/my/looked").status_code == 200
    an_hour_on(door)
    assert rosa.get("/my/looked").headers["location"] == "/account/confirm?next=/my/looked"


def test_taking_back_and_stopping_ask_for_nothing(door: SecondDoor) -> None:
    """Rule P4 beside threat T28: what makes less visible works at once, however long ago a factor was shown."""
    rosa = door.as_("rosa")
    rosa.post(AGREE, YES)
    an_hour_on(door)
    page = rosa.get("/my/sharing").text
    where = re.search(r'action="(/my/sharing/[^"]+/take-back)"', page)
    assert where
    assert rosa.post(where.group(1)).headers["location"] == "/my/sharing?said=taken-back"
    assert rosa.post(f"{AGREE}/stop").headers["location"] == "/my/sharing?said=stopped"
    assert rosa.post(AGREE, YES).headers["location"] == f"/account/confirm?next={AGREE}", "agreeing anew is another thing"


def an_hour_on(door: SecondDoor) -> None:
    """Rosa is still signed in, and showed a factor an hour ago."""
    for _ in range(3):
        door.later(minutes=20)
        door.as_("rosa").get("/my/sharing")


def test_a_longer_time_set_later_counts_from_the_next_yes_and_both_pages_say_so(door: SecondDoor) -> None:
    rosa, lena, supervision = door.as_("rosa"), door.as_("lena"), f"/desk/agencies/{ALDER}/supervision"
    rosa.post(AGREE, YES)
    assert "deleted 365 days after you stop working together. " in text_of(rosa.get("/my/sharing")) + " "
    assert "agreed to fewer days" not in text_of(lena.get(supervision))
    lena.post(f"/desk/agencies/{ALDER}/keeping", {"keep_days": "400"})
    said = text_of(door.as_("rosa").get("/my/sharing"))
    assert "deleted 365 days after you stop working together, as you agreed. Who agrees now reads 400 days" in said
    assert "One of the people you work with agreed to fewer days. For them those hold." in text_of(door.as_("lena").get(supervision))
    door.later(minutes=1)
    door.as_("rosa").post(AGREE, YES)
    assert "deleted 400 days after you stop working together. " in text_of(door.as_("rosa").get("/my/sharing")) + " "
    assert "agreed to fewer days" not in text_of(door.as_("lena").get(supervision))


def test_a_shorter_time_set_later_counts_at_once(door: SecondDoor) -> None:
    door.as_("rosa").post(AGREE, YES)
    door.as_("lena").post(f"/desk/agencies/{ALDER}/keeping", {"keep_days": "60"})
    assert "deleted 60 days after you stop working together." in text_of(door.as_("rosa").get("/my/sharing"))
    assert "agreed to fewer days" not in text_of(door.as_("lena").get(f"/desk/agencies/{ALDER}/supervision"))
