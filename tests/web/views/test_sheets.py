"""Sheets on paper: what outlasts the hour, the day they were printed, and nothing that is somebody's alone unless they ask."""

from __future__ import annotations

import re
from typing import Any

import pytest
from msgspec.structs import replace

from directory.papers import BLANK
from directory.papers.parts import Achievement, Achievements, Kept, Shortlist
from tests.cast import LISTINGS
from tests.web.views.papered import Talk
from tests.web.views.test_papers import CODE, ids_of

DONE = "a whole week without a drink"
LUNCH = str(LISTINGS["lunch"])


def sheet(client: Any, name: str, kept: int = 1, **fields: str) -> str:
    """One sheet of papers with something done and something kept, as it is printed."""
    talk = Talk(client)
    talk.papers = replace(
        BLANK,
        achievements=Achievements(achievements=(Achievement(words=DONE),)),
        shortlist=Shortlist(kept=(Kept(listing=LUNCH, name="Community lunch", way="together"),) * kept),
    )
    return talk.post("/papers/sheet", sheet=name, **fields).split("<article")[1].split("</article>")[0]


@pytest.mark.parametrize("name", ["plan", "kept", "goals"])
def test_what_somebody_has_done_is_on_paper_only_when_they_choose_so(client: Any, name: str) -> None:
    assert DONE not in sheet(client, name)
    assert DONE in sheet(client, name, with_done="1")


@pytest.mark.parametrize("name", ["plan", "kept", "goals", "resilience", "compare"])
def test_each_sheet_says_when_it_was_printed_and_nothing_that_is_true_only_now(client: Any, name: str) -> None:
    page = sheet(client, name)
    assert "Printed on" in page
    assert not [words for words in ("Open now", "Closed now", "Opens today", "Opens tomorrow") if words.casefold() in page.casefold()]


def test_a_sheet_says_how_to_get_there_as_somebody_chose(client: Any) -> None:
    assert "How to get there: With someone" in sheet(client, "kept")


def test_the_plan_says_how_many_more_were_kept(client: Any) -> None:
    assert "And 2 more that I kept" in sheet(client, "plan", kept=7)
    assert "more that I kept" not in sheet(client, "plan", kept=5)


def side_by_side(client: Any) -> str:
    """Four of what can be called, as they are printed beside each other."""
    talk = Talk(client)
    ids = ids_of(talk.post("/search", text="call", place=CODE))[:4]
    for one in ids:
        talk.post("/papers/keep", text="call", keep=one)
    return talk.post("/papers/sheet", sheet="compare", compare=ids)


def test_side_by_side_what_has_no_place_says_the_ways_that_it_states(client: Any) -> None:
    where = re.findall(r'<td dir="auto" data-of="[^"]*">(.*?)</td>', side_by_side(client).split(">Where</th>")[1].split("</tr>")[0])
    assert len(where) == 4
    assert {"Online", "By phone"} <= set(where)


def test_on_a_narrow_screen_each_line_can_say_whose_it_is(client: Any) -> None:
    page = side_by_side(client)
    names = re.findall(r'<th scope="col"><bdi>(.*?)</bdi>', page)
    rows = re.findall(r"<tr><th scope=.row.>.*?</tr>", page)
    assert len(names) == 4
    assert len(rows) == 11
    assert all(re.findall(r'data-of="([^"]*)"', row) == names for row in rows)
