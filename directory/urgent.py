"""Urgent help: the lines of a region and the words of crisis, loaded from a vocabulary and read for pages and matching."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from directory.models import UrgentLine, UrgentPhrase
from matching.urgent import UrgentPhrase as Phrase

ANYWHERE = "001"


def list_lines(session: Session, region: str) -> Sequence[UrgentLine]:
    """The lines of a country in order; where there are none, those for anywhere."""
    for wanted in (region.upper(), ANYWHERE):
        if found := session.scalars(select(UrgentLine).where(UrgentLine.region == wanted).order_by(UrgentLine.position, UrgentLine.id)).all():
            return found
    return ()


def read_phrases(session: Session) -> list[Phrase]:
    """Every phrase of crisis, as matching takes them."""
    rows = session.scalars(select(UrgentPhrase).order_by(UrgentPhrase.language, UrgentPhrase.phrase))
    return [Phrase(topic=row.topic, phrase=row.phrase, language=row.language) for row in rows]


def load_urgent(session: Session, *, lines: Iterable[dict[str, object]], phrases: Iterable[Phrase]) -> None:
    """Put lines and phrases in place of those that were there."""
    session.execute(delete(UrgentLine))
    session.execute(delete(UrgentPhrase))
    session.add_all(UrgentLine(position=number, **line) for number, line in enumerate(lines))
    session.add_all(UrgentPhrase(topic=one.topic, phrase=one.phrase, language=one.language) for one in phrases)
