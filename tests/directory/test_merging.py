"""Merging: nothing that either record said is lost unless a curator chose so, what refers to the other goes on, and old ids lead on."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Uuid, select
from sqlalchemy.orm import Session

from directory.accounts.actors import actor_of
from directory.editing import drafts
from directory.errors import Invalid, NotFound
from directory.exchange import records
from directory.history.undoing import undo_act
from directory.merging import differing, lead_on, merge
from directory.models import (
    Account,
    Attribute,
    Base,
    Change,
    Claim,
    Conflict,
    Draft,
    Language,
    Location,
    Organization,
    PeerOffer,
    Phone,
    Redirect,
    Report,
    Role,
    Schedule,
    SelfReview,
    Service,
    ServiceAtLocation,
    Source,
    TeamStrength,
)
from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import ORGANIZATIONS, make_town
from tests.make import NOON, make_address, make_attribute, make_hours, make_language, make_phone, make_place, make_service

BY = "account:cora"


def pair(session: Session) -> tuple[UUID, UUID]:
    """The same lunch twice, as two sources tell of it."""
    kept = make_service(session, "Community lunch", description="Eat together.", fees_description=None, assured_date=date(2026, 9, 1))
    other = make_service(session, "Community Lunch (noon)", description="Lunch at noon.", fees_description="Free", url="https://lunch.example")
    make_phone(session, kept, "(920) 555-0142")
    make_phone(session, other, "920-555-0142")
    make_phone(session, other, "920-555-0199")
    make_language(session, kept, "es")
    make_language(session, other, "es")
    make_language(session, other, "hmn")
    make_attribute(session, kept, "supports", "food")
    make_attribute(session, other, "supports", "food")
    make_attribute(session, other, "supports", "company")
    make_hours(session, kept, "MO", "11:30", "13:30")
    make_hours(session, other, "MO,TU", "12:00", "13:00")
    for service, name, point in ((kept, "Hall", (44.2619, -88.4154)), (other, "River Hall", (44.2620, -88.4154))):
        make_address(session, make_place(session, service, name, point=point), "12 River Street", "Appleton", "WI", "54911")
    return kept.id, other.id


def test_the_kept_record_speaks_first_and_the_other_fills_what_it_leaves_open(storage: Storage) -> None:
    with storage.writing() as session:
        kept, other = pair(session)
        assert [field.name for field in differing(session, "service", kept, other)] == ["name", "description"]
        merge(session, "service", kept, other, take_other=["description"], by=BY, at=NOON)
        now = session.get_one(Service, kept)
        assert (now.name, now.description, now.fees_description, now.url) == ("Community lunch", "Lunch at noon.", "Free", "https://lunch.example")
        assert now.assured_date == date(2026, 9, 1), "merging confirms nothing"
        assert session.get(Service, other) is None


def test_what_hangs_on_both_is_there_once(storage: Storage) -> None:
    with storage.writing() as session:
        kept, other = pair(session)
        merge(session, "service", kept, other, by=BY, at=NOON)
        assert sorted(session.scalars(select(Phone.number).where(Phone.service_id == kept))) == ["(920) 555-0142", "920-555-0199"]
        assert sorted(session.scalars(select(Language.code).where(Language.service_id == kept))) == ["es", "hmn"]
        assert len(session.scalars(select(Attribute).where(Attribute.link_id == kept)).all()) == 2
        assert session.scalars(select(Attribute).where(Attribute.link_id == other)).all() == []


def test_one_side_s_hours_are_taken_whole(storage: Storage) -> None:
    for take, days in (((), ["MO"]), (("schedule",), ["MO,TU"])):
        with storage.writing() as session:
            kept, other = pair(session)
            merge(session, "service", kept, other, take_other=take, by=BY, at=NOON)
            assert session.scalars(select(Schedule.byday).where(Schedule.service_id == kept)).all() == days
            session.rollback()


def test_the_same_place_is_one_place_and_its_old_listing_leads_on(storage: Storage) -> None:
    with storage.writing() as session:
        kept, other = pair(session)
        (mine,), (theirs,) = (session.scalars(select(ServiceAtLocation).where(ServiceAtLocation.service_id == one)).all() for one in (kept, other))
        gone = theirs.id, theirs.location_id
        merge(session, "service", kept, other, by=BY, at=NOON)
        assert session.scalars(select(ServiceAtLocation.id)).all() == [mine.id]
        assert session.scalars(select(Location.id)).all() == [mine.location_id]
        assert [lead_on(session, key) for key in (other, *gone, kept)] == [kept, mine.id, mine.location_id, None]


@pytest.mark.parametrize("visibility", ["area_only", "hidden"])
def test_a_place_that_is_not_public_is_never_taken_for_another(storage: Storage, visibility: str) -> None:
    with storage.writing() as session:
        kept, other = pair(session)
        place = session.scalars(select(Location).where(Location.name == "River Hall")).one()
        place.latitude = place.longitude = None
        place.visibility = visibility
        merge(session, "service", kept, other, by=BY, at=NOON)
        assert len(session.scalars(select(ServiceAtLocation.id).where(ServiceAtLocation.service_id == kept)).all()) == 2
        assert session.get_one(Location, place.id).visibility == visibility


def test_work_on_the_other_goes_on_about_the_kept_one(storage: Storage, sealer: Sealer) -> None:
    town = make_town(storage, at=NOON, sealer=sealer)
    kitchen, library = ORGANIZATIONS["kitchen"], ORGANIZATIONS["library"]
    with storage.writing() as session:
        service = session.scalars(select(Service).where(Service.organization_id == library)).one()
        session.add(Report(id=uuid4(), service_id=service.id, about="hours", made_at=NOON))
        session.add(Claim(id=uuid4(), organization_id=library, account_id=town.accounts["stella"], via="request", opened_at=NOON))
        merge(session, "organization", kitchen, library, by=BY, at=NOON)
        assert {row.organization_id for row in session.scalars(select(Service))} == {kitchen}
        assert session.scalars(select(Claim.organization_id)).all() == [kitchen]
        roles = session.execute(select(Role.account_id, Role.role).where(Role.organization_id == kitchen)).all()
        assert set(roles) == {(town.accounts["ana"], "owner"), (town.accounts["ben"], "editor"), (town.accounts["emil"], "owner")}
        assert session.get(Organization, library) is None


def test_a_merge_is_one_act_in_the_log_with_who_and_why(storage: Storage) -> None:
    with storage.writing() as session:
        kept, other = pair(session)
        done = merge(session, "service", kept, other, by=BY, at=NOON, why="the same hall")
        lines = session.scalars(select(Change).where(Change.act == done.act)).all()
        assert {(line.by, line.at, line.why) for line in lines} == {(BY, NOON, "the same hall")}
        assert ("service", other, "removed") in {(line.entity, line.entity_id, line.action) for line in lines}
        assert session.scalars(select(Change).where(Change.act.is_(None), Change.by == BY)).all() == []


def test_a_merge_taken_back_leaves_every_row_as_it_was(storage: Storage, sealer: Sealer) -> None:
    with storage.writing() as session:
        kept, other = pair(session)
        session.add(Report(id=uuid4(), service_id=other, about="hours", made_at=NOON))
        session.flush()
        before = everything(session)
        done = merge(session, "service", kept, other, take_other=["description", "schedule"], by=BY, at=NOON)
        assert everything(session) != before
        back = undo_act(session, done.act, by=BY, at=NOON, why="two lunches", sealer=sealer)
        assert everything(session) == before
        assert lead_on(session, other) is None
        undo_act(session, back, by=BY, at=NOON, why="one after all", sealer=sealer)
        assert lead_on(session, other) == kept


def test_everything_that_refers_to_an_organization_goes_on_and_comes_back(storage: Storage, sealer: Sealer) -> None:
    town = make_town(storage, at=NOON, sealer=sealer)
    kitchen, library, emil = ORGANIZATIONS["kitchen"], ORGANIZATIONS["library"], town.accounts["emil"]
    with storage.writing() as session:
        session.add_all(_twice(session, emil, kitchen, library))
        session.flush()
        before, other_parts = everything(session), _named(session, library)
        done = merge(session, "organization", kitchen, library, by=BY, at=NOON)
        assert len(other_parts) >= 5
        assert _named(session, library) == {"change", "redirect"}
        assert session.scalars(select(Conflict.state)).all() == ["ours"]
        counts = [len(session.scalars(select(table.organization_id).where(table.organization_id == kitchen)).all()) for table in (PeerOffer, SelfReview, Claim)]
        assert counts == [2, 2, 2], "what people said is never made one"
        assert len(session.scalars(select(TeamStrength).where(TeamStrength.organization_id == kitchen)).all()) == 2
        undo_act(session, done.act, by=BY, at=NOON, why="two houses", sealer=sealer)
        after = everything(session)
        assert all("cooking" not in f"{line.before}{line.after}" for line in session.scalars(select(Change))), "what colleagues show each other is in no log"
        shown = [{row["facet"] for row in rows["team_strength"] if row["organization_id"] == library} for rows in (before, after)]
        assert shown == [{"cooking", "listening"}, {"listening"}], "the second of two equal strengths can be shown again"
        assert after | {"team_strength": []} == before | {"team_strength": []}


def _twice(session: Session, account: UUID, kept: UUID, other: UUID) -> list[Base]:
    """What may be there of both: the same role, strength, offer and claim."""
    rows: list[Base] = [Role(id=uuid4(), account_id=account, role="owner", organization_id=kept, granted_at=NOON, granted_by=BY)]
    for organization in (kept, other):
        rows.append(TeamStrength(id=uuid4(), account_id=account, organization_id=organization, facet="cooking"))
        rows.append(PeerOffer(id=uuid4(), account_id=account, organization_id=organization, words="A walk", how="by phone", made_at=NOON))
        rows.append(SelfReview(id=uuid4(), organization_id=organization, account_id=account, made_at=NOON, answers="sealed"))
        rows.append(Claim(id=uuid4(), organization_id=organization, account_id=account, via="request", opened_at=NOON))
    rows.append(TeamStrength(id=uuid4(), account_id=account, organization_id=other, facet="listening"))
    rows.append(Organization(id=uuid4(), name="Branch library", description="A room of the library.", parent_organization_id=other))
    source = Source(id=uuid4(), code="elm", name="Elm Row directory", kind="table")
    session.add(source)
    session.flush()
    rows.append(Conflict(id=uuid4(), source_id=source.id, entity="organization", entity_id=other, field="name", theirs="Hill", state="open", opened_at=NOON))
    return rows


def _named(session: Session, key: UUID) -> set[str]:
    """The tables in which an id stands in any column but one of a row that tells only what was."""
    found = set()
    for table in Base.metadata.sorted_tables:
        columns = [column for column in table.columns if column.name.endswith("_id") and isinstance(column.type, Uuid)]
        rows = session.execute(select(*columns)).all() if columns else []
        found |= {table.name for row in rows if key in row and table.name != "conflict"}
    return found


def test_conflicts_of_the_other_s_rows_are_about_the_kept_one_and_those_of_its_own_fields_are_decided(storage: Storage, sealer: Sealer) -> None:
    with storage.writing() as session:
        kept, other = pair(session)
        phone = session.scalars(select(Phone.id).where(Phone.number == "920-555-0199")).one()
        source = Source(id=uuid4(), code="elm", name="Elm Row directory", kind="table")
        session.add(source)
        session.flush()
        noted = {"source_id": source.id, "theirs": "x", "state": "open", "opened_at": NOON}
        for entity, key, about in (("service", kept, kept), ("service", other, other), ("phone", phone, other)):
            session.add(Conflict(id=uuid4(), entity=entity, entity_id=key, field="description", service_id=about, **noted))
        session.flush()
        before = everything(session)
        done = merge(session, "service", kept, other, by=BY, at=NOON)
        rows = session.execute(select(Conflict.entity_id, Conflict.service_id, Conflict.state)).all()
        assert {tuple(row) for row in rows} == {(kept, kept, "open"), (other, kept, "ours"), (phone, kept, "open")}
        undo_act(session, done.act, by=BY, at=NOON, why="two lunches", sealer=sealer)
        assert everything(session) == before


def test_a_draft_of_the_other_goes_on_as_one_of_the_kept_listing(storage: Storage, sealer: Sealer) -> None:
    town = make_town(storage, at=NOON, sealer=sealer)
    with storage.writing() as session:
        kept, other = (make_service(session, name).id for name in ("Noon meal", "Meal at noon"))
        for key in (kept, other):
            session.get_one(Service, key).organization_id = ORGANIZATIONS["kitchen"]
        session.flush()
        actor = actor_of(session, session.get_one(Account, town.accounts["cora"]), level=2, confirmed_at=NOON)
        draft = drafts.open_or_resume(session, session.get_one(Service, other), actor, at=NOON, sealer=sealer)
        page = drafts.opened(draft, sealer=sealer)
        page.sheet.service.phones.append(records.Phone(id=uuid4(), number="920-555-0177"))
        page.sheet.service.url = "https://noon.example"
        drafts.save(session, draft, page.sheet, actor, at=NOON, sealer=sealer)
        merge(session, "service", kept, other, by=BY, at=NOON)
        assert drafts.hand_in(session, session.get_one(Draft, draft.id), actor, at=NOON, sealer=sealer) == kept
        assert "920-555-0177" in session.scalars(select(Phone.number).where(Phone.service_id == kept)).all()
        assert session.get_one(Service, kept).url == "https://noon.example"


def everything(session: Session) -> dict[str, list[dict[str, object]]]:
    """Every row of the tables that a merge may touch, but for the moment of the last change."""
    found = {}
    for table in Base.metadata.sorted_tables:
        if table.name not in ("change", "redirect", "pair"):
            rows = [dict(row) for row in session.execute(select(table)).mappings()]
            found[table.name] = sorted(({name: value for name, value in row.items() if name != "last_modified"} for row in rows), key=str)
    return found


def test_merges_follow_each_other(storage: Storage) -> None:
    with storage.writing() as session:
        first, second, third = (make_service(session, name).id for name in ("One", "Two", "Three"))
        merge(session, "service", second, first, by=BY, at=NOON)
        merge(session, "service", third, second, by=BY, at=NOON)
        assert lead_on(session, first) == third


def test_what_cannot_be_merged_is_said(storage: Storage) -> None:
    with storage.writing() as session:
        kept, other = pair(session)
        with pytest.raises(Invalid):
            merge(session, "service", kept, kept, by=BY, at=NOON)
        with pytest.raises(Invalid):
            merge(session, "phone", kept, other, by=BY, at=NOON)
        with pytest.raises(NotFound):
            merge(session, "service", kept, UUID(int=0), by=BY, at=NOON)


NUMBERS = st.lists(st.sampled_from(["555-0101", "(555) 0101", "555-0102", "555-0103"]), max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=NUMBERS, theirs=NUMBERS)
def test_every_number_of_either_is_a_number_of_the_kept_one(storage: Storage, mine: list[str], theirs: list[str]) -> None:
    with storage.writing() as session:
        services = make_service(session, "Kept"), make_service(session, "Other")
        for service, numbers in zip(services, (mine, theirs), strict=True):
            for number in numbers:
                make_phone(session, service, number)
        session.flush()
        kept, other = (service.id for service in services)
        merge(session, "service", kept, other, by=BY, at=NOON)
        left = session.scalars(select(Phone.number).where(Phone.service_id == kept)).all()
        digits = {"".join(filter(str.isdigit, number)) for number in left}
        assert digits == {"".join(filter(str.isdigit, number)) for number in (*mine, *theirs)}
        assert set(mine) <= set(left)
        assert session.scalars(select(Redirect.new_id)).all()
        session.rollback()
