"""Any table comes in through a mapping; headers that lie are caught before a cell is read. All examples are invented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.errors import UnreadableInput
from directory.exchange.meetings.codes import TABLES
from directory.exchange.reading.files import read_header
from directory.exchange.reading.shipped import FOLDER
from directory.exchange.reading.wordrules import Tally
from directory.exchange.records import Refusal, Schedule, Service, SourceInfo, SourceRecord
from directory.exchange.table.mapping import FIELDS, load_mapping
from directory.exchange.table.reader import MADE_UP, UNMAPPED, read_table
from directory.exchange.table.record import _clock

MAPPING = """
key = ["name", "town"]
[source]
code = "elm-tables"
name = "Elm tables"
timezone = "America/Los_Angeles"
country = "US"
[columns]
"service.name" = "name"
"organization.name" = "owner"
"organization.website" = "site"
"service.phone" = "phone"
"service.hours" = "hours"
"service.languages" = "languages"
"service.minimum_age" = "from_age"
"location.address_1" = "street"
"location.city" = "town"
"location.state_province" = "state"
"location.postal_code" = "zip"
"location.latitude" = "lat"
"location.longitude" = "lon"
[constants]
"service.description" = "A table to sit at."
[values."location.state_province"]
California = "CA"
[[schedules]]
days = "day"
opens = "from"
closes = "to"
[days]
Tue = "TU"
Tues = "TU"
Sat = "SA"
[ordinals]
3rd = 3
Last = -1
[terms]
every = ["settings.community_centre", "formats.in_person"]
[terms.columns]
kind = "kind"
[kind.words]
"soup" = ["supports.free_meals"]
"""
COLUMNS = ["name", "owner", "site", "phone", "hours", "languages", "from_age", "street", "town", "state", "zip", "lat", "lon", "day", "from", "to", "kind"]
ROW = {
    "name": "Elm Table", "owner": "Elm House", "site": "https//elm.example.org", "phone": "(213)555-0101", "languages": "English and Korean",
    "from_age": "18", "street": "12 Ash Street", "town": "Elmtown", "state": "California", "zip": "90011", "lat": "34.02", "lon": "-118.25",
    "day": "Sat3rd", "from": "830", "to": "1200", "kind": "Soup",
}
Read = Callable[..., list[SourceRecord | Refusal]]


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "elm.toml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


@pytest.fixture
def read(tmp_path: Path, mapping: Path) -> Read:
    def read(*rows: dict[str, str], tally: Tally | None = None) -> list[SourceRecord | Refusal]:
        return list(read_table(table(tmp_path, COLUMNS, *([row.get(column, "") for column in COLUMNS] for row in rows)), mapping, tally=tally))

    return read


def table(tmp_path: Path, header: list[str], *rows: list[str]) -> Path:
    path = tmp_path / "elm.csv"
    path.write_text("\r\n".join(",".join(f'"{cell}"' if "," in cell else cell for cell in row) for row in [header, *rows]) + "\r\n", encoding="utf-8")
    return path


def service(found: list[SourceRecord | Refusal]) -> Service:
    [record] = found
    assert isinstance(record, SourceRecord)
    assert isinstance(record.content, Service)
    return record.content


def repairs(found: list[SourceRecord | Refusal]) -> list[tuple[str, str]]:
    return [(repair.field, repair.value) for record in found if isinstance(record, SourceRecord) for repair in record.repairs]


def test_a_row_fills_what_the_mapping_names(read: Read) -> None:
    found = read(ROW)
    it = service(found)
    assert (it.name, it.description, it.minimum_age) == ("Elm Table", "A table to sit at.", 18)
    assert it.organization is not None
    assert (it.organization.name, it.organization.website) == ("Elm House", "https://elm.example.org")
    assert [phone.number for phone in it.phones] == ["(213)555-0101"]
    assert [language.code for language in it.languages] == ["en", "ko"]
    place = it.service_at_locations[0].location
    assert place is not None
    assert (place.latitude, place.longitude, place.addresses[0].state_province, place.addresses[0].country) == (34.02, -118.25, "CA", "US")
    assert {term.code for term in it.attributes} == {"in_person", "free_meals"}
    assert [term.code for term in place.attributes] == ["community_centre"]
    assert repairs(found) == [("site", "https//elm.example.org")]


def test_a_cell_that_is_too_long_is_refused_with_its_row_alone(read: Read) -> None:
    found = read(ROW, {**ROW, "name": "Ash Table", "kind": "x" * 131_073}, {**ROW, "name": "Oak Table"})
    [refused] = [one for one in found if isinstance(one, Refusal)]
    assert (len(found), refused.line, refused.field) == (3, 3, "kind")
    assert refused.reason == "the cell has 131,073 characters, and at most 131,072 are read"


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_table_without_commas_is_read_by_what_parts_its_headings(tmp_path: Path, mapping: Path, separator: str) -> None:
    path = tmp_path / "elm.csv"
    path.write_text("".join(separator.join(row.get(column, "") for column in COLUMNS) + "\n" for row in (dict(zip(COLUMNS, COLUMNS, strict=True)), ROW)))
    assert service(list(read_table(path, mapping))).name == "Elm Table"


@pytest.mark.parametrize(("day", "opens", "closes", "expected"), [
    ("Sat3rd", "830", "1200", ("MONTHLY", "3SA", "08:30", "12:00")), ("SatLast", "0900", "1300", ("MONTHLY", "-1SA", "09:00", "13:00")),
    ("Tues", "9:00", "1730", ("WEEKLY", "TU", "09:00", "17:30")), ("Tue", "900", "2359", ("WEEKLY", "TU", "09:00", "23:59")),
])
def test_day_codes_become_recurrences(read: Read, day: str, opens: str, closes: str, expected: tuple[str, str, str, str]) -> None:
    [row] = service(read({**ROW, "day": day, "from": opens, "to": closes})).schedules
    assert (row.freq, row.byday, row.opens_at, row.closes_at) == expected
    assert row.timezone_name == "America/Los_Angeles"


@pytest.mark.parametrize(("day", "opens", "closes"), [
    ("Mon", "900", "1200"), ("Sat5th", "900", "1200"), ("Sat", "2100", "1300"), ("Sat", "1000", "130"), ("Sat", "900", ""), ("", "900", "1200"),
    ("Sat", "2500", "2600"), ("Sat", "noon", "1300"),
])
def test_a_day_that_is_not_certain_is_kept_as_words_and_reported(read: Read, day: str, opens: str, closes: str) -> None:
    found = read({**ROW, "day": day, "from": opens, "to": closes, "site": ""})
    [row] = service(found).schedules
    assert (row.opens_at, row.description) == (None, f"{day or '?'} {opens or '?'}-{closes or '?'}")
    assert repairs(found) == [("day", row.description)]


def test_no_day_at_all_gives_no_hours_and_a_sentence_is_read_as_one(read: Read) -> None:
    empty = {**ROW, "day": "", "from": "", "to": ""}
    assert service(read(empty)).schedules == []
    rows: list[Schedule] = service(read({**empty, "hours": "Tuesday, 9-5"})).schedules
    assert [(row.byday, row.opens_at) for row in rows] == [("TU", "09:00")]


@given(st.integers(0, 2399))
def test_clock_codes_are_times_or_nothing(number: int) -> None:
    found = _clock(f"{number:04d}")
    assert (found is None) == (number % 100 > 59)
    assert found is None or found.replace(":", "") == f"{number:04d}"


@pytest.mark.parametrize(("field", "value"), [("zip", "ABC"), ("lat", "north"), ("phone", "call us"), ("from_age", "old"), ("languages", "Elvish")])
def test_a_cell_that_is_not_understood_is_reported_and_kept(read: Read, field: str, value: str) -> None:
    found = read({**ROW, "site": "", field: value})
    [(reported, seen)] = repairs(found)
    assert (reported, value in seen) == (field, True)
    assert isinstance(found[0], SourceRecord)
    assert value in str(found[0].leftover)


def test_a_table_in_which_a_column_is_missing_is_refused_by_its_name(tmp_path: Path, mapping: Path) -> None:
    path = table(tmp_path, [column for column in COLUMNS if column not in ("zip", "day")], ["x"])
    with pytest.raises(UnreadableInput, match="the column zip, day is missing") as raised:
        list(read_table(path, mapping))
    assert raised.value.line == 1


def test_a_column_name_that_stands_twice_is_refused_with_both_places(tmp_path: Path, mapping: Path) -> None:
    path = table(tmp_path, [*COLUMNS, "zip"], ["x"])
    with pytest.raises(UnreadableInput, match=r"zip \(columns 11, 18\)"):
        list(read_table(path, mapping))


def test_a_mapping_may_name_columns_by_position(tmp_path: Path, mapping: Path) -> None:
    mapping.write_text(MAPPING.replace("[columns]", '[header]\n11 = "zip"\n18 = "old zip"\n[columns]'), encoding="utf-8")
    path = table(tmp_path, [*COLUMNS[:10], "", *COLUMNS[11:], "zip"], [*(ROW.get(column, "") for column in COLUMNS), "90099"])
    found = list(read_table(path, mapping))
    place = service(found).service_at_locations[0].location
    assert place is not None
    assert place.addresses[0].postal_code == "90011"
    assert isinstance(found[0], SourceRecord)
    assert found[0].leftover["old zip"] == "90099"


def test_columns_without_a_name_are_kept_by_their_place(tmp_path: Path, mapping: Path) -> None:
    path = table(tmp_path, [*COLUMNS, "", ""], [*(ROW.get(column, "") for column in COLUMNS), "a", "b"])
    [record] = list(read_table(path, mapping))
    assert isinstance(record, SourceRecord)
    assert (record.leftover["column 18"], record.leftover["column 19"]) == ("a", "b")


def test_columns_that_nothing_is_made_of_are_named_once_unless_they_are_empty(tmp_path: Path, mapping: Path) -> None:
    row = [ROW.get(column, "") for column in COLUMNS]
    path = table(tmp_path, [*COLUMNS, "parking", "never filled"], [*row, "", " "], [*row, "behind the hall", ""], [*row, "none", ""])
    told = [repair for record in read_table(path, mapping) if isinstance(record, SourceRecord) for repair in record.repairs if repair.reason == UNMAPPED]
    assert [(repair.field, repair.line) for repair in told] == [("parking", 1)]


def test_an_organization_that_had_to_be_made_is_told_once(read: Read) -> None:
    nobody = {**ROW, "site": "", "owner": ""}
    told = [repair for record in read(nobody, {**ROW, "site": ""}, {**nobody, "town": "Oakton"}, {**nobody, "name": "Oak Table"})
            if isinstance(record, SourceRecord) for repair in record.repairs if repair.reason == MADE_UP]  # fmt: skip
    assert [(repair.field, repair.value, repair.line) for repair in told] == [("owner", "Elm Table", 2), ("owner", "Oak Table", 5)]


def test_rows_without_a_name_or_of_another_width_are_refused_by_line(tmp_path: Path, mapping: Path) -> None:
    path = table(tmp_path, COLUMNS, ["" if column == "name" else ROW.get(column, "") for column in COLUMNS], ["too", "short"])
    first, second = read_table(path, mapping)
    assert isinstance(first, Refusal)
    assert isinstance(second, Refusal)
    assert (first.line, first.field, second.line, second.value) == (2, "name", 3, "too,short")


def test_a_key_that_repeats_is_told_apart_and_reported(read: Read) -> None:
    found = read({**ROW, "site": ""}, {**ROW, "site": "", "street": "1 Oak Road"})
    assert [record.key for record in found if isinstance(record, SourceRecord)] == ["elm table|elmtown", "elm table|elmtown#2"]
    assert repairs(found) == [("name + town", "elm table|elmtown")]


def test_rows_of_one_owner_carry_the_same_organization(read: Read) -> None:
    found = read(ROW, {**ROW, "name": "Oak Table", "owner": "ELM HOUSE", "site": "http://oak.example.org"})
    said = {msgspec.json.encode(record.content.organization) for record in found if isinstance(record, SourceRecord) and isinstance(record.content, Service)}
    assert len(said) == 1


@pytest.mark.parametrize(("old", "new", "words"), [
    ('"service.phone" = "phone"', '"service.telephone" = "phone"', "service.telephone"), ('key = ["name", "town"]', "key = []", "no key"),
    ('"service.name" = "name"', "", "service.name"), ('Tue = "TU"', 'Tue = "DI"', "DI"), ('key = ["name", "town"]', 'key = ["name", "street"]', "street"),
    ("[terms]", "[terns]", "terns"), ('"soup" = ["supports.free_meals"]', '"soup" = ["free meals"]', "free meals"), ("[source]", "[source", "TOML"),
    ('closes = "to"', 'shuts = "to"', "shuts"), ('kind = "kind"', 'kind = "sort"', "sort"), ('key = ["name", "town"]', "", "key"),
])
def test_a_mapping_that_is_wrong_says_where(tmp_path: Path, mapping: Path, old: str, new: str, words: str) -> None:
    assert old in MAPPING
    mapping.write_text(MAPPING.replace(old, new), encoding="utf-8")
    with pytest.raises(UnreadableInput, match=words) as raised:
        load_mapping(mapping)
    assert raised.value.file == "elm.toml"


def test_a_mapping_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"nowhere\.toml"):
        load_mapping(tmp_path / "nowhere.toml")


def test_the_source_of_a_mapping_can_be_replaced(tmp_path: Path, mapping: Path) -> None:
    path = table(tmp_path, COLUMNS, [ROW.get(column, "") for column in COLUMNS])
    other = SourceInfo(code="oak", name="Oak", kind="table")
    [ours], [theirs] = read_table(path, mapping), read_table(path, mapping, other)
    assert isinstance(ours, SourceRecord)
    assert isinstance(theirs, SourceRecord)
    assert ours.content.id != theirs.content.id


@pytest.mark.parametrize("name", ["los_angeles_food_pantry", "los_angeles_farmers_market"])
def test_shipped_mappings_are_whole_and_of_one_form(name: str) -> None:
    mapping = load_mapping(name)
    assert set(mapping.columns) | set(mapping.constants) <= FIELDS
    assert mapping.source.licence


def test_the_explained_form_is_one_that_loads(tmp_path: Path) -> None:
    from directory.exchange.table import mapping

    text = (mapping.__doc__ or "").split("::\n", 1)[1]
    path = tmp_path / "explained.toml"
    path.write_text("\n".join(line.removeprefix("    ") for line in text.splitlines()), encoding="utf-8")
    assert load_mapping(path).source.code == "los-angeles-food-pantries"


def test_a_doubled_name_in_the_pantry_header_is_mended_by_the_shipped_mapping(tmp_path: Path) -> None:
    mapping = load_mapping("los_angeles_food_pantry")
    days = [f"{part}" for n in range(1, 8) for part in (f"daycode{n}", f"day{n}_open", f"day{n}_close")]
    days[days.index("day6_close")] = "day6_open"
    header = ["name", "address_1", "address_2", "city", "state", "zip", "phone", "latitude", "longitude", "category", "website", "", *days, "Year_Round (Y/N)"]
    cells = {"name": "Elm Pantry", "city": "Elmtown", "category": "Food Pantry", "website": "https//elm.example.org"}
    row = [cells.get(name, "") for name in header]
    row[header.index("daycode6") : header.index("daycode6") + 3] = ["Sat", "0900", "1300"]
    path = table(tmp_path, header, row)
    assert mapping.fits(read_header(path))
    it = service(list(read_table(path, mapping)))
    assert [(day.byday, day.opens_at, day.closes_at) for day in it.schedules] == [("SA", "09:00", "13:00")]
    assert {term.code for term in it.attributes} == {"food_pantry", "in_person"}
    assert it.url == "https://elm.example.org"


def test_every_shipped_rule_file_is_read_by_something() -> None:
    of_meetings = {f"meetings_{code}" for code in (*TABLES, "languages")}
    assert {path.stem for path in FOLDER.glob("*.toml")} == of_meetings | {
        "languages", "los_angeles_farmers_market", "los_angeles_food_pantry", "nyc", "ohana",
    }


def test_a_header_of_very_many_columns_is_refused_at_once(tmp_path: Path, mapping: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(",".join(f"c{place}" for place in range(100_000)) + "\n")
    with pytest.raises(UnreadableInput, match="100,000 columns"):
        list(read_table(path, mapping))
