"""Vocabularies, and the attribute that hangs a term on anything."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, Placed


class Taxonomy(Identified, Base):
    """A vocabulary. ``code`` is set for our own, which the ranking reads; others are shown and exported only."""

    __tablename__ = "taxonomy"

    code: Mapped[str | None] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column()
    description: Mapped[str] = mapped_column(default="")
    uri: Mapped[str | None] = mapped_column()
    version: Mapped[str | None] = mapped_column()


class TaxonomyTerm(Identified, Placed, Base):
    """A word of a vocabulary. ``cues`` are everyday words for it, ``sayings`` sentences of people who mean it, ``related`` codes to see as well,
    ``urgent`` topics of urgent help that it answers too, ``people`` groups for whom it is there by its nature, ``group`` marks a heading that nothing is
    filed under."""

    __tablename__ = "taxonomy_term"

    taxonomy_id: Mapped[UUID | None] = mapped_column(ForeignKey("taxonomy.id", ondelete="CASCADE"), index=True)
    # No foreign key: a feed may carry a term without the broader one it names.
    parent_id: Mapped[UUID | None] = mapped_column(index=True)
    code: Mapped[str | None] = mapped_column(index=True)
    name: Mapped[str] = mapped_column()
    description: Mapped[str] = mapped_column(default="")
    taxonomy: Mapped[str | None] = mapped_column()
    language: Mapped[str | None] = mapped_column()
    term_uri: Mapped[str | None] = mapped_column()
    is_group: Mapped[bool] = mapped_column(default=False)
    cues: Mapped[list[str]] = mapped_column(JSON, default=list)
    sayings: Mapped[list[str]] = mapped_column(JSON, default=list)
    related: Mapped[list[str]] = mapped_column(JSON, default=list)
    strengths: Mapped[list[str]] = mapped_column(JSON, default=list)
    urgent: Mapped[list[str]] = mapped_column(JSON, default=list)
    people: Mapped[list[str]] = mapped_column(JSON, default=list)


class Attribute(Identified, Placed, Base):
    """A term on a row of any table.

    ``link_entity`` and ``link_id`` name the row; ``link_type`` says how the term is meant (README of this package); ``value`` is ``no`` for
    something stated not to be so, or a text for terms that carry one.
    """

    __tablename__ = "attribute"
    __table_args__ = (Index("ix_attribute_link", "link_entity", "link_id"),)

    link_id: Mapped[UUID] = mapped_column()
    link_entity: Mapped[str] = mapped_column()
    taxonomy_term_id: Mapped[UUID] = mapped_column(ForeignKey("taxonomy_term.id", ondelete="CASCADE"), index=True)
    link_type: Mapped[str | None] = mapped_column()
    value: Mapped[str | None] = mapped_column()
    label: Mapped[str | None] = mapped_column()
