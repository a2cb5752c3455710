"""The pages of the HSDS lists: filters that add up, a total order, and the envelope with all its eight keys.

Choices where the standard leaves one: no results give ``total_pages`` 0; a page after the last is empty and not an error; ``per_page`` above
``PER_PAGE_LIMIT`` is cut to it and ``size`` tells; a filter by a term takes its narrower terms too; an unknown id finds nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from math import ceil
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from directory.errors import DirectoryError
from directory.exchange.hsds.encode import Json
from directory.exchange.hsds.writer import many_json
from directory.exchange.records import Service as ServiceRecord
from directory.models import Attribute, Organization, Service, TaxonomyTerm

PER_PAGE_LIMIT = 500
SEARCH_LIMIT = 100
"""Characters of a search that count."""
MINIMAL = ("id", "name", "status", "last_modified")


class BadParameter(DirectoryError):
    """A parameter of a list that cannot be answered; ``parameter`` names it."""

    def __init__(self, parameter: str, what: str) -> None:
        super().__init__(what)
        self.parameter = parameter


def service_page(
    session: Session, *, page: int = 1, per_page: int = 50, search: str | None = None, taxonomy_term_id: UUID | None = None,
    taxonomy_id: UUID | None = None, organization_id: UUID | None = None, modified_after: datetime | None = None,
    minimal: bool = False, full: bool = False,
) -> Json:
    """One page of ``/services``. Every filter narrows; ``modified_after`` includes its moment. ``BadParameter`` for a page below 1."""
    found = services_select(
        search=search, taxonomy_term_id=taxonomy_term_id, taxonomy_id=taxonomy_id, organization_id=organization_id, modified_after=modified_after
    )
    if minimal:
        return _page(session, found, page, per_page, lambda ids: [_minimal(item) for item in many_json(session, ServiceRecord, ids)])
    return _page(session, found, page, per_page, lambda ids: many_json(session, ServiceRecord, ids, full=full))


def services_select(
    *, search: str | None = None, taxonomy_term_id: UUID | None = None, taxonomy_id: UUID | None = None, organization_id: UUID | None = None,
    modified_after: datetime | None = None,
) -> Select[UUID]:
    """The ids of the services that pass every filter given, in no order."""
    found = select(Service.id)
    if search and search.strip():
        found = found.outerjoin(Organization, Service.organization_id == Organization.id)
        found = found.where(and_(*(_says(word) for word in search[:SEARCH_LIMIT].split())))
    if taxonomy_term_id is not None:
        found = found.where(_carries(Attribute.taxonomy_term_id.in_(_narrower(taxonomy_term_id))))
    if taxonomy_id is not None:
        found = found.where(_carries(Attribute.taxonomy_term_id.in_(select(TaxonomyTerm.id).where(TaxonomyTerm.taxonomy_id == taxonomy_id))))
    if organization_id is not None:
        found = found.where(Service.organization_id == organization_id)
    if modified_after is not None:
        found = found.where(Service.last_modified >= modified_after)
    return found


def _page(session: Session, found: Select[UUID], page: int, per_page: int, contents: Any) -> Json:
    for name, value in (("page", page), ("per_page", per_page)):
        if value < 1:
            raise BadParameter(name, f"{name} must be a whole number from 1 on.")
    size, column = min(per_page, PER_PAGE_LIMIT), found.selected_columns[0]
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    is_within = (page - 1) * size < total
    ids: Sequence[UUID] = session.scalars(found.order_by(column).limit(size).offset((page - 1) * size)).all() if is_within else []
    items, pages = contents(ids), ceil(total / size)
    return {
        "total_items": total, "total_pages": pages, "page_number": page, "size": len(items), "first_page": page == 1,
        "last_page": page >= pages, "empty": not items, "contents": items,
    }


def _says(word: str) -> ColumnElement[bool]:
    columns = (Service.name, Service.alternate_name, Service.description, Organization.name)
    return or_(*(column.icontains(word, autoescape=True) for column in columns))


def _carries(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Attribute.link_entity == "service", Attribute.link_id == Service.id, condition)


def _narrower(term: UUID) -> Select[UUID]:
    """The term and every narrower one; ``union`` ends a ring of terms too."""
    tree = select(TaxonomyTerm.id).where(TaxonomyTerm.id == term).cte("narrower", recursive=True)
    tree = tree.union(select(TaxonomyTerm.id).join(tree, TaxonomyTerm.parent_id == tree.c.id))
    return select(tree.c.id)


def _minimal(item: Json) -> Json:
    kept = {name: item[name] for name in MINIMAL if name in item}
    return kept | ({"modified_date": item["last_modified"]} if "last_modified" in item else {})
