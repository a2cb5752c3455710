"""Rows of the directory to what people see: the card of a result and the page of a listing, built on a shelf and so public by construction."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import date, datetime
from functools import partial
from uuid import UUID

from directory import readings
from directory.calling import phone_line
from directory.cardbox import Hours, StoredCard
from directory.exchange.meetings.words_of import SAID
from directory.exchange.meetings.words_of import TYPE as MEETING_TYPE
from directory.facts import Facts
from directory.languages import use_in_words
from directory.listings import Fact, HoursAt, ListingPage, PhoneLine, Where
from directory.media import media_words
from directory.meetings.prose import first_proposal
from directory.models import Accessibility, Address, Contact, CostOption, Language, Phone, RequiredDocument, Service, ServiceAtLocation, Source, Url
from directory.plain import id_text, said_by
from directory.prices import amount_words, is_for_some_only, people_of, price_words
from directory.shelf import Shelf
from directory.timetable.reading import text_of, timetable_of
from directory.timetable.values import Timetable
from matching.values import Cost

SUMMARY_LENGTH = 160
EASES = frozenset(("someone_meets_you", "bring_someone", "may_just_listen", "camera_optional"))
"""The facts of a group that make a first visit easier."""
GROUPS = frozenset(("peer_group", "group_therapy"))
"""Kinds of which one says that they meet."""
COST_WORDS: dict[Cost, str] = {"free": "Free", "donation": "Pay what you like", "sliding": "You pay by what you earn", "paid": "Costs money"}
Namer = Callable[[str, str], str]
"""Taxonomy (or ``languages``) and code to a label in plain words."""


class CardMaker:
    """Makes cards and pages of one shelf; ``timezone`` and ``country`` hold where a source names none. Holidays are worked out around the day ``on``."""

    def __init__(self, shelf: Shelf, *, timezone: str, country: str, label: Namer, on: date) -> None:
        self._shelf, self._label, self._on = shelf, label, on
        self._timezone, self._country = timezone, country

    def card(self, service: Service, link: ServiceAtLocation | None) -> StoredCard:
        """What a result shows; ``StoredCard.at`` makes it the card of a moment."""
        shelf, facts = self._shelf, Facts.of(self._shelf, service, link)
        organization, source = shelf.organization_of(service), shelf.source_of(service)
        languages, in_languages = self._languages(service, link, is_group=facts.kind in GROUPS)
        return StoredCard(
            id=id_text(link.id if link else service.id),
            service_id=id_text(service.id),
            name=service.name,
            organization_name=organization.name if organization else "",
            summary=summary(service.description or ""),
            kind=facts.kind,
            kind_label=self._label("kinds", facts.kind),
            hours=self._hours(service, link, source),
            cost=self._cost(service),
            languages=languages,
            in_languages=in_languages,
            phones=self._phones(service, link, source),
            where=self._where(link) if link else None,
            email=service.email or (organization.email if organization else "") or "",
            url=service.url or (organization.website if organization else "") or "",
            audience=", ".join(filter(None, (ages(service.minimum_age, service.maximum_age), self._audience(facts, "only_for")))),
            not_for=self._audience(facts, "not_for"),
            documents=self._documents(service),
            space=readings.space_of(shelf, service, facts)[0],
            alert=service.alert or "",
            status=service.status,
            assured_on=service.assured_date,
            assured_by=service.assured_by or "",
            entry=tuple(sorted(facts.yes("entry"))),
            eases=tuple(sorted(facts.yes("group_facts") & EASES)),
            media=media_words(facts, self._label),
            ways=tuple(self._label("formats", code) for code in sorted(facts.yes("formats"))),
        )

    def _languages(self, service: Service, link: ServiceAtLocation | None, *, is_group: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of the languages of a listing, and how they are used, in words."""
        rows = readings.language_rows(self._shelf, service, link)
        content = (use_in_words, tuple(map(said_by(Language), rows)), is_group, self._label)
        return self._shelf.common.alike(content, lambda: self._languages_of(rows, is_group))

    def _languages_of(self, rows: list[Language], is_group: bool) -> tuple[tuple[str, ...], tuple[str, ...]]:
        def label(code: str) -> str:
            return self._label("languages", code)

        return tuple(sorted(map(label, readings.direct_tags(rows)))), use_in_words(rows, label, is_group=is_group)

    def page(self, service: Service, link: ServiceAtLocation | None, *, at: datetime) -> ListingPage:
        """Everything known, at a moment (aware)."""
        shelf, facts = self._shelf, Facts.of(self._shelf, service, link)
        organization, program = shelf.organization_of(service), shelf.program_of(service)
        schedules, source = readings.schedules_of(shelf, service, link), shelf.source_of(service)
        links = [one for one in shelf.places.get(service.id, []) if shelf.locations[one.location_id].visibility != "hidden"]
        elsewhere = self._hours_elsewhere(service, link, links)
        return ListingPage(
            card=self.card(service, link).at(at, country=self._country),
            description=service.description or "",
            facts=tuple(fact for fact in facts.all if fact.taxonomy),
            places=tuple(self._where(one) for one in links),
            timetable=timetable_of(schedules),
            hours_text=text_of(schedules),
            timezone=readings.timezone_of(schedules, source, default=self._timezone),
            dates_in_words=self._dates_in_words(service, facts, timetable_of(schedules)),
            hours_here=self._place_name(link) if link and elsewhere else "",
            hours_elsewhere=elsewhere,
            first_visit=facts.text("group_facts", "first_visit"),
            how_to_apply=service.application_process or "",
            prices=self._prices(service),
            fees=service.fees_description or "",
            eligibility=service.eligibility_description or "",
            interpretation=service.interpretation_services or "",
            ages=ages(service.minimum_age, service.maximum_age),
            documents=self._documents(service),
            areas=readings.area_names(shelf, service, link),
            wait=service.wait_time or "",
            meeting_types=tuple(_type_in_words(fact) for fact in facts.all if fact.link_type == MEETING_TYPE and fact.value != SAID),
            organization_description=(organization.description if organization else "") or "",
            organization_url=(organization.website if organization else "") or "",
            program=program.name if program else "",
            other_urls=tuple((row.label or row.url, row.url) for row in shelf.children(Url, "service_id", service.id)),
            contacts=self._contacts(service, link),
            source_name=source.name if source else "",
            source_licence=(source.licence if source else "") or "",
            source_credit=(source.credit if source else "") or "",
            last_modified=service.last_modified.date() if service.last_modified else None,
        )

    def _dates_in_words(self, service: Service, facts: Facts, timetable: Timetable) -> str:
        """The words that may mean that a group does not meet every week; empty once somebody who knows has answered, and for nearly every group."""
        texts = (service.name, service.description or "", service.alert or "")
        found = first_proposal(texts, timetable) if facts.kind == "peer_group" else None
        return found.phrase if found and found.phrase not in self._shelf.phrases_refused(service.id) else ""

    def _hours_elsewhere(self, service: Service, link: ServiceAtLocation | None, links: list[ServiceAtLocation]) -> tuple[HoursAt, ...]:
        """What holds at its other public places, where that is something else than here."""
        here = timetable_of(readings.schedules_of(self._shelf, service, link))
        found = []
        for one in links:
            rows = readings.schedules_of(self._shelf, service, one)
            if one is not link and (name := self._place_name(one)) and timetable_of(rows) != here:
                found.append(HoursAt(name=name, timetable=timetable_of(rows), text=text_of(rows)))
        return tuple(found)

    def _place_name(self, link: ServiceAtLocation) -> str:
        """What a public place is called, else its street; empty for one that is not public."""
        where = self._where(link)
        return "" if where.confidential else where.name or next(iter(where.address), "")

    def _hours(self, service: Service, link: ServiceAtLocation | None, source: Source | None) -> Hours:
        if service.status == "temporarily closed":
            return Hours(is_closed=True)
        return readings.hours_at(self._shelf, service, link, source, default_zone=self._timezone, on=self._on)

    def _audience(self, facts: Facts, link_type: str) -> str:
        codes = facts.yes("audiences", link_type)
        return ", ".join(sorted([self._label("audiences", code) for code in codes])) if codes else ""

    def _documents(self, service: Service) -> tuple[str, ...]:
        return tuple(row.document for row in self._shelf.children(RequiredDocument, "service_id", service.id) if row.document)

    def _cost(self, service: Service) -> str:
        rows = self._shelf.children(CostOption, "service_id", service.id)
        words = self._shelf.common.alike((cost_words, tuple(map(said_by(CostOption), rows))), lambda: cost_words(rows))
        return words or ("See what it costs on its page" if service.fees_description else "Cost not known: ask")

    def _prices(self, service: Service) -> tuple[str, ...]:
        """Every price in words, where they say more than the card does."""
        rows = self._shelf.children(CostOption, "service_id", service.id)
        says_more = len(rows) > 1 or any(row.amount_description or people_of(row) for row in rows)
        return tuple(filter(None, map(price_words, rows))) if says_more else ()

    def _phones(self, service: Service, link: ServiceAtLocation | None, source: Source | None) -> tuple[PhoneLine, ...]:
        """The number nearest to the listing: of the service here, of the service, of the public place, of the organization."""
        shelf = self._shelf
        rows = shelf.children(Phone, "service_at_location_id", link.id) if link else []
        rows = rows or shelf.children(Phone, "service_id", service.id)
        if not rows and link and shelf.locations[link.location_id].visibility == "public":
            rows = shelf.children(Phone, "location_id", link.location_id)
        if not rows and service.organization_id:
            rows = shelf.children(Phone, "organization_id", service.organization_id)
        country = (source.country if source else None) or self._country
        return tuple(dict.fromkeys(shelf.common.alike((phone_line, said_by(Phone)(row), country), partial(phone_line, row, country=country)) for row in rows))

    def _where(self, link: ServiceAtLocation) -> Where:
        location = self._shelf.locations[link.location_id]
        if location.visibility != "public":
            area = location.area_name or "" if location.visibility == "area_only" else ""
            return Where(listing_id=id_text(link.id), area_name=area, confidential=True)
        addresses = self._shelf.children(Address, "location_id", location.id)
        access = self._shelf.children(Accessibility, "location_id", location.id)
        return Where(
            listing_id=id_text(link.id),
            name=location.name or "",
            address=address_lines(addresses[0]) if addresses else (),
            place=readings.place_of(location),
            area_name=location.area_name or (addresses[0].city if addresses else "") or "",
            transportation=location.transportation or "",
            access_text=tuple(row.description for row in access if row.description),
        )

    def _contacts(self, service: Service, link: ServiceAtLocation | None) -> tuple[str, ...]:
        """Desks and titles to ask for; names of people stay out of public pages."""
        here = self._shelf.children(Contact, "service_at_location_id", link.id) if link else []
        rows = here or self._shelf.children(Contact, "service_id", service.id)
        return tuple(dict.fromkeys(text for row in rows if (text := ", ".join(filter(None, (row.title, row.department))))))


