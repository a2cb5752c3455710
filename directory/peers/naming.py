"""Names for what people say: organizations by name, and an area that is coarse enough to be read by strangers."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from directory.models import Organization
from directory.places import Gazetteer
from directory.workspace.nearby import counties_of


def coarse_area(gazetteer: Gazetteer, areas: Iterable[str]) -> str:
    """The one area that is kept of a place: its county, the first by name; where there are none, its country. The place itself is kept nowhere."""
    found = sorted(areas)
    return next(iter(counties_of(gazetteer, found)), next((area for area in found if area in gazetteer.atlases), ""))


def find_organizations(session: Session, names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of organizations with these names, however they are capitalized, and the names that none has. Of several with one name, all are meant."""
    ids: list[str] = []
    unknown: list[str] = []
    for name in names:
        folded = " ".join(name.split()).lower()
        found = session.scalars(select(Organization.id).where(func.lower(Organization.name) == folded).order_by(Organization.id)).all() if folded else []
        ids.extend(str(key) for key in found)
        unknown.extend([name.strip()] if folded and not found else [])
    return tuple(dict.fromkeys(ids)), tuple(unknown)


def organization_names(session: Session, ids: Iterable[str]) -> dict[str, str]:
    """What organizations are called, by id; those that are gone are not there."""
    keys = [UUID(one) for one in ids if "-" in one]
    return {str(key): name for key, name in session.execute(select(Organization.id, Organization.name).where(Organization.id.in_(keys)))}
