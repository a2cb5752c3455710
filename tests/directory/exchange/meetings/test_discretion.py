"""People and passwords out of records: in their own fields, and wherever else in the record they stand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from directory.exchange.meetings.discretion import discreet, is_private, plain
from directory.exchange.meetings.heard import Heard
from tests.directory.exchange.meetings.make import bmlt, guide, only, read_bmlt_answer, read_guide

SECRETS = {
    "contact_1_name": "Zebedee Quill", "contact_1_email": "zebedee@quill.example.org", "contact_1_phone": "718 555 0187", "contact_2_name": "Marigold",
    "venmo": "@zqvenmo", "square": "$zqsquare", "paypal": "zqpaypal", "author": "zqauthor", "edit_url": "https://elm.example.org/zqedit",
    "feedback_emails": ["zqfeedback@example.org"], "homegroup_online": "zqhome",
}  # fmt: skip
BMLT_SECRETS = {
    "contact_name_1": "Zebedee Quill", "contact_phone_1": "718 555 0187", "contact_email_1": "zebedee@quill.example.org", "admin_notes": "zqnotes",
    "email_contact": "zqmail@example.org", "contact_name_2": "Marigold", "contact_phone_2": "7185550188", "contact_email_2": "m@quill.example.org",
}  # fmt: skip
WORDS = "Ask Zebedee Quill or Marigold (718 555 0187, zebedee@quill.example.org). Passcode: zq9911. Tea after."
ALL = ["Zebedee", "Quill", "Marigold", "555 0187", "5550188", "zq", "998877", "quill.example.org"]


@pytest.mark.parametrize("field", ["notes", "location_notes", "group_notes", "conference_url_notes", "conference_phone_notes"])
def test_nothing_private_of_a_meeting_guide_record_is_read(tmp_path: Path, field: str) -> None:
    record = guide(**SECRETS, **{field: WORDS}, conference_url="https://zoom.us/j/1?pwd=zqpwd", conference_phone="+16465550100,,1#,,*998877#")
    check(read_guide(tmp_path, [record]), keeps="Tea after.")


@pytest.mark.parametrize("field", ["comments", "location_info", "virtual_meeting_additional_info", "bus_lines"])
def test_nothing_private_of_a_bmlt_record_is_read(tmp_path: Path, field: str) -> None:
    record = bmlt(**BMLT_SECRETS, **{field: WORDS}, virtual_meeting_link="https://zoom.us/j/1?pwd=zqpwd")
    check(read_bmlt_answer(tmp_path, record), keeps="Tea after.")


def check(found: list[Any], *, keeps: str) -> None:
    meeting, row = only(found), found[0].row
    told = repr(meeting) + repr(row.repairs) + repr(row.leftover())
    assert [secret for secret in ALL if secret.casefold() in told.casefold()] == []
    assert keeps in repr(meeting)


@pytest.mark.parametrize("field", ["name", "location", "group"])
def test_a_contact_is_in_no_name_either(tmp_path: Path, field: str) -> None:
    found = read_guide(tmp_path, [guide(**SECRETS, **{field: "Marigold at Elm Row"})])
    assert "Marigold" not in repr(only(found))
    assert "at Elm Row" in repr(only(found))


def test_a_name_of_two_letters_is_dropped_with_its_field_and_not_hunted_in_words(tmp_path: Path) -> None:
    meeting = only(read_guide(tmp_path, [guide(contact_1_name="Al", notes="Al-Anon meets next door. All are welcome.")]))
    assert meeting.notes == "Al-Anon meets next door. All are welcome."


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Doors 7:15, group 7:30-8:30 pm.", "Doors 7:15, group 7:30-8:30 pm."),
        ("Room 14B07, 2nd & 4th Sundays only, since 1999", "Room 14B07, 2nd & 4th Sundays only, since 1999"),
        ("12 Steps & 12 Traditions, pages 86-88", "12 Steps & 12 Traditions, pages 86-88"),
        ("Call (718) 555-0143 for the key", "Call for the key"),
        ("Call 718.555.0143 or +44 20 7946 0018", "Call or"),
        ("Zoom ID 123 456 7890 Password: tulip", "Zoom ID"),
        ("Write to group@elm.example.org, or come", "Write to, or come"),
        ("", ""),
        ("   ", ""),
        ("718 555 0143", ""),
    ],
)
def test_words_lose_numbers_and_addresses_and_keep_the_rest(written: str, kept: str) -> None:
    assert discreet(written) == kept


@pytest.mark.parametrize("field", [*SECRETS, *BMLT_SECRETS])
def test_private_fields_are_known(field: str) -> None:
    assert is_private(field)


@pytest.mark.parametrize("field", ["name", "notes", "email", "phone", "website", "entity_email", "location", "conference_url", "comments", "meeting_name"])
def test_fields_of_the_group_itself_are_not_private(field: str) -> None:
    assert not is_private(field)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("A &amp;amp; B", "A & B"),
        ("<script>x</script>y", "x y"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("a<br/>b", "a\nb"),
        (None, ""),
        (7, "7"),
        ("\x00a\r\nb", "a\nb"),
    ],
)
def test_plain_text(written: Any, text: str) -> None:
    assert plain(written) == text


def test_the_row_knows_that_people_were_there_and_not_who(tmp_path: Path) -> None:
    found = read_guide(tmp_path, [guide(**SECRETS)])
    assert isinstance(found[0], Heard)
    assert found[0].row.untaken().keys() <= {"timezone"}
