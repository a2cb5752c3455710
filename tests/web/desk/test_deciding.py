"""A curator's queue: what waits is compared field by field, approved as it was looked at, sent back with a note, or mended."""

from __future__ import annotations

import re
from uuid import UUID, uuid4

from httpx import Response
from sqlalchemy import select

from directory.accounts.actors import actor_of
from directory.editing.applying import apply
from directory.editing.sheet import copied, sheet_of
from directory.models import Account, Change, Draft, Location, Phone, Schedule, Service, ServiceAtLocation
from directory.outbox import list_letters
from tests.cast import LISTINGS
from tests.make import make_id
from tests.web.desk.test_editing import LUNCH, draft_of, save
from tests.web.second_door import SecondDoor, text_of


def hand_in(door: SecondDoor, part: str = "offer", **typed: str) -> UUID:
    """Ben changes lunch and hands it in."""
    ben = door.as_("ben")
    assert save(ben, LUNCH, part, **typed) == 303
    draft = draft_of(door)
    assert ben.post(f"/desk/drafts/{draft}/hand-in", {"why": "we moved"}).headers["location"].endswith("said=waiting")
    return draft


def approve(door: SecondDoor, draft: UUID) -> int:
    page = door.as_("cora").get(f"/desk/curator/drafts/{draft}").text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    return door.as_("cora").post(f"/desk/curator/drafts/{draft}/approve", {"version": version[1]}).status_code


def test_what_waits_is_listed_compared_and_approved(door: SecondDoor) -> None:
    draft = hand_in(door, name="Lunch for all", description="Eat together at noon. Everybody cooks in turn.")
    cora = door.as_("cora")
    assert "Lunch for all" in text_of(cora.get("/desk/curator/drafts"))
    page = text_of(cora.get(f"/desk/curator/drafts/{draft}"))
    assert "Until now Community lunch New Lunch for all" in page
    assert approve(door, draft) == 303
    with door.storage.reading() as session:
        assert session.get_one(Service, LISTINGS["lunch"]).name == "Lunch for all"
        line = session.scalars(select(Change).where(Change.field == "name", Change.entity == "service")).one()
        row = session.get_one(Draft, draft)
    assert line.by == f"account:{door.town.accounts['ben']}"
    assert (row.state, row.decided_by, row.content) == ("applied", f"account:{door.town.accounts['cora']}", "")


def test_the_address_listed_until_now_is_told_of_a_new_number(door: SecondDoor) -> None:
    hand_in(door, "contact", **{"phone-1-number": "920-555-0199", "email": "other@elsewhere.example"})
    with door.storage.reading() as session:
        (letter,) = [letter for _, letter in list_letters(session, sealer=door.sealer)]
    assert letter.to == "hello@kitchen.example"
    assert "a phone number" in letter.text
    assert "0199" not in letter.text


def test_words_alone_tell_nobody(door: SecondDoor) -> None:
    hand_in(door, name="Lunch for all")
    with door.storage.reading() as session:
        assert list_letters(session, sealer=door.sealer) == []


def test_what_is_sent_back_comes_with_its_note_and_goes_on(door: SecondDoor) -> None:
    draft = hand_in(door, name="Lunch!!!")
    cora, ben = door.as_("cora"), door.as_("ben")
    assert cora.post(f"/desk/curator/drafts/{draft}/send-back", {"note": " "}).status_code == 422
    assert cora.post(f"/desk/curator/drafts/{draft}/send-back", {"note": "One exclamation mark is <b>plenty</b>."}).status_code == 303
    page = ben.get(LUNCH)
    assert "One exclamation mark is &lt;b&gt;plenty" in page.text
    assert 'value="Lunch!!!"' in page.text
    assert save(ben, LUNCH, "offer", name="Lunch") == 303
    assert ben.post(f"/desk/drafts/{draft}/hand-in").status_code == 303


def test_what_was_written_on_meanwhile_is_not_approved_unseen(door: SecondDoor) -> None:
    draft = hand_in(door, name="Lunch")
    page = door.as_("cora").get(f"/desk/curator/drafts/{draft}").text
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    door.as_("ben").post(f"/desk/drafts/{draft}/take-back")
    save(door.as_("ben"), LUNCH, "offer", name="Something else")
    door.as_("ben").post(f"/desk/drafts/{draft}/hand-in")
    assert door.as_("cora").post(f"/desk/curator/drafts/{draft}/approve", {"version": version[1]}).status_code == 409
    assert door.as_("cora").post(f"/desk/curator/drafts/{draft}/approve", {"version": "9" * 400}).status_code == 409


def test_a_curator_mends_and_then_approves(door: SecondDoor) -> None:
    draft = hand_in(door, name="Lunch!!!")
    assert save(door.as_("cora"), f"/desk/drafts/{draft}/edit", "offer", name="Lunch") == 303
    assert approve(door, draft) == 303
    with door.storage.reading() as session:
        assert session.get_one(Service, LISTINGS["lunch"]).name == "Lunch"
        line = session.scalars(select(Change).where(Change.field == "name", Change.entity == "service")).one()
    assert line.by == f"account:{door.town.accounts['cora']}"


def test_a_clash_is_told_and_settled_field_by_field(door: SecondDoor) -> None:
    draft = hand_in(door, name="Ben's lunch", alert="Ben says hello")
    ana = door.as_("ana")
    save(ana, LUNCH, "offer", name="Ana's lunch")
    with door.storage.reading() as session:
        hers = session.scalars(select(Draft.id).where(Draft.state == "draft")).one()
    assert ana.post(f"/desk/drafts/{hers}/hand-in").status_code == 303
    cora = door.as_("cora")
    answer = cora.post(f"/desk/curator/drafts/{draft}/approve", {"version": "1"})
    assert answer.status_code == 409
    assert "Ana&#39;s lunch" in answer.text
    assert settle(door, draft, answer, "1") == 303
    assert approve(door, draft) == 303
    with door.storage.reading() as session:
        service = session.get_one(Service, LISTINGS["lunch"])
    assert (service.name, service.alert) == ("Ana's lunch", "Ben says hello")


