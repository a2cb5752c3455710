"""What people near an organization would put to use: counts that hide small numbers, of people who said so and left nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from msgspec import Struct
from sqlalchemy import delete, func, select, text
from sqlalchemy.orm import Session

from directory.models import StrengthOffer
from directory.places import Gazetteer

AT_LEAST: Final = 10
"""Fewer people than this are never told of (practice 59)."""
MONTHS: Final = 12
MOST_FACETS: Final = 8

_COUNT = text(
    "insert into strength_offer (month, area, facet, count) values (:month, :area, :facet, 1) "
    "on conflict (month, area, facet) do update set count = strength_offer.count + 1"
)


class Nearby(Struct, frozen=True, kw_only=True):
    """A strength that at least ten people of an area would put to use, told in tens so that no single one can be told apart."""

    code: str
    label: str
    at_least: int


def offer_strengths(session: Session, area: str, facets: Iterable[str], *, on: date, known: Iterable[str]) -> int:
    """Count one person's strengths for an area; gives how many were counted. Who it was is kept nowhere."""
    counted = sorted(set(facets) & set(known))[:MOST_FACETS]
    for facet in counted:
        session.execute(_COUNT, {"month": f"{on:%Y-%m}", "area": area, "facet": facet})
    return len(counted)


def nearby(session: Session, areas: Iterable[str], labels: dict[str, str], *, on: date) -> list[Nearby]:
    """The strengths that people of these areas offered in the last twelve months, most first; rarer ones are not told of."""
    total = func.sum(StrengthOffer.count)
    recent = StrengthOffer.month > _month_before(on), StrengthOffer.area.in_(sorted(areas))
    rows = session.execute(select(StrengthOffer.facet, total).where(*recent).group_by(StrengthOffer.facet).having(total >= AT_LEAST))
    found = [Nearby(code=code, label=labels[code], at_least=int(count) // AT_LEAST * AT_LEAST) for code, count in rows if code in labels]
    return sorted(found, key=lambda one: (-one.at_least, one.label))


def forget_old(session: Session, *, on: date) -> None:
    """Delete counts that are no longer told of."""
    session.execute(delete(StrengthOffer).where(StrengthOffer.month <= _month_before(on)))


def counties_of(gazetteer: Gazetteer, areas: Iterable[str]) -> list[str]:
    """The counties among areas of the gazetteer, by name. A town is written in the same way, so the gazetteer tells; nothing finer is counted."""
    return sorted(area for area in areas if any(area in atlas.county_codes for atlas in gazetteer.atlases.values()))


def _month_before(on: date) -> str:
    """The month a year ago, which counts no more."""
    return f"{on.year - 1}-{on.month:02}"
