"""What is not to be listed stays so whatever a source brings, and is counted."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import select

from directory.errors import Invalid
from directory.exchange.records import Organization, Phone
from directory.models import Call, Change, DoNotList, Provenance
from directory.models import Phone as PhoneRow
from directory.models import Service as ServiceRow
from directory.storage import Storage
from directory.unlisting import relist, unpublish
from directory.vanished import ask, count_vanished, keep, list_vanished, take_out
from tests.directory.conftest import Bring, everything
from tests.directory.exchange.make import AT, LATER, a_record, a_service, an_id

BY = f"account:{uuid4()}"
SERVICE = an_id("service", 1)


def unlist(storage: Storage, *, remember: bool = True) -> None:
    with storage.writing() as session:
        unpublish(session, session.get_one(ServiceRow, SERVICE), why="Asked by the people who run it", by=BY, at=AT, remember=remember)


def status(storage: Storage) -> str:
    with storage.reading() as session:
        return session.get_one(ServiceRow, SERVICE).status


def test_an_import_does_not_list_again_what_is_not_to_be_listed_and_says_why(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    unlist(storage)
    report = bring(a_record(a_service(name="New name", phones=[])), a_record(a_service(2), line=2), at=LATER)
    assert (report.kept, report.added, status(storage)) == (1, 1, "inactive")
    assert "Asked by the people who run it" in report.keeps[0].reason
    assert "Asked by the people who run it" in report.to_text()
    with storage.reading() as session:
        assert session.get(PhoneRow, an_id("phone", 1)) is not None


def test_it_is_not_brought_in_when_it_was_deleted_either(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    unlist(storage)
    with storage.writing() as session:
        session.delete(session.get_one(ServiceRow, SERVICE))
    assert bring(a_record(a_service(name="New name")), at=LATER).kept == 1
    with storage.reading() as session:
        assert session.get(ServiceRow, SERVICE) is None


def test_within_a_record_of_its_organization_it_is_left_out_and_the_rest_is_taken(storage: Storage, bring: Bring) -> None:
    shed = Organization(id=an_id("organization", "shed"), name="The Long Shed", phones=[Phone(id=an_id("phone", "shed"), number="0161 496 0100")])
    bring(a_record())
    unlist(storage)
    before = everything(storage)["service"]
    assert bring(a_record(shed, key="shed"), at=LATER).added == 1
    assert everything(storage)["service"] == before


def test_listing_it_again_gives_it_its_status_and_the_next_import_takes_what_was_left_out(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    unlist(storage)
    bring(a_record(a_service(name="New name")), at=LATER)
    with storage.writing() as session:
        relist(session, SERVICE, by=BY, at=LATER)
        assert session.scalars(select(DoNotList)).all() == []
    assert status(storage) == "active"
    assert bring(a_record(a_service(name="New name")), at=LATER).changed == 1


def test_without_remembering_an_import_still_leaves_the_status_that_was_set_here(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    unlist(storage, remember=False)
    assert bring(a_record(a_service(name="New name")), at=LATER).changed == 1
    assert status(storage) == "inactive"


def test_a_reason_is_needed(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    with storage.writing() as session, pytest.raises(Invalid):
        unpublish(session, session.get_one(ServiceRow, SERVICE), why="  ", by=BY, at=AT)
    assert status(storage) == "active"


# --- what a source no longer has ----------------------------------------------------------------------------------------------------


def vanished(storage: Storage) -> list[str]:
    with storage.reading() as session:
        assert count_vanished(session) == len(list_vanished(session))
        return [line.name for line in list_vanished(session)]


def three(*keys: int) -> list[object]:
    return [a_record(a_service(key), line=key) for key in keys]


def test_what_a_source_no_longer_has_is_flagged_stays_listed_and_is_cleared_when_it_comes_back(storage: Storage, bring: Bring) -> None:
    bring(*three(1, 2, 3))   # type: ignore[arg-type]
    report = bring(*three(1, 2), at=LATER)   # type: ignore[arg-type]
    assert (report.vanished, vanished(storage)) == (1, ["Repair bench 3"])
    with storage.reading() as session:
        assert session.get_one(ServiceRow, an_id("service", 3)).status == "active"
    assert "1 no longer in the source" in report.to_text()
    bring(*three(1, 2, 3), at=LATER)   # type: ignore[arg-type]
    assert vanished(storage) == []


def test_a_source_that_shrank_by_more_than_half_is_not_believed(storage: Storage, bring: Bring) -> None:
    bring(*three(1, 2, 3))   # type: ignore[arg-type]
    report = bring(*three(1), at=LATER)   # type: ignore[arg-type]
    assert (report.vanished, vanished(storage)) == (0, [])
    assert "1 of the 3 records" in report.warning
    assert report.warning in report.to_text()


def test_a_part_of_a_source_flags_nothing(storage: Storage, bring: Bring) -> None:
    bring(*three(1, 2, 3))   # type: ignore[arg-type]
    report = bring(*three(1, 2), at=LATER, is_whole=False)   # type: ignore[arg-type]
    assert (report.vanished, report.warning, vanished(storage)) == (0, "", [])


def record_of(session: object, key: int) -> Provenance:
    return session.scalars(select(Provenance).where(Provenance.entity_id == an_id("service", key))).one()   # type: ignore[attr-defined, no-any-return]


def test_what_a_curator_keeps_is_not_flagged_again_until_the_source_had_it_in_between(storage: Storage, bring: Bring) -> None:
    bring(*three(1, 2, 3))   # type: ignore[arg-type]
    bring(*three(1, 2), at=LATER)   # type: ignore[arg-type]
    with storage.writing() as session:
        keep(session, record_of(session, 3), at=LATER)
    bring(*three(1, 2), at=LATER)   # type: ignore[arg-type]
    assert vanished(storage) == []
    bring(*three(1, 2, 3), at=LATER)   # type: ignore[arg-type]
    bring(*three(1, 2), at=LATER)   # type: ignore[arg-type]
    assert vanished(storage) == ["Repair bench 3"]


def test_asking_puts_it_on_the_list_of_calls_once(storage: Storage, bring: Bring) -> None:
    bring(*three(1, 2, 3))   # type: ignore[arg-type]
    bring(*three(1, 2), at=LATER)   # type: ignore[arg-type]
    with storage.writing() as session:
        ask(session, record_of(session, 3), at=LATER)
        ask(session, record_of(session, 3), at=LATER)
        assert [call.service_id for call in session.scalars(select(Call))] == [an_id("service", 3)]
    with storage.reading() as session:
        assert [line.is_asked for line in list_vanished(session)] == [True]


def test_taking_it_out_is_a_change_of_its_status(storage: Storage, bring: Bring) -> None:
    bring(*three(1, 2, 3))   # type: ignore[arg-type]
    bring(*three(1, 2), at=LATER)   # type: ignore[arg-type]
    with storage.writing() as session:
        act = take_out(session, record_of(session, 3), by=BY, at=LATER)
        (line,) = session.scalars(select(Change).where(Change.act == act))
        assert (line.field, line.before, line.after) == ("status", "active", "inactive")
    assert vanished(storage) == []
