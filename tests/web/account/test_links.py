"""Links by mail: the same answer for everybody, nothing used up by looking, good once, for a while, for one purpose."""

from __future__ import annotations

import pytest

from directory.accounts import joining
from directory.accounts.people import check_sign_in, find_account, revoke
from directory.models import Account
from tests.cast import ORGANIZATIONS, PASSWORD, address_of
from tests.web.second_door import SecondDoor, text_of

NEW = "nadia@people.example"
WORDS = "seven geese over water"


def ask(door: SecondDoor, email: str, wish: str = "sign-in") -> str:
    """Ask for a link; the path that the letter names."""
    door.later(seconds=1)   # letters of one moment have no order
    assert door.as_("anyone").post("/account/link", {"email": email, "for": wish}, stamped=False).status_code == 303
    return door.link(email.strip().lower())


@pytest.mark.parametrize("path", ["/account/join", "/account/link", "/account/link?for=new-password", "/account/link?for=%3Cb%3E"])
def test_the_form_is_there(door: SecondDoor, path: str) -> None:
    answer = door.as_("anyone").get(path)
    assert answer.status_code == 200
    assert "Send me the link" in text_of(answer)
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("wish", ["sign-up", "sign-in", "new-password", "what else"])
def test_nobody_learns_who_has_an_account(door: SecondDoor, wish: str) -> None:
    answers = [door.as_("anyone").post("/account/link", {"email": email, "for": wish}, stamped=False) for email in (address_of("ana"), NEW)]
    bare = [{key: value for key, value in answer.headers.items() if key != "date"} for answer in answers]
    assert answers[0].status_code == answers[1].status_code == 303
    assert (answers[0].content, bare[0]) == (answers[1].content, bare[1])
    assert len(door.letters("ana")) == len(door.letters(NEW)) == 1


def test_every_letter_has_the_same_subject_and_tells_nothing_in_it(door: SecondDoor) -> None:
    for email in (address_of("ana"), NEW):
        for wish in ("sign-up", "sign-in", "new-password"):
            ask(door, email, wish)
    assert {letter.subject for letter in door.letters()} == {"Your message from Homeground"}


