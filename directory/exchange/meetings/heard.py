"""What a feed of meetings tells of one of them, and what readers need to know of the feed beforehand."""

from __future__ import annotations

from msgspec import Struct

from directory.exchange.meetings.codes import Programme
from directory.exchange.meetings.meeting import Meeting
from directory.exchange.reading.row import Row
from directory.exchange.reading.wordrules import Tally

UNPUBLISHED = "its source has not published it; nothing of it was kept"
TWICE = "its key was there before in this feed ({line}): which of the two is right, only its source knows"
PAGE = (
    "a web page came in place of a feed: often a security check, or a sign that the feed has moved. Nothing was changed here. "
    "Open the address in a browser, or ask whoever keeps the feed."
)


class Heard(Struct, frozen=True):
    """A meeting and the record that it was read from, which knows its line and what was odd."""

    meeting: Meeting
    row: Row


class Feed(Struct, frozen=True, kw_only=True):
    """A feed before it is read: the vocabulary of its programme, the IANA zone of meetings that name none, the country of addresses that name none."""

    programme: Programme
    timezone: str = ""
    country: str = ""
    tally: Tally


def is_web_page(start: str) -> bool:
    """Whether a text that should be a feed is a page of the web."""
    head = start.lstrip("\ufeff \t\r\n")[:2000].lower()
    return head.startswith(("<!doctype", "<html", "<head", "<body", "<script", "<?xml")) or "<html" in head
