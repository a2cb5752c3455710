"""Claiming: a link counts once and makes an owner, words go to a curator, owners are told when somebody else claims, and a claim can be taken back."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from directory.claims import mask
from directory.models import Account, Change, Claim, Organization, Role
from directory.outbox import list_letters
from tests.cast import LISTINGS, ORGANIZATIONS, PASSWORD, address_of
from tests.make import NOBODYS
from tests.web.second_door import SecondDoor, text_of

KITCHEN, LIBRARY = ORGANIZATIONS["kitchen"], ORGANIZATIONS["library"]
CURATORS = "/desk/curator/claims"
EVIDENCE = "I run the reading room; my name stands on the team page."


def path(organization: UUID) -> str:
    return f"/desk/organizations/{organization}/claim"


def letters(door: SecondDoor) -> list[tuple[str, str]]:
    with door.storage.reading() as session:
        return [(letter.to, letter.text) for _, letter in list_letters(session, sealer=door.sealer, most=200)]


def link_of(door: SecondDoor) -> str:
    """The newest link to claim by."""
    return next(found[0] for _, text in letters(door) if (found := re.search(r"/desk/claims/use/[\w-]+", text)))


def without_owner(door: SecondDoor, name: str, organization: UUID) -> None:
    with door.storage.writing() as session:
        row = session.scalars(select(Role).where(Role.account_id == door.town.accounts[name], Role.organization_id == organization)).one()
        session.delete(row)


def owners(door: SecondDoor, organization: UUID) -> set[str]:
    with door.storage.reading() as session:
        rows = session.scalars(select(Account.name).join(Role, Role.account_id == Account.id).where(Role.organization_id == organization, Role.role == "owner"))
        return set(rows)


def claims(door: SecondDoor) -> list[Claim]:
    with door.storage.reading() as session:
        return list(session.scalars(select(Claim).order_by(Claim.opened_at, Claim.id)))


def test_a_public_page_leads_to_the_claim_of_whoever_runs_it(door: SecondDoor) -> None:
    page = door.as_("anyone").get(f"/listings/{LISTINGS['lunch']}")
    assert f'href="/desk/listings/{LISTINGS["lunch"]}/claim"' in page.text
    assert door.as_("anyone").get(f"/desk/listings/{LISTINGS['lunch']}/claim").headers["location"].startswith("/account/sign-in?next=")
    stella = door.as_("stella")
    assert stella.get(f"/desk/listings/{LISTINGS['lunch']}/claim").headers["location"] == path(KITCHEN)
    assert stella.get(f"/desk/claims/new?organization={KITCHEN}").headers["location"] == path(KITCHEN)


def test_addresses_are_shown_in_part_only(door: SecondDoor) -> None:
    page = door.as_("stella").get(path(KITCHEN)).text
    assert "h•••@kitchen.example" in page
    assert "hello@kitchen.example" not in page
    assert mask("hello@kitchen.example") == "h•••@kitchen.example"


def test_whoever_uses_the_link_owns_it_and_the_link_counts_once(door: SecondDoor) -> None:
    without_owner(door, "emil", LIBRARY)
    stella = door.as_("stella")
    assert stella.post(path(LIBRARY), {"way": "link", "address": "0"}).status_code == 303
    link = link_of(door)
    assert "Hillview Library" in text_of(stella.get(link))   # looking uses nothing up
    answer = stella.post(link)
    assert answer.headers["location"].startswith(f"/desk/organizations/{LIBRARY}?")
    assert owners(door, LIBRARY) == {"Stella"}
    assert "Reading circle" in text_of(stella.get(f"/desk/organizations/{LIBRARY}"))
    assert stella.post(link).status_code == 404
    assert door.as_("ben").post(link).status_code == 404
    assert owners(door, LIBRARY) == {"Stella"}
    assert any(to == "desk@library.example" and "From today" in text for to, text in letters(door))


def test_the_link_goes_to_the_listed_address_and_a_notice_to_the_others(door: SecondDoor) -> None:
    without_owner(door, "emil", LIBRARY)
    door.as_("stella").post(path(LIBRARY), {"way": "link", "address": "1"})
    sent = {to: "/desk/claims/use/" in text for to, text in letters(door)}
    assert sent == {"hello@kitchen.example": True, "desk@library.example": False}


def test_not_who_asked_but_who_reads_the_mail_becomes_the_owner(door: SecondDoor) -> None:
    without_owner(door, "emil", LIBRARY)
    door.as_("stella").post(path(LIBRARY), {"way": "link", "address": "0"})
    door.as_("emil").post(link_of(door))
    assert owners(door, LIBRARY) == {"Emil"}


def test_a_link_for_what_has_an_owner_waits_for_a_curator_and_the_owner_is_told(door: SecondDoor) -> None:
    door.as_("stella").post(path(LIBRARY), {"way": "link", "address": "0"})
    door.as_("stella").post(link_of(door))
    assert owners(door, LIBRARY) == {"Emil"}
    assert claims(door)[0].state == "contested"
    assert any(to == address_of("emil") and "Nothing has changed" in text for to, text in letters(door))
    assert "there is an owner already" in text_of(door.as_("cora").get(CURATORS))


def test_a_link_that_nobody_used_asks_nothing_of_curators(door: SecondDoor) -> None:
    door.as_("stella").post(path(LIBRARY), {"way": "link", "address": "0"})
    assert "Nothing waits here." in text_of(door.as_("cora").get(CURATORS))


def test_a_curator_decides_with_what_is_known_beside_the_evidence(door: SecondDoor) -> None:
    door.as_("stella").post(path(LIBRARY), {"way": "words", "evidence": EVIDENCE})
    (claim,) = claims(door)
    page = text_of(door.as_("cora").get(f"{CURATORS}/{claim.id}"))
    for words in (EVIDENCE, "stella@people.example", "Owners now Emil", "desk@library.example"):
        assert words in page
    assert "same domain" not in page
    assert door.as_("cora").post(f"{CURATORS}/{claim.id}", {"verdict": "approve", "why": "The page says so."}).status_code == 303
    assert owners(door, LIBRARY) == {"Emil", "Stella"}
    assert any(to == address_of("stella") and "The page says so." in text for to, text in letters(door))
    assert door.as_("cora").post(f"{CURATORS}/{claim.id}", {"verdict": "refuse", "why": "x"}).status_code == 409


def test_an_address_of_the_same_domain_is_a_hint_unless_anybody_can_have_one(door: SecondDoor) -> None:
    for website, hint in (("https://www.people.example/library", True), ("https://elsewhere.example", False), ("http://[", False)):
        with door.storage.writing() as session:
            library = session.get(Organization, LIBRARY)
            assert library
            library.website = website
            session.query(Claim).delete()
        door.as_("stella").post(path(LIBRARY), {"way": "words", "evidence": EVIDENCE})
        page = text_of(door.as_("cora").get(f"{CURATORS}/{claims(door)[0].id}"))
        assert ("of the same domain" in page) == hint


def test_a_refusal_is_told_with_its_reason(door: SecondDoor) -> None:
    door.as_("stella").post(path(LIBRARY), {"way": "words", "evidence": EVIDENCE})
    key = claims(door)[0].id
    assert door.as_("cora").post(f"{CURATORS}/{key}", {"verdict": "refuse", "why": " "}).status_code == 422
    door.as_("cora").post(f"{CURATORS}/{key}", {"verdict": "refuse", "why": "We could not reach you there."})
    assert owners(door, LIBRARY) == {"Emil"}
    assert any(to == address_of("stella") and "We could not reach you there." in text for to, text in letters(door))


def test_taking_back_takes_the_roles_signs_out_and_tells_everybody(door: SecondDoor) -> None:
    stella = door.as_("stella")
    stella.post(path(LIBRARY), {"way": "words", "evidence": EVIDENCE})
    claim = claims(door)[0]
    door.as_("cora").post(f"{CURATORS}/{claim.id}", {"verdict": "approve", "why": "Seems right."})
    with door.storage.writing() as session:   # Stella brought Ben in
        session.add(Role(account_id=door.town.accounts["ben"], role="editor", organization_id=LIBRARY, granted_at=door.at, granted_by=claim_by(door)))
    assert stella.get(f"/desk/organizations/{LIBRARY}").status_code == 200
    assert door.as_("cora").post(f"{CURATORS}/{claim.id}", {"verdict": "revoke", "why": "It was not so."}).status_code == 303
    assert stella.get(f"/desk/organizations/{LIBRARY}").headers["location"].startswith("/account/sign-in")
    assert door.as_("ben").get("/desk").status_code == 303
    stella.post("/account/sign-in", {"email": address_of("stella"), "password": PASSWORD}, stamped=False)
    assert stella.get(f"/desk/organizations/{LIBRARY}").status_code == 403
    assert owners(door, LIBRARY) == {"Emil"}
    assert door.as_("emil").get(f"/desk/organizations/{LIBRARY}").status_code == 200
    assert {to for to, text in letters(door) if "It was not so." in text} == {address_of(name) for name in ("stella", "ben", "emil")}


def claim_by(door: SecondDoor) -> str:
    return f"account:{door.town.accounts['stella']}"


@pytest.mark.parametrize("said", [
    {"way": "link", "address": "9"}, {"way": "link", "address": "-1"}, {"way": "link", "address": "²"}, {"way": "link"}, {"way": "words", "evidence": "mine"},
    {"way": "words", "evidence": "x" * 4001}, {},
])  # fmt: skip
def test_what_does_not_fit_is_said_and_nothing_is_sent(door: SecondDoor, said: dict[str, str]) -> None:
    answer = door.as_("stella").post(path(LIBRARY), said)
    assert answer.status_code == 422
    assert said.get("evidence", "")[:4000] in answer.text
    assert (letters(door), claims(door)) == ([], [])


def test_asking_again_and_again_is_slowed(door: SecondDoor) -> None:
    codes = [door.as_("stella").post(path(LIBRARY), {"way": "link", "address": "0"}).status_code for _ in range(6)]
    assert codes == [303] * 5 + [429]
    assert [claim.state for claim in claims(door)].count("open") == 1


def test_who_asked_in_words_waits_for_the_answer(door: SecondDoor) -> None:
    stella = door.as_("stella")
    assert stella.post(path(LIBRARY), {"way": "words", "evidence": EVIDENCE}).status_code == 303
    assert "You have asked already" in text_of(stella.post(path(LIBRARY), {"way": "words", "evidence": EVIDENCE}))


def test_evidence_is_not_in_the_change_log(door: SecondDoor) -> None:
    door.as_("stella").post(path(LIBRARY), {"way": "words", "evidence": EVIDENCE})
    with door.storage.reading() as session:
        assert not any("reading room" in (text or "") for text in session.scalars(select(Change.after)))


@pytest.mark.parametrize("where", [f"/desk/organizations/{NOBODYS}/claim", "/desk/claims/new", "/desk/claims/new?organization=x", "/desk/claims/use/none",
                                   f"{CURATORS}/{NOBODYS}", f"{CURATORS}/x"])  # fmt: skip
def test_what_is_not_there_is_not_found(door: SecondDoor, where: str) -> None:
    assert door.as_("cora").get(where).status_code == 404


def test_a_link_is_good_for_a_week(door: SecondDoor) -> None:
    without_owner(door, "emil", LIBRARY)
    door.as_("stella").post(path(LIBRARY), {"way": "link", "address": "0"})
    link = link_of(door)
    door.later(days=8)
    stella = door.as_("stella")
    stella.post("/account/sign-in", {"email": address_of("stella"), "password": PASSWORD}, stamped=False)
    assert stella.post(link).status_code == 404
    assert owners(door, LIBRARY) == set()


def test_whoever_asked_takes_it_back_and_its_link_does_nothing_any_more(door: SecondDoor) -> None:
    without_owner(door, "ana", KITCHEN)
    stella = door.as_("stella")
    stella.post(path(KITCHEN), {"way": "link", "address": "0"})
    link, (claim,) = link_of(door), claims(door)
    assert f"/desk/claims/{claim.id}/withdraw" in stella.get(path(KITCHEN)).text
    answer = stella.post(f"/desk/claims/{claim.id}/withdraw")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{path(KITCHEN)}?said=claim-withdrawn")
    assert [one.state for one in claims(door)] == ["withdrawn"]
    assert stella.post(link).status_code == 404
    assert owners(door, KITCHEN) == set()
    assert "withdraw" not in stella.get(path(KITCHEN)).text


def test_owners_who_were_told_of_a_claim_are_told_that_it_was_taken_back(door: SecondDoor) -> None:
    stella = door.as_("stella")
    stella.post(path(KITCHEN), {"way": "words", "evidence": EVIDENCE})
    (claim,) = claims(door)
    for name in ("ana", "emil", "cora"):
        assert door.as_(name).post(f"/desk/claims/{claim.id}/withdraw").status_code == 404
    assert stella.post(f"/desk/claims/{claim.id}/withdraw").status_code == 303
    assert [text for to, text in letters(door) if to == address_of("ana") and "taken that back" in text]
    assert stella.post(f"/desk/claims/{claim.id}/withdraw").status_code == 409
    assert door.as_("cora").get(CURATORS).text.count("Stella") == 0
    assert stella.post(path(KITCHEN), {"way": "words", "evidence": EVIDENCE}).status_code == 303
