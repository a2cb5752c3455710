"""The listings of an organization in a spreadsheet: out, edited, back, looked at, confirmed; nothing changes before, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from httpx import Response
from openpyxl import load_workbook
from sqlalchemy import select

from directory.models import Change, Draft, Phone, Service
from directory.spreadsheet.cells import read_csv, write_csv
from directory.spreadsheet.workbook import read_workbook
from tests.cast import LISTINGS, ORGANIZATIONS
from tests.web.second_door import Browser, SecondDoor, text_of

PATH = f"/desk/organizations/{ORGANIZATIONS['kitchen']}/spreadsheet"


def table(browser: Browser) -> list[list[str]]:
    return read_csv(browser.get(f"{PATH}.csv").content)


def edited(browser: Browser, listing: str, cells: Mapping[str, str]) -> list[list[str]]:
    """The downloaded table with some cells of one listing written anew."""
    rows = table(browser)
    row = next(row for row in rows if row[0] == str(LISTINGS[listing]))
    for heading, cell in cells.items():
        row[rows[0].index(heading)] = cell
    return rows


def send(browser: Browser, rows: list[list[str]] | bytes) -> Response:
    content = rows if isinstance(rows, bytes) else write_csv(rows)
    return browser.post(PATH, files={"file": ("listings.csv", content, "text/csv")})


def confirm(browser: Browser, looked: Response, **other: str) -> Response:
    """Send the form of the page of differences as a browser does, its line ends too."""
    said = dict(re.findall(r'name="(seal)" value="([^"]*)"', looked.text))
    found = re.search(r'<textarea name="table" hidden>(.*?)</textarea>', looked.text, re.DOTALL)
    assert found
    said |= {"table": unescape(found[1]).replace("\r\n", "\n").replace("\n", "\r\n"), **other}
    parts = {name: (None, value) for name, value in said.items()}
    return browser.post(f"{PATH}/confirm", files=parts)


def listing(door: SecondDoor, name: str = "lunch") -> Service:
    with door.storage.reading() as session:
        return session.get_one(Service, LISTINGS[name])


def test_the_table_has_a_row_for_each_listing_and_only_those_of_the_organization(door: SecondDoor) -> None:
    answer = door.as_("ana").get(f"{PATH}.csv")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = table(door.as_("ana"))
    assert [row[:2] for row in rows] == [["id", "Name"], [str(LISTINGS["lunch"]), "Community lunch"], [str(LISTINGS["class"]), "Cooking class"]]


def test_a_table_sent_back_as_it_was_changes_nothing(door: SecondDoor) -> None:
    answer = send(door.as_("ana"), table(door.as_("ana")))
    assert (answer.status_code, "0 cells differ. 2 rows say" in text_of(answer), "spreadsheet/confirm" in answer.text) == (200, True, False)


def test_a_trusted_editor_sees_the_differences_and_confirming_applies_them(door: SecondDoor) -> None:
    ana = door.as_("ana")
    looked = send(ana, edited(ana, "lunch", {"Name": "Lunch for all", "Phone": "920-555-0199", "From age": "16", "What it costs": "Free\nfor all"}))
    assert "Community lunch Lunch for all" in text_of(looked)
    assert listing(door).name == "Community lunch"
    answer = confirm(ana, looked)
    assert (answer.status_code, "1 listing was changed." in text_of(answer)) == (200, True)
    service = listing(door)
    assert (service.name, service.minimum_age, service.fees_description) == ("Lunch for all", 16.0, "Free\nfor all")
    with door.storage.reading() as session:
        assert session.scalars(select(Phone.number).where(Phone.service_id == service.id)).one() == "920-555-0199"
        lines = session.scalars(select(Change).where(Change.by == f"account:{door.town.accounts['ana']}")).all()
    assert {line.field for line in lines} >= {"name", "minimum_age", "fees_description", "number"}
    assert len({line.act for line in lines}) == 1


def test_another_editors_table_waits_for_a_curator(door: SecondDoor) -> None:
    ben = door.as_("ben")
    answer = confirm(ben, send(ben, edited(ben, "lunch", {"Name": "Lunch for all"})))
    assert "1 listing waits for a curator" in text_of(answer)
    assert listing(door).name == "Community lunch"
    with door.storage.reading() as session:
        assert [draft.state for draft in session.scalars(select(Draft))] == ["waiting"]


def test_an_empty_cell_empties_its_field_and_a_column_that_is_gone_changes_nothing(door: SecondDoor) -> None:
    ana = door.as_("ana")
    looked = send(ana, [["id", "what it is"], [str(LISTINGS["lunch"]), ""]])
    confirm(ana, looked)
    assert (listing(door).description, listing(door).name) == (None, "Community lunch")


def test_the_table_calls_the_text_as_the_form_does_and_one_downloaded_earlier_is_still_understood(door: SecondDoor) -> None:
    ana = door.as_("ana")
    assert table(ana)[0][3] == "What happens there"
    for heading, words in {"What happens there": "Soup at noon.", "What it is": "Bread at noon."}.items():
        looked = send(ana, [["id", heading], [str(LISTINGS["lunch"]), words]])
        assert "not known" not in text_of(looked)
        confirm(ana, looked)
        assert listing(door).description == words


def test_what_a_spreadsheet_would_run_is_harmless_on_the_way_out_and_whole_on_the_way_in(door: SecondDoor) -> None:
    ana, formula = door.as_("ana"), '=HYPERLINK("https://evil.example";"look")'
    confirm(ana, send(ana, edited(ana, "lunch", {"What happens there": formula})))
    assert listing(door).description == formula
    assert b"\"'=HYPERLINK" in ana.get(f"{PATH}.csv").content
    assert "0 cells differ" in text_of(send(ana, table(ana)))


@pytest.mark.parametrize(("cells", "words"), [
    ({"Name": ""}, "Row 2, Name: This may not be empty."), ({"E-mail": "hello"}, "Row 2, E-mail: This is no e-mail address."),
    ({"Web site": "kitchen"}, "Row 2, Web site: Begin the address with https://."), ({"From age": "young"}, "Row 2, From age: Write the age"),
    ({"Phone": ""}, "Row 2, Phone: This may not be empty."), ({"Phone": "none"}, "Row 2, Phone: This is no telephone number."),
    ({"Name": "n" * 401}, "Row 2, Name: Longer than 400 characters."), ({"id": ""}, "Row 2, id: A new listing is begun on your desk"),
    ({"id": str(uuid4())}, "Row 2, id: None of your listings has this id."),
    ({"id": str(LISTINGS["reading"])}, "Row 2, id: None of your listings has this id."),
    ({"id": str(LISTINGS["class"])}, "Row 3, id: Row 2 is about the same listing."),
])  # fmt: skip
def test_what_cannot_be_taken_is_told_by_row_and_column_and_cannot_be_confirmed(door: SecondDoor, cells: dict[str, str], words: str) -> None:
    ana = door.as_("ana")
    answer = send(ana, edited(ana, "lunch", {"What it costs": "Free", **cells}))
    assert (answer.status_code, words in text_of(answer), "spreadsheet/confirm" in answer.text) == (422, True, False)
    assert listing(door).fees_description is None


@pytest.mark.parametrize(("stood", "cells", "words"), [
    ((None, None), {"From age": "9", "To age": "5"}, "Row 2, To age: This is below the age it starts from."),
    ((9, None), {"To age": "8,5"}, "Row 2, To age: This is below the age it starts from."),
    ((None, 5), {"From age": "9"}, "Row 2, From age: This is above the age it goes up to."),
])  # fmt: skip
def test_ages_that_end_before_they_begin_are_refused_as_the_form_refuses_them(
    door: SecondDoor, stood: tuple[float | None, float | None], cells: dict[str, str], words: str
) -> None:
    with door.storage.writing() as session:
        service = session.get_one(Service, LISTINGS["lunch"])
        service.minimum_age, service.maximum_age = stood
    ana = door.as_("ana")
    answer = send(ana, edited(ana, "lunch", cells))
    assert (answer.status_code, words in text_of(answer), "spreadsheet/confirm" in answer.text) == (422, True, False)


def test_ages_that_stood_the_wrong_way_round_hold_up_nothing_else_and_can_be_mended(door: SecondDoor) -> None:
    with door.storage.writing() as session:
        service = session.get_one(Service, LISTINGS["lunch"])
        service.minimum_age, service.maximum_age = 9, 5
    ana = door.as_("ana")
    for cells in ({"Name": "Lunch for all"}, {"To age": "9"}):
        assert confirm(ana, send(ana, edited(ana, "lunch", cells))).status_code == 200
    assert (listing(door).name, listing(door).maximum_age) == ("Lunch for all", 9)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff\xfe\x00", b"name\nLunch\n", b"id,id\n", b'id,"', b"id\n" + b"x" * 30_000])
def test_a_file_that_is_no_table_of_ours_is_told_so(door: SecondDoor, content: bytes) -> None:
    answer = send(door.as_("ana"), content)
    assert (answer.status_code, 'id="file-error"' in answer.text) == (422, True)


def test_what_changed_since_one_looked_is_shown_again_before_anything_is_done(door: SecondDoor) -> None:
    ana = door.as_("ana")
    looked = send(ana, edited(ana, "lunch", {"Name": "Lunch for all"}))
    with door.storage.writing() as session:
        session.get_one(Service, LISTINGS["lunch"]).name = "Lunch by the river"
    answer = confirm(ana, looked)
    assert (answer.status_code, "Lunch by the river Lunch for all" in text_of(answer)) == (422, True)
    assert listing(door).name == "Lunch by the river"
    confirm(ana, answer)
    assert listing(door).name == "Lunch for all"


def test_one_listing_that_cannot_be_handed_in_keeps_all_back(door: SecondDoor) -> None:
    ana = door.as_("ana")
    confirm(door.as_("ben"), send(door.as_("ben"), edited(ana, "class", {"Name": "Cooking for eight"})))
    looked = send(door.as_("ben"), edited_both(ana))
    answer = confirm(door.as_("ben"), looked)
    assert (answer.status_code, "you have begun a draft of Cooking class" in text_of(answer)) == (422, True)
    with door.storage.reading() as session:
        assert len(session.scalars(select(Draft)).all()) == 1


def edited_both(browser: Browser) -> list[list[str]]:
    return [[*row[:1], f"{row[1]}, new", *row[2:]] if number else row for number, row in enumerate(table(browser))]


def test_a_form_with_a_file_needs_its_stamp_too(door: SecondDoor) -> None:
    files: dict[str, Any] = {"file": ("t.csv", write_csv(table(door.as_("ana"))), "text/csv")}
    for said in ({}, {"csrf": "0" * 64}, {"csrf": door.as_("ben").stamp()}):
        assert door.as_("ana").post(PATH, said, stamped=False, files=files).status_code == 403
    assert door.as_("ana").post(PATH, files=files, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    broken = door.as_("ana").post(PATH, stamped=False, content=b"--x\r\nnothing", headers={"content-type": "multipart/form-data; boundary=x"})
    assert broken.status_code in (400, 403)
    assert door.as_("ana").post(PATH, stamped=False, content=b"x", headers={"content-type": "multipart/form-data"}).status_code in (400, 403)
    many = {f"f{number}": (None, "x") for number in range(80)}
    assert door.as_("ana").post(PATH, files=many).status_code == 400


def test_a_file_that_is_too_large_is_refused_before_it_is_read(door: SecondDoor) -> None:
    assert send(door.as_("ana"), b"id\n" + b"x" * 1_100_000).status_code == 413


def test_outsiders_get_nothing(door: SecondDoor) -> None:
    for name in ("emil", "stella", "kofi", "dov"):
        assert {door.as_(name).get(f"{PATH}.{kind}").status_code for kind in ("csv", "xlsx")} == {403}
        assert door.as_(name).get(PATH).status_code == 403
    assert door.as_("ana").get(f"/desk/organizations/{uuid4()}/spreadsheet").status_code == 404
    assert door.as_("ana").get(f"{PATH}/confirm").status_code == 405


def workbook(browser: Browser) -> list[list[str]]:
    return read_workbook(browser.get(f"{PATH}.xlsx").content)


def test_the_workbook_says_what_the_csv_says_and_sent_back_changes_nothing(door: SecondDoor) -> None:
    ana = door.as_("ana")
    answer = ana.get(f"{PATH}.xlsx")
    assert answer.headers["content-type"].startswith("application/vnd.openxmlformats")
    assert answer.headers["content-disposition"] == 'attachment; filename="listings.xlsx"'
    assert workbook(ana) == table(ana)
    assert "0 cells differ. 2 rows say" in text_of(send(ana, answer.content))


def test_a_workbook_edited_elsewhere_is_compared_confirmed_and_applied(door: SecondDoor) -> None:
    """What runs nowhere is text here too, and a number that a spreadsheet made of a telephone number is that number."""
    ana = door.as_("ana")
    book = load_workbook(BytesIO(ana.get(f"{PATH}.xlsx").content))
    headings = {cell.value: cell.column for cell in book.active[1]}
    row = next(row for row in book.active.iter_rows(min_row=2) if row[0].value == str(LISTINGS["lunch"]))
    for heading, value in {"Name": "Lunch for all", "Phone": 9205550199, "From age": 16.5, "What happens there": "'=1+1"}.items():
        row[headings[heading] - 1].value = value
    file = BytesIO()
    book.save(file)
    looked = send(ana, file.getvalue())
    assert "Community lunch Lunch for all" in text_of(looked)
    assert confirm(ana, looked).status_code == 200
    service = listing(door)
    assert (service.name, service.minimum_age, service.description) == ("Lunch for all", 16.5, "=1+1")
    with door.storage.reading() as session:
        assert session.scalars(select(Phone.number).where(Phone.service_id == service.id)).one() == "9205550199"
    assert "0 cells differ" in text_of(send(ana, ana.get(f"{PATH}.xlsx").content))
    assert [cell for row in workbook(ana) for cell in row if cell == "=1+1"] == ["=1+1"]


def test_the_last_cell_of_a_row_emptied_in_a_workbook_empties_its_field(door: SecondDoor) -> None:
    ana = door.as_("ana")
    with door.storage.writing() as session:
        session.get_one(Service, LISTINGS["lunch"]).alert = "Closed in May"
    book = load_workbook(BytesIO(ana.get(f"{PATH}.xlsx").content))
    row = next(row for row in book.active.iter_rows(min_row=2) if row[0].value == str(LISTINGS["lunch"]))
    assert row[-1].value == "Closed in May"
    row[-1].value = None
    file = BytesIO()
    book.save(file)
    confirm(ana, send(ana, file.getvalue()))
    assert listing(door).alert is None


def test_the_page_says_how_to_save_and_a_file_of_another_kind_is_told_how(door: SecondDoor) -> None:
    ana = door.as_("ana")
    assert "Excel or LibreOffice (.xlsx)" in text_of(ana.get(PATH))
    answer = send(ana, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    assert (answer.status_code, "choose Save as, then “Excel workbook (.xlsx)”" in text_of(answer)) == (422, True)
