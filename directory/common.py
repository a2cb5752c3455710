"""What the shelves of one reading have in common: terms, sources, what is reported, and what was made of rows that say the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable
from typing import Any, Final, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import models
from directory.models import Report, Source, Taxonomy, TaxonomyTerm
from directory.models.desk import WEIGHTY
from directory.plain import read_rows, rows_select
from directory.stretch import Scope, Stretch, chunks, linked

MOST_ALIKE: Final = 50_000
"""Different contents of which it is remembered what they make; a directory of a million listings has some thousand of most."""
Made = TypeVar("Made")


class Common:
    """Read once for all shelves of a reading; terms as they are met, for the vocabularies are larger than what is in use."""

    def __init__(self, session: Session, scope: Scope) -> None:
        self._as_text = isinstance(scope, Stretch)
        self._codes: dict[Any, str | None] = {row.id: row.code for row in self._all(session, Taxonomy)}
        self.sources: dict[Any, Source] = {row.id: row for row in self._all(session, Source)}
        self.terms: dict[Any, tuple[str, TaxonomyTerm]] = {}
        """The terms in use with the code of their taxonomy, empty for one that is not ours."""
        reported = select(scope.key(Report.__table__.c.service_id)).where(Report.state == "open", Report.about.in_(sorted(WEIGHTY)))
        self.reported_wrong: frozenset[Any] = frozenset(session.scalars(reported))
        """The services about which a mistake of weight was reported and not answered: that there is one, and nothing of what it says."""
        self._alike: dict[Hashable, Any] = {}
        self._bare: dict[tuple[type[models.Base], str, str], bool] = {}

    def take_terms(self, session: Session, ids: Collection[Any]) -> None:
        """Read the terms that were not met before."""
        rows, column = rows_select(TaxonomyTerm, ids_as_text=self._as_text), TaxonomyTerm.__table__.c.id
        for some in chunks([UUID(str(key)) for key in ids if key not in self.terms]):
            for term in read_rows(session, TaxonomyTerm, rows.where(column.in_(some)), {}):
                self.terms[term.id] = (self._codes.get(term.taxonomy_id, "") or "" if term.taxonomy_id else "", term)

    def is_bare(self, session: Session, model: type[models.Base], parent: str, link_entity: str) -> bool:
        """Whether no row of a table hangs there at all: asked once, since most directories leave some tables empty."""
        if (known := self._bare.get((model, parent, link_entity))) is None:
            column = model.__table__.columns[parent]
            found = linked(model, select(column).where(column.is_not(None)).limit(1), link_entity)
            known = self._bare[model, parent, link_entity] = session.execute(found).first() is None
        return known

    def alike(self, content: Hashable, make: Callable[[], Made]) -> Made:
        """What is made of rows that say ``content``, the same for all that say it: hours, prices and languages are hardly ever new."""
        try:
            known: Made = self._alike[content]
        except KeyError:
            if len(self._alike) >= MOST_ALIKE:
                self._alike.clear()
            known = self._alike[content] = make()
        return known

    def _all(self, session: Session, model: type[models.Base]) -> Any:
        return read_rows(session, model, rows_select(model, ids_as_text=self._as_text), {})
