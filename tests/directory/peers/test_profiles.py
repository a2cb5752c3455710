"""What people say in a scheme: sealed, theirs, under a consent that ends, and never lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from directory.clients.consents import list_consents, withdraw
from directory.clients.keys import locker_of
from directory.clients.watching import list_views
from directory.errors import Invalid, NotFound, Stale
from directory.models import Client, PeerProfile
from directory.peers.kept import agreed_select
from directory.peers.profiles import list_own, look_at, own_profile, save_profile, set_state
from tests.peers import Circle, said_by


def test_what_was_said_is_read_again_and_stands_nowhere_in_the_clear(circle: Circle) -> None:
    circle.join("rosa", not_people="Walter of the mill")
    with circle.storage.reading() as session:
        kept = own_profile(session, circle.actor(session, "rosa"), circle.scheme.id, "seeker", sealer=circle.sealer)
        assert kept is not None
        assert kept.said == said_by("rosa", not_people="Walter of the mill")
        stored = session.scalars(select(PeerProfile.sealed)).one()
    assert "Walter" not in stored


def test_an_older_window_does_not_overwrite_a_newer_one(circle: Circle) -> None:
    circle.join("rosa")
    circle.join("rosa", words="Changed since")
    with pytest.raises(Stale), circle.storage.writing() as session:
        save_profile(
            session, circle.actor(session, "rosa"), circle.scheme, "seeker", said_by("rosa"), version=1, at=circle.at, sealer=circle.sealer,
        )


LACKS: list[tuple[str, dict[str, Any]]] = [
    ("pseudonym", {"pseudonym": " "}), ("called", {"called": ""}), ("languages", {"languages": ()}), ("ways", {"ways": ()}), ("times", {"slots": ()}),
    ("timezone", {"timezone": "Mars/Olympus"}), ("about", {"about": ()}), ("age", {"is_minor": None}), ("not_about", {"not_about": ("life_domains/people",)}),
    ("pseudonym", {"pseudonym": "ROSA M."}),
]  # fmt: skip


@pytest.mark.parametrize(("field", "changes"), LACKS)
def test_what_is_missing_is_said_and_nothing_is_kept(circle: Circle, field: str, changes: dict[str, Any]) -> None:
    with pytest.raises(Invalid) as invalid:
        circle.join("rosa", **changes)
    assert list(invalid.value.errors) == [field]
    with circle.storage.reading() as session:
        assert session.scalars(select(PeerProfile)).all() == []


def test_it_is_agreed_to_until_a_day_and_counts_no_more_once_that_is_taken_back(circle: Circle) -> None:
    client_id = circle.join("rosa", days=30)
    with circle.storage.writing() as session:
        consent = list_consents(session, client_id)[0]
        assert (consent.purpose, consent.parts, consent.organization_id) == ("peers", ("peers",), circle.scheme.organization_id)
        assert len(session.scalars(agreed_select(circle.at)).all()) == 1
        assert session.scalars(agreed_select(circle.at + timedelta(days=30))).all() == []
        withdraw(session, session.get_one(Client, client_id), consent.id, at=circle.at)
        assert session.scalars(agreed_select(circle.at)).all() == []


def test_a_coordinator_who_looks_is_noted_and_may_look_only_while_it_is_agreed(circle: Circle) -> None:
    client_id = circle.join("rosa")
    with circle.storage.writing(counting=True) as session:
        imani, row = circle.actor(session, "imani"), session.scalars(select(PeerProfile)).one()
        assert look_at(session, circle.scheme, row.id, imani, at=circle.at, sealer=circle.sealer).said.called == "Rosa M."
        looked = list_views(session, locker_of(session, client_id, sealer=circle.sealer))
        assert [(one.name, one.role, one.parts) for one in looked] == [("Imani", "coordinator", ("peers",))]
        withdraw(session, session.get_one(Client, client_id), list_consents(session, client_id)[0].id, at=circle.at)
        with pytest.raises(NotFound):
            look_at(session, circle.scheme, row.id, imani, at=circle.at, sealer=circle.sealer)


def test_a_place_in_the_queue_stays_while_somebody_pauses_and_begins_anew_after_an_end(circle: Circle) -> None:
    circle.join("rosa")
    began = circle.on
    circle.later(days=20)
    for state, since in (("paused", began), ("open", began), ("ended", None)):
        with circle.storage.writing() as session:
            set_state(session, circle.actor(session, "rosa"), circle.scheme.id, "seeker", state, at=circle.at)
            assert session.scalars(select(PeerProfile.waiting_since)).one() == since
    with circle.storage.reading() as session:
        assert list_own(session, circle.actor(session, "rosa")) == []
    circle.join("rosa")
    with circle.storage.reading() as session:
        assert [row.waiting_since for row in list_own(session, circle.actor(session, "rosa"))] == [circle.on]


def test_nobody_opens_or_changes_what_another_said(circle: Circle) -> None:
    circle.join("rosa")
    with circle.storage.writing() as session:
        wen = circle.actor(session, "wen")
        assert own_profile(session, wen, circle.scheme.id, "seeker", sealer=circle.sealer) is None
        with pytest.raises(NotFound):
            set_state(session, wen, circle.scheme.id, "seeker", "ended", at=circle.at)
