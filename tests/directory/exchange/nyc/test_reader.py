"""Four tables become organizations, programs, services and places; rows that repeat a place say one thing. All examples are invented."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from msgspec import Struct
from sqlalchemy import func, select

from directory.errors import UnreadableInput
from directory.exchange.nyc.reader import SOURCE, read_nyc
from directory.exchange.nyc.tables import COLUMNS
from directory.exchange.reading.wordrules import Tally
from directory.exchange.records import Attribute, Organization, Program, Refusal, Service, ServiceAtLocation, SourceRecord
from directory.imports import import_records
from directory.models import Location as StoredLocation
from directory.models import ServiceAtLocation as StoredServiceAtLocation
from directory.sealing import Sealer
from directory.storage import Storage

Rows = list[dict[str, Any]]
Read = Callable[..., list[SourceRecord | Refusal]]
PROVIDERS: Rows = [{"provider_id": "1", "provider_name": "ELM HOUSE INC", "provider_website": "www.elm.example.org", "hq_address_1": "1 Elm Row",
                    "hq_city": "Queens", "Latitude": "40.7", "Longitude": "-73.9"}, {"provider_id": "2", "provider_name": "Ash Club"}]
PROGRAMS: Rows = [{"program_id": "7", "program_name": "Senior Centers", "agency_name": "DFTA", "how_to_apply": "N/A"},
                  {"program_id": "8", "program_name": "City Council Awards", "agency_name": "DYCD"}]
CONTRACTS: Rows = [{"contract_id": "90", "provider_id": "1", "program_id": "8", "purpose": "To support soup kitchens", "amount": "5000"},
                   {"contract_id": "91", "provider_id": "1", "program_id": "7", "purpose": "SENIOR CENTER SERVICES"}]
SITE: dict[str, Any] = {
    "site_id": "100", "provider_id": "1", "program_id": "7", "contract_id": "91", "latitude": "40.75", "longitude": "-73.95", "fixed_address": "true",
    "address_1": "12 Ash Street", "city": "brooklyn", "borough": "brooklyn", "state": "NY", "postcode": "11201", "site_name": "Ash Center",
    "accepts_dropins": "false", "serves_food": "false", "catchment_type": "community district", "catchment_zone": '["bk02"]',
    "language_taxonomy": '["english","spanish"]', "service_taxonomy": '["recreational services"]', "service_setting_taxonomy": '["community center"]',
}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(*sites: dict[str, Any], providers: Rows = PROVIDERS, programs: Rows = PROGRAMS, contracts: Rows = CONTRACTS) -> Path:
        for name, rows in (("providers", providers), ("programs", programs), ("contracts", contracts), ("sites", list(sites))):
            columns = list(dict.fromkeys([*COLUMNS[name], *(column for row in rows for column in row)]))
            with (tmp_path / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
                table = csv.DictWriter(file, columns, lineterminator="\r\n")
                table.writeheader()
                table.writerows(rows)
        return tmp_path

    return write


@pytest.fixture
def read(write: Callable[..., Path]) -> Read:
    return lambda *sites, tally=None, **tables: list(read_nyc(write(*sites, **tables), tally=tally))


def records(found: list[SourceRecord | Refusal], file: str = "sites.csv") -> list[SourceRecord]:
    return [record for record in found if isinstance(record, SourceRecord) and record.file == file]


def at_locations(found: list[SourceRecord | Refusal]) -> list[ServiceAtLocation]:
    return [record.content for record in records(found) if isinstance(record.content, ServiceAtLocation)]


def terms(*things: Any) -> set[str]:
    return {f"{it.taxonomy}.{it.code}" for thing in things for it in thing.attributes}


def walk(thing: Any) -> Iterator[Struct]:
    if isinstance(thing, Struct):
        yield thing
        for name in thing.__struct_fields__:
            yield from walk(getattr(thing, name))
    elif isinstance(thing, list):
        for part in thing:
            yield from walk(part)


def test_every_row_of_every_file_is_one_record(read: Read) -> None:
    found = read(SITE, {**SITE, "site_id": "101", "fixed_address": "false"})
    kinds = [(type(record.content), record.key) for record in found if isinstance(record, SourceRecord)]
    assert kinds == [
        (Organization, "provider/1"), (Organization, "provider/2"), (Program, "program/7"), (Program, "program/8"), (Service, "contract/90"),
        (Service, "contract/91"), (ServiceAtLocation, "site/100"), (Service, "site/101"),
    ]


def test_a_site_is_a_program_of_a_provider_at_a_place(read: Read) -> None:
    [it] = at_locations(read(SITE))
    assert it.service is not None
    assert it.location is not None
    assert (it.service.name, it.service.description) == ("Senior Centers", "SENIOR CENTER SERVICES")
    assert it.service.funding[0].source == "New York City Department for the Aging"
    assert it.service.application_process is None
    assert (it.location.name, it.location.latitude, it.location.longitude, it.location.location_type) == ("Ash Center", 40.75, -73.95, "physical")
    assert (it.location.addresses[0].city, it.location.addresses[0].region) == ("Brooklyn", "Brooklyn")
    assert [language.code for language in it.location.languages] == ["en", "es"]
    assert [area.name for area in it.service_areas] == ["Brooklyn Community District 2"]
    assert terms(it) == {"supports.company", "kinds.activity", "settings.community_centre", "supports.senior_centre", "audiences.older_adults",
                         "supports.older_people"}
    assert terms(it.service) == {"supports.senior_centre", "audiences.older_adults", "supports.older_people"}


def test_rows_that_repeat_a_place_give_the_same_union(read: Read) -> None:
    again = {**SITE, "site_id": "101", "address_1": "12 ASH STREET ", "language_taxonomy": '["korean"]', "service_taxonomy": '["mentoring"]', "latitude": "",
             "longitude": "", "accepts_dropins": "true", "serves_food": "true"}
    one, two = at_locations(read(SITE, again))
    assert msgspec.json.encode(one) == msgspec.json.encode(two)
    assert one.location is not None
    assert [language.code for language in one.location.languages] == ["en", "es", "ko"]
    assert {"supports.company", "supports.mentoring", "entry.drop_in", "group_facts.refreshments"} <= terms(one)


def test_one_place_in_two_programs_is_one_location_when_they_speak_alike(read: Read) -> None:
    other = {**SITE, "site_id": "101", "program_id": "8", "contract_id": "90"}
    one, two = at_locations(read(SITE, other))
    assert one.id != two.id
    assert one.location is not None
    assert two.location is not None
    assert one.location.id == two.location.id


def test_no_program_is_said_to_speak_the_languages_of_its_neighbour(read: Read) -> None:
    other = {**SITE, "site_id": "101", "program_id": "8", "contract_id": "90", "language_taxonomy": ""}
    one, two = at_locations(read(SITE, other))
    assert one.location is not None
    assert two.location is not None
    assert one.location.id != two.location.id
    assert two.location.languages == []


def test_what_one_id_says_is_the_same_in_every_record(read: Read) -> None:
    sites = [
        {**SITE, "site_id": str(100 + number), "program_id": "78"[number % 2], "contract_id": "91" if number % 2 == 0 else "90",
         "address_1": f"{number % 3} Ash Street", "fixed_address": "false" if number == 5 else "true", "site_name": f"Site {number}",
         "language_taxonomy": ('["english"]', '["korean"]', "")[number % 3]}
        for number in range(9)
    ]
    said: dict[tuple[type, UUID], bytes] = {}
    for record in read(*sites):
        assert isinstance(record, SourceRecord)
        for thing in walk(record.content):
            if not isinstance(thing, Attribute) and isinstance(id := getattr(thing, "id", None), UUID):
                assert said.setdefault((type(thing), id), msgspec.json.encode(thing)) == msgspec.json.encode(thing)


def test_ids_say_nothing_about_the_address(read: Read) -> None:
    [before], [after] = at_locations(read(SITE)), at_locations(read({**SITE, "address_1": "1 Oak Road", "postcode": "10001"}))
    assert before.location is not None
    assert after.location is not None
    assert (before.id, before.location.id) == (after.id, after.location.id)


@pytest.mark.parametrize("fields", [
    {"notes": "Site is the HQ. Services are provided at clients' homes."}, {"notes": "Case management services at client's home."},
    {"service_setting_taxonomy": '["home"]'},
])
def test_work_in_peoples_homes_leaves_the_office_as_a_postal_address_without_a_point(read: Read, fields: dict[str, Any]) -> None:
    found = read({**SITE, **fields})
    [it] = at_locations(found)
    assert it.location is not None
    assert (it.location.location_type, it.location.addresses[0].address_type, it.location.latitude) == ("postal", "postal", None)
    assert "formats.home_visit" in terms(it)
    assert [repair.field for repair in records(found)[0].repairs] == ["notes"]
    assert records(found)[0].leftover["point"] == ["-73.95", "40.75"]


@pytest.mark.parametrize("notes", ["HOMEWOOD SCHOOL", "Coalition for the Homeless", "Home of the brave club"])
def test_a_name_with_home_in_it_is_no_home_visit(read: Read, notes: str) -> None:
    [it] = at_locations(read({**SITE, "notes": notes}))
    assert "formats.home_visit" not in terms(it)
    assert it.description == notes


def test_counts_for_the_books_are_no_description(read: Read) -> None:
    found = read({**SITE, "notes": "7320 Days"})
    assert at_locations(found)[0].description is None
    assert records(found)[0].leftover["notes"] == "7320 Days"


@pytest.mark.parametrize("fields", [{"fixed_address": "false"}, {"address_1": ""}])
def test_a_row_without_a_place_speaks_of_the_service_itself(read: Read, fields: dict[str, Any]) -> None:
    [record] = records(read({**SITE, **fields}))
    assert isinstance(record.content, Service)
    assert record.content.service_at_locations == []
    assert "supports.company" in terms(record.content)
    assert [language.code for language in record.content.languages] == ["en", "es"]
    assert [area.name for area in record.content.service_areas] == ["Brooklyn Community District 2"]


@pytest.mark.parametrize(("fields", "areas"), [
    ({"catchment_type": "entire city", "catchment_zone": '["all boroughs"]'}, ["New York City"]), ({"catchment_type": "citywide"}, ["New York City"]),
    ({"catchment_type": "borough", "catchment_zone": '["staten island","bronx"]'}, ["Staten Island", "Bronx"]),
    ({"catchment_type": "other", "catchment_zone": "", "catchment_description": "Ash Houses"}, ["Ash Houses"]),
    ({"catchment_zone": "", "catchment_type": ""}, []),
])
def test_areas_are_in_words_people_know(read: Read, fields: dict[str, Any], areas: list[str]) -> None:
    assert [area.name for area in at_locations(read({**SITE, **fields}))[0].service_areas] == areas


def test_unspecified_is_not_a_kind_of_help_and_false_is_not_a_no(read: Read) -> None:
    [it] = at_locations(read({**SITE, "contract_id": "", "service_taxonomy": '["unspecified"]', "service_setting_taxonomy": ""}))
    assert terms(it) == set()


def test_amounts_stay_out_of_what_people_see(read: Read) -> None:
    found = read({**SITE, "site_budget": "4964641.70"})
    contract, site = records(found, "contracts.csv")[0], records(found)[0]
    assert contract.leftover["amount"] == "5000"
    assert "5000" not in msgspec.json.encode(contract.content).decode()
    assert "4964641" not in msgspec.json.encode(site.content).decode()


@pytest.mark.parametrize(("fields", "field", "value"), [({"provider_id": "999"}, "provider_id", "999"), ({"program_id": "x"}, "program_id", "x")])
def test_a_site_that_names_nobody_known_is_refused_with_file_line_field_and_value(read: Read, fields: dict[str, Any], field: str, value: str) -> None:
    [refusal] = [found for found in read(SITE, {**SITE, "site_id": "101", **fields}) if isinstance(found, Refusal)]
    assert (refusal.file, refusal.line, refusal.field, refusal.value) == ("sites.csv", 3, field, value)
    assert field.removesuffix("_id") in refusal.reason


def test_a_key_used_twice_is_refused_the_second_time(read: Read) -> None:
    [refusal] = [found for found in read(SITE, SITE) if isinstance(found, Refusal)]
    assert (refusal.line, refusal.field, refusal.value, refusal.reason) == (3, "site_id", "100", "line 2 has this key already")


def test_a_contract_that_is_not_there_is_a_repair(read: Read) -> None:
    assert [repair.field for repair in records(read({**SITE, "contract_id": "5"}))[0].repairs] == ["contract_id"]


@pytest.mark.parametrize(("fields", "field"), [
    ({"service_taxonomy": '["mentoring"'}, "service_taxonomy"), ({"catchment_zone": '["zz99"]'}, "catchment_zone"), ({"latitude": "north"}, "latitude"),
    ({"language_taxonomy": '["elvish"]'}, "language_taxonomy"),
])
def test_what_is_not_understood_is_reported_by_field(read: Read, fields: dict[str, Any], field: str) -> None:
    assert [repair.field for repair in records(read({**SITE, **fields}))[0].repairs] == [field]


def test_a_missing_column_and_a_missing_file_are_named(write: Callable[..., Path]) -> None:
    folder = write(SITE)
    (folder / "programs.csv").write_text("program_id,agency_name\n7,DFTA\n")
    with pytest.raises(UnreadableInput, match=r"programs\.csv, line 1: the column program_name is missing"):
        list(read_nyc(folder))
    (folder / "programs.csv").unlink()
    with pytest.raises(UnreadableInput, match=r"programs\.csv is not among them"):
        list(read_nyc(folder / "sites.csv"))


def test_a_row_of_another_width_is_refused(write: Callable[..., Path]) -> None:
    folder = write(SITE)
    (folder / "programs.csv").write_text("program_id,program_name,agency_name\n7,Senior Centers,DFTA\n8,City Council Awards\n")
    refusals = [found for found in read_nyc(folder) if isinstance(found, Refusal)]
    assert [(refusal.file, refusal.line, refusal.field) for refusal in refusals] == [("programs.csv", 3, ""), ("contracts.csv", 2, "program_id")]


def test_the_folder_or_its_sites_file_may_be_given(write: Callable[..., Path]) -> None:
    folder = write(SITE)
    assert msgspec.json.encode(list(read_nyc(folder))) == msgspec.json.encode(list(read_nyc(folder / "sites.csv")))


def test_the_tally_counts_by_kind_of_word(read: Read) -> None:
    tally = Tally()
    read(SITE, tally=tally)
    assert {"service", "setting", "language", "program"} <= set(tally.mentions)
    assert tally.mapped["language"] == 2


def test_repeated_places_come_in_once_and_the_second_time_nothing_changes(write: Callable[..., Path], storage: Storage, sealer: Sealer) -> None:
    folder = write(SITE, {**SITE, "site_id": "101"}, {**SITE, "site_id": "102", "fixed_address": "false"})
    at = datetime(2026, 3, 4, tzinfo=UTC)
    first = import_records(storage, SOURCE, read_nyc(folder), by="test", at=at, sealer=sealer)
    again = import_records(storage, SOURCE, read_nyc(folder), by="test", at=at, sealer=sealer)
    assert (first.records_in, first.added, first.refused) == (9, 9, 0)
    assert (again.records_in, again.unchanged) == (9, 9)
    with storage.reading() as session:
        assert session.scalar(select(func.count()).select_from(StoredServiceAtLocation)) == 1
        assert session.scalar(select(func.count()).select_from(StoredLocation)) == 2   # the site, and the headquarters of its provider
