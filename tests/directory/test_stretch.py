"""A directory read in stretches, with nothing made twice, is the one that is read row by row: the same listings, cards and bytes of the index."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import select

from directory import states
from directory.models import Contact, Location, LocationPrivate, Service
from directory.shelf import Shelf
from directory.states import Gathered, Reader, namer
from directory.storage import Storage
from directory.stretch import CHUNK, chunks, stretches
from matching.snapshot import save
from matching.values import Listing
from tests.directory.conftest import empty
from tests.directory.one_by_one import read_slowly
from tests.directory.random_rows import fill
from tests.make import make_service

READER = Reader(timezone="America/Chicago", country="US")
FEW = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture(autouse=True)
def short_stretches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(states, "BLOCK", 2)


def gathered(storage: Storage) -> Gathered:
    with storage.reading() as session:
        return READER.gather(session)


def in_order(listings: Iterable[Listing]) -> list[Listing]:
    return sorted(listings, key=lambda listing: listing.id)


@FEW
@given(st.integers(0, 2**32))
def test_stretches_and_chosen_services_read_what_a_plain_loop_reads(storage: Storage, seed: int) -> None:
    empty(storage)
    with storage.writing() as session:
        fill(session, Random(seed))
    found = gathered(storage)
    with storage.reading() as session:
        ids = session.scalars(select(Service.id)).all()
        label = namer(found.vocabulary)
        slow = read_slowly(session, label, timezone="America/Chicago", country="US", on=states._today())
        some, cards = READER.some(session, found.vocabulary, ids)
    assert in_order(found.listings) == [listing for listing, _ in slow]
    assert found.cards == {listing.id: card for listing, card in slow}
    assert (in_order(listing for held in some.values() for listing in held), cards) == (in_order(found.listings), found.cards)


@FEW
@given(st.integers(0, 2**32), st.integers(1, 7))
def test_the_length_of_the_stretches_and_the_order_of_the_rows_change_no_byte(storage: Storage, tmp_path: Path, seed: int, length: int) -> None:
    empty(storage)
    with storage.writing() as session:
        fill(session, Random(seed))
    found = gathered(storage)
    other = replace(found, listings=Random(seed).sample(found.listings, len(found.listings)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(states, "BLOCK", length)
        again = gathered(storage)
    assert bytes_of(found, tmp_path) == bytes_of(again, tmp_path) == bytes_of(other, tmp_path)


@FEW
@given(st.integers(0, 2**32))
def test_what_is_sealed_of_a_place_changes_no_byte(storage: Storage, tmp_path: Path, seed: int) -> None:
    empty(storage)
    with storage.writing() as session:
        fill(session, Random(seed))
    before = bytes_of(gathered(storage), tmp_path)
    with storage.writing() as session:
        for place in session.scalars(select(Location).where(Location.visibility != "public")):
            session.add(LocationPrivate(location_id=place.id, sealed=f"the place of {place.id}"))
    assert bytes_of(gathered(storage), tmp_path) == before


def bytes_of(found: Gathered, folder: Path) -> bytes:
    save(READER.built(found).index, folder / "index")
    return (folder / "index").read_bytes()


def test_stretches_hold_every_service_once(storage: Storage) -> None:
    with storage.writing() as session:
        wanted = {make_service(session, f"Service {number}").id for number in range(7)}
    with storage.reading() as session:
        shelves = [Shelf(session, stretch) for stretch in stretches(session, 3)]
    assert [len(shelf.services) for shelf in shelves] == [3, 3, 1]
    assert {UUID(str(key)) for shelf in shelves for key in shelf.services} == wanted


def test_an_empty_directory_has_no_stretch(storage: Storage) -> None:
    with storage.reading() as session:
        assert list(stretches(session, 3)) == []
        assert READER.gather(session).listings == []


def test_what_a_stretch_does_not_read_cannot_be_asked_for(storage: Storage) -> None:
    with storage.writing() as session:
        make_service(session, "Bare")
    with storage.reading() as session:
        [shelf] = [Shelf(session, stretch) for stretch in stretches(session, 3)]
        assert Shelf(session, [uuid4()]).children(Contact, "service_id", uuid4()) == []
        with pytest.raises(KeyError):
            shelf.children(Contact, "service_id", uuid4())


@given(st.frozensets(st.uuids(), max_size=40), st.integers(1, 9))
def test_chunks_hold_every_id_once_in_order_and_no_more_than_a_statement_takes(ids: frozenset[UUID], size: int) -> None:
    some = list(chunks(ids, size))
    assert [key for chunk in some for key in chunk] == sorted(ids)
    assert all(len(chunk) == size for chunk in some[:-1])
    assert all(0 < len(chunk) <= size for chunk in some)


def test_as_many_ids_at_a_time_as_one_statement_takes() -> None:
    assert [len(chunk) for chunk in chunks([uuid4() for _ in range(2 * CHUNK + 1)])] == [CHUNK, CHUNK, 1]
