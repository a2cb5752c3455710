"""Referrals for somebody without an account: their caseworker writes them, sends them on their word, follows them, and takes them back on their word."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from sqlalchemy import delete

from directory.clients.keys import locker_of
from directory.clients.watching import list_views
from directory.models import Role
from tests.cast import LISTINGS
from tests.clients import ALDER
from tests.referred import loop_of
from tests.web.desk.test_referrals import AGENCY, hidden
from tests.web.second_door import SecondDoor, text_of
from web.rounds import follow_referrals

HOME = f"/desk/agencies/{ALDER}"
SAID = {"parts": ["label", "goals"], "days": "90", "language": "es", "how": "spoken", "purpose": "together", "label": "Mateo"}


@pytest.fixture
def path(door: SecondDoor) -> str:
    """Mateo's record, with Nia."""
    return str(door.as_("nia").post(f"{HOME}/clients/new", SAID).headers["location"].partition("?")[0])


def sent_for(door: SecondDoor, path: str, listing: str = "reading") -> str:
    """What Nia sends for him on his word; gives its page. Nobody keeps the library here, so it goes out as a link."""
    with door.storage.writing() as session:
        session.execute(delete(Role).where(Role.account_id == door.town.accounts["emil"]))
    new = f"{AGENCY}/new/{LISTINGS[listing]}/{path.rpartition('/')[2]}"
    page = str(door.as_("nia").post(new, {"parts": ["label"], "days": "7"}).headers["location"])
    shown = door.as_("nia").get(page).text
    said = {"do": "send", "seen": hidden(shown, "seen"), "mark": hidden(shown, "mark"), "how": "spoken", "language": "es"}
    assert door.as_("nia").post(page, said).headers["location"] == f"{page}?said=referred"
    return page


def link_of(door: SecondDoor) -> str:
    return door.letters()[0].text.partition("https://home.example")[2].split()[0]


def consent_taken_back(door: SecondDoor, path: str) -> str:
    """They take back what they agreed to with the agency; gives what the page says then."""
    found = re.search(rf'action="({path}/consent/[^"]+/take-back)"', door.as_("nia").get(f"{path}/consent").text)
    assert found
    return text_of(door.as_("nia").get(door.as_("nia").post(found[1]).headers["location"]))


def test_what_is_still_with_an_organization_can_be_taken_back_after_the_consent_was(door: SecondDoor, path: str) -> None:
    page = sent_for(door, path)
    link = link_of(door)
    said = consent_taken_back(door, path)
    assert "Taken back. Nobody sees anything under it" in said
    assert "Sent to Hillview Library on 24 November 2026" in said
    assert (door.as_("nia").get(page).status_code, "Mateo" in said) == (404, False), "nothing of him is read for it"
    assert door.as_("anyone").post(link, {"do": "open"}).status_code == 200, "it rests on a yes of its own"
    door.as_("anyone").post(link, {"do": "answer", "answer": "accepted", "meeting": "Friday at 4", "seen": "2"})
    answer = door.as_("nia").post(page, {"do": "take-back"})
    assert answer.headers["location"] == f"{path}/consent?said=withdrawn"
    assert door.as_("anyone").post(link, {"do": "open"}).status_code == 410
    assert "Still with an organization" not in door.as_("nia").get(f"{path}/consent").text
    assert door.as_("nia").post(page, {"do": "take-back"}).headers["location"] == f"{path}/consent", "twice changes nothing"


def test_a_colleague_who_came_later_reads_that_something_is_out_and_not_where(door: SecondDoor, path: str) -> None:
    page = sent_for(door, path)
    consent_taken_back(door, path)
    assert door.as_("omar").post(page, {"do": "take-back"}).status_code == 404
    door.as_("nia").post(f"{path}/work", {"do": "hand over", "to": str(door.town.accounts["omar"])})
    said = text_of(door.as_("omar").get(f"{path}/consent"))
    assert ("Sent by a colleague on" in said, "Hillview Library" in said) == (True, False)
    assert door.as_("nia").post(page, {"do": "take-back"}).status_code == 404
    assert door.as_("omar").post(page, {"do": "take-back"}).headers["location"] == f"{path}/consent?said=withdrawn"


def test_the_list_of_referrals_is_reached_from_the_desk_the_caseload_and_the_record(door: SecondDoor, path: str) -> None:
    sent_for(door, path)
    for page in ("/desk", HOME, path):
        assert f'href="{AGENCY}"' in door.as_("nia").get(page).text, page
    assert "to look at now" not in door.as_("nia").get(HOME).text
    door.later(days=9)
    follow_referrals(door.app.state.house, door.at)
    door.sign_in("nia")
    assert "Where people were put in touch : 1 to look at now" in text_of(door.as_("nia").get(HOME))
    assert "to look at now" not in text_of(door.as_("omar").get(HOME))
    assert f'href="{AGENCY}"' not in door.as_("lena").get(HOME).text, "a lead sees numbers and nothing else"


def test_whom_it_is_for_is_named_as_the_caseload_names_them(door: SecondDoor, path: str) -> None:
    nameless = str(door.as_("nia").post(f"{HOME}/clients/new", {**SAID, "label": "Hidden", "parts": ["goals"]}).headers["location"].partition("?")[0])
    whom = f"{AGENCY}/new/{LISTINGS['reading']}"
    page = door.as_("nia").get(whom)
    assert (text_of(page).count("Mateo"), "Hidden" in page.text) == (1, False)
    assert len(set(re.findall(r"\b[A-HJ-NP-Z2-9]{6}\b", text_of(page)))) == 2, "and each by their mark"
    with door.storage.reading() as session:
        last = list_views(session, locker_of(session, UUID(path.rpartition("/")[2]), sealer=door.sealer))[0]
    assert (last.name, last.purpose, last.parts) == ("Nia", "list", ("label",)), "it is written down as in the caseload"
    for where, name in ((path, "For Mateo "), (nameless, "For ")):
        assert re.search(rf"\b{name}[A-HJ-NP-Z2-9]{{6}}\b", text_of(door.as_("nia").get(f"{whom}/{where.rpartition('/')[2]}")))
    assert re.search(r"\bFor Mateo [A-HJ-NP-Z2-9]{6}\b", text_of(door.as_("nia").get(sent_for(door, path))))


def test_who_sent_it_for_somebody_reads_that_it_was_opened_and_when(door: SecondDoor, path: str) -> None:
    page = sent_for(door, path)
    link = link_of(door)
    assert "Whoever sent it sees that it was opened, and when." in door.as_("anyone").get(link).text
    assert "They opened it" not in door.as_("nia").get(page).text
    opened_at = door.at
    door.as_("anyone").post(link, {"do": "open"})
    door.later(minutes=10)
    door.as_("anyone").post(link, {"do": "open"})
    said = text_of(door.as_("nia").get(page))
    assert f"They opened it first on 24 November 2026, {opened_at:%H:%M} , and last on 24 November 2026, {door.at:%H:%M} ." in said


def test_the_log_of_somebody_with_an_account_is_not_told_to_their_caseworker(door: SecondDoor) -> None:
    loop = loop_of(door.storage, door.sealer, door.town, at=door.at)
    key = loop.draft("label", by="nia", at=door.at)
    loop.send(key, at=door.at)
    loop.read(key, at=door.at)
    told = [door.as_("rosa").get(f"/my/referrals/{key}").text, door.as_("nia").get(f"{AGENCY}/{key}").text]
    assert ["They opened it" in page for page in told] == [True, False]
