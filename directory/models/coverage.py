"""What curators know of the directory as a whole: the last count of what it covers, and how often a search found nothing that fits."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class Survey(Base):
    """The last count of a name, as ``coverage.counting.Counted``: of listings only, never of people. No ``made_at``: somebody asked for a new one."""

    __tablename__ = "survey"

    name: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[datetime | None] = mapped_column()
    body: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class UnmetSearch(Base):
    """How many searches of a month found nothing that fits, by kind of support and county or state; no text, no day, nothing of anybody."""

    __tablename__ = "unmet_search"
    __table_args__ = (CheckConstraint("count > 0", name="counted"),)

    month: Mapped[str] = mapped_column(primary_key=True)
    topic: Mapped[str] = mapped_column(primary_key=True)
    area: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column()
