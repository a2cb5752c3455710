"""Cards in memory: the same as those made of the rows, without a query, and never older than the last look at the change log."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, update

from directory.cardbox import MOST_DECODED, CardBox, Hours, StoredCard, encode
from directory.catalogue import LOOK_EVERY_SECONDS, Catalogue
from directory.changes import record_change
from directory.listings import Card
from directory.models import Location, Service, ServiceAtLocation
from directory.storage import Storage
from matching.values import Inquiry, Opening
from tests.make import NOON, make_address, make_attribute, make_hours, make_language, make_phone, make_place, make_service


class Clock:
    """A clock that the test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def refuge(storage: Storage) -> UUID:
    """A directory of three: a listing with everything, one without a place, and one whose place is the last one's alone; the id of that place."""
    with storage.writing() as session:
        kitchen = make_service(session, "Bike Kitchen", description="Fix your bike with us.", minimum_age=16, email="yard@bikes.example")
        yard = make_place(session, kitchen, "Yard", point=(37.5, -122.2))
        make_address(session, yard, "1 Mill Lane", "Alder", "CA", "94000")
        make_phone(session, kitchen, "415 555-0123", description="Workshop")
        make_language(session, kitchen, "so")
        make_hours(session, kitchen, "MO", "09:00", "17:00")
        make_attribute(session, kitchen, "kinds", "activity")
        make_service(session, "Night Line")
        door = make_place(session, make_service(session, "Harbour House"), "Quiet Street", point=(37.6, -122.3))
        make_address(session, door, "5 Quiet Street", "Alder", "CA", "94000")
        return door.location_id


def change(storage: Storage, model: type[Any], key: UUID, **values: Any) -> None:
    """What somebody does to a row, and its line in the log."""
    with storage.writing() as session:
        session.execute(update(model).where(model.id == key).values(**values))
        record_change(session, entity=model.__tablename__, entity_id=key, action="changed", by="test", at=NOON)


def shown(catalogue: Catalogue) -> dict[str, Card]:
    page = catalogue.search(Inquiry(), at=NOON)
    assert [card.id for card in page.cards] == [match.id for match in page.ranking.matches]
    return {card.name: card for card in page.cards}


@contextmanager
def statements(storage: Storage) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith("SELECT"):
            seen.append(statement)

    event.listen(storage.engine, "before_cursor_execute", note)
    yield seen
    event.remove(storage.engine, "before_cursor_execute", note)


def test_a_card_from_memory_is_the_card_of_its_rows_and_costs_no_query(storage: Storage, refuge: UUID) -> None:
    clock = Clock()
    catalogue = Catalogue(storage, clock=clock)
    shown(catalogue)
    with statements(storage) as seen:
        kept = shown(catalogue)
    assert seen == []
    made = catalogue._anew((card.id for card in kept.values()), NOON)
    assert {card.name: card for card in made.values()} == kept
    assert set(kept) == {"Bike Kitchen", "Night Line", "Harbour House"}
    assert (kept["Bike Kitchen"].opening.text, kept["Bike Kitchen"].phones[0].label) == ("Open now, until 5:00 pm", "Workshop")


def test_a_kept_card_tells_the_time_of_whoever_asks(storage: Storage, refuge: UUID) -> None:
    catalogue = Catalogue(storage, country="DE")
    opening = {hours: catalogue.search(Inquiry(text="bike"), at=NOON + timedelta(hours=hours)).cards[0].opening.text for hours in (0, 8)}
    assert opening == {0: "Open now, until 17:00", 8: "Closed now, next open Monday 30 November, 09:00"}


def test_a_place_that_was_just_hidden_is_shown_from_no_memory(storage: Storage, refuge: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    catalogue = Catalogue(storage, clock=clock)
    assert shown(catalogue)["Harbour House"].where is not None
    monkeypatch.setattr(catalogue.following, "catch_up", lambda: None)   # the new index takes its time
    change(storage, Location, refuge, visibility="area_only", latitude=None, longitude=None)
    clock.now += LOOK_EVERY_SECONDS * 1.01
    for _ in range(3):
        where = shown(catalogue)["Harbour House"].where
        assert where is not None
        assert (where.confidential, where.place, where.address, where.name) == (True, None, (), "")
    change(storage, Location, refuge, visibility="hidden")
    clock.now += LOOK_EVERY_SECONDS * 1.01
    assert set(shown(catalogue)) == {"Bike Kitchen", "Night Line"}
    catalogue.refresh()
    with statements(storage) as seen:
        assert set(shown(catalogue)) == {"Bike Kitchen", "Night Line"}
    assert seen == [], "the new state is at hand, and answers from memory again"


def test_a_listing_that_was_just_taken_down_is_shown_from_no_memory(storage: Storage, refuge: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    catalogue = Catalogue(storage, clock=clock)
    line = shown(catalogue)["Night Line"]
    monkeypatch.setattr(catalogue.following, "catch_up", lambda: None)
    change(storage, Service, UUID(line.service_id), status="inactive")
    with storage.writing() as session:
        link = session.query(ServiceAtLocation).filter_by(location_id=refuge).one()
        session.delete(link)
        record_change(session, entity="service_at_location", entity_id=link.id, action="removed", by="test", at=NOON)
    clock.now += LOOK_EVERY_SECONDS * 1.01
    assert set(shown(catalogue)) == {"Bike Kitchen"}


def test_a_box_gives_what_was_put_in_and_holds_only_so_many_ready() -> None:
    hours = Hours(openings=(Opening(weekday=0, opens=540, closes=1020),), timezone="America/Los_Angeles")
    names = [f"Club {number}" for number in range(MOST_DECODED + 50)]
    cards = {name: a_card(name, hours=hours) for name in names}
    box = CardBox({name: encode(card) for name, card in cards.items()}.get)
    assert [box.find(name) for name in names] == list(cards.values())
    assert len(box._decoded) <= MOST_DECODED
    assert box.find(names[0]) == cards[names[0]]
    assert box.find("nobody") is None


def test_a_card_is_the_same_object_until_something_on_it_changes_and_right_in_each_minute() -> None:
    hours = Hours(openings=(Opening(weekday=0, opens=540, closes=1020),), timezone="UTC")
    stored = a_card("Club", hours=hours)
    box = CardBox({"Club": encode(stored)}.get)
    for seconds in range(0, 12 * 3600, 37):
        at = NOON + timedelta(seconds=seconds)
        shown = box.at("Club", at, country="US")
        assert shown == stored.at(at, country="US")
        for later in (at + timedelta(seconds=1), at + timedelta(minutes=1)):
            minute = later.replace(second=0)
            assert (box.at("Club", later, country="US") is shown) == (stored.at(minute, country="US") == shown)
            shown = box.at("Club", later, country="US")
    assert box.at("Club", NOON, country="DE") != box.at("Club", NOON, country="US")
    assert box.at("nobody", NOON, country="US") is None


def a_card(name: str, **fields: Any) -> StoredCard:
    plain: dict[str, Any] = {
        "service_id": "s", "organization_name": "", "summary": "", "kind": "service", "kind_label": "", "cost": "", "languages": (), "phones": (),
    }
    return StoredCard(id=name, name=name, **plain, **fields)
