"""Rounds at the coordinator's desk: worked out, changed with its cost on the page, told once, and there for nobody else."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from httpx import Response
from sqlalchemy import update

from directory.accounts.actors import RECENTLY
from directory.models import SignIn
from matching.pairing.values import Wish
from tests.clients import ALDER
from tests.peers import NAMES, Circle, circle_of
from tests.web.second_door import Browser, SecondDoor, text_of

DESK = f"/desk/organizations/{ALDER}/peers"


@pytest.fixture
def circle(door: SecondDoor) -> Circle:
    """The circle, with Rosa and Wen, who look for company, and Sol, who has one place."""
    made = circle_of(door.storage, door.sealer, door.town, at=door.at)
    made.gather("rosa", "wen", "sol")
    made.join("sol", places=1)
    return made


def rounds_of(circle: Circle) -> str:
    """Where a scheme's rounds are."""
    return f"{DESK}/{circle.scheme.id}/rounds"


def begun(imani: Browser, circle: Circle) -> str:
    """A round worked out; gives its address."""
    answer = imani.post(rounds_of(circle))
    assert answer.status_code == 303
    return str(answer.headers["location"])


def button(page: Response, do: str) -> dict[str, str]:
    """The fields of the first form that has this button."""
    for form in re.findall(r"<form.*?</form>", page.text, re.DOTALL):
        if f'name="do" value="{do}"' in form:
            return {**dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)), "do": do}
    raise AssertionError(f"no button that says {do}")


def version_of(page: Response) -> str:
    """The version that a page shows."""
    return re.findall(r'name="version" value="(\d+)"', page.text)[0]


def test_a_round_is_worked_out_changed_and_told(door: SecondDoor, circle: Circle) -> None:
    imani = door.as_("imani")
    here = begun(imani, circle)
    page = imani.get(here)
    said = text_of(page)
    assert "1 pair; 1 without a match." in said
    assert "One more place with somebody who suits them." in said
    first = circle_name(page)
    answer = imani.post(here, button(page, "forbid"))
    assert answer.headers["location"] == f"{here}?said=worked-out"
    page = imani.get(here)
    assert circle_name(page) != first
    assert re.search("kept apart (Nothing changes|The fit|Something changes for 1 other)", text_of(page))
    assert door.letters() == []
    confirm = imani.get(f"{here}/confirm")
    assert imani.post(f"{here}/confirm", {"version": version_of(confirm)}).headers["location"] == f"{rounds_of(circle)}?said=round-told"
    assert len(door.letters()) == 2
    assert {letter.subject for letter in door.letters()} == {"You have a message"}
    assert "1 pair told; 1 without a match" in text_of(imani.get(rounds_of(circle)))
    assert imani.get(here).status_code == 404


def circle_name(page: Response) -> str:
    """Who is in the first pair."""
    return str(re.findall(r"<h3><bdi>(\w+)</bdi> and <bdi>\w+</bdi></h3>", page.text)[0])


def test_a_pair_can_be_kept_together_and_taken_back(door: SecondDoor, circle: Circle) -> None:
    imani = door.as_("imani")
    here = begun(imani, circle)
    page = imani.get(here)
    alone = re.findall(r'<option value="([0-9a-f-]{36})">(\w+)</option>', page.text)
    assert imani.post(here, {**button(page, "fix"), "seeker": alone[0][0]}).status_code == 303
    page = imani.get(here)
    assert circle_name(page) == alone[0][1]
    assert "You keep them together." in text_of(page)
    assert "omething changes for 1 other" in text_of(page)
    assert imani.post(here, button(page, "unsay")).status_code == 303
    assert "You keep them together." not in text_of(imani.get(here))


def test_whatever_stands_against_a_pair_is_refused_without_a_reason(door: SecondDoor, circle: Circle) -> None:
    imani = door.as_("imani")
    here = begun(imani, circle)
    circle.answer("sol", "rosa", "no")
    page = imani.get(here)
    answer = imani.post(here, {**button(page, "fix"), "seeker": str(profile_of(circle, "rosa"))})
    assert answer.status_code == 422
    assert "Something stands against this pair, or there is no place left." in text_of(answer)


def profile_of(circle: Circle, name: str) -> object:
    """Somebody's profile."""
    with circle.storage.reading() as session:
        return circle.kept(session, name).row.id


def test_what_is_to_be_asked_is_told_only_once_it_was(door: SecondDoor, circle: Circle) -> None:
    for name in ("rosa", "wen"):
        circle.join(name, wishes=(Wish(codes=frozenset({"gender/women"}), must=True),))
    imani = door.as_("imani")
    here = begun(imani, circle)
    assert "Ask Marigold whether this is so, since the other asks for it: Women" in text_of(imani.get(here))
    confirm = imani.get(f"{here}/confirm")
    assert "I asked, and it suits both." in text_of(confirm)
    imani.post(f"{here}/confirm", {"version": version_of(confirm)})
    assert door.letters() == []
    here = begun(imani, circle)
    confirm = imani.get(f"{here}/confirm")
    asked = re.findall(r'name="asked" value="([^"]+)"', confirm.text)
    imani.post(f"{here}/confirm", {"version": version_of(confirm), "asked": asked})
    assert len(door.letters()) == 2


