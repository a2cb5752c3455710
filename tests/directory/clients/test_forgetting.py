"""What is over for long enough goes, and nothing else does: each kind a day before its time and a day after, on both engines (rule P8)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from directory.clients import caseloads
from directory.clients.consents import give_consent
from directory.clients.forgetting import Forgotten, count, forget
from directory.clients.keys import locker_of
from directory.clients.notes import write_note
from directory.clients.opening import open_record
from directory.clients.records import begin_with, take_on
from directory.clients.retaining import count_shorter, days_for, days_kept, keep_for
from directory.clients.watching import broken_at, list_views
from directory.errors import Invalid, NotFound
from directory.models import AgencyRule, Client, Consent, Erased
from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import Town, make_town
from tests.clients import ALDER, NORTH, actor, make_rosa, with_nia

AT = datetime(2026, 11, 24, 17, tzinfo=UTC)
NOTHING = Forgotten(records=0, caseloads=0, notes=0, proposals=0, looks=0, consents=0, hands=0, drafts=0)


@pytest.fixture
def town(storage: Storage, sealer: Sealer) -> Town:
    return make_town(storage, at=AT, sealer=sealer)


def somebody(storage: Storage, town: Town, sealer: Sealer, *, ends: bool) -> Client:
    """Somebody without an account, with notes of each kind; Nia stops working with them at once, or goes on."""
    with storage.writing(counting=True) as session:
        nia = actor(session, town, "nia", at=AT)
        client, _ = begin_with(session, nia, ALDER, at=AT, sealer=sealer)
        give_consent(session, client, ALDER, purpose="together", parts=("label",), language="en", how="spoken", by=nia.by, at=AT)
        opened = open_record(session, client.id, nia, organization_id=ALDER, at=AT, sealer=sealer)
        for kind in ("note", "professional", "noticed"):
            write_note(session, opened, nia, kind, "Words", at=AT)
        if ends:
            caseloads.end(session, client.id, nia, ALDER, at=AT)
        return client


def left(storage: Storage, at: datetime) -> Forgotten:
    with storage.reading() as session:
        return count(session, at=at)


def test_a_closed_record_goes_after_twelve_months_and_an_open_one_stays(storage: Storage, town: Town, sealer: Sealer) -> None:
    closed, held = somebody(storage, town, sealer, ends=True), somebody(storage, town, sealer, ends=False)
    before, after = AT + timedelta(days=365), AT + timedelta(days=366)
    assert left(storage, before).records == 0
    assert left(storage, after).records == 1
    with storage.reading() as session:
        assert session.get(Client, closed.id) is not None, "counting changes nothing"
    assert forget(storage, at=after, sealer=sealer).records == 1
    with storage.reading() as session:
        assert (session.get(Client, closed.id), session.get(Client, held.id) is not None) == (None, True)
        assert session.scalar(select(func.count()).select_from(Erased)) == 1
    assert left(storage, after) == NOTHING


def test_a_proposal_without_an_answer_goes_after_thirty_days(storage: Storage, town: Town, sealer: Sealer) -> None:
    somebody(storage, town, sealer, ends=False)
    assert forget(storage, at=AT + timedelta(days=30), sealer=sealer) == NOTHING
    assert forget(storage, at=AT + timedelta(days=31), sealer=sealer).proposals == 1
    assert left(storage, AT + timedelta(days=31)) == NOTHING


def test_notes_stay_as_long_as_the_agency_works_with_the_person(storage: Storage, town: Town, sealer: Sealer) -> None:
    somebody(storage, town, sealer, ends=False)
    assert forget(storage, at=AT + timedelta(days=600), sealer=sealer).notes == 0


def test_a_person_with_an_account_keeps_their_record_when_an_agency_is_done(storage: Storage, town: Town, sealer: Sealer) -> None:
    with storage.writing(counting=True) as session:
        rosa = make_rosa(session, town, at=AT, sealer=sealer)
        with_nia(session, town, rosa, at=AT)
        nia = actor(session, town, "nia", at=AT)
        write_note(session, open_record(session, rosa.id, nia, organization_id=ALDER, at=AT, sealer=sealer), nia, "note", "Words", at=AT)
        caseloads.end(session, rosa.id, nia, ALDER, at=AT)
    done = forget(storage, at=AT + timedelta(days=366), sealer=sealer)
    assert (done.records, done.caseloads, done.notes) == (0, 1, 1)
    with storage.reading() as session:
        assert session.get(Client, rosa.id) is not None


def test_old_lines_of_the_log_go_and_the_rest_still_hangs_together(storage: Storage, town: Town, sealer: Sealer) -> None:
    client = somebody(storage, town, sealer, ends=False)
    later = AT + timedelta(days=700)
    with storage.writing(counting=True) as session:
        nia = actor(session, town, "nia", at=later)
        give_consent(session, session.get_one(Client, client.id), ALDER, purpose="together", parts=("label",), language="en", how="spoken", by="x", at=later)
        open_record(session, client.id, nia, organization_id=ALDER, at=later, sealer=sealer)
    assert forget(storage, at=AT + timedelta(days=730), sealer=sealer).looks == 0
    done = forget(storage, at=AT + timedelta(days=731), sealer=sealer)
    assert (done.looks, done.consents) == (1, 0)
    with storage.reading() as session:
        locker = locker_of(session, client.id, sealer=sealer)
        assert [one.seq for one in list_views(session, locker)] == [2]
        assert broken_at(session, locker) is None
    assert forget(storage, at=AT + timedelta(days=90 + 731), sealer=sealer).consents == 1
    with storage.reading() as session:
        assert session.scalar(select(func.count()).select_from(Consent)) == 1


def sets(storage: Storage, town: Town, days: int) -> None:
    with storage.writing() as session:
        keep_for(session, ALDER, days, actor=actor(session, town, "lena", at=AT), at=AT)


@pytest.mark.parametrize("days", [30, 200, 365, 2_555])
def test_an_agency_keeps_what_it_wrote_as_long_as_its_lead_says(storage: Storage, town: Town, sealer: Sealer, days: int) -> None:
    sets(storage, town, days)
    closed = somebody(storage, town, sealer, ends=True)
    with storage.reading() as session:
        assert (days_kept(session, ALDER), days_kept(session, NORTH)) == (days, 365)
    last, after = AT + timedelta(days=days), AT + timedelta(days=days, seconds=1)
    assert (left(storage, last).records, left(storage, last).caseloads) == (0, 0)
    done = forget(storage, at=after, sealer=sealer)
    assert (done.records, left(storage, after).records) == (1, 0)
    with storage.reading() as session:
        assert session.get(Client, closed.id) is None


@pytest.mark.parametrize("agreed", [30, 90, 365])
@pytest.mark.parametrize("later", [30, 200, 2_555])
def test_the_shorter_of_what_was_agreed_and_what_is_set_holds(storage: Storage, town: Town, sealer: Sealer, agreed: int, later: int) -> None:
    sets(storage, town, agreed)
    closed = somebody(storage, town, sealer, ends=True)
    sets(storage, town, later)
    holds = min(agreed, later)
    with storage.reading() as session:
        assert (days_for(session, closed.id, ALDER), days_kept(session, ALDER)) == (holds, later)
    last, after = AT + timedelta(days=holds), AT + timedelta(days=holds, seconds=1)
    assert (left(storage, last).records, left(storage, last).caseloads, left(storage, last).notes) == (0, 0, 0)
    done = left(storage, after)
    assert (done.records, done.caseloads, done.notes) == (1, 1, 3)
    assert forget(storage, at=after, sealer=sealer).records == 1
    with storage.reading() as session:
        assert session.get(Client, closed.id) is None


def test_a_longer_time_holds_from_the_next_yes_and_not_from_one_for_something_else(storage: Storage, town: Town, sealer: Sealer) -> None:
    sets(storage, town, 90)
    client = somebody(storage, town, sealer, ends=False)
    sets(storage, town, 400)
    for purpose, parts, holds in (("referral", ("label",), 90), ("peers", ("peers",), 90), ("together", ("label",), 400)):
        with storage.writing(counting=True) as session:
            row = session.get_one(Client, client.id)
            give_consent(session, row, ALDER, purpose=purpose, parts=parts, language="en", how="spoken", by="x", at=AT)
            assert days_for(session, client.id, ALDER) == holds, purpose
            assert count_shorter(session, ALDER) == (holds < 400)
    sets(storage, town, 60)
    with storage.reading() as session:
        assert (days_for(session, client.id, ALDER), count_shorter(session, ALDER)) == (60, 0)


def test_whoever_is_taken_on_again_without_a_new_yes_keeps_what_they_agreed_to(storage: Storage, town: Town, sealer: Sealer) -> None:
    sets(storage, town, 90)
    client = somebody(storage, town, sealer, ends=True)
    sets(storage, town, 400)
    with storage.writing() as session:
        take_on(session, session.get_one(Client, client.id), ALDER, account_id=town.accounts["nia"], at=AT + timedelta(days=5))
        assert days_for(session, client.id, ALDER) == 90
        assert days_for(session, client.id, NORTH) == 365, "with whom they never worked"


def test_notes_of_two_people_go_each_after_their_own_time(storage: Storage, town: Town, sealer: Sealer) -> None:
    sets(storage, town, 90)
    somebody(storage, town, sealer, ends=True)
    sets(storage, town, 200)
    somebody(storage, town, sealer, ends=True)
    found = [left(storage, AT + timedelta(days=days)) for days in (90, 91, 200, 201)]
    assert [(one.records, one.notes) for one in found] == [(0, 0), (1, 3), (1, 3), (2, 6)]


def test_one_agency_does_not_decide_for_another(storage: Storage, town: Town, sealer: Sealer) -> None:
    somebody(storage, town, sealer, ends=True)
    with storage.writing(counting=True) as session:
        teo = actor(session, town, "teo", at=AT)
        client, _ = begin_with(session, teo, NORTH, at=AT, sealer=sealer)
        caseloads.end(session, client.id, teo, NORTH, at=AT)
        session.add(AgencyRule(organization_id=NORTH, keep_days=30, at=AT, by="x"))
    assert left(storage, AT + timedelta(days=31)).records == 1
    assert left(storage, AT + timedelta(days=366)).records == 2


@pytest.mark.parametrize(("name", "days", "wrong"), [("lena", 29, Invalid), ("lena", 2_556, Invalid), ("nia", 90, NotFound), ("teo", 90, NotFound)])
def test_only_the_lead_sets_it_and_within_bounds(storage: Storage, town: Town, name: str, days: int, wrong: type[Exception]) -> None:
    with storage.writing() as session, pytest.raises(wrong):
        keep_for(session, ALDER, days, actor=actor(session, town, name, at=AT), at=AT)
