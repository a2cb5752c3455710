"""The gazetteer: postcodes and places with their points, one country a file, so that finding a place asks nobody outside."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified


class GazetteerFile(Identified, Base):
    """The file that a country's rows came from. ``sha256`` names the content: whoever holds that content in memory need not read it again.

    ``country_code`` is ISO 3166-1 alpha-2 in lower case; ``credit`` has to be shown where the data is used.
    """

    __tablename__ = "gazetteer_file"

    country_code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column()
    sha256: Mapped[str] = mapped_column()
    rows: Mapped[int] = mapped_column()
    credit: Mapped[str] = mapped_column()
    loaded_at: Mapped[datetime] = mapped_column()
    loaded_by: Mapped[str] = mapped_column()


class GazetteerRow(Base):
    """One place that a postcode reaches. A code has a row for each of its places, a place a row for each of its codes.

    ``is_alias`` marks a further name that the post accepts for a place: it can be looked up, and moves no point.
    """

    __tablename__ = "gazetteer_row"
    __table_args__ = (CheckConstraint("latitude between -90 and 90 and longitude between -180 and 180", name="on_earth"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    country_code: Mapped[str] = mapped_column(index=True)
    postal_code: Mapped[str] = mapped_column()
    name: Mapped[str] = mapped_column()
    state: Mapped[str] = mapped_column()
    state_code: Mapped[str] = mapped_column()
    county: Mapped[str] = mapped_column()
    latitude: Mapped[float] = mapped_column()
    longitude: Mapped[float] = mapped_column()
    is_alias: Mapped[bool] = mapped_column(default=False)
