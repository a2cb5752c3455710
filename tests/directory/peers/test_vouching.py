"""What is vouched for holds up to its day and not a day longer."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directory.errors import Invalid, NotFound
from directory.peers.vouching import list_vouched, vouch, vouched_on, withdraw_kind
from tests.peers import Circle

DAYS = st.integers(-400, 400)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ends_in=st.integers(1, 1000), asked_in=DAYS)
def test_it_counts_before_its_day_and_not_from_it_on(circle: Circle, ends_in: int, asked_in: int) -> None:
    client_id = circle.join("sol")
    circle.vouch("sol", "training", ends_on=circle.on + timedelta(days=ends_in))
    with circle.storage.reading() as session:
        held = vouched_on(session, circle.scheme.id, circle.on + timedelta(days=asked_in))
        line = list_vouched(session, circle.scheme.id, client_id, sealer=circle.sealer)[0]
    assert (client_id in held) is (asked_in < ends_in) is line.holds(circle.on + timedelta(days=asked_in))


def test_saying_it_anew_replaces_what_was_said_and_taking_it_back_counts_at_once(circle: Circle) -> None:
    client_id = circle.join("sol")
    for days in (10, 20):
        circle.vouch("sol", "checks", ends_on=circle.on + timedelta(days=days))
    with circle.storage.writing() as session:
        assert [line.ends_on for line in list_vouched(session, circle.scheme.id, client_id, sealer=circle.sealer)] == [circle.on + timedelta(days=20)]
        withdraw_kind(session, circle.scheme.id, client_id, "checks", at=circle.at)
        assert vouched_on(session, circle.scheme.id, circle.on) == {}


@pytest.mark.parametrize(("kind", "ends_on", "field"), [
    ("luck", date(2027, 1, 1), "kind"), ("checks", date(2026, 11, 24), "ends_on"), ("checks", date(2040, 1, 1), "ends_on"),
])  # fmt: skip
def test_what_does_not_fit_is_refused(circle: Circle, kind: str, ends_on: date, field: str) -> None:
    client_id = circle.join("sol")
    with pytest.raises(Invalid) as invalid, circle.storage.writing() as session:
        vouch(session, circle.scheme, client_id, kind, ends_on=ends_on, by="account:x", on=circle.on, at=circle.at, sealer=circle.sealer)
    assert list(invalid.value.errors) == [field]


def test_nobody_is_vouched_for_who_takes_no_part(circle: Circle) -> None:
    with pytest.raises(NotFound), circle.storage.writing() as session:
        vouch(session, circle.scheme, uuid4(), "checks", ends_on=date(2027, 1, 1), by="account:x", on=circle.on, at=circle.at, sealer=circle.sealer)
