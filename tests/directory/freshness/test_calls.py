"""Calls: one a listing, taken by one, tried at other hours, and each outcome does what it says."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from directory.accounts.actors import Actor
from directory.errors import Invalid, Stale
from directory.freshness.calls import ENDS, OUTCOMES, TRIES, WAITS, give_back, note_outcome, open_call, take_call
from directory.freshness.confirming import confirm
from directory.freshness.phone_round import list_calls
from directory.models import Call, Change, Confirmation, Report, Service
from directory.unlisting import unpublish
from tests.cast import LISTINGS, Town
from tests.ground import MOMENT

GIVEN = {"note": "", "call_back": None, "by": "account:x", "at": MOMENT}


def opened(town: Town, key: str = "lunch") -> UUID:
    with town.storage.writing() as session:
        return open_call(session, LISTINGS[key], why="Three mails brought no answer.", at=MOMENT).id


def noted(town: Town, call_id: UUID, outcome: str, **given: object) -> Call:
    with town.storage.writing() as session:
        call = session.get_one(Call, call_id)
        note_outcome(session, call, outcome, **{**GIVEN, "tries": call.tries, **given})   # type: ignore[arg-type]
        return call


def curator(town: Town, name: str = "cora") -> Actor:
    return Actor(account_id=town.accounts[name], name=name)


def test_a_listing_is_on_the_list_once(town: Town) -> None:
    assert opened(town) == opened(town) != opened(town, "class")


def test_one_of_two_takes_a_call_and_the_other_is_told(town: Town) -> None:
    call_id = opened(town)
    with town.storage.writing() as session:
        take_call(session, session.get_one(Call, call_id), curator(town), instead_of="")
    with town.storage.writing() as session, pytest.raises(Stale):
        take_call(session, session.get_one(Call, call_id), curator(town, "kofi"), instead_of="")
    with town.storage.writing() as session:   # seeing who has it, one may take it over
        take_call(session, session.get_one(Call, call_id), curator(town, "kofi"), instead_of=str(town.accounts["cora"]))
        assert session.get_one(Call, call_id).account_id == town.accounts["kofi"]
    with town.storage.writing() as session, pytest.raises(Stale):
        give_back(session, session.get_one(Call, call_id), curator(town))


def test_confirmed_moves_the_date_as_said_by_telephone(town: Town) -> None:
    call = noted(town, opened(town), "confirmed")
    with town.storage.reading() as session:
        service, said = session.get_one(Service, LISTINGS["lunch"]), session.scalars(select(Confirmation)).one()
    assert (service.assured_date, service.assured_by, said.how) == (MOMENT.date(), "steward", "call")
    assert call.closed_at == MOMENT


def test_what_has_changed_is_not_lost(town: Town) -> None:
    noted(town, opened(town), "changed", note=" They moved to Elm Street. ")
    with town.storage.reading() as session:
        assert session.scalars(select(Report.words)).all() == ["They moved to Elm Street."]
        assert session.get_one(Service, LISTINGS["lunch"]).assured_date != MOMENT.date()


@given(st.integers(0, 12))
def test_the_next_try_is_at_another_hour_and_never_at_once(tries: int) -> None:
    wait = WAITS[min(tries, len(WAITS) - 1)]
    assert wait >= timedelta(days=1)
    assert tries > 1 or wait % timedelta(days=1) != timedelta(0)


def test_who_does_not_answer_is_tried_again_and_then_taken_down_by_a_person(town: Town) -> None:
    call_id, at = opened(town), MOMENT
    for tries in range(TRIES):
        call = noted(town, call_id, "no answer", at=at)
        assert (call.tries, call.closed_at) == (tries + 1, None)
        assert call.next_at > at
        at = call.next_at
    with town.storage.writing() as session:
        (line,) = list_calls(session, curator(town), at=at, country="US").due
        assert line.is_in_vain
        assert session.get_one(Service, LISTINGS["lunch"]).status == "active"   # nothing is taken down by itself
        unpublish(session, session.get_one(Service, LISTINGS["lunch"]), why="Nobody answered four times.", by="account:x", at=at)
        assert list_calls(session, curator(town), at=at, country="US").due == ()
    with town.storage.reading() as session:
        line = session.scalars(select(Change).where(Change.field == "status")).one()
    assert (line.before, line.after, line.why) == ("active", "inactive", "Nobody answered four times.")


def test_somebody_is_called_back_when_they_asked_to_be(town: Town) -> None:
    call_id = opened(town)
    for wrong in (None, MOMENT, MOMENT + timedelta(days=400)):
        with pytest.raises(Invalid):
            noted(town, call_id, "call back", call_back=wrong)
    assert noted(town, call_id, "call back", call_back=MOMENT + timedelta(days=2)).next_at == MOMENT + timedelta(days=2)


WRONG = [{"outcome": "later"}, {"outcome": "changed"}, {"outcome": "closed", "note": " "}, {"outcome": "no answer", "note": "x" * 2001}]


@pytest.mark.parametrize("wrong", WRONG)
def test_what_is_missing_is_named_and_nothing_is_kept(town: Town, wrong: dict[str, str]) -> None:
    call_id = opened(town)
    with pytest.raises(Invalid):
        noted(town, call_id, **wrong)   # type: ignore[arg-type]
    with town.storage.reading() as session:
        assert session.get_one(Call, call_id).tries == 0


@pytest.mark.parametrize("first", list(OUTCOMES))
def test_the_same_call_is_noted_once(town: Town, first: str) -> None:
    call_id = opened(town)
    noted(town, call_id, first, note="They said so.", call_back=MOMENT + timedelta(days=1))
    with pytest.raises(Stale):
        noted(town, call_id, "confirmed", tries=0)
    with town.storage.reading() as session:
        assert (session.get_one(Call, call_id).closed_at is not None) == (first in ENDS)


def test_a_confirmation_in_another_way_ends_the_call(town: Town) -> None:
    call_id = opened(town)
    with town.storage.writing() as session:
        confirm(session, session.get_one(Service, LISTINGS["lunch"]), by="link", at=MOMENT, how="link")
    with town.storage.reading() as session:
        assert session.get_one(Call, call_id).closed_at == MOMENT


def test_what_is_not_listed_cannot_be_confirmed_or_taken_down_again(town: Town) -> None:
    with town.storage.writing() as session:
        service = session.get_one(Service, LISTINGS["lunch"])
        unpublish(session, service, why="It has closed.", by="account:x", at=MOMENT, status="defunct")
        with pytest.raises(Invalid):
            unpublish(session, service, why="Again.", by="account:x", at=MOMENT)
        with pytest.raises(Invalid):
            confirm(session, service, by="link", at=MOMENT, how="link")


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(["", " ", "\n", "x" * 501, "a\x00b"]))
def test_nothing_is_taken_down_without_a_reason(town: Town, why: str) -> None:
    with town.storage.writing() as session, pytest.raises(Invalid):
        unpublish(session, session.get_one(Service, LISTINGS["lunch"]), why=why, by="account:x", at=MOMENT)
