"""Loading into a database: everything arrives, a second time changes nothing, and no hidden place shows anywhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from directory.migrations import upgrade
from directory.models import Base, Change, Location, LocationPrivate, Service, Taxonomy, TaxonomyTerm
from directory.placing import open_place
from directory.sealing import Sealer
from directory.storage import Storage, sqlite_url
from directory.vocabularies import read_vocabulary
from matching.values import Listing
from seeds import load
from seeds.__main__ import main
from seeds.demonstration import demonstration
from seeds.words import taxonomies, terms_of
from tests.listed import read_listings

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)   # the evening of the 21st where the demonstration stands
LATER = AT + timedelta(days=40)
SECRETS = ("Nightjar", "44.33127", "88.40853", "Pepperpot", "44.26433", "88.40217")
PRIVATE = {"location_private"}


@pytest.fixture(scope="module")
def sealer() -> Sealer:
    """Seals with a key made for these tests."""
    return Sealer({"test": b"k" * 32})


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory, sealer: Sealer) -> Iterator[Storage]:
    """A directory with the demonstration in it, made once: the tests that ask for it only read."""
    storage = Storage(sqlite_url(tmp_path_factory.mktemp("town") / "town.sqlite3"))
    upgrade(storage)
    load.vocabularies(storage, at=AT)
    load.demo(storage, sealer=sealer, at=AT)
    yield storage
    storage.close()


def everything(storage: Storage, *, but: set[str]) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but some, in a fixed order."""
    with storage.reading() as session:
        return {
            table.name: sorted(tuple(map(repr, row)) for row in session.execute(select(table)))
            for table in Base.metadata.sorted_tables if table.name not in but
        }  # fmt: skip


def listings(storage: Storage) -> list[Listing]:
    with storage.reading() as session:
        return read_listings(session, areas=lambda names, country, state: (frozenset(names), bool(names)), timezone="UTC")


def test_the_vocabularies_arrive_whole(storage: Storage) -> None:
    assert load.vocabularies(storage, at=AT) > 800
    with storage.reading() as session:
        assert session.scalar(select(func.count()).select_from(Taxonomy)) == len(taxonomies())
        assert session.scalar(select(func.count()).select_from(TaxonomyTerm)) == sum(len(terms_of(code)) for code in taxonomies())
        assert set(read_vocabulary(session)) == {term for code in taxonomies() for term in terms_of(code)}


def test_the_vocabularies_load_once(storage: Storage) -> None:
    load.vocabularies(storage, at=AT)
    before = everything(storage, but=set())
    assert load.vocabularies(storage, at=LATER, by="somebody else") == 0
    assert everything(storage, but=set()) == before


def test_every_listing_is_there_to_be_ranked(town: Storage) -> None:
    found = listings(town)
    expected = [record.content for record in demonstration(on=date(2026, 11, 21)) if hasattr(record.content, "service_at_locations")]
    places = sum(max(1, len(service.service_at_locations)) for service in expected if service.status == "active")
    assert len(found) == places
    assert {listing.service_id for listing in found} == {str(service.id) for service in expected if service.status == "active"}


def test_what_a_listing_states_is_what_the_ranking_sees(town: Storage) -> None:
    (circle,) = [listing for listing in listings(town) if listing.name.startswith("Thread and tea")]
    assert circle.kind == "peer_group"
    assert (circle.builds_on.yes, circle.languages.yes) == ({"textiles", "cultural_knowledge", "storytelling", "welcoming"}, {"so", "ar", "en"})
    assert (circle.for_communities, circle.led_by, circle.only_for) == ({"somali", "women"}, {"somali"}, {"women"})
    assert circle.access.yes == {"prayer_space", "childcare"}
    assert circle.access.no == {"step_free"}
    assert [(opening.weekday, opening.opens, opening.closes) for opening in circle.openings] == [(1, 1050, 1200), (5, 600, 750)]
    assert (circle.size, circle.tone, circle.cost, circle.space) == ("medium", "lively", "free", "open")
    assert (circle.assured_on, circle.assured_by) == (date(2026, 11, 16), "organization")
    assert circle.place is not None
    assert circle.timezone == "America/Chicago"


