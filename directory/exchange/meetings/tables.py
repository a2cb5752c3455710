"""Meetings as a table for people with a spreadsheet: a row a meeting, and no cell that a spreadsheet would run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from directory.exchange.meeting_guide.writer import attendance_option, clock
from directory.exchange.meetings.meeting import Meeting, Spot
from directory.exchange.meetings.speaking import both_in_words, interpreted_in_words
from directory.hours import DAY_NAMES
from directory.languages import language_label
from directory.spreadsheet.cells import write_csv

HEADINGS: Final = (
    "ID", "Name", "Day", "Start", "End", "Time zone", "Not every week", "How", "Not meeting for now", "Place", "Address", "Area only", "Latitude",
    "Longitude", "Join online", "Languages", "About", "Kept by", "Page", "Last changed",
)


def to_table(meetings: Iterable[Meeting]) -> bytes:
    """The table as CSV, UTF-8 with its mark, with headings."""
    return write_csv([HEADINGS, *(_row(meeting) for meeting in meetings)])


def _row(meeting: Meeting) -> tuple[object, ...]:
    spot = meeting.spot or Spot()
    return (
        meeting.key,
        meeting.name,
        DAY_NAMES[meeting.weekday] if meeting.weekday is not None else "By appointment",
        clock(meeting.starts) if meeting.starts is not None else "",
        clock(meeting.ends) if meeting.ends is not None else "",
        meeting.timezone,
        meeting.pattern,
        attendance_option(meeting).replace("_", " ") if not meeting.is_paused else "",
        "yes" if meeting.is_paused else "",
        spot.name,
        spot.formatted,
        "yes" if spot.is_approximate else "",
        spot.latitude,
        spot.longitude,
        meeting.joining.url if meeting.joining else "",
        "; ".join(filter(None, (", ".join(language_label(tag) for tag in meeting.languages), *both_in_words(meeting), *interpreted_in_words(meeting)))),
        meeting.notes,
        meeting.keeper.name if meeting.keeper else "",
        meeting.url,
        meeting.updated,
    )