def test_somebody_makes_an_account(door: SecondDoor) -> None:
    path = ask(door, f" {NEW.upper()} ", "sign-up")
    browser = door.as_("anyone")
    assert NEW in text_of(browser.get(path))
    answer = browser.post(path, {"name": "Nadia", "password": WORDS}, stamped=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk")
    assert "Welcome, Nadia" in text_of(browser.get("/desk"))
    with door.storage.reading() as session:
        assert check_sign_in(session, NEW, WORDS, sealer=door.sealer)


def test_an_account_needs_no_password(door: SecondDoor) -> None:
    path = ask(door, NEW, "sign-up")
    assert door.as_("anyone").post(path, {"name": "Nadia", "password": ""}, stamped=False).status_code == 303
    later = ask(door, NEW)
    assert "/account/enter/" in later
    assert door.as_("later").post(later, stamped=False).headers["location"] == "/desk"


@pytest.mark.parametrize(("said", "words"), [({"name": "", "password": WORDS}, "Write the name"), ({"name": "Nadia", "password": "short"}, "at least")])
def test_what_was_typed_wrong_leaves_the_link_good(door: SecondDoor, said: dict[str, str], words: str) -> None:
    path = ask(door, NEW, "sign-up")
    answer = door.as_("anyone").post(path, said, stamped=False)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert f'value="{said["name"]}"' in answer.text
    with door.storage.reading() as session:
        assert find_account(session, NEW, sealer=door.sealer) is None
    assert door.as_("anyone").post(path, {"name": "Nadia", "password": WORDS}, stamped=False).status_code == 303


def test_who_has_an_account_and_asks_for_one_is_let_in_by_letter(door: SecondDoor) -> None:
    assert "/account/enter/" in ask(door, address_of("ana"), "sign-up")


def test_looking_uses_nothing_up_and_pressing_does(door: SecondDoor) -> None:
    path = ask(door, address_of("ana"))
    browser = door.as_("anyone")
    for _ in range(3):
        assert browser.get(path).status_code == 200
        assert browser.token == ""
    assert browser.post(path, stamped=False).status_code == 303
    again = door.as_("again")
    assert again.get(path).status_code == again.post(path, stamped=False).status_code == 404


def test_a_link_is_good_for_a_while(door: SecondDoor) -> None:
    path = ask(door, address_of("ana"))
    door.later(minutes=21)
    assert door.as_("anyone").post(path, stamped=False).status_code == 404


@pytest.mark.parametrize("page", ["join", "password", "enter"])
def test_a_link_is_good_for_its_own_purpose_only(door: SecondDoor, page: str) -> None:
    links = {"enter": ask(door, address_of("ana")), "password": ask(door, address_of("ana"), "new-password"), "join": ask(door, NEW, "sign-up")}
    for purpose, path in links.items():
        moved = f"/account/{page}/{path.rsplit('/', 1)[1]}"
        assert door.as_("anyone").get(moved).status_code == (200 if purpose == page else 404)


@pytest.mark.parametrize("token", ["x", "%00", "a" * 4000, "%ff"])
@pytest.mark.parametrize("page", ["join", "password", "enter"])
def test_what_is_no_link_of_ours_is_not_found(door: SecondDoor, page: str, token: str) -> None:
    assert door.as_("anyone").get(f"/account/{page}/{token}").status_code == 404
    assert door.as_("anyone").post(f"/account/{page}/{token}", stamped=False).status_code in (404, 405)


def test_a_new_password_signs_every_other_browser_out_and_a_notice_is_sent(door: SecondDoor) -> None:
    path = ask(door, address_of("ana"), "new-password")
    browser = door.as_("anyone")
    assert browser.post(path, {"password": "short"}, stamped=False).status_code == 422
    assert browser.post(path, {"password": WORDS}, stamped=False).status_code == 303
    assert browser.get("/desk").status_code == 200
    assert door.as_("ana").get("/desk").status_code == 303
    assert any("password of your account was changed" in letter.text for letter in door.letters("ana"))
    with door.storage.reading() as session:
        assert not check_sign_in(session, address_of("ana"), PASSWORD, sealer=door.sealer)
        assert check_sign_in(session, address_of("ana"), WORDS, sealer=door.sealer)


def test_an_id_that_was_planted_before_a_link_is_never_signed_in(door: SecondDoor) -> None:
    victim, attacker = door.as_("anyone"), door.as_("nobody")
    victim.token = attacker.token = "chosen-by-somebody-else"   # noqa: S105
    victim.post(ask(door, address_of("ana")), stamped=False)
    assert attacker.get("/desk").status_code == 303


def test_mail_is_limited_by_address_and_by_network(door: SecondDoor) -> None:
    browser = door.as_("anyone")

    def send(email: str) -> int:
        return browser.post("/account/link", {"email": email}, stamped=False).status_code

    assert [send(NEW) for _ in range(6)] == [303] * 5 + [429]
    assert [send(address_of("ana")) for _ in range(6)] == [303] * 5 + [429], "as many for who has an account"
    assert [send(f"somebody{number}@people.example") for number in range(12)].count(303) == 10, "20 an hour from one network"


@pytest.mark.parametrize("email", ["", "no address", "a@b", "two@people.example, three@people.example", "x\r\nbcc: y@people.example", "a" * 400 + "@b.example"])
def test_what_is_no_address_is_said_beside_the_field(door: SecondDoor, email: str) -> None:
    answer = door.as_("anyone").post("/account/link", {"email": email}, stamped=False)
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.text
    assert door.letters() == []


@pytest.mark.parametrize("headers", [{"host": "evil.example"}, {"x-forwarded-host": "evil.example"}, {"forwarded": "host=evil.example"}])
def test_links_are_made_of_our_own_address_only(door: SecondDoor, headers: dict[str, str]) -> None:
    door.as_("anyone").post("/account/link", {"email": address_of("ana")}, stamped=False, headers=headers)
    assert "https://home.example/account/enter/" in door.letters("ana")[0].text
    assert "evil" not in door.letters("ana")[0].text


def test_another_site_cannot_send_mail_or_use_a_link(door: SecondDoor) -> None:
    path = ask(door, address_of("ana"))
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert door.as_("anyone").post("/account/link", {"email": NEW}, stamped=False, headers=headers).status_code == 403
        assert door.as_("anyone").post(path, stamped=False, headers=headers).status_code == 403
    assert door.letters(NEW) == []


@pytest.mark.parametrize("wish", ["sign-up", "sign-in"])
def test_a_link_leads_on_to_where_somebody_wanted_to_go(door: SecondDoor, wish: str) -> None:
    wanted = f"/desk/organizations/{ORGANIZATIONS['library']}/claim"
    newcomer, name = door.as_("newcomer"), "stella" if wish == "sign-in" else "newcomer"
    page = newcomer.get(f"/account/{'join' if wish == 'sign-up' else 'link'}", params={"next": wanted})
    assert f'name="next" value="{wanted}"' in page.text
    newcomer.post("/account/link", {"email": address_of(name), "for": wish, "next": wanted}, stamped=False)
    answer = newcomer.post(door.link(name), {"name": "Noor", "password": ""}, stamped=False)
    assert (answer.status_code, answer.headers["location"]) == (303, wanted)


def test_a_link_leads_nowhere_else(door: SecondDoor) -> None:
    newcomer = door.as_("newcomer")
    newcomer.post("/account/link", {"email": address_of("stella"), "for": "sign-in", "next": "https://evil.example/"}, stamped=False)
    assert newcomer.post(door.link("stella"), stamped=False).headers["location"] == "/desk"


@pytest.mark.parametrize("by", ["ana", "dov"])
def test_an_invitation_is_worth_no_more_than_who_gave_it(door: SecondDoor, by: str) -> None:
    role, within = ("owner", ORGANIZATIONS["kitchen"]) if by == "ana" else ("administrator", None)
    def address(_purpose: str, token: str) -> str:
        return door.settings.link(f"/account/join/{token}")

    with door.storage.writing() as session:
        invited = {"by": f"account:{door.town.accounts[by]}", "who": by, "what": "take part", "organization_id": within}
        joining.invite(session, address_of("newcomer"), role, **invited, at=door.at, sealer=door.sealer, addressed=address)
        revoke(session, session.get_one(Account, door.town.accounts[by]), role, by="tests", at=door.at, organization_id=within)
    door_of = door.link("newcomer")
    assert door.as_("newcomer").post(door_of, {"name": "Noor", "password": ""}, stamped=False).status_code == 404
    with door.storage.reading() as session:
        assert find_account(session, address_of("newcomer"), sealer=door.sealer) is None
