"""Tests of asking, while an entry is written, whether it is here already."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from directory.duplicates import Known, Row
from tests.bench.planted import planted, varied
from tests.directory.duplicates.rows import every_pair, row_like, tables

LANTERN = Row(key="a", name="Lantern Community Center", phones=("(312) 555-0143",), streets=("500 W. 79th St",), postcodes=("60601",))


@settings(deadline=None)
@given(tables)
def test_what_is_a_pair_in_the_table_is_shown_at_entry(rows: list[Row]) -> None:
    rows = [replace(row, key=str(number)) for number, row in enumerate(rows)]
    known = Known(rows)
    for (one, other), score in every_pair(rows, following=False).items():
        shown = {alike.at: alike.score for alike in known.similar_to(rows[one], limit=len(rows))}
        assert shown[other] == pytest.approx(score)


@settings(deadline=None)
@given(tables, row_like())
def test_the_best_come_first_and_never_itself(rows: list[Row], entry: Row) -> None:
    alike = Known([*rows, entry]).similar_to(entry, limit=3)
    assert len(alike) <= 3
    assert entry.key not in {one.key for one in alike}
    assert [one.score for one in alike] == sorted((one.score for one in alike), reverse=True)


def test_an_entry_half_written_is_known_by_its_phone_and_name() -> None:
    [alike] = Known([LANTERN, replace(LANTERN, key="b", name="Oak Chess Club", phones=(), streets=())]).similar_to(
        Row(key="", name="Lantern Comm. Ctr", phones=("555-0143",))
    )
    assert (alike.at, alike.key) == (0, "a")
    assert "same phone" in alike.reason


def test_an_empty_directory_and_an_empty_entry_have_nothing_alike() -> None:
    assert Known([]).similar_to(LANTERN) == []
    assert Known([LANTERN]).similar_to(Row(key="")) == []


def test_nearly_all_variations_are_shown_among_three_thousand() -> None:
    rows, _ = planted(3000)
    known, dice = Known(rows), Random(4)
    shown = 0
    for number in range(60):
        row = dice.choice(rows)
        shown += any(rows[alike.at] == row for alike in known.similar_to(varied(row, dice, key=f"new {number}")))
    assert shown >= 55
