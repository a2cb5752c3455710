"""Urgent help: the lines of a region and the words of crisis, loaded from a vocabulary and read for pages and matching."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from directory.changes import record_change
from directory.exchange.records import made_id
from directory.models import UrgentLine, UrgentPhrase, UrgentSayings
from matching.danger import UrgentSayings as Sayings
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


def read_urgent_sayings(session: Session) -> list[Sayings]:
    """Every sentence of people in danger, as matching takes them."""
    rows = session.scalars(select(UrgentSayings).order_by(UrgentSayings.language, UrgentSayings.topic))
    return [Sayings(topic=row.topic, sentences=tuple(row.sentences), language=row.language) for row in rows]


def load_urgent(
    session: Session, *, lines: Iterable[Mapping[str, str]], phrases: Iterable[Phrase], sayings: Iterable[Sayings] = (), by: str, at: datetime
) -> int:
    """Put lines, phrases and sayings in place of those that were there, and give the number that changed (0 the second time)."""
    wanted_lines = {_id("urgent_line", *line.values()): {**line, "position": number} for number, line in enumerate(lines)}
    wanted = {_id("urgent_phrase", one.language, one.phrase): {"topic": one.topic, "language": one.language, "phrase": one.phrase} for one in phrases}
    said = {_id("urgent_sayings", one.language, one.topic, *one.sentences): _said(one) for one in sayings}
    changed = _replace(session, UrgentLine, wanted_lines) + _replace(session, UrgentPhrase, wanted) + _replace(session, UrgentSayings, said)
    if changed:
        record_change(session, entity="urgent_line", entity_id=_id("urgent_line", "all"), action="changed", by=by, at=at, why="urgent help was loaded")
    return changed


def _said(one: Sayings) -> dict[str, object]:
    return {"topic": one.topic, "language": one.language, "sentences": list(one.sentences)}


def _replace(session: Session, model: type[UrgentLine | UrgentPhrase | UrgentSayings], wanted: Mapping[UUID, Mapping[str, object]]) -> int:
    known = set(session.scalars(select(model.id)))
    new = [{"id": key, **values} for key, values in wanted.items() if key not in known]
    gone = known - set(wanted)
    if new:
        session.execute(insert(model), new)
    if gone:
        session.execute(delete(model).where(model.id.in_(gone)))
    return len(new) + len(gone)


def _id(entity: str, *words: str) -> UUID:
    return made_id("homeground", entity, "|".join(words))
