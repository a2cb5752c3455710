"""The curators' desk: what waits, most harmful first, and a clean desk that says so; how long each kind stays fresh."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

from directory.curating import piles
from directory.freshness.calls import open_call
from directory.freshness.rules import DAYS, all_days
from directory.models import Claim, Conflict, Draft, Pair, Provenance, Reminder, Report, Service, Source
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.make import make_attribute
from tests.web.second_door import SecondDoor, text_of

ORDER = ["unsafe", "reports", "calls", "fading", "conflicts", "claims", "drafts", "duplicates", "dates", "vanished"]


def fill(door: SecondDoor) -> None:
    """One of everything, each a day older than the one before; and of everything one that is done."""
    ana, lunch, kitchen = door.town.accounts["ana"], LISTINGS["lunch"], ORGANIZATIONS["kitchen"]
    days = [door.at - timedelta(days=number) for number in range(1, 9)]
    with door.storage.writing() as session:
        source = Source(id=uuid4(), code="county", name="County list", kind="hsds")
        session.add(source)
        session.flush()
        for state in ("open", "declined"):
            session.add(Report(service_id=lunch, about="unsafe", made_at=days[0], state=state))
            session.add(Report(service_id=lunch, about="hours", made_at=days[1], state=state))
        open_call(session, lunch, why="It lists no address to write to.", at=days[2])
        session.add(Reminder(service_id=LISTINGS["class"], due_on=door.at.date() + timedelta(days=3), times=0))
        session.add(Reminder(service_id=LISTINGS["reading"], due_on=door.at.date() + timedelta(days=90), times=0))
        for state, field in (("open", "name"), ("kept", "url")):
            session.add(Conflict(source_id=source.id, entity="service", entity_id=lunch, field=field, state=state, opened_at=days[3]))
        for state in ("open", "withdrawn"):
            session.add(Claim(organization_id=kitchen, account_id=ana, via="request", state=state, opened_at=days[4]))
        for state in ("waiting", "draft"):
            session.add(Draft(service_id=lunch, account_id=ana, state=state, content="", base="", saved_at=days[5], handed_in_at=days[5]))
        make_attribute(session, session.get_one(Service, lunch), "kinds", "peer_group")
        session.get_one(Service, lunch).description = "Eat together. Meets on the 2nd and 4th Fridays of the month only."
        session.add(Pair(first=lunch, second=LISTINGS["class"], entity="service", score=0.9, reason="same telephone", found_at=days[6]))
        for vanished in (days[7], None):
            seen = {"first_seen": days[7], "last_seen": days[7], "vanished_at": vanished}
            session.add(Provenance(source_id=source.id, record_key=str(vanished), entity="service", entity_id=lunch, hash="", **seen))


def test_a_clean_desk_says_so(door: SecondDoor) -> None:
    page = door.as_("cora").get("/desk/curator")
    assert "Nothing waits for you today." in text_of(page)
    assert "<table" not in page.text


def test_what_waits_is_counted_once_with_the_age_of_the_oldest(door: SecondDoor) -> None:
    fill(door)
    with door.storage.reading() as session:
        found = piles(session, at=door.at, sealer=door.sealer)
    assert [(pile.code, pile.count) for pile in found] == [(code, 1) for code in ORDER]
    ages = [(door.at - pile.oldest).days for pile in found if pile.oldest and pile.code != "fading"]
    assert ages == [1, 2, 3, 4, 5, 6, 7, 8]


def test_the_most_harmful_to_leave_stands_first_and_leads_to_its_desk(door: SecondDoor) -> None:
    fill(door)
    page = door.as_("cora").get("/desk/curator").text
    links = re.findall(r'<th scope="row"><a href="/desk/curator/([a-z]+)"', page)
    assert links == ["reports", "reports", "calls", "reminders", "conflicts", "claims", "drafts", "duplicates", "dates", "vanished"]
    assert "Nothing waits" not in page
    assert "due on 27 November 2026" in page


def test_every_desk_is_one_press_away(door: SecondDoor) -> None:
    page = door.as_("cora").get("/desk/curator").text
    desks = ("reports", "calls", "reminders", "conflicts", "claims", "drafts", "duplicates", "vanished", "imports", "sources", "coverage")
    assert [desk for desk in desks if f'href="/desk/curator/{desk}"' not in page] == []


def test_a_curator_without_a_second_factor_is_refused(door: SecondDoor) -> None:
    assert door.as_("kofi").get("/desk/curator").status_code == 403
    assert door.as_("anyone").get("/desk/curator").status_code == 303


def test_the_days_of_a_kind_are_set_and_go_back_to_ours(door: SecondDoor) -> None:
    cora = door.as_("cora")
    assert cora.post("/desk/curator/reminders", {"peer_group": " 60 "}).status_code == 303
    with door.storage.reading() as session:
        assert all_days(session) == DAYS | {"peer_group": 60}
    assert 'name="peer_group" type="text" value="60"' in cora.get("/desk/curator/reminders").text
    cora.post("/desk/curator/reminders", {"peer_group": ""})
    with door.storage.reading() as session:
        assert all_days(session) == DAYS


def test_days_that_do_not_fit_are_said_beside_their_field_and_nothing_changes(door: SecondDoor) -> None:
    answer = door.as_("cora").post("/desk/curator/reminders", {"event": "6", "peer_group": "soon", "service": "100", "no_such_kind": "x" * 9})
    assert answer.status_code == 422
    assert answer.text.count("Write a number of days from 7 to 1100.") == 4
    assert 'value="soon"' in answer.text
    with door.storage.reading() as session:
        assert all_days(session) == DAYS


def test_an_editor_confirms_a_listing_and_a_curator_does_it_by_telephone(door: SecondDoor) -> None:
    door.later(minutes=1)
    path, page = f"/desk/listings/{LISTINGS['lunch']}/confirm", f"/listings/{LISTINGS['lunch']}"
    assert "Everything is still right" in text_of(door.as_("ben").get(path))
    assert door.as_("ben").post(path).headers["location"] == "/desk?said=saved"
    assert "Confirmed by the organization on 24 November 2026 (today)." in text_of(door.as_("anyone").get(page))
    door.as_("cora").post(path)
    assert "Confirmed by a phone call on 24 November 2026 (today)." in text_of(door.as_("anyone").get(page))
    assert door.as_("emil").post(path).status_code == 403
