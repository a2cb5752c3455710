"""Our own vocabularies as an import sees them: terms by taxonomy and code, linked to and never edited."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from msgspec import Struct
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory.exchange.intake.confidential import speaks_of_refuge
from directory.exchange.intake.upsert import chunks
from directory.models import Organization, Program, Service, Taxonomy, TaxonomyTerm


class OwnTerms(Struct, frozen=True):
    """The terms of ours by taxonomy and code, and the ids of these terms and their taxonomies."""

    by_code: Mapping[tuple[str, str], UUID]
    ids: frozenset[UUID]

    @classmethod
    def of(cls, session: Session) -> OwnTerms:
        """What the database holds now."""
        taxonomies = session.execute(select(Taxonomy.id, Taxonomy.code).where(Taxonomy.code.is_not(None)))
        codes = {taxonomy: code or "" for taxonomy, code in taxonomies}
        terms = session.execute(select(TaxonomyTerm.id, TaxonomyTerm.taxonomy_id, TaxonomyTerm.code).where(TaxonomyTerm.taxonomy_id.in_(codes))).all()
        by_code = {(codes[taxonomy], code): term for term, taxonomy, code in terms if taxonomy and code}
        return cls(by_code, frozenset({*codes, *(term for term, _, _ in terms)}))

    def find(self, taxonomy: str, code: str) -> UUID | None:
        """The id of a term, or None."""
        return self.by_code.get((taxonomy, code))


def stored_flagged(session: Session, ids: Iterable[UUID]) -> set[UUID]:
    """Which of these stored services, programs and organizations speak of refuge, by the rule of ``confidential.py``; a service also by its
    organization's name."""
    found: set[UUID] = set()
    for chunk in chunks(ids):
        for row in session.scalars(select(Organization).where(Organization.id.in_(chunk))):
            found |= {row.id} if speaks_of_refuge((row.name, row.alternate_name)) else set()
        for program in session.scalars(select(Program).where(Program.id.in_(chunk))):
            found |= {program.id} if speaks_of_refuge((program.name, program.description)) else set()
        services = select(Service, Organization.name).outerjoin(Organization, Service.organization_id == Organization.id).where(Service.id.in_(chunk))
        for service, organization in session.execute(services):
            texts = (service.name, service.alternate_name, service.description, service.eligibility_description, service.alert, organization)
            found |= {service.id} if speaks_of_refuge(texts) else set()
    return found
