"""Introductions: the one place where a name is given out, and what stands against one at the very last."""

from __future__ import annotations

from datetime import timedelta

import pytest

from directory.clients.consents import list_consents, withdraw
from directory.clients.keys import locker_of
from directory.clients.watching import broken_at, list_views
from directory.errors import Invalid, NotFound, NotPermitted
from directory.models import Client, Introduction, PeerBlock
from directory.peers.agreed import list_agreed
from directory.peers.introducing import list_introduced
from directory.peers.profiles import set_state
from tests.peers import Circle


def test_names_pass_with_the_introduction_and_not_before(circle: Circle) -> None:
    circle.gather("sol", "rosa", "wen")
    key = circle.both("rosa", "sol")
    for name in ("rosa", "sol"):
        with pytest.raises(NotFound):
            circle.name_for(name, key)
    circle.introduce(key)
    assert (circle.name_for("rosa", key), circle.name_for("sol", key)) == ("Soledad Reyes", "Rosa M.")
    with pytest.raises(NotFound):
        circle.name_for("wen", key)


def test_each_name_that_passes_is_noted_for_its_owner_with_who_made_the_introduction(circle: Circle) -> None:
    circle.gather("sol", "rosa")
    circle.introduced()
    with circle.storage.reading() as session:
        for name in ("sol", "rosa"):
            locker = locker_of(session, circle.client_id(name), sealer=circle.sealer)
            noted = [(one.name, one.role, one.parts, one.purpose) for one in list_views(session, locker)]
            assert noted == [("Imani", "coordinator", ("peers_name",), "introduced"), ("Imani", "coordinator", ("peers",), "peers")]
            assert broken_at(session, locker) is None


def test_a_coordinator_introduces_nobody_on_one_yes_or_twice(circle: Circle) -> None:
    circle.gather("sol", "rosa")
    key = circle.answer("rosa", "sol", "yes")
    with pytest.raises(NotFound):
        circle.introduce(key)
    with circle.storage.reading() as session:
        assert list_agreed(session, circle.scheme.id) == []
    circle.answer("sol", "rosa", "yes")
    circle.introduce(key)
    with pytest.raises(NotPermitted):
        circle.introduce(key)
    with circle.storage.reading() as session:
        assert [row.id for row in list_introduced(session, circle.scheme.id)] == [key]


def test_the_first_contact_is_here_or_in_a_public_place(circle: Circle) -> None:
    circle.gather("sol", "rosa")
    key = circle.both("rosa", "sol")
    with pytest.raises(Invalid):
        circle.introduce(key, "at home")
    circle.introduce(key, "public_place")


@pytest.mark.parametrize("change", ["expired", "unvouched", "blocked", "withdrawn", "paused", "moved", "named", "resting"])
def test_what_has_changed_since_both_said_yes_stands_against_it(circle: Circle, change: str) -> None:
    circle.gather("sol", "rosa")
    key = circle.both("rosa", "sol")
    if change == "named":
        circle.join("rosa", not_people="An uncle\nsoledad  reyes")
    elif change == "expired":
        circle.join("rosa", days=365)
        circle.join("sol", days=365)
        circle.vouch("sol", "checks", ends_on=circle.on + timedelta(days=3))
        circle.later(days=3)
    elif change == "unvouched":
        circle.vouch("sol", "training", ends_on=circle.on + timedelta(days=1))
        circle.later(days=1)
    elif change == "paused":
        _pause(circle)
    elif change == "resting":
        circle.join("sol", rests_until=circle.on + timedelta(days=1))
    elif change == "moved":
        circle.join("rosa", not_my_area=True)
    elif change in ("blocked", "withdrawn"):
        with circle.storage.writing() as session:
            rosa, sol = circle.client_id("rosa"), circle.client_id("sol")
            if change == "blocked":
                session.add(PeerBlock(client_id=sol, other_id=rosa, at=circle.at))
            else:
                withdraw(session, session.get_one(Client, rosa), list_consents(session, rosa)[0].id, at=circle.at)
    with pytest.raises((Invalid, NotFound)):
        circle.introduce(key)
    with circle.storage.reading() as session:
        assert session.get_one(Introduction, key).introduced_at is None


def _pause(circle: Circle) -> None:
    with circle.storage.writing() as session:
        set_state(session, circle.actor(session, "sol"), circle.scheme.id, "supporter", "paused", at=circle.at)
