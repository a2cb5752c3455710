"""Services as HSDS 3 has them: what is offered, what it costs, what to bring, which area it serves, how much space there is."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, Placed


class Service(Identified, Base):
    """Something offered to people. ``assured_date`` moves only when somebody confirms the record, ``last_modified`` with any edit."""

    __tablename__ = "service"
    __table_args__ = (CheckConstraint("status in ('active', 'inactive', 'defunct', 'temporarily closed')", name="status"),)

    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    program_id: Mapped[UUID | None] = mapped_column(ForeignKey("program.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(index=True)
    alternate_name: Mapped[str | None] = mapped_column()
    description: Mapped[str | None] = mapped_column()
    url: Mapped[str | None] = mapped_column()
    email: Mapped[str | None] = mapped_column()
    status: Mapped[str] = mapped_column(default="active")
    interpretation_services: Mapped[str | None] = mapped_column()
    application_process: Mapped[str | None] = mapped_column()
    fees_description: Mapped[str | None] = mapped_column()
    wait_time: Mapped[str | None] = mapped_column()
    fees: Mapped[str | None] = mapped_column()
    accreditations: Mapped[str | None] = mapped_column()
    eligibility_description: Mapped[str | None] = mapped_column()
    minimum_age: Mapped[float | None] = mapped_column()
    maximum_age: Mapped[float | None] = mapped_column()
    assured_date: Mapped[date | None] = mapped_column()
    assurer_email: Mapped[str | None] = mapped_column()
    licenses: Mapped[str | None] = mapped_column()
    alert: Mapped[str | None] = mapped_column()
    last_modified: Mapped[datetime | None] = mapped_column(index=True)
    # Ours, beside HSDS: who assured the record, and since when it is in the directory.
    assured_by: Mapped[str | None] = mapped_column()
    added_on: Mapped[date | None] = mapped_column()


class CostOption(Identified, Placed, Base):
    """One price, or free: ``amount`` 0 is free, no amount is "see the text"."""

    __tablename__ = "cost_option"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    valid_from: Mapped[str | None] = mapped_column()
    valid_to: Mapped[str | None] = mapped_column()
    option: Mapped[str | None] = mapped_column()
    currency: Mapped[str | None] = mapped_column()
    amount: Mapped[float | None] = mapped_column()
    amount_description: Mapped[str | None] = mapped_column()


class RequiredDocument(Identified, Placed, Base):
    """A paper that people are asked to bring."""

    __tablename__ = "required_document"

    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    document: Mapped[str | None] = mapped_column()
    uri: Mapped[str | None] = mapped_column()


class ServiceArea(Identified, Placed, Base):
    """The area a service is there for, by name and, where the source gives one, by its extent."""

    __tablename__ = "service_area"

    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    service_at_location_id: Mapped[UUID | None] = mapped_column(ForeignKey("service_at_location.id", ondelete="CASCADE"), index=True)
    name: Mapped[str | None] = mapped_column()
    description: Mapped[str | None] = mapped_column()
    extent: Mapped[str | None] = mapped_column()
    extent_type: Mapped[str | None] = mapped_column()
    uri: Mapped[str | None] = mapped_column()


class Unit(Identified, Base):
    """What a capacity is counted in: beds, places, hours."""

    __tablename__ = "unit"

    name: Mapped[str] = mapped_column()
    scheme: Mapped[str | None] = mapped_column()
    identifier: Mapped[str | None] = mapped_column()
    uri: Mapped[str | None] = mapped_column()


class ServiceCapacity(Identified, Placed, Base):
    """How much space there is, and when somebody last said so."""

    __tablename__ = "service_capacity"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    unit_id: Mapped[UUID] = mapped_column(ForeignKey("unit.id", ondelete="CASCADE"), index=True)
    available: Mapped[float] = mapped_column()
    maximum: Mapped[float | None] = mapped_column()
    description: Mapped[str | None] = mapped_column()
    updated: Mapped[datetime] = mapped_column()
