"""Words of crisis: they bring urgent help to the top of a page, and are never taken for anything else."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified


class UrgentPhrase(Identified, Base):
    """A phrase of crisis in one language, and the topic of help it asks for."""

    __tablename__ = "urgent_phrase"

    topic: Mapped[str] = mapped_column()
    language: Mapped[str] = mapped_column()
    phrase: Mapped[str] = mapped_column()
