"""The private calendar of what somebody kept, on both engines: one address a record, kept as a hash, and gone with the record."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace
from sqlalchemy import select, text

from directory.clients.calendar import end_calendar, follow_kept, has_calendar, kept_by, make_calendar
from directory.clients.erasing import erase_client
from directory.errors import NotFound
from directory.models import CalendarLink, Client
from directory.papers import BLANK, Papers
from directory.papers.parts import Kept, Shortlist
from directory.sealing import Sealer
from directory.storage import Storage
from tests.cast import Town, make_town
from tests.clients import make_rosa

AT = datetime(2026, 11, 24, 17, tzinfo=UTC)


@pytest.fixture
def town(storage: Storage, sealer: Sealer) -> Town:
    return make_town(storage, at=AT, sealer=sealer)


@pytest.fixture
def rosa(storage: Storage, town: Town, sealer: Sealer) -> Client:
    with storage.writing() as session:
        return make_rosa(session, town, at=AT, sealer=sealer)


def keeping(*listings: str) -> Papers:
    return replace(BLANK, shortlist=Shortlist(kept=tuple(Kept(listing=one, name="n", note="zebra") for one in listings)))


def made(storage: Storage, rosa: Client, sealer: Sealer, *listings: str) -> str:
    with storage.writing() as session:
        return make_calendar(session, rosa.id, keeping(*listings), at=AT, sealer=sealer)


def test_what_was_kept_is_found_by_the_address_and_follows(storage: Storage, rosa: Client, sealer: Sealer) -> None:
    token = made(storage, rosa, sealer, "a", "b")
    with storage.reading() as session:
        assert kept_by(session, token, sealer=sealer) == ("a", "b")
        assert has_calendar(session, rosa.id) == AT
    with storage.writing() as session:
        follow_kept(session, rosa.id, keeping("c"), sealer=sealer)
    with storage.reading() as session:
        assert kept_by(session, token, sealer=sealer) == ("c",)


def test_nothing_follows_where_there_is_no_address(storage: Storage, rosa: Client, sealer: Sealer) -> None:
    with storage.writing() as session:
        follow_kept(session, rosa.id, keeping("a"), sealer=sealer)
        assert session.scalars(select(CalendarLink)).all() == []
        assert has_calendar(session, rosa.id) is None


def test_one_address_a_record_and_the_old_one_ends(storage: Storage, rosa: Client, sealer: Sealer) -> None:
    first, second = made(storage, rosa, sealer, "a"), made(storage, rosa, sealer, "b")
    assert first != second
    with storage.reading() as session:
        assert len(session.scalars(select(CalendarLink)).all()) == 1
        assert kept_by(session, second, sealer=sealer) == ("b",)
        with pytest.raises(NotFound):
            kept_by(session, first, sealer=sealer)
    with storage.writing() as session:
        end_calendar(session, rosa.id)
    with storage.reading() as session, pytest.raises(NotFound):
        kept_by(session, second, sealer=sealer)


def test_the_table_holds_neither_the_address_nor_what_was_kept(storage: Storage, rosa: Client, sealer: Sealer) -> None:
    token = made(storage, rosa, sealer, "listing-of-hers")
    with storage.reading() as session:
        row = " ".join(map(str, session.execute(text("select id_hash, listings from calendar_link")).one()))
    for word in (token, "listing-of-hers", "zebra"):
        assert word not in row


def test_no_more_is_kept_than_a_shortlist_may_hold(storage: Storage, rosa: Client, sealer: Sealer) -> None:
    token = made(storage, rosa, sealer, *map(str, range(80)))
    with storage.reading() as session:
        assert kept_by(session, token, sealer=sealer) == tuple(map(str, range(60)))


def test_it_goes_with_the_record(storage: Storage, rosa: Client, sealer: Sealer) -> None:
    token = made(storage, rosa, sealer, "a")
    with storage.writing() as session:
        erase_client(session, session.get_one(Client, rosa.id), at=AT, sealer=sealer)
    with storage.reading() as session, pytest.raises(NotFound):
        kept_by(session, token, sealer=sealer)


@pytest.mark.parametrize("token", ["", "x", "é", "\x00", "a" * 5000])
def test_what_is_no_address_finds_nothing(storage: Storage, rosa: Client, sealer: Sealer, token: str) -> None:
    with storage.reading() as session, pytest.raises(NotFound):
        kept_by(session, token, sealer=sealer)
