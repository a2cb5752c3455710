"""Rules and the changes of the clock beside an independent library: a slice of what ``compared.py`` does whole."""

from __future__ import annotations

import pytest

from tests.directory.meetings import compared


def test_invented_rules_have_the_dates_that_an_independent_library_gives() -> None:
    wrong, not_held = compared.differing(300, seed=11)
    assert wrong == []
    assert not_held < 6   # a rule that no timetable holds is kept as it came, and rare


@pytest.mark.parametrize("zone", compared.ZONES)
def test_every_change_of_the_clock_in_twenty_years_moves_nobodys_hour(zone: str) -> None:
    wrong, count = compared.differing_at_changes(zone, range(30, 24 * 60, 420))
    assert wrong == []
    assert count >= 8
