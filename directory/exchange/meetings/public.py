"""The groups of the directory as meetings for open feeds: built on a shelf, so of public things only, and of fewer than its pages show.

A group whose being seen could do harm stays out (``sensitive.py``), and so does one that is hidden or not listed. Of a place that is not public the area
is told, where one was chosen, and else nothing. Names of people, numbers of people and join passwords are told of none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import UTC, date
from typing import Final
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import select
from sqlalchemy.orm import Session

from directory import readings
from directory.cards import listing_is_public
from directory.exchange.meetings.by_day import is_said_of
from directory.exchange.meetings.codes import Programme, codes_for
from directory.exchange.meetings.discretion import discreet
from directory.exchange.meetings.meeting import JOIN_BY_PHONE, JOIN_ONLINE, Attendance, Joining, Keeper, Meeting
from directory.exchange.meetings.occasions import Occasion, dates_in_words, occasions_of
from directory.exchange.meetings.passwords import link_without_password, number_without_password
from directory.exchange.meetings.sensitive import is_sensitive
from directory.exchange.meetings.spots import area_of, spot_of
from directory.exchange.meetings.words_of import SAID, TYPE, types_taxonomy
from directory.exchange.reading.wordrules import Term
from directory.facts import NO, Facts
from directory.languages import BILINGUAL, INTERPRETED, tag_of
from directory.models import Attribute, Contact, Organization, Phone, Service, ServiceAtLocation, Taxonomy, TaxonomyTerm, Url
from directory.shelf import Shelf
from directory.timetable.reading import timetable_of

BLOCK: Final = 2_000
"""Groups whose rows are in memory at once."""
FROM_AFAR: Final = frozenset(("online", "phone", "text"))


class Choice(Struct, frozen=True, kw_only=True):
    """What a feed takes. ``kinds``: peer groups, and activities if wished. ``irregular``: groups that do not meet every week come with the pattern before
    their notes, or are left out (formats that know only weeks cannot say it, and some of their readers show no notes).
    """

    kinds: frozenset[str] = frozenset({"peer_group"})
    irregular: bool = True


class Told(Struct, frozen=True, kw_only=True):
    """A meeting without codes, and the terms that a programme may have codes for. ``is_dated``: on another day it may be told otherwise."""

    meeting: Meeting
    terms: frozenset[Term]
    is_dated: bool = False
    types: tuple[tuple[UUID, str], ...] = ()
    """What its programme calls it that no term of ours says: the taxonomy of the programme's types, and the code."""

    @property
    def service_id(self) -> str:
        """The service that the group is."""
        return self.meeting.group_key

    @property
    def listing_id(self) -> str:
        """The listing whose page tells of it."""
        return self.meeting.url.rpartition("/")[2]

    def under(self, programme: Programme) -> Meeting:
        """The meeting with the codes of a programme: those that our terms stand for, and those that it came with if it is of this programme."""
        own = [code for taxonomy, code in self.types if taxonomy == types_taxonomy(programme) and code in programme.types]
        return replace(self.meeting, codes=tuple(dict.fromkeys((*codes_for(programme, self.terms), *own))))


USUAL: Final = Choice()


def public_meetings(
    session: Session, *, on: date, timezone: str, base_url: str, choice: Choice = USUAL, services: Collection[UUID] | None = None
) -> list[Told]:
    """Every meeting that feeds may tell of, as it is held on a day and after it, by key; of some services only where they are given.

    ``timezone`` holds where neither group nor source names one, ``base_url`` is where people find us.
    """
    ids = [key for key in _ids(session, choice.kinds) if services is None or key in services]
    found = [
        told
        for start in range(0, len(ids), BLOCK)
        for told in _Teller(Shelf(session, ids[start : start + BLOCK]), on, timezone, base_url, choice).all()
    ]
    return sorted(found, key=lambda told: told.meeting.key)


def _ids(session: Session, kinds: Iterable[str]) -> Sequence[UUID]:
    """Services that carry one of these kinds, themselves or at a place."""
    terms = select(TaxonomyTerm.id).join(Taxonomy, TaxonomyTerm.taxonomy_id == Taxonomy.id)
    marked = select(Attribute.link_id).where(Attribute.taxonomy_term_id.in_(terms.where(Taxonomy.code == "kinds", TaxonomyTerm.code.in_(sorted(kinds)))))
    at = select(ServiceAtLocation.service_id).where(ServiceAtLocation.id.in_(marked))
    return session.scalars(select(Service.id).where(Service.id.in_(marked) | Service.id.in_(at)).order_by(Service.id)).all()


