"""The feeds follow the directory: after every edit they are what they would be if they were made anew, and nothing hidden stays a moment longer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from directory.changes import record_change
from directory.exchange.meetings import held
from directory.exchange.meetings.held import HeldFeeds
from directory.models import Attribute, Contact, Location, Organization, Schedule, Service, ServiceAtLocation
from directory.storage import Storage
from directory.unlisting import unpublish
from tests.directory.exchange.meetings.groups import BASE, DAY, everything, make_group
from tests.make import NOON, make_hours, make_id, make_place

PORCH = make_id("Porch")
BY = "account:ana"


def feeds(storage: Storage) -> HeldFeeds:
    return HeldFeeds(storage, timezone="UTC", country="US", base_url=BASE)


def note(session: Session, entity: str, key: object, action: str = "changed", **said: object) -> None:
    record_change(session, entity=entity, entity_id=key, action=action, by=BY, at=NOON, **said)   # type: ignore[arg-type]


def rename(session: Session) -> None:
    session.execute(update(Service).where(Service.id == PORCH).values(name="Back porch"))
    note(session, "service", PORCH, field="name", before="Porch", after="Back porch")


def move(session: Session) -> None:
    link = session.scalar(select(ServiceAtLocation).where(ServiceAtLocation.service_id == PORCH))
    assert link
    session.execute(update(Location).where(Location.id == link.location_id).values(name="Another porch", latitude=44.0, longitude=-88.0))
    note(session, "location", link.location_id, field="name", before="The Porch", after="Another porch")


def hide_place(session: Session) -> None:
    link = session.scalar(select(ServiceAtLocation).where(ServiceAtLocation.service_id == PORCH))
    assert link
    session.execute(update(Location).where(Location.id == link.location_id).values(visibility="hidden", latitude=None, longitude=None))
    note(session, "location", link.location_id, field="visibility", before="public", after="hidden")


def unlist(session: Session) -> None:
    service = session.get(Service, PORCH)
    assert service
    unpublish(session, service, why="It has ended.", by=BY, at=NOON)


def another_day(session: Session) -> None:
    row = session.scalar(select(Schedule).where(Schedule.service_id == PORCH))
    assert row
    session.execute(update(Schedule).where(Schedule.id == row.id).values(byday="SA"))
    note(session, "schedule", row.id, field="byday", before="TU", after="SA")


def no_group_any_more(session: Session) -> None:
    row = session.scalar(select(Attribute).where(Attribute.link_id == PORCH))
    assert row
    session.execute(delete(Attribute).where(Attribute.id == row.id))
    note(session, "attribute", row.id, "removed", before=f'{{"link_entity": "service", "link_id": "{PORCH}"}}')


def name_of_keeper(session: Session) -> None:
    key = make_id("Porch organization")
    session.execute(update(Organization).where(Organization.id == key).values(name="Porch Union"))
    note(session, "organization", key, field="name", before="Porch Trust", after="Porch Union")


def one_more(session: Session) -> None:
    group = make_group(session, "Garden", at="The Garden")
    note(session, "service", group.id, "added")


def a_person_is_named(session: Session) -> None:
    contact = Contact(id=uuid4(), service_id=PORCH, name="Tea")
    session.add(contact)
    note(session, "contact", contact.id, "added")


EDITS = [rename, move, hide_place, unlist, another_day, no_group_any_more, name_of_keeper, one_more, a_person_is_named]


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_they_are_as_if_made_anew(storage: Storage, edit: Callable[[Session], None]) -> None:
    with storage.writing() as session:
        make_group(session, "Porch", at="The Porch", description="Tea and talk.")
        make_place(session, make_group(session, "Other"), "Hall", visibility="area_only", area_name="Fox Cities")
        note(session, "service", PORCH, "added")
    ours = feeds(storage)
    before = everything(ours.on(DAY))
    with storage.writing() as session:
        edit(session)
    after = everything(ours.on(DAY))
    assert after == everything(feeds(storage).on(DAY))
    assert after != before


def test_an_edit_reads_one_group_and_none_of_the_others(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    with storage.writing() as session:
        for number in range(5):
            make_group(session, f"Group {number}")
        make_group(session, "Porch", at="The Porch")
        note(session, "service", PORCH, "added")
    ours, asked = feeds(storage), list[object]()
    ours.on(DAY)
    honest = held.public_meetings
    monkeypatch.setattr(held, "public_meetings", lambda *given, **named: asked.append(named["services"]) or honest(*given, **named))   # type: ignore[func-returns-value]
    with storage.writing() as session:
        rename(session)
    ours.on(DAY)
    assert asked == [{PORCH}]


SEASONS = (None, ("2026-11-20", "2026-11-26"), ("2026-11-25", None), (None, "2026-11-23"), ("2026-12-01", "2027-02-01"), ("2025-01-01", "2025-02-01"))


def put_groups_of_all_seasons(storage: Storage) -> None:
    """Groups that meet always, from a day on, until a day, on one date only, and on a day of the month; Porch among them."""
    with storage.writing() as session:
        for number, season in enumerate(SEASONS):
            group = make_group(session, "Porch" if number == 0 else f"Group {number}", days="" if season else "TU")
            if season:
                make_hours(session, group, "WE", "18:00", "19:00", valid_from=season[0], valid_to=season[1], timezone_name="UTC")
        both = make_group(session, "Both", days="MO")
        make_hours(session, both, "FR", "10:00", "11:00", valid_from="2026-11-24", valid_to="2026-11-24", timezone_name="UTC")
        note(session, "service", PORCH, "added")


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.integers(-5, 20), min_size=1, max_size=4), edit_before=st.integers(0, 4))
def test_on_every_day_they_are_as_if_made_on_it(ground_of_seasons: Storage, days: list[int], edit_before: int) -> None:
    """Whichever day was asked for before, and whatever was edited in between."""
    ours = feeds(ground_of_seasons)
    for number, more in enumerate(days):
        if number == edit_before:
            with ground_of_seasons.writing() as session:
                name = f"Porch {more}"
                session.execute(update(Service).where(Service.id == PORCH).values(name=name))
                note(session, "service", PORCH, field="name", before="Porch", after=name)
        day = DAY + timedelta(days=more)
        assert everything(ours.on(day)) == everything(feeds(ground_of_seasons).on(day))


@pytest.fixture
def ground_of_seasons(storage: Storage) -> Storage:
    put_groups_of_all_seasons(storage)
    return storage


def test_another_day_reads_the_groups_that_hang_on_the_day_and_none_of_the_others(storage: Storage, monkeypatch: pytest.MonkeyPatch) -> None:
    put_groups_of_all_seasons(storage)
    ours, asked = feeds(storage), list[object]()
    ours.on(DAY)
    honest = held.public_meetings
    monkeypatch.setattr(held, "public_meetings", lambda *given, **named: asked.append(named["services"]) or honest(*given, **named))   # type: ignore[func-returns-value]
    ours.on(DAY + timedelta(days=1))
    assert asked == [{make_id(f"Group {number}") for number in range(1, len(SEASONS))} | {make_id("Both")}]


def test_nothing_is_made_while_nothing_changes_and_all_is_on_another_day(storage: Storage) -> None:
    with storage.writing() as session:
        make_group(session, "Porch")
    ours = feeds(storage)
    first = ours.on(DAY)
    assert ours.on(DAY) is first
    assert first.meeting_guide is first.meeting_guide
    assert ours.on(DAY + timedelta(days=1)) is not first