def test_an_older_page_changes_and_tells_nothing(door: SecondDoor, circle: Circle) -> None:
    imani = door.as_("imani")
    here = begun(imani, circle)
    page = imani.get(here)
    imani.post(here, button(page, "again"))
    for answer in (imani.post(here, button(page, "forbid")), imani.post(f"{here}/confirm", {"version": "1"})):
        assert answer.status_code == 409
        assert "This round was changed meanwhile." in text_of(answer)
    assert door.letters() == []


def test_a_pair_that_changed_since_is_not_told(door: SecondDoor, circle: Circle) -> None:
    imani = door.as_("imani")
    here = begun(imani, circle)
    circle.join("sol", places=0)
    answer = imani.post(f"{here}/confirm", {"version": "1"})
    assert answer.status_code == 409
    assert "Work it out again." in text_of(answer)
    assert door.letters() == []


def test_a_round_is_let_go_and_nobody_hears_of_it(door: SecondDoor, circle: Circle) -> None:
    imani = door.as_("imani")
    here = begun(imani, circle)
    assert imani.post(here, {"do": "drop", "version": "1"}).headers["location"] == f"{rounds_of(circle)}?said=done"
    assert imani.get(here).status_code == 404
    assert door.letters() == []


def test_no_name_of_their_choice_no_place_and_no_trait_is_on_the_pages(door: SecondDoor, circle: Circle) -> None:
    circle.join("rosa", traits=("gender/women",), not_people="Walter")
    imani = door.as_("imani")
    here = begun(imani, circle)
    pages = imani.get(here).text + imani.get(f"{here}/confirm").text + imani.get(rounds_of(circle)).text
    assert "Quilt" in pages
    assert not [words for words in (*NAMES.values(), "Women", "Walter", "Outagamie", "likes company") if words in pages]


def test_telling_everybody_asks_for_a_factor_again(door: SecondDoor, circle: Circle) -> None:
    """A browser that was left open does not write to everybody in a scheme."""
    imani = door.as_("imani")
    here = begun(imani, circle)
    with door.storage.writing() as session:
        session.execute(update(SignIn).values(confirmed_at=door.at - RECENTLY - timedelta(seconds=1)))
    for answer in (imani.get(f"{here}/confirm"), imani.post(f"{here}/confirm", {"version": "1"})):
        assert answer.headers.get("location", "").startswith("/account/confirm?next="), text_of(answer)
    assert imani.get(here).status_code == 200
    assert door.letters() == []


@pytest.mark.parametrize("name", ["cora", "lena", "nia", "rosa", "sol", "ana"])
def test_nobody_else_sees_a_round(door: SecondDoor, circle: Circle, name: str) -> None:
    here = begun(door.as_("imani"), circle)
    for path in (rounds_of(circle), here, f"{here}/confirm"):
        assert door.as_(name).get(path).status_code == 403
        assert door.as_(name).post(path, {"do": "again", "version": "1"}).status_code in (403, 405)


def test_a_round_is_not_found_under_another_scheme_or_by_a_bad_id(door: SecondDoor, circle: Circle) -> None:
    imani = door.as_("imani")
    here = begun(imani, circle)
    other = circle_of(door.storage, door.sealer, door.town, at=door.at, is_internal=True)
    assert imani.get(here.replace(str(circle.scheme.id), str(other.scheme.id))).status_code == 404
    assert imani.get(f"{rounds_of(circle)}/{uuid4()}").status_code == 404
    assert imani.get(f"{rounds_of(circle)}/none").status_code == 404


@pytest.mark.parametrize("sent", [{}, {"do": "fix"}, {"do": "fix", "seeker": "x", "supporter": "y"}, {"do": "no such thing", "seeker": "", "version": "x"}])
def test_what_no_button_sends_changes_nothing(door: SecondDoor, circle: Circle, sent: dict[str, str]) -> None:
    imani = door.as_("imani")
    here = begun(imani, circle)
    assert imani.post(here, sent).status_code in (409, 422)
    assert version_of(imani.get(here)) == "1"


def test_an_internal_scheme_has_rounds_and_is_nowhere_in_public(door: SecondDoor) -> None:
    """Practice row 40: for staff and volunteers of one organization."""
    inside = circle_of(door.storage, door.sealer, door.town, at=door.at, is_internal=True)
    inside.join("sol")
    inside.join("rosa")
    inside.vouch("sol")
    imani = door.as_("imani")
    here = begun(imani, inside)
    assert "1 pair; 0 without a match." in text_of(imani.get(here))
    imani.post(f"{here}/confirm", {"version": "1"})
    assert len(door.letters()) == 2
    anyone = door.as_("anyone")
    assert anyone.get(f"/peers/{inside.scheme.id}").status_code == 404
    assert str(inside.scheme.id) not in anyone.get("/peers").text
    assert "Alder Circle" not in anyone.get("/browse").text + anyone.get("/").text
