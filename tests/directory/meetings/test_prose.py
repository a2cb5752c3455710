"""What prose may mean: measured on two real feeds against labels made by reading, and on the sentences that other readers fall for."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.meetings import prose
from directory.meetings.prose import Proposal, first_proposal, propose, proposed
from directory.timetable.values import Line, Timetable

MEANT = {
    "2nd & 4th Fridays only": Proposal(phrase="", weeks=(2, 4), days=(4,)),
    "Happy and Free 2nd & 4th Fridays only": Proposal(phrase="", weeks=(2, 4), days=(4,)),
    "Bring a cup. Meeting occurs on the 2nd and 4th Sundays of the month only.": Proposal(phrase="", weeks=(2, 4), days=(6,)),
    "We meet the first and third Wednesday of each month, in the hall": Proposal(phrase="", weeks=(1, 3), days=(2,)),
    "Meets: last Tuesday": Proposal(phrase="", weeks=(-1,), days=(1,)),
    "3rd Friday of the month 9:30 PM to 10:30 PM": Proposal(phrase="", weeks=(3,), days=(4,)),
    "Quiet Hour (no meeting on the 1st Wednesday of the month!)": Proposal(phrase="", weeks=(2, 3, 4, 5), days=(2,)),
    "Meets every other Tuesday": Proposal(phrase="", every=2, days=(1,)),
    "Biweekly": Proposal(phrase="", every=2),
    "Held on alternate Saturdays": Proposal(phrase="", every=2, days=(5,)),
    "every second Thursday": Proposal(phrase="", every=2, days=(3,)),
    "every second Thursday of the month only": Proposal(phrase="", weeks=(2,), days=(3,)),
}
NOT_MEANT = (
    "Business meeting: 2nd Sunday of even months @ 2 pm.", "Business meeting: 1st Friday", "Birthday chips given last Saturday of the month.",
    "Chips last Sunday of the month", "Third Tradition", "Third Tradition: Monday Miracles", "Society of the Second Chance", "1st Thursday is a step meeting",
    "1st Thursday is a step meeting. Every other Thursday is JFT.", "3rd Monday is a speaker-only meeting.", "Speaker last Wednesday", "First Things First",
    "Format: 1st Weds, speaker; 2nd Weds, Step meeting", "First week: STEP Meeting; Second week: TRADITION", "1st Week - Beginner, 2nd Week - Step",
    "Tradition study every 4th Monday.", "Men's 4th Step Group", "Second floor", "Between 2nd and 3rd Ave.", "Enter on 4th St.",
    "Closed Discussion on 4th Thurs",
    "Last Friday Step Meeting", "First Monday of every month is a Speaker meeting.", "Steering committee meets 1st Monday", "Moving to a new hall June 1st",
    "Alternating Beginner/Step", "no meeting on the last Sunday", "1st, 2nd, 3rd, 4th and 5th Monday only", "", "Open meeting",
)  # fmt: skip
FEEDS = os.environ.get("HOMEGROUND_TESTS_REAL_DATA", "")
FEED_FILES = ("meetingguide-sanjose/meetings.json", "bmlt-newyork/GetSearchResults.json")
COUNTS = {"meetingguide-sanjose/meetings.json": (670, 2), "bmlt-newyork/GetSearchResults.json": (1555, 2)}
"""Records, and those whose words tell, read one by one, that the meeting itself is not every week."""
TELLS = re.compile(
    r"meeting occurs on the 2nd and 4th sundays of the month only|2nd & 4th fridays only|3rd friday of fhe month 9:30"
    r"|no mtg on the 1st wednesday of month", re.I,
)
"""The phrases of those records: of 580 that name an ordinal, every sentence was read."""


@pytest.mark.parametrize("text", MEANT)
def test_a_phrase_that_stands_for_the_meeting_is_proposed(text: str) -> None:
    found = propose(text)
    assert found is not None
    assert (found.weeks, found.every, found.days) == (MEANT[text].weeks, MEANT[text].every, MEANT[text].days)
    assert found.phrase in text


@pytest.mark.parametrize("text", NOT_MEANT)
def test_what_is_about_something_else_is_never_proposed(text: str) -> None:
    assert propose(text) is None


PIECES = st.sampled_from((
    "every", "other", "second", "2nd", "and", "4th", "last", "Friday", "Fridays", "of the month", "only", "meets", "no meeting on", "we meet", "biweekly",
    "alternating", "fortnightly", "at 7 pm", "first time", "Tea", ".", ",", ":", "-", "&", "\n", "two weeks",
))  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(PIECES, max_size=9).map(" ".join))
def test_the_quick_look_passes_over_nothing_that_a_close_one_finds(text: str) -> None:
    quick = propose(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prose, "_MAY", re.compile(""))
        assert propose(text) == quick


def records(name: str) -> Iterator[dict[str, Any]]:
    yield from json.loads((Path(FEEDS) / name).read_text())


@pytest.mark.real_data
@pytest.mark.parametrize("name", FEED_FILES)
def test_on_a_real_feed_everything_that_is_meant_is_proposed_and_nothing_else(name: str) -> None:
    if not FEEDS:
        pytest.skip("HOMEGROUND_TESTS_REAL_DATA names no folder")
    held = [[text for text in one.values() if isinstance(text, str)] for one in records(name)]
    found = [any(propose(text) for text in texts) for texts in held]
    meant = [any(TELLS.search(text) for text in texts) for texts in held]
    assert (len(held), sum(meant)) == COUNTS[name]
    right = sum(one and other for one, other in zip(found, meant, strict=True))
    print(f"{name}: precision {right}/{sum(found)}, recall {right}/{sum(meant)}")
    assert found == meant


WEEKLY = Timetable(lines=(Line(days=(1, 4), opens=600, closes=660), Line(days=(6,), opens=0, closes=60, weeks=(1,))))


def test_a_proposal_changes_the_lines_that_it_is_about() -> None:
    made = proposed(WEEKLY, Proposal(phrase="", weeks=(2, 4), days=(4,)))
    assert made is not None
    assert made.lines == (Line(days=(1,), opens=600, closes=660), Line(days=(4,), opens=600, closes=660, weeks=(2, 4)), WEEKLY.lines[1])


def test_a_proposal_about_another_day_or_one_that_is_so_already_says_nothing() -> None:
    assert proposed(WEEKLY, Proposal(phrase="", weeks=(2,), days=(3,))) is None
    assert proposed(WEEKLY, Proposal(phrase="", weeks=(1,), days=(6,))) is None


def test_every_other_week_waits_for_a_date_to_count_from() -> None:
    fortnight = Proposal(phrase="", every=2, days=(1,))
    assert proposed(WEEKLY, fortnight) is None
    made = proposed(WEEKLY, fortnight, since=date(2026, 11, 24))
    assert made is not None
    assert made.lines[1] == Line(days=(1,), opens=600, closes=660, every=2, since=date(2026, 11, 24))
    assert first_proposal(("Third Tradition", "Tuesdays: every other Tuesday"), WEEKLY) is None
    assert first_proposal(("Third Tradition", "Meets every other Tuesday"), WEEKLY) == Proposal(phrase="Meets every other Tuesday", every=2, days=(1,))