class _Teller:
    """Tells the meetings of one shelf."""

    def __init__(self, shelf: Shelf, on: date, timezone: str, base_url: str, choice: Choice) -> None:
        self._shelf, self._on, self._timezone, self._base_url, self._choice = shelf, on, timezone, base_url, choice

    def all(self) -> Iterator[Told]:
        """Every meeting."""
        for service in self._shelf.services.values():
            links = [link for link in self._shelf.places.get(service.id, []) if listing_is_public(self._shelf, service, link)]
            is_hidden = not links and bool(self._shelf.places.get(service.id))
            if not is_hidden and listing_is_public(self._shelf, service, None):
                yield from self._of(service, links)

    def _of(self, service: Service, links: list[ServiceAtLocation]) -> Iterator[Told]:
        """The meetings of one group: at each of its places, or from afar where it has none. Its virtual place is how to join at the others."""
        virtual = [link for link in links if self._shelf.locations[link.location_id].location_type == "virtual"]
        places = [link for link in links if link not in virtual]
        options: list[ServiceAtLocation | None] = [*(places or virtual[:1])]
        for link in options or [None]:
            facts = Facts.of(self._shelf, service, link)
            if facts.kind in self._choice.kinds and not is_sensitive(self._shelf, service, facts):
                yield from self._at(service, link, facts, self._joining(service, virtual))

    def _at(self, service: Service, link: ServiceAtLocation | None, facts: Facts, joining: Joining | None) -> Iterator[Told]:
        base, terms = self._base(service, link, facts, joining), _terms(facts)
        timetable = timetable_of(readings.schedules_of(self._shelf, service, link))
        occasions, in_words = occasions_of(timetable, on=self._on), dates_in_words(timetable, on=self._on)
        types = self._types(service)
        is_dated = any(line.season is not None for line in timetable.lines)
        if not occasions and (self._choice.irregular or not in_words):
            yield Told(meeting=replace(base, pattern=in_words), terms=terms, is_dated=is_dated, types=_held(types, None, None))
        seen = set[int]()
        for one in occasions:
            if self._choice.irregular or not one.pattern:
                meeting = _on_day(base, one, is_first=one.weekday not in seen)
                yield Told(meeting=meeting, terms=terms, is_dated=is_dated, types=_held(types, one.weekday, one.starts))
                seen.add(one.weekday)

    def _types(self, service: Service) -> list[tuple[UUID, str, str]]:
        """The types that a group's feed gave it and no term of ours says: taxonomy, code, and of which days."""
        rows = [row for row in self._shelf.attributes.get(service.id, []) if row.link_type == TYPE and row.value != SAID]
        found = [(self._shelf.terms[row.taxonomy_term_id][1], row.value or "") for row in rows if row.taxonomy_term_id in self._shelf.terms]
        return [(term.taxonomy_id, term.code, days) for term, days in found if term.taxonomy_id and term.code]

    def _base(self, service: Service, link: ServiceAtLocation | None, facts: Facts, joining: Joining | None) -> Meeting:
        """All but when."""
        shelf, people = self._shelf, self._people(service, link)
        location, spoken = shelf.locations[link.location_id] if link else None, readings.language_rows(shelf, service, link)
        attendance = attendance_of(facts, location.location_type if location else "", has_link=joining is not None)
        spot, key = spot_of(shelf, location, people) if location else None, link.id if link else service.id
        return Meeting(
            key=str(key),
            name=discreet(service.name, people) or service.name,
            group_key=str(service.id),
            timezone=readings.timezone_of(readings.schedules_of(shelf, service, link), shelf.source_of(service), default=self._timezone),
            attendance=attendance,
            spot=spot if spot is None or "in_person" in attendance else area_of(spot),
            joining=joining,
            languages=tuple(sorted(readings.languages_of(shelf, service, link))),
            is_bilingual=sum(row.role == BILINGUAL for row in spoken) > 1,
            interpreted=tuple(sorted({tag_of(row) for row in spoken if row.role == INTERPRETED})),
            notes=discreet(service.description or "", people),
            url=f"{self._base_url}/listings/{key}",
            email=service.email if service.email and service.email not in people else "",
            phone=self._phone(service, link),
            is_paused=service.status == "temporarily closed",
            updated=service.last_modified.astimezone(UTC).isoformat(timespec="seconds") if service.last_modified else "",
            keeper=self._keeper(shelf.organization_of(service)),
        )

    def _joining(self, service: Service, virtual: list[ServiceAtLocation]) -> Joining | None:
        """The way in from afar that everybody may know: the address of a public virtual place or one to join by, and a number to dial in."""
        places = [self._shelf.locations[link.location_id] for link in virtual]
        written = [place.url for place in places if place.visibility == "public"]
        written += [row.url for row in self._shelf.children(Url, "service_id", service.id) if row.label == JOIN_ONLINE]
        url = next((clean for one in written if (clean := link_without_password(one or ""))), "")
        numbers = [row.number for row in self._shelf.children(Phone, "service_id", service.id) if _is_to_join(row)]
        phone = next((clean for one in numbers if (clean := number_without_password(one))), "")
        return Joining(url=url, phone=phone) if url or phone else None

    def _people(self, service: Service, link: ServiceAtLocation | None) -> tuple[str, ...]:
        """Names and e-mail addresses of people to ask for: no feed has them, in whatever words they stand."""
        rows = self._shelf.children(Contact, "service_id", service.id)
        if link:
            rows = [*rows, *self._shelf.children(Contact, "service_at_location_id", link.id), *self._shelf.children(Contact, "location_id", link.location_id)]
        return tuple(dict.fromkeys(text for row in rows for text in (row.name, row.email) if text))

    def _phone(self, service: Service, link: ServiceAtLocation | None) -> str:
        """The group's own number; numbers of people and desks are not told."""
        rows = self._shelf.children(Phone, "service_at_location_id", link.id) if link else []
        rows = rows or self._shelf.children(Phone, "service_id", service.id)
        return next((row.number for row in rows if row.contact_id is None and (row.type or "voice") == "voice" and not _is_to_join(row)), "")

    def _keeper(self, organization: Organization | None) -> Keeper | None:
        if organization is None:
            return None
        phones = self._shelf.children(Phone, "organization_id", organization.id)
        return Keeper(
            key=str(organization.id),
            name=organization.name,
            url=link_without_password(organization.website or ""),
            phone=next((row.number for row in phones if row.contact_id is None and row.service_id is None), ""),
            email=organization.email or "",
            words=discreet(organization.description or ""),
            parent_key=str(organization.parent_organization_id or ""),
        )


