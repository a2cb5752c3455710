"""Zones as people call them, on every page that shows times."""

import pytest

from web.dates_wording import zone_name


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("America/Chicago", "Central Time (Chicago)"), ("UTC", "Universal Time (UTC)"), ("Etc/UTC", "Universal Time (UTC)"),
        ("Pacific/Auckland", "New Zealand Time (Auckland)"),
    ],
)  # fmt: skip
def test_a_zone_in_words(zone: str, words: str) -> None:
    assert zone_name(zone) == words
