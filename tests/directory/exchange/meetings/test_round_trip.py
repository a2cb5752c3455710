"""What goes out as a feed comes in again as it was, on every field that the format shares with us, in both formats."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings

from directory.exchange.bmlt import writer as bmlt
from directory.exchange.bmlt.formats import to_records as formats_to_records
from directory.exchange.bmlt.reader import read_bmlt
from directory.exchange.meeting_guide.reader import read_meeting_guide
from directory.exchange.meeting_guide.writer import to_records
from directory.exchange.meetings.codes import load_programme
from directory.exchange.meetings.heard import Feed, Heard
from directory.exchange.meetings.meeting import Keeper, Meeting, Spot
from directory.exchange.meetings.patterns import with_pattern
from directory.exchange.reading.wordrules import Tally
from directory.exchange.records import SourceInfo
from tests.directory.exchange.meetings.invented import CODED, UNCODED, feeds

GENERAL, BMLT = load_programme("general"), load_programme("bmlt")
SOURCE = SourceInfo(code="test", name="Test", kind="meeting-guide")
ROOT = "https://home.example/feeds/bmlt"
OF_FIELDS = {"ONL", "TC", "VM", "HYBR", "sign_language", "bilingual", *GENERAL.languages}
"""Codes that say how a meeting is held and in which language, which are fields of their own with us."""


def heard(found: Any) -> list[Meeting]:
    """The meetings that a reader gives; it refuses none of ours."""
    given = list(found)
    assert [one for one in given if not isinstance(one, Heard)] == []
    return [one.meeting for one in given]


def shared(meeting: Meeting) -> dict[str, Any]:
    """What both formats carry of a meeting, in words that do not hang on how a format writes it."""
    return {
        "name": meeting.name,
        "when": (meeting.weekday, meeting.starts, meeting.ends, meeting.timezone),
        "how": meeting.attendance,
        "is_paused": meeting.is_paused,
        "codes": set(meeting.codes) - OF_FIELDS,
        "languages": set(meeting.languages),
        "is_bilingual": meeting.is_bilingual,
        "joining": (meeting.joining.url, meeting.joining.phone) if meeting.joining else None,
        "spot": spotted(meeting.spot),
    }


def spotted(spot: Spot | None) -> tuple[Any, ...] | None:
    """A place to the door, an area to its name; a country alone is as good as nothing."""
    if spot is None or not (spot.street or spot.city or spot.areas):
        return None
    return spot.name, spot.street, spot.city, spot.region, spot.postal_code, spot.country, spot.latitude, spot.longitude, spot.is_approximate, spot.notes


def kept_by(keeper: Keeper | None) -> tuple[str, ...] | None:
    return (keeper.name, keeper.url, keeper.phone) if keeper else None


def said_of_guide(meeting: Meeting) -> dict[str, Any]:
    """What Meeting Guide carries beside."""
    beside = (meeting.key, meeting.url, meeting.email, meeting.phone, meeting.updated, meeting.group_key, kept_by(meeting.keeper))
    return shared(meeting) | {"beside": beside, "areas": meeting.spot.areas if meeting.spot else ()}


def through_guide(meetings: list[Meeting]) -> list[Meeting]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "feed.json"
        path.write_text(json.dumps(to_records(meetings, GENERAL, country="USA")))
        return heard(read_meeting_guide(path, SOURCE, Feed(programme=GENERAL, country="US", tally=Tally())))


def through_bmlt(meetings: list[Meeting]) -> tuple[bmlt.Feed, list[Meeting]]:
    feed = bmlt.to_feed(meetings, BMLT, root=ROOT, name="Everybody")
    with TemporaryDirectory() as folder:
        answers = {"GetSearchResults": feed.meetings, "GetFormats": formats_to_records(feed.formats.values(), root=ROOT), "GetServiceBodies": feed.bodies}
        for name, content in answers.items():
            (Path(folder) / f"{name}.json").write_text(json.dumps(content))
        return feed, heard(read_bmlt(Path(folder), SOURCE, Feed(programme=BMLT, country="US", tally=Tally())))


@given(feeds(GENERAL))
@settings(max_examples=80, deadline=None)
def test_meeting_guide_gives_back_what_it_was_given(meetings: list[Meeting]) -> None:
    back = through_guide(meetings)
    assert [said_of_guide(one) for one in back] == [said_of_guide(one) for one in meetings]
    assert [one.notes for one in back] == [with_pattern(one.pattern, one.notes) for one in meetings]


@given(feeds(GENERAL, CODED + UNCODED))
@settings(max_examples=50, deadline=None)
def test_a_language_without_a_code_is_said_in_words(meetings: list[Meeting]) -> None:
    words = {"so": "Somali", "ht": "Haitian Creole", "vi": "Vietnamese", "ur": "Urdu"}
    for one, record in zip(meetings, to_records(meetings, GENERAL, country="USA"), strict=True):
        for tag in one.languages:
            assert (words[tag] in record["notes"]) if tag in words else (tag.upper() not in words)


@given(feeds(BMLT, (*CODED, *UNCODED, "ase")))
@settings(max_examples=80, deadline=None)
def test_bmlt_gives_back_what_it_was_given(meetings: list[Meeting]) -> None:
    feed, back = through_bmlt(meetings)
    number = bmlt.ids_of(one.key for one in meetings)
    given_in_order = sorted(meetings, key=lambda one: one.key)
    assert [one.key for one in back] == [number[one.key] for one in given_in_order] == [record["id_bigint"] for record in feed.meetings]
    assert [shared(one) for one in back] == [shared(one) for one in given_in_order]
    assert [kept_by(one.keeper) for one in back] == [kept_by(one.keeper or Keeper(key="", name="Everybody")) for one in given_in_order]
    assert [one.notes for one in back] == [with_pattern(one.pattern, one.notes) for one in given_in_order]