def _held(types: Iterable[tuple[UUID, str, str]], weekday: int | None, starts: int | None) -> tuple[tuple[UUID, str], ...]:
    return tuple((taxonomy, code) for taxonomy, code, days in types if is_said_of(days, weekday, starts))


def _is_to_join(row: Phone) -> bool:
    """Whether a number is one to take part by, and not the group's own."""
    return (row.description or "").startswith(JOIN_BY_PHONE)


def attendance_of(facts: Facts, location_type: str, *, has_link: bool) -> frozenset[Attendance]:
    """How people take part, from what is stated; a place that nobody said more about is somewhere to go to."""
    stated = facts.yes("formats")
    afar = bool(stated & FROM_AFAR) or location_type == "virtual" or has_link
    there = "in_person" in stated or (location_type == "physical" and not stated) or not afar
    return frozenset((*(("in_person",) if there else ()), *(("online",) if afar else ())))


def _on_day(base: Meeting, one: Occasion, *, is_first: bool) -> Meeting:
    """The meeting of one weekday, with a key of its own: ``ID-1`` on Mondays, ``ID-1-1930`` for a later one on the same day."""
    key = f"{base.key}-{(one.weekday + 1) % 7}" + ("" if is_first else f"-{one.starts // 60:02}{one.starts % 60:02}")
    return replace(base, key=key, weekday=one.weekday, starts=one.starts, ends=one.ends, pattern=one.pattern)


def _terms(facts: Facts) -> frozenset[Term]:
    """What is stated to be so, and what not to be so. What is kept for some is also meant for them."""
    said = {Term(fact.taxonomy, fact.code, fact.link_type, "" if fact.stated else NO) for fact in facts.all if fact.code}
    kept_for = {term.code for term in said if (term.taxonomy, term.link_type, term.value) == ("audiences", "only_for", "")}
    return frozenset(said | {Term("audiences", code, "meant_for") for code in kept_for})
