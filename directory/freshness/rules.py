"""How long a listing of each kind stays fresh: our own numbers with their reasons, and those that curators set instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from sqlalchemy import CompoundSelect, and_, delete, or_, select
from sqlalchemy.orm import Session

from directory.changes import record_change
from directory.errors import Invalid
from directory.facts import NO
from directory.models import Attribute, Reminder, ReminderRule, ServiceAtLocation, Taxonomy, TaxonomyTerm
from directory.stretch import chunks

ORDINARY: Final = "service"
DAYS: Final = {
    "service": 180,        # offices keep their hours and numbers for long, and twice a year is what most people bear being asked
    "therapy": 180,        # as an office; whether there is space is asked apart
    "group_therapy": 120,  # a course ends and another begins about three times a year
    "peer_group": 90,      # kept up by volunteers: who leads, the room and the evening change with the season
    "one_to_one": 120,     # supporters come and go
    "activity": 90,        # seasons
    "self_help": 365,      # a book or film does not move
    "event": 30,           # over soon
    "training": 90,        # a term
    "give": 60,            # what is needed is found, or not needed any more
}
"""Days that a listing stays fresh after it was confirmed, by its kind."""
SHORTEST, LONGEST = 7, 1100
_RULES = UUID("6f2f0e0c-6a58-4d5c-9a6f-6a2a1d3f9b11")
"""Ids of rules in the change log are made from this and the kind: a rule is known by its kind, and the log by ids."""


def all_days(session: Session) -> dict[str, int]:
    """How many days each kind stays fresh, as it is now."""
    return DAYS | {row.kind: row.days for row in session.scalars(select(ReminderRule))}


def days_of(session: Session, kind: str) -> timedelta:
    """How long one kind stays fresh; a kind that we do not know is treated as ordinary help."""
    found = all_days(session)
    return timedelta(days=found.get(kind, found[ORDINARY]))


def set_rules(session: Session, wanted: dict[str, str], *, by: str, at: datetime) -> int:
    """Set the days of kinds as people wrote them; gives how many changed. An empty one goes back to ours; ``Invalid`` names each that does not fit."""
    errors = {kind: f"Write a number of days from {SHORTEST} to {LONGEST}." for kind, text in wanted.items() if text.strip() and not _fits(text)}
    if errors:
        raise Invalid(**errors)
    now = all_days(session)
    changed = {kind: days for kind, text in wanted.items() if kind in DAYS and (days := int(text) if text.strip() else DAYS[kind]) != now[kind]}
    for kind, days in changed.items():
        session.execute(delete(ReminderRule).where(ReminderRule.kind == kind))
        if days != DAYS[kind]:
            session.add(ReminderRule(kind=kind, days=days))
        which = uuid5(_RULES, kind)
        record_change(session, entity="reminder_rule", entity_id=which, action="changed", by=by, at=at, field="days", before=now[kind], after=days, why=kind)
    if changed:   # what nobody was asked about yet gets its date anew, by the new days
        session.execute(delete(Reminder).where(Reminder.times == 0))
    session.flush()
    return len(changed)


def _fits(text: str) -> bool:
    tidy = text.strip()
    return tidy.isascii() and tidy.isdigit() and len(tidy) < 6 and SHORTEST <= int(tidy) <= LONGEST


def kinds_of(session: Session, service_ids: Collection[UUID]) -> dict[UUID, str]:
    """The kind of each service, as the results show it: the first of those stated on the service or on it at a place, else ordinary help."""
    found: dict[UUID, set[str]] = defaultdict(set)
    for some in chunks(service_ids):
        for service_id, code in session.execute(_stated(some)):
            found[service_id].add(code)
    return {key: min(found.get(key, ()), default=ORDINARY) for key in sorted(service_ids)}


def _stated(ids: list[UUID]) -> CompoundSelect[UUID, str]:
    terms = select(TaxonomyTerm.id, TaxonomyTerm.code).join(Taxonomy, Taxonomy.id == TaxonomyTerm.taxonomy_id).where(Taxonomy.code == "kinds").subquery()
    is_so = or_(Attribute.value.is_(None), Attribute.value != NO)
    term = terms.c.id == Attribute.taxonomy_term_id
    on_service = and_(Attribute.link_entity == "service", Attribute.link_id.in_(ids), is_so)
    plain = select(Attribute.link_id, terms.c.code).join(terms, term).where(on_service)
    at_place = select(ServiceAtLocation.service_id, terms.c.code).join(Attribute, Attribute.link_id == ServiceAtLocation.id).join(terms, term)
    return plain.union(at_place.where(Attribute.link_entity == "service_at_location", ServiceAtLocation.service_id.in_(ids), is_so))