def test_a_clash_is_told_in_words_and_the_numbers_of_a_point_are_one_thing(door: SecondDoor) -> None:
    key = f"place-{make_id('Riverside Hall')}"
    draft = hand_in(door, "where", **{f"{key}-latitude": "44.3", f"{key}-longitude": "-88.5", f"{key}-name": "The Hall"})
    with door.storage.writing() as session:
        place = session.get_one(Location, make_id("Riverside Hall"))
        place.latitude, place.longitude = 44.4, -88.6
    answer = door.as_("cora").post(f"/desk/curator/drafts/{draft}/approve", {"version": "1"})
    assert answer.status_code == 409
    assert "Your draft: 44.30000, -88.50000 As it is now: 44.40000, -88.60000" in text_of(answer)
    assert answer.text.count("<fieldset") == 1
    assert "latitude" not in text_of(answer)
    assert settle(door, draft, answer, "1") == 303
    assert approve(door, draft) == 303
    with door.storage.reading() as session:
        place = session.get_one(Location, make_id("Riverside Hall"))
    assert (place.name, place.latitude, place.longitude) == ("The Hall", 44.4, -88.6)


def test_a_row_of_a_list_clashes_by_itself(door: SecondDoor) -> None:
    with door.storage.reading() as session:
        row = session.scalars(select(Schedule).where(Schedule.service_id == LISTINGS["lunch"])).one()
        phone = session.scalars(select(Phone).where(Phone.service_id == LISTINGS["lunch"])).one()
    draft = hand_in(door, "contact", **{f"phone-{phone.id}-number": "920-555-0111", "phone-1-number": "920-555-0122"})
    with door.storage.writing() as session:
        session.get_one(Phone, phone.id).number = "920-555-0133"
        session.get_one(Schedule, row.id).opens_at = "12:00"   # what nobody else changed clashes with nothing
    answer = door.as_("cora").post(f"/desk/curator/drafts/{draft}/approve", {"version": "1"})
    assert "Phone number Your draft: 920-555-0111 As it is now: 920-555-0133 Go on" in text_of(answer)


def test_whoever_may_not_know_a_place_learns_nothing_of_it_by_changing_it(door: SecondDoor) -> None:
    """Ana changes a public address; then it is hidden with another one, and those who may know it are not hers alone: a curator sorts that out."""
    key, hall = f"place-{make_id('Riverside Hall')}", make_id("Riverside Hall")
    ana, library = door.as_("ana"), LISTINGS["reading"]
    assert save(ana, LUNCH, "where", **{f"{key}-address_1": "14 River Street"}) == 303
    with door.storage.writing() as session:
        cora = actor_of(session, session.get_one(Account, door.town.accounts["cora"]), level=2, confirmed_at=door.at)
        base = sheet_of(session, LISTINGS["lunch"], sealer=door.sealer, actor=cora)
        sheet = copied(base)
        sheet.places[0].visibility, sheet.places[0].addresses[0].address_1 = "hidden", "7 Quillfeather Mews"
        apply(session, LISTINGS["lunch"], base, sheet, by=cora.by, at=door.at, act=uuid4(), sealer=door.sealer)
        session.add(ServiceAtLocation(service_id=library, location_id=hall))
    draft = draft_of(door)
    assert ana.post(f"/desk/drafts/{draft}/hand-in").headers["location"].endswith("said=waiting")
    for path in (f"/desk/drafts/{draft}", f"/desk/drafts/{draft}/preview", f"/desk/drafts/{draft}/edit", LUNCH):
        assert "Quillfeather" not in ana.get(path).text
    answer = door.as_("cora").post(f"/desk/curator/drafts/{draft}/approve", {"version": "1"})
    assert (answer.status_code, "Quillfeather" in answer.text) == (409, True)


def settle(door: SecondDoor, draft: UUID, page: Response, number: str) -> int:
    """Let the others win in one thing of a page of clashes."""
    codes = re.findall(rf'name="clash-{number}" value="([^"]+)"', page.text)
    assert codes
    return door.as_("cora").post(f"/desk/curator/drafts/{draft}/settle", {f"clash-{number}": codes, f"keep-{number}": "theirs"}).status_code


def test_only_a_curator_decides(door: SecondDoor) -> None:
    draft = hand_in(door, name="Lunch")
    for name in ("ana", "ben", "emil", "kofi", "dov"):
        assert door.as_(name).get("/desk/curator/drafts").status_code == 403
        assert door.as_(name).post(f"/desk/curator/drafts/{draft}/approve", {"version": "1"}).status_code in (403, 404)
    assert door.as_("cora").post("/desk/curator/drafts").status_code == 405
    assert door.as_("cora").get(f"/desk/curator/drafts/{UUID(int=3)}").status_code == 404


def test_hours_are_compared_in_the_sentences_of_the_form(door: SecondDoor) -> None:
    typed = {"hours-note": "", "hours-weekly-0-days": "5", "hours-weekly-0-opens": "10 am", "hours-weekly-0-closes": "1 pm"}
    draft = hand_in(door, "when", **typed)
    page = text_of(door.as_("cora").get(f"/desk/curator/drafts/{draft}"))
    assert "Hours Until now" in page
    assert "New Saturday 10:00 am to 1:00 pm" in page
    assert "SA" not in page
