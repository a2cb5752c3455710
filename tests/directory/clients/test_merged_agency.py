"""Merging organizations hands nobody's clients to another, and tells the public log nothing of them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import delete, select

from directory.errors import Invalid
from directory.merging import merge
from directory.models import Caseload, Change, Consent, Role
from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import ORGANIZATIONS, make_town
from tests.clients import ALDER, make_rosa, with_nia

AT = datetime(2026, 11, 24, 17, tzinfo=UTC)


@pytest.mark.parametrize("is_without_team", [False, True])
def test_an_agency_is_not_merged_away(storage: Storage, sealer: Sealer, is_without_team: bool) -> None:
    town = make_town(storage, at=AT, sealer=sealer)
    with storage.writing() as session:
        with_nia(session, town, make_rosa(session, town, at=AT, sealer=sealer), at=AT)
        if is_without_team:
            session.execute(delete(Role).where(Role.organization_id == ALDER))
    with storage.writing() as session, pytest.raises(Invalid, match="agreed to it by name"):
        merge(session, "organization", ORGANIZATIONS["library"], ALDER, by="account:cora", at=AT)


def test_another_is_merged_into_it_and_the_log_tells_nothing_of_clients(storage: Storage, sealer: Sealer) -> None:
    town = make_town(storage, at=AT, sealer=sealer)
    with storage.writing() as session:
        with_nia(session, town, make_rosa(session, town, at=AT, sealer=sealer), at=AT)
    with storage.writing() as session:
        merge(session, "organization", ALDER, ORGANIZATIONS["library"], by="account:cora", at=AT)
    with storage.reading() as session:
        assert session.scalars(select(Caseload.organization_id)).all() == [ALDER]
        assert session.scalars(select(Consent.organization_id)).all() == [ALDER]
        told = set(session.scalars(select(Change.entity)))
    assert not told & {"client", "caseload", "consent", "client_note", "client_part", "client_view", "client_event", "referral"}
