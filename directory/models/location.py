"""Where services are given: public places here, places that are not public sealed in a table of their own."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, Placed, private


class Location(Identified, Placed, Base):
    """A place, a postal address or a virtual place.

    Unless ``visibility`` is ``public`` the row carries no point, and no ``address`` row points at it: the true place is sealed in
    ``location_private``, and everything public is built without that table. ``area_name`` is the coarse area chosen by hand.
    """

    __tablename__ = "location"
    __table_args__ = (
        CheckConstraint("location_type in ('physical', 'postal', 'virtual')", name="location_type"),
        CheckConstraint("visibility in ('public', 'area_only', 'on_contact', 'verified_staff', 'hidden')", name="visibility"),
        CheckConstraint("visibility = 'public' or (latitude is null and longitude is null)", name="hidden_has_no_point"),
        CheckConstraint("(latitude is null) = (longitude is null)", name="whole_point"),
        CheckConstraint("point_precision in ('given', 'code', 'town')", name="point_precision"),
    )

    organization_id: Mapped[UUID | None] = mapped_column(ForeignKey("organization.id", ondelete="CASCADE"), index=True)
    location_type: Mapped[str] = mapped_column(default="physical")
    url: Mapped[str | None] = mapped_column()
    name: Mapped[str | None] = mapped_column()
    alternate_name: Mapped[str | None] = mapped_column()
    description: Mapped[str | None] = mapped_column()
    transportation: Mapped[str | None] = mapped_column()
    latitude: Mapped[float | None] = mapped_column()
    longitude: Mapped[float | None] = mapped_column()
    external_identifier: Mapped[str | None] = mapped_column()
    external_identifier_type: Mapped[str | None] = mapped_column()
    # Ours, beside HSDS.
    visibility: Mapped[str] = mapped_column(default="public", server_default="public")
    area_name: Mapped[str | None] = mapped_column()
    point_precision: Mapped[str] = mapped_column(default="given", server_default="given")


class LocationPrivate(Base):
    """The true place of a location that is not public: JSON of addresses and point, sealed with AES-256-GCM."""

    __tablename__ = "location_private"

    location_id: Mapped[UUID] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), primary_key=True)
    sealed: Mapped[str] = mapped_column(info=private("confidential place"))


class Address(Identified, Placed, Base):
    """A public address. HSDS requires city, state, code and country; a row that lacks one is kept here and left out of the feed, never faked."""

    __tablename__ = "address"

    location_id: Mapped[UUID | None] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), index=True)
    attention: Mapped[str | None] = mapped_column()
    address_1: Mapped[str | None] = mapped_column()
    address_2: Mapped[str | None] = mapped_column()
    city: Mapped[str | None] = mapped_column()
    region: Mapped[str | None] = mapped_column()
    state_province: Mapped[str | None] = mapped_column()
    postal_code: Mapped[str | None] = mapped_column()
    country: Mapped[str | None] = mapped_column()
    address_type: Mapped[str | None] = mapped_column()


class Accessibility(Identified, Placed, Base):
    """What a place says of its access, in its own words; coded access features are attributes."""

    __tablename__ = "accessibility"

    location_id: Mapped[UUID | None] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), index=True)
    description: Mapped[str | None] = mapped_column()
    details: Mapped[str | None] = mapped_column()
    url: Mapped[str | None] = mapped_column()


class ServiceAtLocation(Identified, Placed, Base):
    """One service at one location: the unit that people find."""

    __tablename__ = "service_at_location"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id", ondelete="CASCADE"), index=True)
    location_id: Mapped[UUID] = mapped_column(ForeignKey("location.id", ondelete="CASCADE"), index=True)
    description: Mapped[str | None] = mapped_column()
