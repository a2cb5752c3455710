"""A whole import is taken back as if it had not been, or says what depends on it."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import delete, select

from directory.accounts.actors import ANYONE
from directory.changes import record_change
from directory.errors import LaterChanges, Stale
from directory.exchange.records import Attribute, Phone, Taxonomy, TaxonomyTerm
from directory.freshness.confirming import confirm
from directory.history.taking_back import IMPORT_AGAIN, undo_for_listing
from directory.history.telling import history_of
from directory.history.undoing import ALREADY, Ready, undo_act
from directory.models import Call, Change, Confirmation, ImportRun, Location, Organization, Provenance, Reminder, Source
from directory.models import Phone as PhoneRow
from directory.models import Service as ServiceRow
from directory.runs import PAUSED, list_runs, ready_import, still_hidden, undo_import
from directory.sealing import Sealer
from directory.storage import Storage
from tests.directory.conftest import Bring, everything
from tests.directory.exchange.make import AT, LATER, a_location, a_record, a_service, an_id

BY = f"account:{uuid4()}"
SERVICE = an_id("service", 1)
KEPT = ("change", "import_run", "provenance", "source")


def undo(storage: Storage, sealer: Sealer, *, at: Any = LATER) -> None:
    with storage.writing() as session:
        run = session.scalars(select(ImportRun).where(ImportRun.at == at)).one()
        undo_import(session, run, by=BY, at=LATER, why="the wrong file", sealer=sealer)


def rich() -> list[Any]:
    taxonomy = Taxonomy(id=an_id("taxonomy", "a"), name="Of the source")
    term = TaxonomyTerm(id=an_id("term", "a"), name="Mending", taxonomy_detail=taxonomy)
    return [a_record(a_service(key, attributes=[Attribute(taxonomy_term=term)]), key=str(key), line=key) for key in (1, 2, 3)]


def test_an_import_that_was_undone_leaves_every_row_as_it_was_before(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    before = everything(storage, without=KEPT)
    bring(*rich())
    undo(storage, sealer, at=AT)
    assert everything(storage, without=KEPT) == before
    assert everything(storage)["provenance"] == []


def test_a_second_import_that_was_undone_leaves_what_the_first_brought(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(*rich())
    before = without_modified(storage)
    records = [a_record(a_service(1, name="Other name", phones=[]), key="1"), a_record(a_service(4), key="4"), *rich()[1:]]
    assert bring(*records, at=LATER).changed == 1
    assert without_modified(storage) != before
    undo(storage, sealer)
    assert without_modified(storage) == before


def test_after_undoing_the_same_file_comes_in_anew(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(*rich())
    bring(a_record(a_service(1, name="Other name", phones=[]), key="1"), *rich()[1:], at=LATER)
    undo(storage, sealer)
    report = bring(a_record(a_service(1, name="Other name", phones=[]), key="1"), *rich()[1:], at=LATER)
    assert (report.changed, report.conflicts, report.kept) == (1, 0, 0)
    with storage.reading() as session:
        assert (session.get_one(ServiceRow, SERVICE).name, session.get(PhoneRow, an_id("phone", 1))) == ("Other name", None)


def test_an_edit_on_top_stands_in_the_way_and_is_named(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(*rich())
    with storage.writing() as session:
        session.get_one(ServiceRow, SERVICE).name = "The bench"
        record_change(
            session, entity="service", entity_id=SERVICE, action="changed", by=BY, at=AT, field="name", before="Repair bench 1", after="The bench",
            act=uuid4(),
        )
    before = everything(storage)
    with pytest.raises(LaterChanges) as caught:
        undo(storage, sealer, at=AT)
    assert "The bench" in str(caught.value)
    assert everything(storage) == before


def test_what_somebody_hung_on_it_stands_in_the_way(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(*rich())
    with storage.writing() as session:
        session.add(Confirmation(service_id=SERVICE, at=AT, by=BY, how="call"))
    with pytest.raises(LaterChanges):
        undo(storage, sealer, at=AT)


def test_nothing_is_undone_twice_and_the_list_says_so(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(*rich())
    undo(storage, sealer, at=AT)
    with pytest.raises(Stale):
        undo(storage, sealer, at=AT)
    with storage.reading() as session:
        (run,) = list_runs(session)
        assert (run.report["added"], run.undone_at) == (3, LATER)


def test_a_source_on_a_schedule_is_paused(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(*rich())
    with storage.writing() as session:
        session.scalars(select(Source)).one().fetch_every_hours = 24
    undo(storage, sealer, at=AT)
    with storage.reading() as session:
        source = session.scalars(select(Source)).one()
        assert (source.fetch_every_hours, source.fetch_result) == (None, PAUSED)


def test_an_import_that_changed_nothing_is_no_run(storage: Storage, bring: Bring) -> None:
    bring(*rich())
    bring(*rich(), at=LATER)
    with storage.reading() as session:
        assert len(list_runs(session)) == 1
        assert len(session.scalars(select(Provenance)).all()) == 3


def test_a_phone_that_was_added_by_the_import_that_is_undone_goes(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(a_record(key="1"))
    bring(a_record(a_service(phones=[Phone(id=an_id("phone", 1), number="0161 496 0000"), Phone(id=an_id("phone", 9), number="9")]), key="1"), at=LATER)
    undo(storage, sealer)
    with storage.reading() as session:
        assert [row.id for row in session.scalars(select(PhoneRow))] == [an_id("phone", 1)]


def without_modified(storage: Storage) -> Any:
    """Every row but those of the log and the ledger; when a service was last modified moves with every act."""
    with storage.writing() as session:
        for service in session.scalars(select(ServiceRow)):
            service.last_modified = AT
    return everything(storage, without=KEPT)


def test_an_import_taken_back_from_the_history_of_a_listing_is_taken_back_whole_and_comes_in_anew(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    before = everything(storage, without=KEPT)
    bring(*rich())
    with storage.writing() as session:
        act = session.scalars(select(ImportRun.act)).one()
        assert [one.is_import for one in history_of(session, SERVICE, ANYONE).acts] == [True]
        undone = undo_for_listing(session, SERVICE, f"act:{act}", by=BY, at=LATER, why="the wrong file", sealer=sealer)
        assert [run.undone_at for run in list_runs(session)] == [LATER]
    assert (everything(storage, without=KEPT), everything(storage)["provenance"]) == (before, [])
    for name, wanted in ((ALREADY, act), (IMPORT_AGAIN, undone)):
        with storage.writing() as session, pytest.raises(LaterChanges, match=re.escape(name)):
            undo_for_listing(session, SERVICE, f"act:{wanted}", by=BY, at=LATER, why="after all", sealer=sealer)
    assert bring(*rich(), at=LATER + timedelta(days=1)).added == 3


def test_one_line_of_an_import_is_taken_back_by_itself_and_kept_as_a_local_edit(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(*rich())
    other = [a_record(a_service(1, name="Other name"), key="1"), *rich()[1:]]
    bring(*other, at=LATER)
    with storage.writing() as session:
        line = session.scalars(select(Change.seq).where(Change.entity_id == SERVICE, Change.field == "name")).one()
        undo_for_listing(session, SERVICE, f"line:{line}", by=BY, at=LATER, why="not so", sealer=sealer)
    bring(*other, at=LATER + timedelta(days=1))
    with storage.reading() as session:
        assert session.get_one(ServiceRow, SERVICE).name == "Repair bench 1"
        assert all(run.undone_at is None for run in list_runs(session))


def ready_for_first(storage: Storage, sealer: Sealer) -> Ready | None:
    with storage.reading() as session:
        return ready_import(session, session.scalars(select(ImportRun).where(ImportRun.at == AT)).one(), by=BY, at=LATER, why="the wrong file", sealer=sealer)


def undo_ready(storage: Storage, ready: Ready | None, sealer: Sealer) -> None:
    with storage.writing() as session:
        run = session.scalars(select(ImportRun).where(ImportRun.at == AT)).one()
        undo_import(session, run, by=BY, at=LATER, why="the wrong file", sealer=sealer, ready=ready)


def test_an_undoing_worked_out_beside_the_writers_leaves_every_row_as_it_was_before(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    before = everything(storage, without=KEPT)
    bring(*rich())
    undo_ready(storage, ready_for_first(storage, sealer), sealer)
    assert (everything(storage, without=KEPT), everything(storage)["provenance"]) == (before, [])


def test_what_is_edited_after_an_undoing_was_worked_out_stands_in_its_way(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(*rich())
    ready = ready_for_first(storage, sealer)
    with storage.writing() as session:
        session.get_one(ServiceRow, SERVICE).name = "The bench"
        said = {"field": "name", "before": "Repair bench 1", "after": "The bench"}
        record_change(session, entity="service", entity_id=SERVICE, action="changed", by=BY, at=AT, act=uuid4(), **said)   # type: ignore[arg-type]
    with pytest.raises(LaterChanges, match="The bench"):
        undo_ready(storage, ready, sealer)


def test_what_is_hung_on_a_listing_after_an_undoing_was_worked_out_stands_in_its_way_without_a_line_of_the_log(
    storage: Storage, bring: Bring, sealer: Sealer,
) -> None:
    bring(*rich())
    ready = ready_for_first(storage, sealer)
    with storage.writing() as session:
        session.add(Call(service_id=SERVICE, opened_at=AT, next_at=AT, why="closed?"))
    before = everything(storage)
    with pytest.raises(LaterChanges, match="calls"):
        undo_ready(storage, ready, sealer)
    assert everything(storage) == before


def test_somebody_else_may_write_while_an_undoing_is_worked_out_and_it_takes_that_into_account(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(*rich())
    other = Organization(id=uuid4(), name="Hill club")
    with storage.reading() as session:
        run = session.scalars(select(ImportRun)).one()
        ready = ready_import(session, run, by=BY, at=LATER, why="the wrong file", sealer=sealer)
        with storage.writing() as elsewhere:
            elsewhere.add(other)
            record_change(elsewhere, entity="organization", entity_id=other.id, action="added", by=BY, at=AT, act=uuid4())
    undo_ready(storage, ready, sealer)
    with storage.reading() as session:
        assert (session.get(ServiceRow, SERVICE), session.scalars(select(Organization.name)).all()) == (None, ["Hill club"])


REFUGE = "A safe house for women leaving domestic violence."


def visibility(storage: Storage) -> list[str]:
    with storage.reading() as session:
        return list(session.scalars(select(Location.visibility).where(Location.id == an_id("location", 1))))


def test_a_place_that_an_import_hid_stays_hidden_when_it_is_undone_and_is_named_to_curators(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(a_record(key="1"))
    bring(a_record(a_service(1, name="Other name", description=REFUGE), key="1"), at=LATER)
    undo(storage, sealer)
    with storage.reading() as session:
        service = session.get_one(ServiceRow, SERVICE)
        (run,) = [run for run in list_runs(session) if run.undone_at]
        assert (service.name, service.description != REFUGE, visibility(storage)) == ("Repair bench 1", True, ["area_only"])
        assert [(one.service_id, one.listing) for one in still_hidden(session, [run.act])[run.act]] == [(SERVICE, "Repair bench 1")]


def test_an_import_that_did_nothing_but_hide_is_undone_without_a_line(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(a_record(key="1"))
    hidden = a_record(a_service(1, location=a_location(1, visibility="area_only")), key="1")
    bring(hidden, at=LATER)
    before = everything(storage, without=("import_run", "provenance", "source"))
    undo(storage, sealer)
    assert everything(storage, without=("import_run", "provenance", "source")) == before


def test_the_first_import_is_undone_too_after_a_second_hid_its_place(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    before = everything(storage, without=KEPT)
    bring(a_record(key="1"))
    bring(a_record(a_service(1, description=REFUGE), key="1"), at=LATER)
    undo(storage, sealer)
    undo(storage, sealer, at=AT)
    assert everything(storage, without=KEPT) == before


def test_a_confirmation_alone_is_nothing_that_stands_in_the_way_and_goes_along(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    before = everything(storage, without=KEPT)
    bring(*rich())
    confirm_it(storage)
    undo(storage, sealer, at=AT)
    assert everything(storage, without=(*KEPT, "reminder")) == {name: rows for name, rows in before.items() if name != "reminder"}
    with storage.reading() as session:
        gone = session.scalars(select(Change).where(Change.entity == "confirmation", Change.action == "removed")).all()
        assert len(gone) == 1


def test_what_was_confirmed_comes_back_with_its_confirmation_when_the_undoing_is_undone(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(*rich())
    confirm_it(storage)
    before = without_modified(storage)
    with storage.writing() as session:
        undone = undo_act(session, session.scalars(select(ImportRun.act)).one(), by=BY, at=LATER, why="the wrong file", sealer=sealer)
        undo_act(session, undone, by=BY, at=LATER, why="after all", sealer=sealer)
        session.execute(delete(Reminder))
    assert without_modified(storage) == {**before, "reminder": []}


def test_undoing_a_later_import_leaves_the_date_of_a_confirmation_since(storage: Storage, bring: Bring, sealer: Sealer) -> None:
    bring(*rich())
    bring(a_record(a_service(1, name="Other name", assured_date=AT.date() - timedelta(days=9)), key="1"), *rich()[1:], at=LATER)
    confirm_it(storage)
    undo(storage, sealer)
    with storage.reading() as session:
        service = session.get_one(ServiceRow, SERVICE)
        assert (service.name, service.assured_date, service.assured_by) == ("Repair bench 1", LATER.date(), "organization")


def confirm_it(storage: Storage) -> None:
    with storage.writing() as session:
        confirm(session, session.get_one(ServiceRow, SERVICE), by=BY, at=LATER, how="organization")
