"""An import takes what it can, says what it could not, changes nothing twice, and adds up."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from sqlalchemy import func, select

from directory.errors import UnreadableInput
from directory.exchange.intake.ready import Doubt
from directory.exchange.records import (
    Attribute,
    Organization,
    Phone,
    Refusal,
    Schedule,
    Service,
    ServiceAtLocation,
    SourceRecord,
    Taxonomy,
    TaxonomyTerm,
)
from directory.exchange.report import ImportReport
from directory.imports import import_records
from directory.models import Attribute as AttributeRow
from directory.models import Change, ImportRun, Location, Provenance, Source
from directory.models import Organization as OrganizationRow
from directory.models import Phone as PhoneRow
from directory.models import Service as ServiceRow
from directory.models import ServiceAtLocation as SalRow
from directory.sealing import Sealer
from directory.storage import Storage
from directory.vocabularies import load_terms, term_id
from matching.values import Term
from tests.directory.conftest import Bring, empty, everything
from tests.directory.exchange.make import AT, LATER, SOURCE, a_location, a_record, a_service, an_id


def rows(storage: Storage, model: Any) -> list[Any]:
    with storage.reading() as session:
        return list(session.scalars(select(model)))


def log(storage: Storage, action: str) -> list[Change]:
    with storage.reading() as session:
        return list(session.scalars(select(Change).where(Change.action == action).order_by(Change.seq)))


# --- what comes in ----------------------------------------------------------------------------------------------------------------


def test_a_record_becomes_rows_each_a_line_of_the_log_and_all_one_act(storage: Storage, bring: Bring) -> None:
    assert bring(a_record()).added == 1
    (service,) = rows(storage, ServiceRow)
    assert (service.name, service.added_on, service.last_modified) == ("Repair bench 1", AT.date(), AT)
    assert rows(storage, PhoneRow)[0].service_id == service.id
    lines = log(storage, "added")
    made = {(table, UUID(key)) for record in rows(storage, Provenance) for table, key, *_ in record.rows}
    assert {(line.entity, line.entity_id) for line in lines} == made
    assert len(lines) == len(made) == 8
    assert {line.act for line in lines} == {run.act for run in rows(storage, ImportRun)}


def test_the_source_keeps_its_licence_and_credit(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    bring(a_record(), source=structs.replace(SOURCE, credit="Elm Row Neighbours"), at=LATER)
    (source,) = rows(storage, Source)
    assert (source.code, source.licence, source.credit) == ("elm", "CC0", "Elm Row Neighbours")


def test_one_phone_under_two_parents_is_one_row_with_both_keys(storage: Storage, bring: Bring) -> None:
    phone = Phone(id=an_id("phone", "shared"), number="0161 496 0111")
    bring(a_record(a_service(phones=[phone], location=a_location(phones=[phone]))))
    (row,) = rows(storage, PhoneRow)
    assert (row.service_id, row.location_id) == (an_id("service", 1), an_id("location", 1))


def test_a_link_to_a_record_later_in_the_file_holds(storage: Storage, bring: Bring) -> None:
    shed = Organization(id=an_id("organization", "later"), name="The Later Shed")
    report = bring(a_record(a_service(organization=None, organization_id=shed.id)), a_record(shed, line=2))
    assert report.added == 2
    assert rows(storage, ServiceRow)[0].organization_id == shed.id


def test_what_a_record_says_of_itself_wins_over_what_others_say_in_passing(storage: Storage, bring: Bring) -> None:
    passing = Organization(id=an_id("organization", "shed"), name="Long Shed", website="https://shed.example")
    itself = Organization(id=passing.id, name="The Long Shed Collective", description="We mend.")
    bring(a_record(a_service(organization=passing)), a_record(itself, line=2))
    (row,) = rows(storage, OrganizationRow)
    assert (row.name, row.description, row.website) == ("The Long Shed Collective", "We mend.", "https://shed.example")
    bring(a_record(a_service(organization=passing, name="Another name")), at=LATER)
    assert rows(storage, OrganizationRow)[0].name == "The Long Shed Collective"


# --- again ------------------------------------------------------------------------------------------------------------------------


def test_the_same_records_again_change_nothing(storage: Storage, bring: Bring) -> None:
    records = [a_record(a_service(key), line=key, leftover={"shelf": key}) for key in (1, 2)]
    bring(*records)
    before = everything(storage, without=("provenance",))
    report = bring(*records, at=LATER)
    assert (report.added, report.changed, report.unchanged) == (0, 0, 2)
    assert everything(storage, without=("provenance",)) == before
    assert {row.last_seen for row in rows(storage, Provenance)} == {LATER}


def test_a_changed_field_is_one_line_of_the_log(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    assert bring(a_record(a_service(name="Mending bench")), at=LATER).changed == 1
    (change,) = log(storage, "changed")
    assert (change.entity, change.field, change.before, change.after) == ("service", "name", "Repair bench 1", "Mending bench")
    assert rows(storage, ServiceRow)[0].last_modified == LATER


def test_a_field_that_is_no_longer_stated_is_cleared(storage: Storage, bring: Bring) -> None:
    bring(a_record(a_service(fees_description="Two pounds")))
    bring(a_record(a_service()), at=LATER)
    assert rows(storage, ServiceRow)[0].fees_description is None


def test_an_assurance_given_here_survives_a_record_that_states_none(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    with storage.writing() as session:
        service = session.scalars(select(ServiceRow)).one()
        service.assured_date, service.assured_by = LATER.date(), "organization"
    bring(a_record(a_service(name="Mending bench")), at=LATER)
    (row,) = rows(storage, ServiceRow)
    assert (row.assured_date, row.assured_by) == (LATER.date(), "organization")


def test_a_row_that_vanished_from_its_record_goes_and_the_log_keeps_it(storage: Storage, bring: Bring) -> None:
    bring(a_record())
    bring(a_record(a_service(phones=[])), at=LATER)
    assert rows(storage, PhoneRow) == []
    assert "0161 496 0000" in str(log(storage, "removed")[0].before)


def test_a_row_that_another_record_still_makes_stays_without_the_first_ones_key(storage: Storage, bring: Bring) -> None:
    phone = Phone(id=an_id("phone", "shared"), number="0161 496 0111")
    other = Organization(id=an_id("organization", "other"), name="Other", phones=[phone])
    bring(a_record(a_service(phones=[phone])), a_record(other, line=2))
    bring(a_record(a_service(phones=[])), a_record(other, line=2), at=LATER)
    (row,) = rows(storage, PhoneRow)
    assert (row.service_id, row.organization_id) == (None, other.id)


def test_a_row_that_another_record_points_at_stays_when_its_maker_drops_it(storage: Storage, bring: Bring) -> None:
    other = a_service(2, service_at_locations=[ServiceAtLocation(id=an_id("service_at_location", 2), location_id=an_id("location", 1))])
    bring(a_record(), a_record(other, line=2))
    bring(a_record(a_service(service_at_locations=[])), a_record(other, line=2), at=LATER)
    with storage.reading() as session:
        assert session.scalars(select(Location.id)).all() == [an_id("location", 1)]
        assert session.scalars(select(SalRow.id)).all() == [an_id("service_at_location", 2)]


def test_a_row_that_was_only_named_is_never_removed(storage: Storage, bring: Bring) -> None:
    with storage.writing() as session:
        session.add(OrganizationRow(id=an_id("organization", "by hand"), name="Written by a curator"))
    bring(a_record(a_service(organization=None, organization_id=an_id("organization", "by hand"))))
    bring(a_record(a_service(organization=None)), at=LATER)
    assert [row.name for row in rows(storage, OrganizationRow)] == ["Written by a curator"]


def test_a_changed_leftover_counts_as_a_change(storage: Storage, bring: Bring) -> None:
    bring(a_record(leftover={"shelf": 1}))
    assert bring(a_record(leftover={"shelf": 2}), at=LATER).changed == 1
    assert rows(storage, Provenance)[0].leftover == {"shelf": 2}


def test_two_sources_may_use_the_same_key(bring: Bring) -> None:
    bring(a_record(a_service(1), key="7"))
    assert bring(a_record(a_service(2), key="7"), source=structs.replace(SOURCE, code="oak")).added == 1


# --- what cannot be taken ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("content", "name"), [
    (a_service(status="open"), "service.status"),
    (a_service(name=" "), "service.name"),
    (a_service(name="n" * 601), "service.name"),
    (a_service(description="a\0b"), "service.description"),
    (a_service(description="half \ud800"), "service.description"),
    (a_service(minimum_age=float("inf")), "service.minimum_age"),
    (a_service(schedules=[Schedule(id=an_id("schedule", 9), count=2**40)]), "schedule.count"),
    (a_service(location=a_location(location_type="moon")), "location.location_type"),
    (a_service(organization=None, organization_id=an_id("organization", "nowhere")), "service.organization_id"),
    (ServiceAtLocation(id=an_id("service_at_location", 9), location=a_location()), "service_at_location.service_id"),
])
def test_a_record_that_cannot_be_stored_is_refused_by_field_and_the_rest_goes_on(storage: Storage, bring: Bring, content: Any, name: str) -> None:
    report = bring(a_record(content, key="bad", line=7), a_record(a_service("good"), key="good", line=8))
    assert (report.added, report.refused) == (1, 1)
    assert (report.refusals[0].line, report.refusals[0].field) == (7, name)
    assert [row.name for row in rows(storage, ServiceRow)] == ["Repair bench good"]
    assert report.to_json()


@pytest.mark.parametrize(("fields", "name"), [
    ({"key": "k" * 601}, "key"), ({"key": "a\0b"}, "key"), ({"key": "\ud800"}, "key"),
    ({"leftover": {"note": "half \ud800"}}, "leftover"),
])
def test_what_no_database_could_note_of_a_record_is_refused(bring: Bring, fields: dict[str, Any], name: str) -> None:
    assert [refusal.field for refusal in bring(a_record(**fields)).refusals] == [name]


def test_a_record_that_names_a_refused_one_is_refused_too(bring: Bring) -> None:
    bad = Organization(id=an_id("organization", "bad"), name="")
    report = bring(a_record(bad), a_record(a_service(organization=None, organization_id=bad.id), line=2))
    assert report.refused == 2


def test_a_key_that_stands_twice_counts_unchanged_when_equal_and_refused_when_not(bring: Bring) -> None:
    report = bring(a_record(key="k"), a_record(key="k", line=2), a_record(a_service(name="Other"), key="k", line=3))
    assert (report.added, report.unchanged, report.refused) == (1, 1, 1)
    assert report.refusals[0].line == 3


def test_two_records_under_two_keys_may_say_the_same_of_one_thing(storage: Storage, bring: Bring) -> None:
    twice = (a_record(key="k"), a_record(key="l", line=2))
    assert (bring(*twice).added, bring(*twice).unchanged) == (2, 2)
    assert len(rows(storage, ServiceRow)) == 1


def test_two_records_under_two_keys_that_differ_on_one_thing_are_one_too_many_each_time(bring: Bring) -> None:
    differing = (a_record(key="k"), a_record(a_service(name="Other"), key="l", line=2))
    assert [refusal.line for refusal in bring(*differing).refusals] == [2]
    assert [refusal.line for refusal in bring(*differing).refusals] == [2]


def test_a_place_under_an_organization_and_one_under_a_service_come_in_together(bring: Bring) -> None:
    organization = Organization(id=an_id("organization", "two"), name="Two places", locations=[a_location(7)])
    assert bring(a_record(organization, key="o"), a_record(key="s", line=2)).refused == 0


def test_a_broken_stream_changes_nothing(storage: Storage, sealer: Sealer) -> None:
    def stream() -> Iterator[SourceRecord | Refusal]:
        yield a_record()
        raise UnreadableInput("the file ends in the middle of a record", file="elm.csv", line=2)

    before = everything(storage)
    with pytest.raises(UnreadableInput, match="line 2"):
        import_records(storage, SOURCE, stream(), by="test", at=AT, sealer=sealer)
    assert everything(storage) == before


def test_a_trial_reports_the_same_and_keeps_nothing(storage: Storage, bring: Bring) -> None:
    before = everything(storage)
    trial = bring(a_record(), dry_run=True)
    assert everything(storage) == before
    assert structs.replace(trial, dry_run=False) == bring(a_record())


def test_two_imports_of_one_feed_at_once_bring_it_in_once(storage: Storage, sealer: Sealer) -> None:
    reports: list[ImportReport] = []

    def bring_all() -> None:
        records = [a_record(a_service(key), line=key) for key in range(1, 20)]
        reports.append(import_records(storage, SOURCE, records, by="test", at=AT, sealer=sealer))

    threads = [threading.Thread(target=bring_all) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted((report.added, report.unchanged) for report in reports) == [(0, 19), (0, 19), (19, 0)]


def test_progress_is_told_with_the_total(bring: Bring) -> None:
    told: list[tuple[int, int | None]] = []
    bring(a_record(), a_record(a_service(2), line=2), progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (2, 2)


# --- points and terms -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("point", [(91.0, 0.5), (53.0, 181.0), (0.0, 0.0), (53.0, None), (None, -2.0)])
def test_an_impossible_point_is_set_aside_and_kept_as_left_over(storage: Storage, bring: Bring, point: tuple[float | None, float | None]) -> None:
    report = bring(a_record(a_service(location=a_location(latitude=point[0], longitude=point[1]))))
    (row,) = rows(storage, Location)
    assert (row.latitude, row.longitude, report.added, len(report.repairs)) == (None, None, 1, 1)
    said = {name: value for name, value in zip(("latitude", "longitude"), point, strict=True) if value is not None}
    assert rows(storage, Provenance)[0].leftover == {f"location/{row.id}": said}


@pytest.mark.parametrize("usable", [True, False])
def test_a_doubted_point_stays_when_it_may_be_used(storage: Storage, bring: Bring, usable: bool) -> None:
    report = bring(a_record(), check=lambda place: Doubt("30 km from its postcode", usable=usable))
    assert report.repairs[0].reason == "30 km from its postcode"
    assert (rows(storage, Location)[0].latitude is not None) is usable


def test_a_term_nobody_knows_is_a_repair_and_comes_in_once_it_is_known(storage: Storage, bring: Bring) -> None:
    wish = Attribute(taxonomy="strengths", code="mending", link_type="builds_on")
    assert [repair.value for repair in bring(a_record(a_service(attributes=[wish]))).repairs] == ["strengths/mending"]
    with storage.writing() as session:
        term = Term(taxonomy="strengths", code="mending", label="Mending")
        load_terms(session, taxonomy="strengths", name="Strengths", description="", version="1", terms=[term], by="seeds", at=AT)
    assert bring(a_record(a_service(attributes=[wish])), at=LATER).changed == 1
    (row,) = rows(storage, AttributeRow)
    assert (row.link_entity, row.link_id, row.taxonomy_term_id) == ("service", an_id("service", 1), term_id("strengths", "mending"))
    assert bring(a_record(a_service(attributes=[wish])), at=LATER).unchanged == 1


def test_an_import_never_edits_our_own_terms(storage: Storage, bring: Bring) -> None:
    with storage.writing() as session:
        term = Term(taxonomy="strengths", code="mending", label="Mending")
        load_terms(session, taxonomy="strengths", name="Strengths", description="", version="1", terms=[term], by="seeds", at=AT)
    forged = TaxonomyTerm(
        id=term_id("strengths", "mending"), name="Breaking", taxonomy_detail=Taxonomy(id=an_id("taxonomy", "x"), name="X"),
    )
    bring(a_record(a_service(attributes=[Attribute(taxonomy_term=forged)])), a_record(forged, line=2))
    with storage.reading() as session:
        assert [row.name for row in session.scalars(select(term_model()))] == ["Mending"]
        assert session.scalar(select(func.count()).select_from(AttributeRow)) == 1


def term_model() -> Any:
    from directory.models import TaxonomyTerm as TermRow

    return TermRow


# --- whatever comes ---------------------------------------------------------------------------------------------------------------

SERVICES = st.builds(
    lambda key, name, status, organization, phones: Service(
        id=an_id("service", key), name=name, status=status,
        organization=Organization(id=an_id("organization", organization), name=f"Shed {organization}") if organization else None,
        organization_id=an_id("organization", "nowhere") if organization == 0 else None,
        phones=[Phone(id=an_id("phone", phone), number=str(phone)) for phone in phones],
    ),
    key=st.integers(1, 4), name=st.sampled_from(["Bench", "Choir", ""]), status=st.sampled_from(["active", "inactive", "odd"]),
    organization=st.sampled_from([None, 0, 1, 2]), phones=st.lists(st.integers(1, 3), max_size=2, unique=True),
)
RECORDS = st.lists(
    st.one_of(
        st.builds(lambda content, key: a_record(content, key=str(key)), SERVICES, st.integers(1, 6)),
        st.just(Refusal(file="elm.csv", line=3, field="name", value="", reason="it is required and missing")),
    ),
    max_size=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=RECORDS, second=RECORDS)
def test_whatever_comes_the_report_adds_up_and_a_repetition_changes_nothing(
    storage: Storage, bring: Bring, first: list[SourceRecord | Refusal], second: list[SourceRecord | Refusal]
) -> None:
    empty(storage)
    bring(*first)
    bring(*second, at=LATER)
    before = everything(storage, without=("provenance",))
    again = bring(*second, at=LATER)
    assert (again.added, again.changed) == (0, 0)
    assert everything(storage, without=("provenance",)) == before
