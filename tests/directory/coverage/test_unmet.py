"""Searches that found nothing: kept by month, topic and county or state, shown when the month is over, and never changed after that."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from directory.coverage.areas import coarse
from directory.coverage.unmet import KEPT_MONTHS, LEAST_CODES, Key, add_unmet, is_told, month_of, months_before, months_told, unmet_in
from directory.models import UnmetSearch
from directory.places import Gazetteer, open_gazetteer
from directory.storage import Storage
from tests.ground import MOMENT

MOMENTS = st.integers(0, 20 * 365 * 24 * 60).map(lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
TOWN = frozenset({"world", "us", "us/il", "us/il/cook county", "us/il/chicago", "us/60601"})


@pytest.fixture
def gazetteer(storage: Storage) -> Gazetteer:
    with storage.reading() as session:
        return open_gazetteer(session)


@given(MOMENTS, st.integers(0, 60))
def test_months_are_counted_back_across_years(at: datetime, number: int) -> None:
    before = months_before(month_of(at), number)
    assert (int(month_of(at)[:4]) - int(before[:4])) * 12 + int(month_of(at)[5:]) - int(before[5:]) == number


@given(MOMENTS)
def test_only_months_that_are_over_are_told_of_newest_first(at: datetime) -> None:
    told = months_told(at)
    assert all(is_told(month, at) for month in told)
    assert told == sorted(told, reverse=True)
    assert not is_told(months_before(told[0], -1), at)
    assert not is_told(month_of(at), at)


@given(MOMENTS)
def test_a_month_takes_counts_or_is_shown_but_never_both(at: datetime) -> None:
    month = month_of(at)
    shown_at = next(at + timedelta(hours=hours) for hours in range(24 * 33) if is_told(month, at + timedelta(hours=hours)))
    assert month_of(shown_at - timedelta(days=1)) > month


def test_counts_add_up_and_are_shown_when_the_month_is_over(storage: Storage, gazetteer: Gazetteer) -> None:
    month = month_of(MOMENT)
    with storage.writing() as session:
        assert add_unmet(session, {(month, "food", TOWN): 3, (month, "food", frozenset()): 1}, gazetteer, at=MOMENT) == 4
        add_unmet(session, {(month, "food", TOWN): 2}, gazetteer, at=MOMENT)
    with storage.reading() as session:
        assert unmet_in(session, month, at=MOMENT) == {}
        assert unmet_in(session, month, at=MOMENT + timedelta(days=31)) == {("food", "us/il/cook county"): 5, ("food", ""): 1}
    with storage.writing() as session:
        assert add_unmet(session, {(month, "food", TOWN): 7}, gazetteer, at=MOMENT + timedelta(days=31)) == 0


def test_old_months_are_forgotten(storage: Storage, gazetteer: Gazetteer) -> None:
    key: Key = (month_of(MOMENT), "food", TOWN)
    with storage.writing() as session:
        add_unmet(session, {key: 3}, gazetteer, at=MOMENT)
        add_unmet(session, {}, gazetteer, at=MOMENT + timedelta(days=31 * (KEPT_MONTHS + 1)))
        assert session.scalars(select(UnmetSearch)).all() == []


def test_no_area_is_finer_than_a_county_and_small_counties_are_their_state(gazetteer: Gazetteer) -> None:
    assert coarse(gazetteer, TOWN, least_codes=LEAST_CODES) == "us/il/cook county"
    atlas = gazetteer.atlases["us"]
    small = min((code for code in atlas.county_codes if code.startswith("us/wi/")), key=lambda code: len(atlas.county_codes[code]))
    assert coarse(gazetteer, frozenset({"us", "us/wi", small}), least_codes=LEAST_CODES) == "us/wi"
    assert coarse(gazetteer, TOWN | {"us/il/lake county"}, least_codes=LEAST_CODES) == "us/il"   # in two counties
    assert coarse(gazetteer, frozenset({"us", "world"}), least_codes=LEAST_CODES) == ""


def test_wherever_one_stands_it_is_a_large_county_or_a_state(gazetteer: Gazetteer) -> None:
    atlas = gazetteer.atlases["us"]
    for number in range(0, len(atlas.latitudes), 97):
        found = coarse(gazetteer, atlas.areas_of_code(number), least_codes=LEAST_CODES)
        assert not found or found.partition("/")[2] in atlas.states or len(atlas.county_codes[found]) >= LEAST_CODES
