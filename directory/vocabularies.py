"""Our own vocabularies in the catalogue: loading what `seeds` ships, and reading them back for matching."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from directory.changes import change_row, record_changes
from directory.exchange.records import made_id
from directory.exchange.rows import Row
from directory.models import Taxonomy, TaxonomyTerm
from matching.values import Term

HOME = "homeground"


def taxonomy_id(code: str) -> UUID:
    """The id of a taxonomy of ours, the same in every directory."""
    return made_id(HOME, "taxonomy", code)


def term_id(taxonomy: str, code: str) -> UUID:
    """The id of a term of ours, the same in every directory."""
    return made_id(HOME, "taxonomy_term", f"{taxonomy}/{code}")


def load_terms(
    session: Session, *, taxonomy: str, name: str, description: str, version: str, terms: Sequence[Term], by: str, at: datetime
) -> int:
    """Make a taxonomy of ours say exactly what is given, and give the number of rows that changed (0 the second time).

    Terms keep their order. A term that is no longer listed stays: listings may carry it, and codes are never reused.
    """
    head = {"id": taxonomy_id(taxonomy), "code": taxonomy, "name": name, "description": description, "version": version}
    rows = [_row(term, taxonomy, position) for position, term in enumerate(terms)]
    changes = _upsert(session, Taxonomy, [head], by=by, at=at) + _upsert(session, TaxonomyTerm, rows, by=by, at=at)
    record_changes(session, changes)
    return len({change["entity_id"] for change in changes})


def read_vocabulary(session: Session) -> list[Term]:
    """Every term of our own taxonomies, by taxonomy and in the order it was loaded."""
    found = session.execute(
        select(Taxonomy.code, TaxonomyTerm)
        .join(Taxonomy, TaxonomyTerm.taxonomy_id == Taxonomy.id)
        .where(Taxonomy.code.is_not(None), TaxonomyTerm.code.is_not(None))
        .order_by(Taxonomy.code, TaxonomyTerm.position, TaxonomyTerm.id)
    ).all()
    codes = {term.id: term.code or "" for _, term in found}
    return [_term(taxonomy or "", term, codes.get(term.parent_id, "") if term.parent_id else "") for taxonomy, term in found]


def _row(term: Term, taxonomy: str, position: int) -> Row:
    return {
        "id": term_id(taxonomy, term.code), "taxonomy_id": taxonomy_id(taxonomy), "code": term.code, "name": term.label,
        "description": term.description, "parent_id": term_id(taxonomy, term.parent) if term.parent else None, "position": position,
        "is_group": term.group, "cues": list(term.cues), "sayings": list(term.sayings), "related": list(term.related),
        "strengths": list(term.strengths), "urgent": list(term.urgent), "people": list(term.people),
    }


def _term(taxonomy: str, row: TaxonomyTerm, parent: str) -> Term:
    return Term(
        taxonomy=taxonomy, code=row.code or "", label=row.name, description=row.description, parent=parent, group=row.is_group,
        cues=tuple(row.cues), sayings=tuple(row.sayings), related=tuple(row.related), strengths=tuple(row.strengths), urgent=tuple(row.urgent),
        people=tuple(row.people),
    )


def _upsert(session: Session, model: type[Taxonomy | TaxonomyTerm], rows: list[Row], *, by: str, at: datetime) -> list[dict[str, Any]]:
    table = model.__table__
    stored = {row["id"]: row for row in session.execute(select(table).where(table.c.id.in_([row["id"] for row in rows]))).mappings()}
    new = [row for row in rows if row["id"] not in stored]
    if new:
        session.execute(insert(model), new)
    changes = [change_row(entity=model.__tablename__, entity_id=row["id"], action="added", by=by, at=at) for row in new]
    for row in (row for row in rows if row["id"] in stored):
        before = stored[row["id"]]
        differing = {name: value for name, value in row.items() if before[name] != value}
        if differing:
            session.execute(update(model).where(model.id == row["id"]).values(differing))
        changes += [
            change_row(entity=model.__tablename__, entity_id=row["id"], action="changed", by=by, at=at, field=name, before=before[name], after=value)
            for name, value in differing.items()
        ]
    return changes
