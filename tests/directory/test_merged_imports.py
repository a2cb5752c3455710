"""Imports after a merge: what was merged away does not come back, what names it hangs on what is kept, and undoing the merge opens the way again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from directory.conflicts import decide, list_conflicts
from directory.errors import Stale
from directory.exchange.intake.merged import MERGED_AWAY
from directory.exchange.records import Organization as OrganizationRecord
from directory.exchange.records import Phone as PhoneRecord
from directory.exchange.records import SourceInfo, SourceRecord
from directory.history.undoing import undo_act
from directory.merging import merge
from directory.models import Conflict, Location, Organization, Phone, Provenance, Service, ServiceAtLocation
from directory.sealing import Sealer
from directory.storage import Storage
from tests.directory.conftest import Bring, empty, everything
from tests.directory.exchange.make import AT, LATER, a_location, a_record, a_service, an_address, an_id

BY = f"account:{uuid4()}"
OTHER = SourceInfo(code="oak", name="Oak Row directory", kind="table", licence="CC0", timezone="Europe/London", country="GB")
KEPT, GONE = an_id("service", 1), an_id("service", 2)
STILL_LATER = LATER + timedelta(days=1)


def record(key: int, **fields: Any) -> SourceRecord:
    """A service of an organization of its own."""
    owner = fields.pop("owner", None) or organization(key)
    return a_record(a_service(key, organization=owner, **fields), line=key)


def organization(key: object, **fields: Any) -> OrganizationRecord:
    return OrganizationRecord(id=an_id("organization", key), **{"name": f"Shed {key}", "description": "Neighbours who make and mend.", **fields})


def join(storage: Storage, kept: UUID = KEPT, other: UUID = GONE, entity: str = "service") -> UUID:
    with storage.writing() as session:
        return merge(session, entity, kept, other, by=BY, at=LATER).act


def part(storage: Storage, act: UUID, sealer: Sealer) -> None:
    with storage.writing() as session:
        undo_act(session, act, by=BY, at=LATER, why="two benches", sealer=sealer)


@pytest.fixture
def merged(storage: Storage, bring: Bring) -> UUID:
    """Two services of two sources, the second merged into the first; gives the act."""
    bring(record(1))
    bring(record(2, phones=[PhoneRecord(id=an_id("phone", 2), number="0161 496 0002")]), source=OTHER)
    return join(storage)


def seen(storage: Storage) -> list[Any]:
    with storage.reading() as session:
        return list(session.scalars(select(Provenance.last_seen).where(Provenance.entity_id == GONE)))


@pytest.mark.usefixtures("merged")
def test_what_was_merged_away_does_not_come_back_and_its_record_counts_as_kept_and_seen(storage: Storage, bring: Bring) -> None:
    notes = ("provenance", "conflict", "import_run")
    before = everything(storage, without=notes)
    assert bring(record(2, phones=[PhoneRecord(id=an_id("phone", 2), number="0161 496 0002")]), source=OTHER, at=STILL_LATER).unchanged == 1
    report = bring(record(2, name="Mending bench", phones=[], location=a_location(7)), source=OTHER, at=STILL_LATER)
    assert (report.kept, [(keep.value, keep.reason) for keep in report.keeps]) == (1, [(str(KEPT), MERGED_AWAY)])
    assert everything(storage, without=notes) == before, "no row added, moved or removed"
    assert [(row.field, row.theirs) for row in news(storage)] == [("name", "Mending bench")]
    assert [moment.replace(tzinfo=STILL_LATER.tzinfo) for moment in seen(storage)] == [STILL_LATER]


def test_once_the_merge_is_undone_the_record_is_imported_again(storage: Storage, bring: Bring, sealer: Sealer, merged: UUID) -> None:
    changed = record(2, name="Mending bench", phones=[PhoneRecord(id=an_id("phone", 2), number="0161 496 0002")])
    assert bring(changed, source=OTHER, at=LATER).kept == 1
    part(storage, merged, sealer)
    assert bring(changed, source=OTHER, at=STILL_LATER).changed == 1
    with storage.reading() as session:
        assert session.get_one(Service, GONE).name == "Mending bench"
        assert session.get_one(Phone, an_id("phone", 2)).service_id == GONE


@pytest.mark.usefixtures("merged")
def test_what_it_brought_stays_with_the_kept_one_when_the_source_drops_it(storage: Storage, bring: Bring) -> None:
    bring(record(2, phones=[]), source=OTHER, at=STILL_LATER)
    bring(record(1, name="Repair bench at noon"), at=STILL_LATER)
    with storage.reading() as session:
        assert session.get_one(Phone, an_id("phone", 2)).service_id == KEPT
        assert session.get_one(Service, KEPT).name == "Repair bench at noon"


def test_services_of_a_merged_organization_hang_on_the_kept_one(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    first, second = an_id("organization", "a"), an_id("organization", "b")
    bring(record(1, owner=organization("a")), record(2, owner=organization("b")))
    act = join(storage, first, second, "organization")
    told = organization("b", name="Shed by the river")
    for at in (LATER, STILL_LATER):
        report = bring(record(1, owner=organization("a")), record(2, owner=told, name="Mending bench"), record(3, owner=told), at=at)
        with storage.reading() as session:
            assert set(session.scalars(select(Service.organization_id))) == {first}
            assert [*session.scalars(select(Organization.id))] == [first]
            assert session.get_one(Service, GONE).name == "Mending bench"
            assert session.scalars(select(Conflict)).all() == []
    assert (report.unchanged, report.vanished) == (3, 0)
    part(storage, act, sealer)
    bring(record(1, owner=organization("a")), record(2, owner=told, name="Mending bench"), record(3, owner=told), at=STILL_LATER)
    with storage.reading() as session:
        assert session.get_one(Organization, second).name == "Shed by the river"
        assert [session.get_one(Service, an_id("service", key)).organization_id for key in (1, 2, 3)] == [first, second, second]


def test_a_record_about_a_merged_organization_itself_is_kept(storage: Storage, bring: Bring) -> None:
    first, second = an_id("organization", "a"), an_id("organization", "b")
    bring(a_record(organization("a"), line=1), a_record(organization("b"), line=2))
    join(storage, first, second, "organization")
    report = bring(a_record(organization("a"), line=1), a_record(organization("b", name="Other shed"), line=2), at=STILL_LATER)
    assert (report.unchanged, report.kept, report.vanished) == (1, 1, 0)


def test_a_service_at_a_place_that_was_merged_is_at_the_kept_place(storage: Storage, bring: Bring) -> None:
    one, same = a_location(1), a_location("again", addresses=[an_address("again", address_1="1 Elm Row")])
    bring(record(1, location=one), record(2, location=same))
    join(storage)
    with storage.reading() as session:
        assert [*session.scalars(select(Location.id))] == [an_id("location", 1)]
    bring(record(1, location=one), record(2, location=same), record(3, location=same), at=STILL_LATER)
    with storage.reading() as session:
        assert [*session.scalars(select(Location.id))] == [an_id("location", 1)]
        assert session.get_one(ServiceAtLocation, an_id("service_at_location", 3)).location_id == an_id("location", 1)


def test_a_record_that_was_merged_away_still_hides_the_place_that_it_calls_a_refuge(storage: Storage, bring: Bring) -> None:
    same = a_location("again", addresses=[an_address("again", address_1="1 Elm Row")])
    bring(record(1), record(2, location=same))
    join(storage)
    assert bring(record(1), record(2, location=same, description="A women's shelter at a confidential location."), at=STILL_LATER).kept == 1
    with storage.reading() as session:
        place = session.scalars(select(Location)).one()
        assert (place.visibility, place.latitude) == ("area_only", None)


STEPS = st.lists(st.one_of(
    st.tuples(st.just("bring"), st.lists(st.tuples(st.integers(1, 4), st.sampled_from("xyz")), max_size=4)),
    st.tuples(st.just("join"), st.permutations([1, 2, 3, 4])),
    st.tuples(st.just("part"), st.none()),
), max_size=7)  # fmt: skip


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_is_merged_undone_and_imported_nothing_merged_is_there_and_counts_add_up(
    storage: Storage, bring: Bring, sealer: Sealer, steps: list[tuple[str, Any]]
) -> None:
    empty(storage)
    at, acts = AT, list[tuple[UUID, UUID]]()
    bring(*(record(key) for key in range(1, 5)))
    for verb, said in steps:
        at += timedelta(hours=1)
        gone = {away for _, away in acts}
        if verb == "bring":
            report = bring(*(record(key, name=f"Bench {name}") for key, name in said), at=at, is_whole=False)
            firsts = {key for key, _ in said}
            assert report.kept <= sum(an_id("service", key) in gone for key in firsts)
        elif verb == "part" and acts:
            with storage.writing() as session:
                act, _ = acts.pop()
                undo_act(session, act, by=BY, at=at, why="two", sealer=sealer)
        elif verb == "join":
            kept, other = (an_id("service", key) for key in said[:2])
            if not {kept, other} & gone:
                with storage.writing() as session:
                    acts.append((merge(session, "service", kept, other, by=BY, at=at).act, other))
        with storage.reading() as session:
            there = set(session.scalars(select(Service.id)))
            assert there == {an_id("service", key) for key in range(1, 5)} - {away for _, away in acts}
            assert {*session.scalars(select(Phone.service_id)), *session.scalars(select(ServiceAtLocation.service_id))} <= there


def news(storage: Storage) -> list[Conflict]:
    with storage.reading() as session:
        return list(session.scalars(select(Conflict).where(Conflict.state == "open").order_by(Conflict.entity, Conflict.field)))


def test_what_the_source_of_a_merged_record_newly_says_lies_beside_the_kept_one(storage: Storage, bring: Bring, merged: UUID) -> None:
    new = record(2, description="Bring your bicycle.", phones=[PhoneRecord(id=an_id("phone", 2), number="0161 496 0099")])
    for day in (0, 1, 2):   # once, however often it is said
        report = bring(new, source=OTHER, at=STILL_LATER + timedelta(days=day))
        assert (report.kept, report.conflicts) == (1, 0 if day else 2)
    told = news(storage)
    assert [(row.entity, row.field, row.theirs, row.service_id) for row in told] == [
        ("phone", "number", "0161 496 0099", KEPT), ("service", "description", "Bring your bicycle.", KEPT),
    ]  # fmt: skip
    with storage.writing() as session:
        sides = list_conflicts(session)
        assert {(side.listing, side.is_merged) for side in sides} == {("Repair bench 1", True)}
        for row in told:
            decide(session, session.get_one(Conflict, row.id), "theirs", by=BY, at=STILL_LATER)
    with storage.reading() as session:
        assert session.get_one(Service, KEPT).description == "Bring your bicycle."
        assert session.get_one(Phone, an_id("phone", 2)).number == "0161 496 0099"
    assert bring(new, source=OTHER, at=STILL_LATER + timedelta(days=9)).conflicts == 0


def test_a_phone_that_a_merged_record_has_newly_is_hung_on_the_kept_one_when_a_curator_takes_it(storage: Storage, bring: Bring, merged: UUID) -> None:
    phones = [PhoneRecord(id=an_id("phone", 2), number="0161 496 0002"), PhoneRecord(id=an_id("phone", 3), number="0161 496 0003")]
    assert bring(record(2, phones=phones), source=OTHER, at=STILL_LATER).conflicts == 1
    (row,) = news(storage)
    with storage.writing() as session:
        decide(session, session.get_one(Conflict, row.id), "theirs", by=BY, at=STILL_LATER)
        assert session.get_one(Phone, an_id("phone", 3)).service_id == KEPT
    assert bring(record(2, phones=phones), source=OTHER, at=STILL_LATER + timedelta(days=1)).conflicts == 0


def test_what_was_chosen_when_two_were_made_one_is_no_news(storage: Storage, bring: Bring, merged: UUID) -> None:
    assert bring(record(2, phones=[PhoneRecord(id=an_id("phone", 2), number="0161 496 0002")]), source=OTHER, at=STILL_LATER).conflicts == 0
    assert news(storage) == []


def test_news_of_a_merged_record_is_over_when_the_merge_is_undone_and_then_it_is_taken_by_itself(
    storage: Storage, bring: Bring, merged: UUID, sealer: Sealer,
) -> None:
    new = record(2, description="Bring your bicycle.", phones=[PhoneRecord(id=an_id("phone", 2), number="0161 496 0099")])
    bring(new, source=OTHER, at=STILL_LATER)
    (told, *_) = news(storage)
    part(storage, merged, sealer)
    with storage.writing() as session:
        assert list_conflicts(session) == []
        with pytest.raises(Stale):
            decide(session, session.get_one(Conflict, told.id), "theirs", by=BY, at=STILL_LATER)
    bring(new, source=OTHER, at=STILL_LATER + timedelta(days=1))
    with storage.reading() as session:
        found = session.get_one(Service, GONE).description, session.get_one(Phone, an_id("phone", 2)).number, session.scalars(select(Conflict)).all()
        assert found == ("Bring your bicycle.", "0161 496 0099", [])
