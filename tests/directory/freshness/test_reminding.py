"""Reminders: one mail for all listings of somebody, none more often than weekly, three in vain and then a call; again and again gives the same."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from directory.freshness.confirming import confirm
from directory.freshness.links import listings_of_link
from directory.freshness.reminding import AGAIN, IN_VAIN, ONCE_A_WEEK, Round, remind_due
from directory.freshness.rules import DAYS, set_rules
from directory.models import Account, Call, Organization, Reminder, Role, Service
from directory.outbox import Letter, list_letters
from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import LISTINGS, ORGANIZATIONS, Town, address_of
from tests.ground import MOMENT
from tests.make import make_attribute

BASE = "https://home.example"
FIRST_DUE = date(2026, 9, 1) + timedelta(days=DAYS["service"])
DUE = MOMENT + (FIRST_DUE - MOMENT.date())


def run(town: Town, sealer: Sealer, at=DUE) -> Round:   # type: ignore[no-untyped-def]
    return remind_due(town.storage, at=at, sealer=sealer, base_url=BASE)


def letters(town: Town, sealer: Sealer) -> list[Letter]:
    with town.storage.reading() as session:
        return [letter for _, letter in list_letters(session, sealer=sealer)]


def tokens(letter: Letter) -> list[str]:
    return re.findall(rf"{BASE}/confirm/(\S+)", letter.text)


def calls(town: Town) -> list[Call]:
    with town.storage.reading() as session:
        return list(session.scalars(select(Call)))


def test_nobody_is_asked_before_it_is_time(town: Town, sealer: Sealer) -> None:
    assert run(town, sealer, DUE - timedelta(days=1)) == Round()
    assert letters(town, sealer) == []


def test_each_keeper_gets_one_mail_with_a_link_for_each_listing_and_one_for_all(town: Town, sealer: Sealer) -> None:
    assert run(town, sealer) == Round(mails=2)
    by_address = {letter.to: letter for letter in letters(town, sealer)}
    assert set(by_address) == {address_of("ana"), address_of("emil")}
    ana = by_address[address_of("ana")]
    assert ana.text.index("Community lunch") < ana.text.index("Cooking class")
    with town.storage.reading() as session:
        found = [[row.name for row in listings_of_link(session, token, at=DUE, sealer=sealer)] for token in tokens(ana)]
    assert found == [["Community lunch"], ["Cooking class"], ["Community lunch", "Cooking class"]]
    assert len(tokens(by_address[address_of("emil")])) == 1


def test_a_mail_tells_of_nobody_elses_listing_and_its_subject_of_none(town: Town, sealer: Sealer) -> None:
    run(town, sealer)
    for letter in letters(town, sealer):
        others = "Reading circle" if letter.to == address_of("ana") else "Community lunch"
        assert others not in letter.text
        assert "Kitchen" not in letter.subject + letter.text
        assert not re.search("lunch|class|circle|riverside|library|ana|emil", letter.subject, re.IGNORECASE)


def test_running_it_again_sends_nothing_more(town: Town, sealer: Sealer) -> None:
    run(town, sealer)
    assert run(town, sealer) == run(town, sealer, DUE + timedelta(hours=3)) == Round()
    assert len(letters(town, sealer)) == 2


def test_three_mails_in_vain_are_followed_by_a_call_and_no_fourth(town: Town, sealer: Sealer) -> None:
    found = [run(town, sealer, DUE + step * AGAIN) for step in range(IN_VAIN + 4)]
    assert found == [Round(mails=2)] * IN_VAIN + [Round(calls=3)] + [Round()] * 3
    assert {call.service_id for call in calls(town)} == set(LISTINGS.values())


def test_a_confirmation_begins_it_anew(town: Town, sealer: Sealer) -> None:
    run(town, sealer)
    with town.storage.writing() as session:
        confirm(session, session.get_one(Service, LISTINGS["reading"]), by="link", at=DUE, how="link")
    later = [run(town, sealer, DUE + timedelta(days=days)) for days in (14, 28, 42, 200)]
    assert [(one.mails, one.calls) for one in later] == [(1, 0), (1, 0), (0, 2), (1, 0)]
    assert letters(town, sealer)[0].to == address_of("emil")


@pytest.mark.parametrize("by", ["an edit", "an import"])
def test_a_listing_that_was_confirmed_in_another_way_is_left_in_peace(town: Town, sealer: Sealer, by: str) -> None:
    run(town, sealer, MOMENT)   # makes the dates
    with town.storage.writing() as session:
        for key in LISTINGS.values():
            session.get_one(Service, key).assured_date = DUE.date() - timedelta(days=2)
    assert run(town, sealer) == Round()


def test_where_nobody_keeps_the_listing_its_own_address_is_asked_and_without_one_somebody_calls(town: Town, sealer: Sealer) -> None:
    with town.storage.writing() as session:
        for role in session.scalars(select(Role)):
            session.delete(role)
        session.get_one(Organization, ORGANIZATIONS["library"]).email = None
        session.get_one(Service, LISTINGS["reading"]).email = "see our web site"
    assert run(town, sealer) == Round(mails=1, calls=1)
    assert [letter.to for letter in letters(town, sealer)] == ["hello@kitchen.example"]
    assert [call.why for call in calls(town)] == ["It lists no address to write to."]


def test_an_address_that_two_organizations_share_gets_one_mail_a_week(town: Town, sealer: Sealer) -> None:
    with town.storage.writing() as session:
        ana = session.get_one(Account, town.accounts["ana"])
        session.add(Role(account_id=ana.id, role="owner", organization_id=ORGANIZATIONS["library"], is_trusted=False, granted_at=MOMENT, granted_by="tests"))
    run(town, sealer)
    run(town, sealer, DUE + timedelta(days=6))
    assert Counter(letter.to for letter in letters(town, sealer))[address_of("ana")] == 1
    run(town, sealer, DUE + timedelta(days=8))
    assert Counter(letter.to for letter in letters(town, sealer))[address_of("ana")] <= 2


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 40), min_size=1, max_size=12), st.data())
def test_no_address_ever_gets_two_mails_within_a_week(town: Town, sealer: Sealer, steps: list[int], data: st.DataObject) -> None:
    with town.storage.reading() as session:   # each example goes on where the last one stopped
        newest = max((reminder.sent_at for reminder in session.scalars(select(Reminder)) if reminder.sent_at), default=DUE)
    at = max(newest, DUE)
    for step in steps:
        at += timedelta(days=step)
        run(town, sealer, at)
        if data.draw(st.booleans()):
            with town.storage.writing() as session:
                confirm(session, session.get_one(Service, data.draw(st.sampled_from(list(LISTINGS.values())))), by="link", at=at, how="link")
    with town.storage.reading() as session:
        sent = sorted((letter.to, row.made_at) for row, letter in list_letters(session, sealer=sealer, most=10_000))
    assert all(one != two or later - earlier >= timedelta(seconds=ONCE_A_WEEK[0].seconds) for (one, earlier), (two, later) in itertools.pairwise(sent))


def test_a_kind_has_its_own_days_and_curators_may_set_others(town: Town, sealer: Sealer) -> None:
    with town.storage.writing() as session:
        make_attribute(session, session.get_one(Service, LISTINGS["reading"]), "kinds", "peer_group")
    soon = MOMENT + (date(2026, 9, 1) + timedelta(days=DAYS["peer_group"]) - MOMENT.date())
    assert run(town, sealer, soon - timedelta(days=1)) == Round()
    assert run(town, sealer, soon) == Round(mails=1)
    with town.storage.writing() as session:
        assert set_rules(session, {"service": "95", "event": "30"}, by="tests", at=soon) == 1
    assert run(town, sealer, soon + timedelta(days=5)) == Round(mails=1)


def test_dates_are_made_for_a_thousand_listings_and_more(storage: Storage, sealer: Sealer) -> None:
    with storage.writing() as session:
        session.add_all(Service(name=f"Listing {number}", assured_date=DUE.date()) for number in range(1001))
    remind_due(storage, at=DUE, sealer=sealer, base_url=BASE)
    with storage.reading() as session:
        assert len(session.scalars(select(Reminder)).all()) == 1001