def cost_words(rows: Collection[CostOption]) -> str:
    """What it costs, on one line; nothing when no row says."""
    cost, price = readings.cost_of(rows)
    if cost is None:
        return ""
    currency = next((row.currency for row in rows if row.currency), "")
    if is_for_some_only(rows):
        return f"Free for some, else from {amount_words(min(row.amount for row in rows if row.amount))} {currency}".strip()
    if not price:
        return COST_WORDS[cost]
    words = f"From {amount_words(price)} {currency}".strip()
    return words if cost == "paid" else f"{COST_WORDS[cost]}, {words[:1].lower()}{words[1:]}"


def _type_in_words(fact: Fact) -> str:
    """A type of meetings, and the days where not all of them have it."""
    return f"{fact.label} ({fact.value})" if fact.value else fact.label


def find_listing(shelf: Shelf, listing_id: UUID) -> tuple[Service, ServiceAtLocation | None] | None:
    """The service and place that a listing id names: a service at a location, or a service."""
    for links in shelf.places.values():
        for link in links:
            if link.id == listing_id:
                return shelf.services[link.service_id], link
    service = shelf.services.get(listing_id)
    if service is None:
        return None
    links = shelf.places.get(service.id, [])
    return service, links[0] if links else None


def listing_is_public(shelf: Shelf, service: Service, link: ServiceAtLocation | None) -> bool:
    """Whether people may see the page: not when its place is hidden, nor when the service is gone."""
    if service.status not in ("active", "temporarily closed"):
        return False
    return link is None or shelf.locations[link.location_id].visibility != "hidden"


def summary(description: str) -> str:
    """The first whole sentences of a description that fit into 160 characters; a longer first sentence is cut at a word."""
    text = " ".join(description.split())
    taken = ""
    for sentence in re.findall(r".+?(?:[.!?。！？](?=\s|$)|$)", text):
        if len(taken) + len(sentence) > SUMMARY_LENGTH:
            break
        taken += sentence
    return taken.strip() or (text if len(text) <= SUMMARY_LENGTH else text[:SUMMARY_LENGTH].rsplit(" ", 1)[0] + " …")


def address_lines(address: Address) -> tuple[str, ...]:
    """An address as it is written on an envelope."""
    town = " ".join(filter(None, (", ".join(filter(None, (address.city, address.state_province))), address.postal_code)))
    return tuple(line for line in (address.attention, address.address_1, address.address_2, town) if line)


def ages(minimum: float | None, maximum: float | None) -> str:
    """An age range in words, or nothing when none is stated."""
    if minimum and maximum:
        return f"{minimum:g} to {maximum:g} years"
    return f"{minimum:g} years and older" if minimum else f"up to {maximum:g} years" if maximum else ""
