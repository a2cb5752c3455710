"""A conflict is shown, decided once, and not opened again by the same value; what was taken away here stays away."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from directory.changes import record_change
from directory.conflicts import count_open, decide, list_conflicts
from directory.errors import Invalid, Stale
from directory.exchange.intake.logged import row_text
from directory.exchange.intake.upsert import stored_rows
from directory.exchange.records import Phone
from directory.models import Base, Change, Conflict
from directory.models import Location as LocationRow
from directory.models import Phone as PhoneRow
from directory.models import Schedule as ScheduleRow
from directory.models import Service as ServiceRow
from directory.placing import take_back
from directory.sealing import Sealer
from directory.storage import Storage
from tests.directory.conftest import Bring
from tests.directory.exchange.make import AT, LATER, a_location, a_record, a_service, an_id

BY = f"account:{uuid4()}"


def edit(storage: Storage, model: Any, key: Any, name: str, value: Any) -> None:
    with storage.writing() as session:
        row = session.get_one(model, key)
        before = getattr(row, name)
        setattr(row, name, value)
        said = {"field": name, "before": before, "after": value, "act": uuid4()}
        record_change(session, entity=model.__tablename__, entity_id=key, action="changed", by=BY, at=AT, **said)


def take_away(storage: Storage, model: Any, key: Any) -> None:
    with storage.writing() as session:
        row = stored_rows(session, Base.metadata.tables[model.__tablename__], [key])[key]
        session.delete(session.get_one(model, key))
        record_change(session, entity=model.__tablename__, entity_id=key, action="removed", by=BY, at=AT, before=row_text(row), act=uuid4())


def the_conflict(storage: Storage) -> Conflict:
    with storage.reading() as session:
        return session.scalars(select(Conflict)).one()


def choose(storage: Storage, choice: Any) -> Any:
    with storage.writing() as session:
        return decide(session, session.scalars(select(Conflict)).one(), choice, by=BY, at=LATER)


SERVICE, PHONE = an_id("service", 1), an_id("phone", 1)


def phones(number: str) -> list[Phone]:
    return [Phone(id=PHONE, number=number)]


@pytest.fixture
def contested(storage: Storage, bring: Bring) -> Storage:
    """The name was changed here to one thing and by the source to another."""
    bring(a_record())
    edit(storage, ServiceRow, SERVICE, "name", "The bench")
    assert bring(a_record(a_service(name="Mending bench")), at=LATER).conflicts == 1
    return storage


def test_what_both_changed_is_kept_and_listed_with_all_three_values(contested: Storage) -> None:
    with contested.reading() as session:
        (side,) = list_conflicts(session)
        assert session.get_one(ServiceRow, SERVICE).name == "The bench" == side.listing
        assert (side.base, side.ours, side.theirs, side.what, count_open(session)) == ("Repair bench 1", "The bench", "Mending bench", "Name", 1)


def test_what_only_we_changed_is_kept_and_shown_as_kept(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    edit(storage, ServiceRow, SERVICE, "name", "The bench")
    report = bring(a_record(a_service(description="Mend together.")), at=LATER)
    with storage.reading() as session:
        service = session.get_one(ServiceRow, SERVICE)
        assert (service.name, service.description) == ("The bench", "Mend together.")
        assert [side.what for side in list_conflicts(session, "kept")] == ["Name"]
        assert (report.changed, report.conflicts, count_open(session)) == (1, 0, 0)


def test_a_record_of_which_nothing_was_taken_counts_as_kept(contested: Storage, bring: Bring) -> None:
    report = bring(a_record(a_service(name="Third name")), at=LATER)
    assert (report.kept, report.changed, len(report.keeps)) == (1, 0, 1)


def test_keeping_ours_changes_nothing_and_the_same_value_opens_it_no_more(contested: Storage, bring: Bring) -> None:
    assert choose(contested, "ours") is None
    bring(a_record(a_service(name="Mending bench", description="Other words")), at=LATER)
    row = the_conflict(contested)
    assert (row.state, row.decided_by) == ("ours", BY)
    bring(a_record(a_service(name="A third name")), at=LATER)
    assert (the_conflict(contested).state, the_conflict(contested).theirs) == ("open", "A third name")


def test_taking_theirs_is_one_act_of_the_log_and_the_source_leads_again(contested: Storage, bring: Bring) -> None:
    act = choose(contested, "theirs")
    with contested.reading() as session:
        (line,) = session.scalars(select(Change).where(Change.act == act))
        assert (line.field, line.before, line.after, line.by) == ("name", "The bench", "Mending bench", BY)
    bring(a_record(a_service(name="Newest name")), at=LATER)
    with contested.reading() as session:
        assert session.get_one(ServiceRow, SERVICE).name == "Newest name"


def test_nothing_is_decided_twice(contested: Storage) -> None:
    choose(contested, "ours")
    with pytest.raises(Stale):
        choose(contested, "theirs")


def test_a_phone_that_was_taken_away_here_stays_away_while_the_source_says_the_same(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    take_away(storage, PhoneRow, PHONE)
    assert bring(a_record(a_service(name="Other name")), at=LATER).changed == 1
    assert the_conflict(storage).state == "kept"
    with storage.reading() as session:
        assert session.get(PhoneRow, PHONE) is None


def test_a_phone_that_was_taken_away_and_changed_by_the_source_waits_for_a_curator(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    take_away(storage, PhoneRow, PHONE)
    bring(a_record(a_service(phones=phones("0161 496 0999"))), at=LATER)
    assert the_conflict(storage).state == "open"
    choose(storage, "theirs")
    with storage.reading() as session:
        row = session.get_one(PhoneRow, PHONE)
        assert (row.number, row.service_id) == ("0161 496 0999", SERVICE)


def test_a_row_that_was_edited_here_is_not_removed_by_a_source_that_drops_it(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    edit(storage, PhoneRow, PHONE, "number", "0161 496 0555")
    bring(a_record(a_service(phones=[])), at=LATER)
    with storage.reading() as session:
        assert session.get_one(PhoneRow, PHONE).number == "0161 496 0555"
        (side,) = list_conflicts(session)
        assert (side.is_row, side.theirs) == (True, None)
    choose(storage, "theirs")
    with storage.reading() as session:
        assert session.get(PhoneRow, PHONE) is None


def test_what_was_hung_on_a_row_here_keeps_the_row_and_is_never_touched(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    here = uuid4()
    with storage.writing() as session:
        session.add(ScheduleRow(id=here, service_at_location_id=an_id("service_at_location", 1), byday="SA"))
    bring(a_record(a_service(service_at_locations=[])), at=LATER)
    with storage.reading() as session:
        assert session.get_one(ScheduleRow, here).byday == "SA"
        assert session.get(LocationRow, an_id("location", 1)) is not None
    assert the_conflict(storage).state == "open"


def test_a_whole_listing_that_was_taken_away_here_is_not_brought_back_in_pieces(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    take_away(storage, ServiceRow, SERVICE)
    report = bring(a_record(a_service(phones=phones("0161 496 0999"))), at=LATER)
    assert (report.kept, report.changed, report.refused) == (1, 0, 0)
    with storage.reading() as session:
        assert session.get(ServiceRow, SERVICE) is None


def test_taking_theirs_never_brings_a_hidden_place_into_the_open(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(a_record())
    place = an_id("location", 1)
    edit(storage, LocationRow, place, "transportation", "By the side door")
    bring(a_record(a_service(location=a_location(transportation="Through the yard"))), at=LATER)
    with storage.writing() as session:
        session.get_one(Conflict, the_conflict(storage).id)
        take_back(session, [place], "hidden", by=BY, at=LATER, why="asked for", sealer=sealer)
        assert session.scalars(select(Conflict)).all() == []


def test_a_conflict_about_a_row_that_is_gone_can_only_stay_ours(contested: Storage) -> None:
    take_away(contested, ServiceRow, SERVICE)
    with pytest.raises(Invalid):
        choose(contested, "theirs")
    assert the_conflict(contested).state == "open"
