"""Tests of reading any table: its columns by their headings, its encoding and separator as they come."""

from __future__ import annotations

from pathlib import Path

import pytest

from directory.duplicates.columns import recognise
from directory.duplicates.sheets import read_sheet, rows_of
from directory.errors import UnreadableInput

HEADINGS = {
    "Site name,Agency,Address,Zip,Phone,Website": ("names", "organization", "streets", "postcodes", "phones", "websites"),
    "FacilityName;street_address;postal code;Telephone Number": ("names", "streets", "postcodes", "phones"),
    "title\taddr\tcity\tphone\turl": ("names", "streets", "city", "phones", "websites"),
    "name|e-mail|web site|lat|lng|postcode": ("names", "emails", "websites", "latitude", "longitude", "postcodes"),
    "given_name,surname,street_number,address_1,suburb,postcode": ("names", "streets", "city", "postcodes"),
    "Provider Name,hq_address_1,hq_address_2,hq_postcode": ("names", "streets", "postcodes"),
}


def said_by(headings: list[str]) -> set[str]:
    columns = recognise(headings)
    return {field for field in columns.__struct_fields__ if getattr(columns, field) not in (None, ())}


@pytest.mark.parametrize("line", HEADINGS)
def test_columns_are_known_by_their_headings(line: str) -> None:
    headings = line.replace(";", ",").replace("\t", ",").replace("|", ",").split(",")
    assert said_by(headings) == set(HEADINGS[line])


NUMBERS = ["Id", "Source", "True Id", "uuid", "Provider ID", "record_key", "FM_ID", "class", "cluster id", "phone type", "source name"]


@pytest.mark.parametrize("heading", NUMBERS)
def test_numbers_that_a_source_gives_are_no_evidence(heading: str) -> None:
    assert said_by([heading]) == set()


def test_the_surest_heading_is_the_name_and_program_is_not_where_there_is_a_better_one() -> None:
    assert recognise(["Program Name", "Site name"]).names == (1,)
    assert recognise(["Program Name"]).names == (0,)
    assert recognise(["Agency", "Phone"]).names == (0,)


def test_a_house_number_in_a_column_of_its_own_goes_before_its_street(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("given_name,surname,street_number,address_1,address_2\nMaya,Okafor,12,Mill Road,Flat 2\n")
    [row] = rows_of(read_sheet(path))
    assert row.name == "Maya Okafor"
    assert row.streets == ("12 Mill Road, Flat 2",)


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_table_is_read_in_any_usual_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(f"name{separator}phone\r\nCafé Über{separator}555-0143\r\n\r\n\"a\nb\"{separator}\r\nshort\r\n".encode(encoding))
    rows = rows_of(read_sheet(path))
    assert [row.name for row in rows] == ["Café Über", "a b", "short"]
    assert rows[0].phones == ("555-0143",)
    assert [row.key for row in rows] == ["row 1", "row 2", "row 3"]


def test_what_stands_for_nothing_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("name,phone,lat,lon\nLantern,N/A,0,0\nunknown,-,95,10\n")
    first, second = rows_of(read_sheet(path))
    assert (first.phones, first.latitude) == ((), None)
    assert (second.name, second.phones, second.latitude) == ("", (), None)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "empty"), (b"\n\n", "empty"), (b"a,b\n1,2\n", "no column is recognised"), (b"PK\x03\x04\0\0", "no table of text"), (b'name\n"' + b"x" * 100, "")],
)
def test_a_file_that_is_no_table_is_told_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    if not words:
        assert len(rows_of(read_sheet(path))) == 1   # an open quotation mark reads to the end, as spreadsheets do
        return
    with pytest.raises(UnreadableInput, match=words):
        rows_of(read_sheet(path))


def test_a_column_that_is_not_there_is_told_with_those_that_are(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("Name,True Id\nx,1\n")
    sheet = read_sheet(path)
    assert sheet.column("true  id") == 1
    with pytest.raises(UnreadableInput, match=r"no column 'Truth'\. The columns are: Name, True Id"):
        sheet.column("Truth")
