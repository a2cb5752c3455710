"""Places where other organizations are too: what anybody changes there waits for a curator, and then holds for everybody who is there."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy.orm import Session

from directory.editing import drafts
from directory.editing.applying import apply
from directory.editing.rows import moved, rows_of
from directory.editing.shared import decided_by_curators, others_at, shared_now
from directory.editing.sheet import Sheet, copied, sheet_of
from directory.errors import NotPermitted
from directory.exchange.records import Accessibility
from directory.models import Draft, Service
from directory.models import ServiceAtLocation as Link
from directory.placing import take_back
from tests.cast import LISTINGS
from tests.directory.editing.conftest import Desk
from tests.directory.editing.edits import Edit, edits, make
from tests.make import NOON, make_id

HALL = make_id("Riverside Hall")
STREET = "12 River Street"
SOME = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def hall(desk: Desk) -> Desk:
    """The hall of the kitchen's lunch, where the library's reading circle meets too."""
    with desk.storage.writing() as session:
        session.add(Link(id=make_id("reading there"), service_id=LISTINGS["reading"], location_id=HALL))
    return desk


def put(session: Session, desk: Desk, base: Sheet, sheet: Sheet, *, is_decided: bool = False) -> None:
    apply(session, base.service.id, base, sheet, by="account:a", at=NOON, act=uuid4(), sealer=desk.sealer, is_decided=is_decided)
    session.expire_all()


def moved_out(sheet: Sheet) -> Sheet:
    sheet.places[0].addresses[0].address_1 = "1 Elsewhere"
    return sheet


def hand_in(session: Session, desk: Desk, name: str, change: object = moved_out) -> tuple[Draft, UUID | None]:
    """Somebody changes lunch on the form and hands it in."""
    actor = desk.actor(session, name)
    draft = drafts.open_or_resume(session, session.get_one(Service, LISTINGS["lunch"]), actor, at=NOON, sealer=desk.sealer)
    sheet = drafts.opened(draft, sealer=desk.sealer).sheet
    change(sheet)   # type: ignore[operator]  # a function of the sheet
    drafts.save(session, draft, sheet, actor, at=NOON, sealer=desk.sealer)
    return draft, drafts.hand_in(session, draft, actor, at=NOON, sealer=desk.sealer)


def streets(session: Session, desk: Desk) -> list[str | None]:
    session.expire_all()
    return [one.address_1 for one in sheet_of(session, LISTINGS["reading"], sealer=desk.sealer, actor=None).places[0].addresses]


def test_nothing_of_it_is_changed_without_a_curators_word_and_leaving_it_needs_none(hall: Desk) -> None:
    with hall.storage.writing() as session:
        base, sheet = hall.sheet(session)
        assert base.shared == [HALL]
        with pytest.raises(NotPermitted):
            put(session, hall, base, moved_out(sheet))
        kept = copied(base)
        kept.service.service_at_locations = []
        put(session, hall, base, kept)
        assert streets(session, hall) == [STREET]


def test_what_a_trusted_editor_changes_there_waits_and_what_they_change_elsewhere_does_not(hall: Desk) -> None:
    with hall.storage.writing() as session:
        draft, applied = hand_in(session, hall, "ana")
        assert (draft.state, applied, streets(session, hall)) == ("waiting", None, [STREET])
        cora = hall.actor(session, "cora")
        drafts.approve(session, draft, cora, at=NOON, sealer=hall.sealer, version=draft.version)
        assert streets(session, hall) == ["1 Elsewhere"]
        _, applied = hand_in(session, hall, "ana", lambda sheet: setattr(sheet.service, "name", "Lunch for all"))
        assert applied == LISTINGS["lunch"]


def test_what_a_curator_changes_there_holds_at_once_for_everybody(hall: Desk) -> None:
    with hall.storage.writing() as session:
        _, applied = hand_in(session, hall, "cora")
        assert (applied, streets(session, hall)) == (LISTINGS["lunch"], ["1 Elsewhere"])


def test_a_place_that_others_came_to_since_the_draft_was_begun_is_shared_too(desk: Desk) -> None:
    with desk.storage.writing() as session:
        ana = desk.actor(session, "ana")
        draft = drafts.open_or_resume(session, session.get_one(Service, LISTINGS["lunch"]), ana, at=NOON, sealer=desk.sealer)
        drafts.save(session, draft, moved_out(drafts.opened(draft, sealer=desk.sealer).sheet), ana, at=NOON, sealer=desk.sealer)
        base, sheet = desk.sheet(session)
        session.add(Link(id=make_id("reading there"), service_id=LISTINGS["reading"], location_id=HALL))
        session.flush()
        assert (base.shared, shared_now(session, base)) == ([], [HALL])
        with pytest.raises(NotPermitted):
            put(session, desk, base, moved_out(sheet))
        assert drafts.hand_in(session, draft, ana, at=NOON, sealer=desk.sealer) is None


@SOME
@given(done=edits())
def test_an_edit_waits_exactly_where_it_changes_a_shared_place(hall: Desk, done: list[Edit]) -> None:
    """Beside the obvious: what the place says, nested and whole, before and after."""
    with hall.storage.reading() as session:
        base, sheet = hall.sheet(session)
    make(sheet, done)
    here = sheet.place(HALL)
    assert decided_by_curators(base, sheet) == ([HALL] if here is not None and here != base.place(HALL) else [])


@SOME
@given(done=edits())
def test_whatever_does_not_wait_is_applied_without_a_curators_word(hall: Desk, done: list[Edit]) -> None:
    with hall.storage.writing() as session:
        base, sheet = hall.sheet(session)
        make(sheet, done)
        trial = session.begin_nested()
        is_refused = False
        try:
            put(session, hall, base, sheet)
        except NotPermitted:
            is_refused = True
        trial.rollback()
        assert is_refused == bool(decided_by_curators(base, sheet))
        assert not (is_refused and moved(rows_of(base), rows_of(sheet)).is_nothing)


def test_a_new_word_about_access_there_waits_as_well(hall: Desk) -> None:
    with hall.storage.writing() as session:
        ramp = Accessibility(id=make_id("a ramp"), description="A ramp at the back")
        draft, _ = hand_in(session, hall, "ana", lambda sheet: sheet.places[0].accessibility.append(ramp))
        assert draft.state == "waiting"


def test_it_is_told_what_else_is_there_but_not_of_a_place_that_is_not_theirs_to_know(hall: Desk) -> None:
    with hall.storage.writing() as session:
        assert others_at(session, hall.sheet(session)[0]) == {HALL: ("Reading circle (Hillview Library)",)}
        session.get_one(Service, LISTINGS["reading"]).status = "inactive"
        session.flush()
        assert others_at(session, hall.sheet(session)[0]) == {}
        session.get_one(Service, LISTINGS["reading"]).status = "active"
        take_back(session, [HALL], "hidden", by="tests", at=NOON, why="", sealer=hall.sealer)
        assert others_at(session, hall.sheet(session)[0]) == {}
        assert others_at(session, hall.sheet(session, name="cora")[0]) != {}


def test_only_a_curator_hides_it_at_once(hall: Desk) -> None:
    with hall.storage.writing() as session:
        service = session.get_one(Service, LISTINGS["lunch"])
        hidden = []
        for name in ("ana", "cora"):
            actor = hall.actor(session, name)
            draft = drafts.open_or_resume(session, service, actor, at=NOON, sealer=hall.sealer)
            sheet = drafts.opened(draft, sealer=hall.sealer).sheet
            sheet.places[0].visibility = "hidden"
            drafts.save(session, draft, sheet, actor, at=NOON, sealer=hall.sealer)
            hidden.append(drafts.hide_at_once(session, draft, actor, at=NOON, sealer=hall.sealer))
        assert hidden == [0, 1]
