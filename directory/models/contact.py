"""How to reach somebody: contacts, phones, and the languages spoken. One row may stand under several parents, as in the HSDS tables."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, Placed


class Contact(Identified, Placed, Base):
    """A named person or desk of an organization, service or location."""

    __tablename__ = "contact"

    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    service_at_location_id: Mapped[UUID | None] = mapped_column(ForeignKey("service_at_location.id", ondelete="CASCADE"), index=True)
    location_id: Mapped[UUID | None] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), index=True)
    name: Mapped[str | None] = mapped_column()
    title: Mapped[str | None] = mapped_column()
    department: Mapped[str | None] = mapped_column()
    email: Mapped[str | None] = mapped_column()


class Phone(Identified, Placed, Base):
    """A phone number as the source writes it; ``extension`` is text, since a leading zero counts."""

    __tablename__ = "phone"

    location_id: Mapped[UUID | None] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), index=True)
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    contact_id: Mapped[UUID | None] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), index=True)
    service_at_location_id: Mapped[UUID | None] = mapped_column(ForeignKey("service_at_location.id", ondelete="CASCADE"), index=True)
    number: Mapped[str] = mapped_column()
    extension: Mapped[str | None] = mapped_column()
    type: Mapped[str | None] = mapped_column()
    description: Mapped[str | None] = mapped_column()


class Language(Identified, Placed, Base):
    """A language used at a service, a location or on a phone; ``code`` is a BCP 47 tag where the name was understood.

    ``role`` is how it is used there (``directory.languages.ROLES``); None where nobody has said.
    """

    __tablename__ = "language"

    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    location_id: Mapped[UUID | None] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), index=True)
    phone_id: Mapped[UUID | None] = mapped_column(ForeignKey("phone.id", ondelete="CASCADE"), index=True)
    name: Mapped[str | None] = mapped_column()
    code: Mapped[str | None] = mapped_column()
    note: Mapped[str | None] = mapped_column()
    role: Mapped[str | None] = mapped_column()
