"""Sheets on paper: what outlasts the hour, the day they were printed, and nothing that is somebody's alone unless they ask."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from directory.papers import BLANK
from directory.papers.parts import Achievement, Achievements, Kept, Shortlist
from tests.cast import LISTINGS
from tests.web.views.papered import Talk

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
