"""Words of crisis, and the lines that answer them: they come to the top of a page, and are never taken for anything else."""

from __future__ import annotations

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from directory.models.base import Base, Identified, Placed


class UrgentPhrase(Identified, Base):
    """A phrase of crisis in one language, and the topic of help it asks for."""

    __tablename__ = "urgent_phrase"

    topic: Mapped[str] = mapped_column()
    language: Mapped[str] = mapped_column()
    phrase: Mapped[str] = mapped_column()


class UrgentSayings(Identified, Base):
    """Sentences of people in danger in one language, and the topic of help they call for; "" for people at ease who sound like it."""

    __tablename__ = "urgent_sayings"

    topic: Mapped[str] = mapped_column()
    language: Mapped[str] = mapped_column()
    sentences: Mapped[list[str]] = mapped_column(JSON)


class UrgentLine(Identified, Placed, Base):
    """A line that answers day and night in a region (a country code, or 001 for anywhere): ``when`` says in whose words to call it."""

    __tablename__ = "urgent_line"

    region: Mapped[str] = mapped_column(index=True)
    name: Mapped[str] = mapped_column()
    when: Mapped[str] = mapped_column()
    topics: Mapped[str] = mapped_column(default="")
    call: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    text_word: Mapped[str] = mapped_column(default="")
    chat: Mapped[str] = mapped_column(default="")
    hours: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
