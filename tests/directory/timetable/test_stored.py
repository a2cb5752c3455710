"""From rows in the database to what people are told: cards, pages and the ranking heed the same dates, on both engines, as soon as they are saved."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

import msgspec
import pytest
from sqlalchemy import delete

from directory.catalogue import Catalogue
from directory.changes import record_change
from directory.models import Schedule, Service
from directory.storage import Storage
from directory.timetable.values import Line, SpecialDays, Timetable, While
from directory.timetable.writing import schedules_of
from matching.values import Inquiry, MustHaves, Profile, Slot
from tests.directory.timetable.made import make_id
from tests.listed import read_listings
from tests.make import NOON, make_service

TODAY = NOON.date()
USUAL = Timetable(lines=(Line(days=(0, 1, 2, 3, 4), opens=540, closes=1020),), timezone="UTC")
CLOSED = msgspec.structs.replace(USUAL, specials=(SpecialDays(first=TODAY, last=TODAY, reason="Staff day"),))
SHORT = msgspec.structs.replace(USUAL, specials=(SpecialDays(first=TODAY, last=TODAY, state="other", spans=((1080, 1200),)),))


@pytest.fixture
def kitchen(storage: Storage) -> UUID:
    """A service with the usual hours, and one of whose hours nobody knows."""
    with storage.writing() as session:
        make_service(session, "Night Line")
        kitchen = make_service(session, "Bike Kitchen").id
    save(storage, kitchen, USUAL)
    return kitchen


def save(storage: Storage, service_id: UUID, timetable: Timetable) -> None:
    """Put a timetable in the place of the one before, as an editor does."""
    with storage.writing() as session:
        session.execute(delete(Schedule).where(Schedule.service_id == service_id))
        for position, row in enumerate(schedules_of(timetable, make_id, on=TODAY)):
            said = {name: value for name, value in msgspec.structs.asdict(row).items() if name != "attributes"}
            session.add(Schedule(**said, service_id=service_id, position=position))
        record_change(session, entity="service", entity_id=service_id, action="changed", by="test", at=NOON)


def opening(catalogue: Catalogue, at: datetime = NOON) -> str:
    return {card.name: card.opening.text for card in catalogue.search(Inquiry(), at=at).cards}["Bike Kitchen"]


def test_a_saved_date_is_told_at_once_on_cards_and_pages(storage: Storage, kitchen: UUID) -> None:
    catalogue = Catalogue(storage, country="GB")
    told = []
    for timetable in (USUAL, CLOSED, SHORT):
        save(storage, kitchen, timetable)
        catalogue.refresh()
        told.append(opening(catalogue))
        assert catalogue.listing_page(kitchen, at=NOON).card.opening.text == told[-1]
        assert catalogue.listing_page(kitchen, at=NOON).timetable == timetable
    assert told == ["Open now, until 17:00", "Closed now, next open tomorrow 09:00", "Closed now, next open 18:00"]
    assert opening(catalogue, NOON + timedelta(days=1)) == "Open now, until 17:00"


def test_the_ranking_meets_nobody_at_a_closed_door(storage: Storage, kitchen: UUID) -> None:
    catalogue = Catalogue(storage)
    weeks = msgspec.structs.replace(USUAL, specials=(SpecialDays(first=TODAY, last=TODAY + timedelta(days=20)),))
    free = Inquiry(profile=Profile(times=(Slot(weekday=1, starts=600, ends=720),)), must=MustHaves(in_my_times=True, confirmed=frozenset({"times"})))
    found = []
    for timetable in (USUAL, weeks):
        save(storage, kitchen, timetable)
        catalogue.refresh()
        found.append([card.name for card in catalogue.search(free, at=NOON).cards])
    assert found == [["Bike Kitchen"], []]


def test_a_listing_carries_its_dates_into_the_index(storage: Storage, kitchen: UUID) -> None:
    one_day = Line(days=(5,), opens=600, closes=720, season=While(first=date(2026, 11, 28), last=date(2026, 11, 28)))
    save(storage, kitchen, msgspec.structs.replace(SHORT, lines=(*SHORT.lines, one_day)))
    with storage.reading() as session:
        names = {str(service.id): service.name for service in session.query(Service)}
        listings = {names[one.service_id]: one for one in read_listings(session, areas=lambda *_: (frozenset(), False), timezone="UTC")}
    assert (listings["Bike Kitchen"].closed_on, listings["Night Line"].closed_on) == ((TODAY,), ())
    assert {o.valid_from for o in listings["Bike Kitchen"].openings} == {None, TODAY, date(2026, 11, 28)}
