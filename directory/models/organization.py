"""Organizations as HSDS 3 has them, with their identifiers, programs, funding and further web addresses."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, Placed


class Organization(Identified, Base):
    """A body that runs services. HSDS wants a description of each; where the source has none, the writer says so in words."""

    __tablename__ = "organization"

    name: Mapped[str] = mapped_column(index=True)
    alternate_name: Mapped[str | None] = mapped_column()
    description: Mapped[str | None] = mapped_column()
    email: Mapped[str | None] = mapped_column()
    website: Mapped[str | None] = mapped_column()
    tax_status: Mapped[str | None] = mapped_column()
    tax_id: Mapped[str | None] = mapped_column()
    year_incorporated: Mapped[int | None] = mapped_column()
    legal_status: Mapped[str | None] = mapped_column()
    logo: Mapped[str | None] = mapped_column()
    uri: Mapped[str | None] = mapped_column()
    # No foreign key: a feed may name a parent that it does not carry (the official example does).
    parent_organization_id: Mapped[UUID | None] = mapped_column()


class OrganizationIdentifier(Identified, Placed, Base):
    """A number or code by which others know an organization."""

    __tablename__ = "organization_identifier"

    organization_id: Mapped[UUID] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    identifier_scheme: Mapped[str | None] = mapped_column()
    identifier_type: Mapped[str] = mapped_column(default="")
    identifier: Mapped[str] = mapped_column(default="")


class Program(Identified, Placed, Base):
    """A group of services that an organization runs together."""

    __tablename__ = "program"

    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column()
    alternate_name: Mapped[str | None] = mapped_column()
    description: Mapped[str | None] = mapped_column()


class Funding(Identified, Placed, Base):
    """Where the money for an organization or a service comes from."""

    __tablename__ = "funding"

    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    source: Mapped[str | None] = mapped_column()


class Url(Identified, Placed, Base):
    """A further web address of an organization or a service."""

    __tablename__ = "url"

    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    label: Mapped[str | None] = mapped_column()
    url: Mapped[str] = mapped_column()