def test_the_gaps_are_read_as_they_were_meant(town: Storage) -> None:
    found = {listing.name: listing for listing in listings(town)}
    assert found["Stim and Sit"].space == "full"
    assert found["The lunch round"].space == "waiting_list"
    assert found["Borrow the internet"].languages.yes == frozenset()
    assert found["Night Owls line"].place is None
    assert not found["Night Owls line"].confidential
    assert found["The cupboard at Four Corners"].always_open
    assert found["Common Pot lunch"].everyone_welcome
    assert "Warm bills fund" not in found


def test_a_second_load_on_a_later_day_changes_nothing(storage: Storage, sealer: Sealer) -> None:
    kept = {"provenance"}   # it notes when a record was last seen
    load.vocabularies(storage, at=AT)
    report = load.demo(storage, sealer=sealer, at=AT)
    assert (report.refusals, report.added, report.records_in) == ([], len(demonstration(on=AT.date())), len(demonstration(on=AT.date())))
    before = everything(storage, but=kept)
    load.vocabularies(storage, at=LATER)
    report = load.demo(storage, sealer=sealer, at=LATER)
    assert (report.added, report.changed, report.refused) == (0, 0, 0)
    assert everything(storage, but=kept) == before


def test_days_count_from_the_first_load_in_the_time_of_the_town(town: Storage) -> None:
    assert load.first_day(town, at=LATER) == date(2026, 11, 21)
    with town.reading() as session:
        assert session.scalar(select(func.max(Service.assured_date))) == date(2026, 11, 19)


def test_a_new_database_is_fresh_whenever_it_is_made(storage: Storage) -> None:
    assert load.first_day(storage, at=LATER) == date(2026, 12, 31)


def test_the_places_that_are_not_public_are_sealed(town: Storage, sealer: Sealer) -> None:
    with town.reading() as session:
        hidden = session.scalars(select(Location).where(Location.visibility != "public")).all()
        assert {(place.name, place.area_name, place.latitude) for place in hidden} == {
            ("A safe house in Outagamie County", "Outagamie County", None), ("A room in the middle of Alder Falls", "Alder Falls", None),
        }  # fmt: skip
        opened = {place.name: open_place(session, place.id, sealer=sealer) for place in hidden}
        assert session.scalar(select(func.count()).select_from(LocationPrivate)) == 2
    refuge = opened["A safe house in Outagamie County"]
    assert (refuge["latitude"], refuge["addresses"][0]["address_1"]) == (44.33127, "4417 Nightjar Hollow")


def test_no_table_but_the_sealed_one_tells_where_a_hidden_place_is(town: Storage) -> None:
    rows = everything(town, but=PRIVATE)
    told = [(name, secret) for name, table in rows.items() for row in table for value in row for secret in SECRETS if secret in value]
    assert told == []
    sealed = everything(town, but=set())["location_private"]
    assert len(sealed) == 2
    assert not any(secret in value for row in sealed for value in row for secret in SECRETS)


def test_no_listing_tells_where_a_hidden_place_is(town: Storage) -> None:
    refuge = next(listing for listing in listings(town) if listing.name == "Tamarack Door safe house")
    assert refuge.confidential
    assert refuge.place is None
    assert not any(secret in repr(listing) for listing in listings(town) for secret in SECRETS)


def test_the_change_log_names_who_loaded_it_and_when(town: Storage) -> None:
    with town.reading() as session:
        assert [tuple(row) for row in session.execute(select(Change.by, Change.at).distinct())] == [(load.BY, AT)]


def test_the_command_loads_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url, key = sqlite_url(tmp_path / "town.sqlite3"), str(tmp_path / "key")
    assert main(["vocabularies", "--database", url, "--key", key]) == 0
    assert "rows changed" in capsys.readouterr().out
    assert main(["demo", "--database", url, "--key", key]) == 0
    assert f"{len(demonstration(on=AT.date()))} added" in capsys.readouterr().out
    assert main(["demo", "--database", url, "--key", key]) == 0
    assert "0 added, 0 changed" in capsys.readouterr().out


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--database", "mysql://somewhere/else", "--key", str(tmp_path / "key")]) == 1
    assert "SQLite or PostgreSQL" in capsys.readouterr().err
