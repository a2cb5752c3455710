"""What an agency decides for itself about the people it works with."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base


class AgencyRule(Base):
    """How many days an agency keeps what it wrote after it stopped working with somebody; without a row it is the usual time."""

    __tablename__ = "agency_rule"
    __table_args__ = (CheckConstraint("keep_days between 30 and 2555", name="days"),)

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), primary_key=True)
    keep_days: Mapped[int] = mapped_column()
    at: Mapped[datetime] = mapped_column()
    by: Mapped[str] = mapped_column()
