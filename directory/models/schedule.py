"""When a service is open or a group meets, as HSDS schedules (a recurrence a row)."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, Placed


class Schedule(Identified, Placed, Base):
    """One stretch of opening hours or one recurrence.

    ``byday`` may carry ordinals (``2TU``, ``-1SA``) with ``freq`` MONTHLY. A row with a ``description`` and no ``opens_at`` is hours kept as
    text because they were not certain. ``timezone`` is the standard's number; ``timezone_name`` is the IANA zone that we go by.
    """

    __tablename__ = "schedule"

    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    location_id: Mapped[UUID | None] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), index=True)
    service_at_location_id: Mapped[UUID | None] = mapped_column(ForeignKey("service_at_location.id", ondelete="CASCADE"), index=True)
    valid_from: Mapped[str | None] = mapped_column()
    valid_to: Mapped[str | None] = mapped_column()
    dtstart: Mapped[str | None] = mapped_column()
    timezone: Mapped[float | None] = mapped_column()
    until: Mapped[str | None] = mapped_column()
    count: Mapped[int | None] = mapped_column()
    wkst: Mapped[str | None] = mapped_column()
    freq: Mapped[str | None] = mapped_column()
    interval: Mapped[int | None] = mapped_column()
    byday: Mapped[str | None] = mapped_column()
    byweekno: Mapped[str | None] = mapped_column()
    bymonthday: Mapped[str | None] = mapped_column()
    byyearday: Mapped[str | None] = mapped_column()
    description: Mapped[str | None] = mapped_column()
    opens_at: Mapped[str | None] = mapped_column()
    closes_at: Mapped[str | None] = mapped_column()
    schedule_link: Mapped[str | None] = mapped_column()
    attending_type: Mapped[str | None] = mapped_column()
    notes: Mapped[str | None] = mapped_column()
    timezone_name: Mapped[str | None] = mapped_column()
