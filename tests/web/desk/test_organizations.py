"""The desk of an organization: how its listings stand, what it says of itself, and its people."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from directory.history.undoing import undo_act
from directory.models import Change, Draft, Organization, Role, Service
from directory.outbox import list_letters
from directory.reports import make_report
from tests.cast import LISTINGS, ORGANIZATIONS, PASSWORD, address_of
from tests.make import NOBODYS
from tests.web.second_door import SecondDoor, text_of

KITCHEN, DESK = ORGANIZATIONS["kitchen"], f"/desk/organizations/{ORGANIZATIONS['kitchen']}"


def letters(door: SecondDoor) -> list[tuple[str, str]]:
    with door.storage.reading() as session:
        return [(letter.to, letter.text) for _, letter in list_letters(session, sealer=door.sealer)]


def was(door: SecondDoor, who: str = "ana") -> str:
    found = re.search(r'name="was" value="(\w+)"', door.as_(who).get(f"{DESK}/edit").text)
    assert found
    return found[1]


def kitchen(door: SecondDoor) -> Organization:
    with door.storage.reading() as session:
        row = session.get(Organization, KITCHEN)
        assert row
        return row


def roles(door: SecondDoor) -> dict[UUID, tuple[str, bool]]:
    with door.storage.reading() as session:
        return {row.account_id: (row.role, row.is_trusted) for row in session.scalars(select(Role).where(Role.organization_id == KITCHEN))}


def test_the_desk_says_how_each_listing_stands(door: SecondDoor) -> None:
    with door.storage.writing() as session:
        hidden = session.get(Service, LISTINGS["class"])
        assert hidden
        hidden.status, hidden.assured_date = "inactive", None
        session.add(Draft(service_id=LISTINGS["lunch"], account_id=door.town.accounts["ben"], state="waiting", content="x", base="x", saved_at=door.at))
        for about in ("closed", "unsafe"):
            make_report(session, LISTINGS["lunch"], about=about, words="It is.", email="", network="n", at=door.at, sealer=door.sealer)
    page = text_of(door.as_("ben").get(DESK))
    lunch, _, cooking = page.split("Community lunch", 1)[1].partition("Cooking class")
    assert "not shown to people" in cooking
    assert "Not confirmed yet." in cooking
    for words in ("Confirmed on 1 September 2026.", "A change waits for a curator.", "One thing to answer"):
        assert words in lunch
    assert "Reading circle" not in page


def test_new_listings_that_somebody_writes_are_on_their_desk_alone_to_go_on_with_or_throw_away(door: SecondDoor) -> None:
    ana, ben = door.as_("ana"), door.as_("ben")
    path = ana.post(f"{DESK}/new", {"name": "Bread on Fridays", "kind": "activity"}).headers["location"].removesuffix("/edit")
    page = ana.get(DESK)
    assert f'href="{path}/edit"' in page.text
    assert "Bread on Fridays Only you see it. Saved today." in text_of(page)
    for name in ("ben", "cora"):
        assert "Bread on Fridays" not in door.as_(name).get(DESK).text
    assert ben.post(f"{path}/withdraw").status_code == 404
    assert f'action="{path}/withdraw"' in page.text
    answer = ana.post(f"{path}/withdraw")
    assert (answer.status_code, answer.headers["location"]) == (303, f"{DESK}?said=done")
    assert "Bread on Fridays" not in ana.get(DESK).text


def test_an_owner_changes_what_the_organization_says_and_each_field_is_a_line_of_the_log(door: SecondDoor) -> None:
    said = {"was": was(door), "name": "Riverside Table", "website": "https://table.example", "why": "A new name"}
    assert door.as_("ana").post(f"{DESK}/edit", said).status_code == 303
    assert (kitchen(door).name, kitchen(door).description) == ("Riverside Table", "Riverside Kitchen of Appleton.")
    with door.storage.writing() as session:
        lines = session.scalars(select(Change).where(Change.entity == "organization", Change.why == "A new name").order_by(Change.field)).all()
        assert [(line.field, line.before) for line in lines] == [("name", "Riverside Kitchen"), ("website", "https://kitchen.example")]
        assert len({line.act for line in lines}) == 1
        assert lines[0].act
        undo_act(session, lines[0].act, by="t", at=door.at, why="", sealer=door.sealer)
    assert kitchen(door).name == "Riverside Kitchen"


def test_absent_stays_and_empty_clears(door: SecondDoor) -> None:
    door.as_("ana").post(f"{DESK}/edit", {"was": was(door), "description": ""})
    assert (kitchen(door).name, kitchen(door).description) == ("Riverside Kitchen", None)


def test_the_old_address_learns_of_a_new_one(door: SecondDoor) -> None:
    door.as_("ana").post(f"{DESK}/edit", {"was": was(door), "email": "table@kitchen.example"})
    assert [to for to, text in letters(door) if "another e-mail address" in text] == ["hello@kitchen.example"]


def test_what_changed_meanwhile_is_not_written_over(door: SecondDoor) -> None:
    before = was(door)
    door.as_("cora").post(f"{DESK}/edit", {"was": was(door, "cora"), "name": "Riverside Table"})
    assert door.as_("ana").post(f"{DESK}/edit", {"was": before, "name": "Riverside Pot"}).status_code == 409
    assert kitchen(door).name == "Riverside Table"


@pytest.mark.parametrize(("said", "field"), [
    ({"name": "  "}, "name"), ({"name": "x" * 201}, "name"), ({"website": "javascript:alert(1)"}, "website"), ({"email": "none"}, "email"),
    ({"description": "y" * 4001}, "description"),
])  # fmt: skip
def test_what_does_not_fit_is_said_beside_it_and_stays(door: SecondDoor, said: dict[str, str], field: str) -> None:
    answer = door.as_("ana").post(f"{DESK}/edit", {"was": was(door), **said})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert said[field].strip() in answer.text
    assert kitchen(door).name == "Riverside Kitchen"


def invited(door: SecondDoor, email: str = "new@people.example", role: str = "editor") -> str:
    assert door.as_("ana").post(f"{DESK}/members", {"email": email, "role": role}).status_code == 303
    return next(found[0] for to, text in letters(door) if to == email and (found := re.search(r"/desk/invitations/[\w-]+", text)))


def test_an_invitation_leads_somebody_in_once(door: SecondDoor) -> None:
    link = invited(door)
    asked = door.as_("anyone").get(link)
    assert f"/account/sign-in?next={link}/accept" in asked.text
    stella = door.as_("stella")
    assert "Riverside Kitchen" in text_of(stella.get(f"{link}/accept"))
    assert stella.post(f"{link}/accept").status_code == 303
    assert roles(door)[door.town.accounts["stella"]] == ("editor", False)
    assert stella.get(DESK).status_code == 200
    assert door.as_("emil").post(f"{link}/accept").status_code == 404


def test_an_owner_who_is_gone_invites_nobody(door: SecondDoor) -> None:
    link = invited(door)
    with door.storage.writing() as session:
        session.delete(session.scalars(select(Role).where(Role.account_id == door.town.accounts["ana"])).one())
    assert door.as_("stella").post(f"{link}/accept").status_code == 404


def test_an_editor_who_is_asked_to_own_has_one_role_then(door: SecondDoor) -> None:
    link = invited(door, role="owner")
    door.as_("ben").post(f"{link}/accept")
    assert roles(door)[door.town.accounts["ben"]] == ("owner", False)


def test_an_owner_who_takes_an_editors_invitation_stays_an_owner(door: SecondDoor) -> None:
    link = invited(door)
    door.as_("ana").post(f"{link}/accept")
    assert roles(door)[door.town.accounts["ana"]] == ("owner", False)


def test_it_is_the_same_yes_by_the_page_for_newcomers(door: SecondDoor) -> None:
    by_mail = {name: invited(door, email=address_of(name), role=role).replace("/desk/invitations/", "/account/join/") for name, role in
               (("ben", "owner"), ("ana", "editor"))}
    for link in by_mail.values():
        assert door.as_("anyone").post(link, {}).status_code == 303
    assert roles(door)[door.town.accounts["ben"]] == ("owner", False)
    assert roles(door)[door.town.accounts["ana"]] == ("owner", False)
    with door.storage.reading() as session:
        assert len(session.scalars(select(Role).where(Role.organization_id == KITCHEN)).all()) == 2


def test_editors_are_trusted_and_not(door: SecondDoor) -> None:
    ben = door.town.accounts["ben"]
    for wish, is_trusted in (("trust", True), ("untrust", False)):
        assert door.as_("ana").post(f"{DESK}/members/{ben}", {"do": wish}).status_code == 303
        assert roles(door)[ben] == ("editor", is_trusted)
    assert door.as_("ana").post(f"{DESK}/members/{door.town.accounts['ana']}", {"do": "untrust"}).status_code == 422


def test_who_is_let_go_is_out_at_the_next_request_and_told(door: SecondDoor) -> None:
    ben = door.as_("ben")
    assert ben.get(DESK).status_code == 200
    door.as_("ana").post(f"{DESK}/members/{door.town.accounts['ben']}", {"do": "let go"})
    assert ben.get(DESK).headers["location"].startswith("/account/sign-in")
    ben.post("/account/sign-in", {"email": address_of("ben"), "password": PASSWORD}, stamped=False)
    assert ben.get(DESK).status_code == 403
    assert [to for to, text in letters(door) if "any more" in text] == [address_of("ben")]


def test_the_last_owner_cannot_leave_without_another(door: SecondDoor) -> None:
    ana = door.town.accounts["ana"]
    for answer in (door.as_("ana").post(f"{DESK}/leave"), door.as_("cora").post(f"{DESK}/members/{ana}", {"do": "let go"})):
        assert answer.status_code == 422
        assert "Invite another owner first." in text_of(answer)
    assert roles(door)[ana] == ("owner", False)
    door.as_("ben").post(f"{invited(door, role='owner')}/accept")
    assert door.as_("ana").post(f"{DESK}/leave").status_code == 303
    assert ana not in roles(door)


def test_an_editor_leaves_by_themselves(door: SecondDoor) -> None:
    assert door.as_("ben").post(f"{DESK}/leave").headers["location"].startswith("/account/sign-in")
    assert door.town.accounts["ben"] not in roles(door)


@pytest.mark.parametrize(("said", "field"), [({"email": "none"}, "email"), ({"email": "a@b.example", "role": "curator"}, "role")])
def test_an_invitation_that_does_not_fit_is_not_sent(door: SecondDoor, said: dict[str, str], field: str) -> None:
    answer = door.as_("ana").post(f"{DESK}/members", said)
    assert answer.status_code == 422
    assert f'href="#{field}"' in answer.text
    assert letters(door) == []


def test_inviting_is_slowed(door: SecondDoor) -> None:
    codes = [door.as_("ana").post(f"{DESK}/members", {"email": f"n{number}@people.example"}).status_code for number in range(6)]
    assert codes == [303] * 5 + [429]


def test_an_editor_sees_the_people_and_changes_nothing(door: SecondDoor) -> None:
    page = text_of(door.as_("ben").get(f"{DESK}/members"))
    assert "Ana" in page
    assert "Invite somebody" not in page
    assert door.as_("ben").post(f"{DESK}/members", {"email": "a@b.example"}).status_code == 403


@pytest.mark.parametrize("path", [f"/desk/organizations/{NOBODYS}", "/desk/organizations/x", f"{DESK}x", "/desk/invitations/none"])
def test_what_is_not_there_is_not_found(door: SecondDoor, path: str) -> None:
    assert door.as_("cora").get(path).status_code == 404


def test_somebody_who_is_no_member_cannot_be_changed(door: SecondDoor) -> None:
    for key in (door.town.accounts["emil"], uuid4()):
        assert door.as_("ana").post(f"{DESK}/members/{key}", {"do": "let go"}).status_code == 404


@pytest.mark.parametrize("who", ["ana", "ben", "cora"])
def test_the_desk_leads_everywhere_that_somebody_may_go_and_nowhere_else(door: SecondDoor, who: str) -> None:
    browser = door.as_(who)
    found = set(re.findall(r'href="(/(?:desk/(?:organizations|listings)|listings)/[^"#?]+)"', browser.get(DESK).text))
    assert {path: browser.get(path).status_code for path in found} == dict.fromkeys(found, 200)
    lunch = f"/desk/listings/{LISTINGS['lunch']}"
    assert {f"{DESK}/{end}" for end in ("new", "popup", "reports", "spreadsheet", "members")} <= found
    assert {f"{lunch}/{end}" for end in ("edit", "space", "confirm", "history")} <= found
    assert (f"{DESK}/workspace" in found, f"{DESK}/review" in found, f"{DESK}/edit" in found) == (who != "cora", who != "cora", who != "ben")


def test_a_listing_that_is_not_shown_is_not_to_be_confirmed(door: SecondDoor) -> None:
    with door.storage.writing() as session:
        session.get_one(Service, LISTINGS["lunch"]).status = "inactive"
    page = door.as_("ana").get(DESK).text
    assert [f"/desk/listings/{LISTINGS['lunch']}/{end}" in page for end in ("edit", "history", "confirm", "space")] == [True, True, False, False]


def test_the_first_desk_leads_to_each_organization(door: SecondDoor) -> None:
    assert f'href="{DESK}"' in door.as_("ben").get("/desk").text
    assert "/desk/organizations/" not in door.as_("stella").get("/desk").text
