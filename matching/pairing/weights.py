"""Every number that pairing goes by, with the reason for it; whole numbers, so that sums are exact however they are added up."""

from __future__ import annotations

from typing import Final

WHOLE: Final = 1000
"""A full yes: how well a wish is met is told in thousandths."""
UNKNOWN: Final = 498
"""b + 0.2 sqrt(b (1 - b)) at the prior b = 0.4: a scheme is too small to count rates in, and a pair's score must hang on nobody else."""

ABOUT: Final = 12
"""What somebody comes for, and what they hope the other is good at, weigh most; common interests next; when and how is settled by limits already."""
HOPES: Final = 12
INTERESTS: Final = 8
WISH: Final = 8
"""Of a wish of importance 1: as common interests. It grows with the importance, up to four times."""
HOURS: Final = 4
WAYS: Final = 4

ABOUT_CARE: Final = 0.6
"""Of several: 1 - prod(1 - care). One thing in common is already most of it."""
LIKING_CARE: Final = 0.5
WAYS_BY_COUNT: Final = (0, 700, 900, 1000, 1000)
HOURS_LEAST: Final = 500
"""One common half hour is half of a yes, and each further one adds until they have five hours."""
HOURS_EACH: Final = 50

QUARTER: Final = 15
"""Minutes: times are compared by quarters of an hour, the unit in which the world's zones differ."""
TOGETHER: Final = 2
"""Quarters that two need in common: half an hour."""

WEEK_WORTH: Final = 0.01
"""In a round a week of waiting counts like a hundredth of fit with those who decide between several,"""
WEEKS_MOST: Final = 26
"""for half a year at most: fit decides between strangers, time between equals, and nobody waits for ever for being a little less alike."""
BANDS: Final = 20
"""Nobody feels a twentieth of fit: within one, whoever has waited longer comes first."""
