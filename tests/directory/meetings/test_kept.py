"""Changes of dates and refused proposals as both engines keep them: one act, live for who is trusted, nothing left when it is taken back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from directory.accounts.actors import Actor, actor_of
from directory.errors import NotFound
from directory.meetings import changing
from directory.meetings.groups import group_ids
from directory.meetings.keeping import PAUSED, change_dates, go_on, stop_for_now, times_of_group
from directory.meetings.proposals import all_waiting, refuse, take_on, waiting_for
from directory.models import Account, Change, Schedule, Service
from directory.sealing import Sealer
from directory.storage import Session, Storage
from tests.cast import LISTINGS, Town, make_town
from tests.make import NOON, make_attribute

ON = NOON.date()
FRIDAY = date(2026, 11, 27)
LUNCH = (690, 810)
SEALER = Sealer.of(b"k" * 32)


@pytest.fixture
def town(storage: Storage) -> Town:
    made = make_town(storage, at=NOON, sealer=SEALER)
    with storage.writing() as session:
        lunch = session.get_one(Service, LISTINGS["lunch"])
        make_attribute(session, lunch, "kinds", "peer_group")
        lunch.description = "Eat together. Meets on the 2nd and 4th Fridays only."
    return made


def ana(session: Session, town: Town) -> Actor:
    return actor_of(session, session.get_one(Account, town.accounts["ana"]), level=1, confirmed_at=NOON)


def test_a_date_is_cancelled_in_one_act_and_back_without_a_trace(town: Town) -> None:
    for change in (lambda held: changing.cancelled(held, FRIDAY, LUNCH, reason="Snow"), lambda held: changing.restored(held, FRIDAY, LUNCH)):
        with town.storage.writing() as session:
            service = session.get_one(Service, LISTINGS["lunch"])
            assert change_dates(session, service, change, of=None, actor=ana(session, town), at=NOON, on=ON, sealer=SEALER)
    with town.storage.reading() as session:
        lines = session.scalars(select(Change).where(Change.entity == "schedule").order_by(Change.seq)).all()
        assert [line.action for line in lines] == ["added", "removed"]
        assert len({line.act for line in lines}) == 2
        assert len(session.scalars(select(Schedule).where(Schedule.service_id == LISTINGS["lunch"])).all()) == 1


def test_times_that_a_group_has_not_got_are_not_found(town: Town) -> None:
    with town.storage.writing() as session:
        service = session.get_one(Service, LISTINGS["lunch"])
        with pytest.raises(NotFound):
            change_dates(session, service, lambda held: held, of=LISTINGS["class"], actor=ana(session, town), at=NOON, on=ON, sealer=SEALER)


def test_a_group_rests_and_is_no_group_of_the_calendar_until_it_goes_on(town: Town) -> None:
    with town.storage.writing() as session:
        service, actor = session.get_one(Service, LISTINGS["lunch"]), ana(session, town)
        assert group_ids(session) == (service.id,)
        stop_for_now(session, service, actor=actor, at=NOON, sealer=SEALER, reason="A baby")
        session.expire_all()
        assert times_of_group(session, service.id, sealer=SEALER, actor=actor)[1:] == (PAUSED, "Not meeting for now: A baby.")
        assert group_ids(session) == ()
        go_on(session, service, actor=actor, at=NOON, sealer=SEALER)
        session.expire_all()
        assert times_of_group(session, service.id, sealer=SEALER, actor=actor)[1:] == ("active", "")


def test_a_proposal_is_taken_on_or_refused_once(town: Town) -> None:
    with town.storage.writing() as session:
        service = session.get_one(Service, LISTINGS["lunch"])
        (one,) = all_waiting(session, sealer=SEALER)
        refuse(session, service, one.key, by="tests", at=NOON, sealer=SEALER)
        assert waiting_for(session, service.id, sealer=SEALER) == []
        service.description = "Eat together. We meet on the last Friday of each month."
        session.flush()
        (other,) = waiting_for(session, service.id, sealer=SEALER)
        assert take_on(session, service, other.key, since=None, actor=ana(session, town), at=NOON, on=ON, sealer=SEALER)
        assert waiting_for(session, service.id, sealer=SEALER) == []
        with pytest.raises(NotFound):
            take_on(session, service, other.key, since=None, actor=ana(session, town), at=NOON, on=ON, sealer=SEALER)
