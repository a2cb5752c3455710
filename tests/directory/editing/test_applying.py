"""Applying a sheet: exactly what differs is written, in one act of the log, and nobody's change is lost."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.editing.applying import Overtaken, apply
from directory.editing.differences import differences
from directory.editing.rows import moved, rows_of
from directory.editing.sheet import Sheet, copied, decode, encode, sheet_of
from directory.editing.viewing import Words
from directory.errors import NotPermitted, Stale
from directory.exchange.intake.own_terms import OwnTerms
from directory.models import Change, Phone, Service
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.directory.editing.conftest import Desk
from tests.directory.editing.edits import Edit, edits, make
from tests.make import NOON, make_id

LUNCH = LISTINGS["lunch"]
SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


WORDS = Words(label=lambda _, code: code.replace("_", " "), hours=lambda rows: [f"{row.byday} {row.opens_at}" for row in rows])


def put(session: Session, desk: Desk, base: Sheet, sheet: Sheet, *, act: UUID | None = None, is_decided: bool = False) -> None:
    apply(session, base.service.id, base, sheet, by="account:a", at=NOON, act=act or uuid4(), sealer=desk.sealer, is_decided=is_decided)


def lines_of(session: Session, act: UUID) -> list[Change]:
    return list(session.scalars(select(Change).where(Change.act == act).order_by(Change.seq)))


@SOME
@given(done=edits())
def test_a_sheet_is_the_same_after_sealing_and_differs_from_itself_in_nothing(desk: Desk, done: list[Edit]) -> None:
    with desk.storage.reading() as session:
        sheet = make(desk.sheet(session)[1], done)
    assert decode(encode(sheet)) == sheet
    assert differences(sheet, copied(sheet), words=WORDS) == []


@SOME
@given(done=edits())
def test_what_is_applied_is_what_is_read_again(desk: Desk, done: list[Edit]) -> None:
    with desk.storage.writing() as session:
        base, sheet = desk.sheet(session)
        make(sheet, done)
        trial = session.begin_nested()
        put(session, desk, base, sheet)
        session.expire_all()
        find = OwnTerms.of(session).find
        now = sheet_of(session, LUNCH, sealer=desk.sealer, actor=desk.actor(session, "ana"))
        assert moved(rows_of(sheet, find), rows_of(now, find)).is_nothing
        trial.rollback()


@SOME
@given(done=edits())
def test_one_line_of_the_log_for_each_field_and_none_for_what_is_the_same(desk: Desk, done: list[Edit]) -> None:
    with desk.storage.writing() as session:
        base, sheet = desk.sheet(session)
        make(sheet, done)
        find = OwnTerms.of(session).find
        wanted = moved(rows_of(base, find), rows_of(sheet, find))
        left = {place.id for place in base.places} - {place.id for place in sheet.places}
        stays = {("location", place.id) for place in base.places if place.id in left}
        stays |= {("address", one.id) for place in base.places if place.id in left for one in place.addresses}
        trial, act = session.begin_nested(), uuid4()
        put(session, desk, base, sheet, act=act)
        found = sorted((line.action, line.entity, str(line.entity_id), line.field or "") for line in lines_of(session, act))
        trial.rollback()
    said = [("changed", key[0], str(key[1]), name) for key, name in wanted.changed]
    said += [("added", key[0], str(key[1]), "") for key in wanted.added]
    said += [("removed", key[0], str(key[1]), "") for key in wanted.removed if key not in stays]
    assert found == sorted(said)


@SOME
@given(mine=edits(3), theirs=edits(3))
def test_of_two_edits_at_once_both_hold_or_the_second_is_told_and_nothing_is_lost(desk: Desk, mine: list[Edit], theirs: list[Edit]) -> None:
    with desk.storage.writing() as session:
        base, first = desk.sheet(session)
        second = make(copied(base), mine)
        make(first, theirs)
        find = OwnTerms.of(session).find
        trial = session.begin_nested()
        put(session, desk, base, first)
        session.expire_all()
        before = rows_of(sheet_of(session, LUNCH, sealer=desk.sealer, actor=None), find)
        try:
            put(session, desk, base, second)
            told = set()
        except Overtaken as error:
            told = {clash.key for clash in error.clashes}
        session.expire_all()
        after = rows_of(sheet_of(session, LUNCH, sealer=desk.sealer, actor=None), find)
        trial.rollback()
    if told:
        assert after == before
        return
    wanted = moved(rows_of(base, find), rows_of(second, find))
    assert all(after[key].get(name) == value for (key, name), (_, value) in wanted.changed.items())
    others = moved(rows_of(base, find), rows_of(first, find))
    assert all(after[key].get(name) == value for (key, name), (_, value) in others.changed.items() if key in after)


def test_edits_of_different_fields_both_survive_and_of_the_same_field_one_is_told(desk: Desk) -> None:
    with desk.storage.writing() as session:
        base, first = desk.sheet(session)
        second, third = copied(base), copied(base)
        first.service.description, second.service.alert, third.service.description = "Soup at noon.", "We have moved.", "Bread at noon."
        put(session, desk, base, first)
        put(session, desk, base, second)
        with pytest.raises(Stale) as told:
            put(session, desk, base, third)
        service = session.get_one(Service, LUNCH, populate_existing=True)
        assert (service.description, service.alert) == ("Soup at noon.", "We have moved.")
    assert isinstance(told.value, Overtaken)
    assert [(clash.field, clash.now, clash.mine) for clash in told.value.clashes] == [("description", "Soup at noon.", "Bread at noon.")]


def test_an_edit_moves_the_date_of_change_and_never_that_of_confirmation(desk: Desk) -> None:
    with desk.storage.writing() as session:
        base, sheet = desk.sheet(session)
        sheet.service.name, sheet.service.assured_date, sheet.service.assured_by = "Lunch for all", date(2030, 1, 1), "steward"
        put(session, desk, base, sheet)
        service = session.get_one(Service, LUNCH, populate_existing=True)
        assert (service.name, service.last_modified, service.assured_date, service.assured_by) == ("Lunch for all", NOON, date(2026, 9, 1), "organization")


def test_a_removed_phone_stands_whole_in_the_log(desk: Desk) -> None:
    act = uuid4()
    with desk.storage.writing() as session:
        base, sheet = desk.sheet(session)
        sheet.service.phones = []
        put(session, desk, base, sheet, act=act)
        (line,) = lines_of(session, act)
    assert (line.action, line.entity) == ("removed", "phone")
    assert line.before is not None
    assert "920-555-0142" in line.before
    assert str(LUNCH) in line.before


def test_a_phone_that_stands_under_the_organization_too_is_only_let_go(desk: Desk) -> None:
    with desk.storage.writing() as session:
        phone = session.scalars(select(Phone).where(Phone.service_id == LUNCH)).one()
        phone.organization_id = ORGANIZATIONS["kitchen"]
        session.flush()
        base, sheet = desk.sheet(session)
        sheet.service.phones = []
        put(session, desk, base, sheet)
        session.expire_all()
        kept = session.get_one(Phone, phone.id)
        assert (kept.service_id, kept.organization_id) == (None, ORGANIZATIONS["kitchen"])


def test_whose_a_listing_is_never_changes(desk: Desk) -> None:
    with desk.storage.writing() as session:
        base, sheet = desk.sheet(session)
        sheet.service.organization_id = ORGANIZATIONS["library"]
        with pytest.raises(NotPermitted):
            put(session, desk, base, sheet)


def test_a_row_of_another_listing_cannot_be_taken(desk: Desk) -> None:
    with desk.storage.writing() as session:
        base, sheet = desk.sheet(session)
        other = sheet_of(session, LISTINGS["reading"], sealer=desk.sealer, actor=None)
        sheet.service.phones += other.service.phones
        with pytest.raises(NotPermitted):
            put(session, desk, base, sheet)


def test_a_place_of_another_organization_cannot_be_taken(desk: Desk) -> None:
    with desk.storage.writing() as session:
        lunch = sheet_of(session, LUNCH, sealer=desk.sealer, actor=None)
        base, sheet = desk.sheet(session, "reading", "emil")
        at = copied(lunch).service.service_at_locations[0]
        at.id, at.service_id = make_id("another link"), sheet.service.id
        sheet.service.service_at_locations.append(at)
        with pytest.raises(NotPermitted):
            put(session, desk, base, sheet)


def test_a_place_of_the_own_organization_is_taken_on_as_it_is(desk: Desk) -> None:
    with desk.storage.writing() as session:
        lunch = sheet_of(session, LUNCH, sealer=desk.sealer, actor=None)
        base, sheet = desk.sheet(session, "class")
        at = copied(lunch).service.service_at_locations[0]
        at.id, at.service_id = make_id("a second link"), sheet.service.id
        assert at.location is not None
        at.location.name = "Not so"
        sheet.service.service_at_locations.append(at)
        put(session, desk, base, sheet)
        now = sheet_of(session, LISTINGS["class"], sealer=desk.sealer, actor=None)
        assert [place.name for place in now.places] == ["Riverside Hall"]
