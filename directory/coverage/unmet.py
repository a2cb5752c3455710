"""Searches that found nothing that fits: counted by month, kind of support and county or state; of people nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from directory.coverage.areas import coarse
from directory.models import UnmetSearch
from directory.places import Gazetteer

OTHER: Final = "other"
"""The topic of a search of which it is not known what kind of support it asks for."""
LEAST_CODES: Final = 20
"""Postcodes that a county must have to be named, else its state is: the smallest have about a thousand people each, and no area is told of with fewer
than 20,000."""
SETTLED: Final = timedelta(days=1)
"""A month is told of so long after its end, and takes no more counts from then on: two looks at a table that still grows would tell single searches apart."""
KEPT_MONTHS: Final = 24
Key = tuple[str, str, frozenset[str]]
"""Month, topic, and the areas of the gazetteer that the place lies in."""

_ADD = text(
    "insert into unmet_search (month, topic, area, count) values (:month, :topic, :area, :count) "
    "on conflict (month, topic, area) do update set count = unmet_search.count + :count"
)


def add_unmet(session: Session, counts: Mapping[Key, int], gazetteer: Gazetteer, *, at: datetime) -> int:
    """Add counts; gives how many were added. What belongs to a month that is told of already is dropped."""
    added: Counter[tuple[str, str, str]] = Counter()
    for (month, topic, areas), times in counts.items():
        if times > 0 and not is_told(month, at):
            added[month, topic, coarse(gazetteer, areas, least_codes=LEAST_CODES)] += times
    for (month, topic, area), times in sorted(added.items()):
        session.execute(_ADD, {"month": month, "topic": topic, "area": area, "count": times})
    session.execute(delete(UnmetSearch).where(UnmetSearch.month < months_before(month_of(at), KEPT_MONTHS)))
    return added.total()


def unmet_in(session: Session, month: str, *, at: datetime) -> dict[tuple[str, str], int]:
    """The counts of a month by topic and area, nothing for one that is not over: to be shown through ``hiding.hide`` only."""
    if not is_told(month, at):
        return {}
    rows = session.execute(select(UnmetSearch.topic, UnmetSearch.area, UnmetSearch.count).where(UnmetSearch.month == month))
    return {(topic, area): count for topic, area, count in rows}


def months_told(at: datetime, *, most: int = 12) -> list[str]:
    """The months that are told of, newest first, whether anything was counted in them or not."""
    return [months_before(month_of(at - SETTLED), number) for number in range(1, most + 1)]


def month_of(at: datetime) -> str:
    """The month of a moment: ``2026-11``."""
    return f"{at:%Y-%m}"


def months_before(month: str, number: int) -> str:
    """So many months earlier."""
    since = int(month[:4]) * 12 + int(month[5:]) - 1 - number
    return f"{since // 12:04}-{since % 12 + 1:02}"


def is_told(month: str, at: datetime) -> bool:
    """Whether a month is over, and settled."""
    return month_of(at - SETTLED) > month
