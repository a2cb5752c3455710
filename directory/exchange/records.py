"""The intermediate records: every reader gives these, every writer takes them. They are HSDS 3 objects, nested as in its JSON.

A field that is None was not stated. Ids are UUIDs; a reader whose source has none makes them with ``made_id`` from the source's own keys, so that
the same record always gets the same id. Fields after the comment "ours" are not HSDS; the writers of public formats leave them out.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from msgspec import Struct, field

NAMESPACE = UUID("8b0f3a52-54a1-5a0e-9c39-6f1c9d6f2a11")


def made_id(source: str, entity: str, key: str) -> UUID:
    """The id of a record whose source has no UUID for it: the same for the same source, entity and key, for ever."""
    return uuid5(NAMESPACE, f"{source}|{entity}|{key}")


class SourceInfo(Struct, kw_only=True, frozen=True):
    """A feed or file that records come from. ``code`` names it for ever; licence and credit are shown to people; ``timezone`` is an IANA zone.

    ``programme`` is whose type codes a feed of meetings has.
    """

    code: str
    name: str
    kind: str
    licence: str | None = None
    credit: str | None = None
    url: str | None = None
    timezone: str | None = None
    country: str | None = None
    programme: str | None = None


class Object(Struct, kw_only=True):
    """The base of every HSDS object."""

    id: UUID
    attributes: list[Attribute] = field(default_factory=list)


class Attribute(Struct, kw_only=True):
    """A term on an object. Readers of other formats name our own term by ``taxonomy`` and ``code``; HSDS carries ``taxonomy_term`` whole."""

    id: UUID | None = None
    link_type: str | None = None
    value: str | None = None
    label: str | None = None
    taxonomy_term: TaxonomyTerm | None = None
    # ours: a term of our own vocabularies
    taxonomy: str | None = None
    code: str | None = None


class Taxonomy(Struct, kw_only=True):
    """A vocabulary."""

    id: UUID
    name: str
    description: str = ""
    uri: str | None = None
    version: str | None = None


class TaxonomyTerm(Struct, kw_only=True):
    """A word of a vocabulary."""

    id: UUID
    name: str
    description: str = ""
    code: str | None = None
    parent_id: UUID | None = None
    taxonomy: str | None = None
    taxonomy_detail: Taxonomy | None = None
    language: str | None = None
    term_uri: str | None = None


class Language(Object, kw_only=True):
    """A language: its name as written, and its BCP 47 tag where that is certain."""

    name: str | None = None
    code: str | None = None
    note: str | None = None
    # ours: how it is used, one of directory.languages.ROLES; HSDS feeds carry it as an attribute
    role: str | None = None


class Phone(Object, kw_only=True):
    """A phone number as written."""

    number: str
    extension: str | None = None
    type: str | None = None
    description: str | None = None
    languages: list[Language] = field(default_factory=list)


class Contact(Object, kw_only=True):
    """A person or desk to ask for."""

    name: str | None = None
    title: str | None = None
    department: str | None = None
    email: str | None = None
    phones: list[Phone] = field(default_factory=list)


class Schedule(Object, kw_only=True):
    """Opening hours or a recurrence; ``opens_at`` and ``closes_at`` are ``HH:MM``."""

    valid_from: str | None = None
    valid_to: str | None = None
    dtstart: str | None = None
    timezone: float | None = None
    until: str | None = None
    count: int | None = None
    wkst: str | None = None
    freq: str | None = None
    interval: int | None = None
    byday: str | None = None
    byweekno: str | None = None
    bymonthday: str | None = None
    byyearday: str | None = None
    description: str | None = None
    opens_at: str | None = None
    closes_at: str | None = None
    schedule_link: str | None = None
    attending_type: str | None = None
    notes: str | None = None
    # ours: the IANA zone
    timezone_name: str | None = None


class Address(Object, kw_only=True):
    """An address; ``country`` is the two-letter code."""

    attention: str | None = None
    address_1: str | None = None
    address_2: str | None = None
    city: str | None = None
    region: str | None = None
    state_province: str | None = None
    postal_code: str | None = None
    country: str | None = None
    address_type: str | None = "physical"


class Accessibility(Object, kw_only=True):
    """What a place says of its access."""

    description: str | None = None
    details: str | None = None
    url: str | None = None


class Location(Object, kw_only=True):
    """A place. With a ``visibility`` other than public its point and addresses are sealed when they are stored."""

    location_type: str = "physical"
    url: str | None = None
    name: str | None = None
    alternate_name: str | None = None
    description: str | None = None
    transportation: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    external_identifier: str | None = None
    external_identifier_type: str | None = None
    languages: list[Language] = field(default_factory=list)
    addresses: list[Address] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    accessibility: list[Accessibility] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    schedules: list[Schedule] = field(default_factory=list)
    # ours
    visibility: str = "public"
    area_name: str | None = None
    point_precision: str = "given"


class ServiceArea(Object, kw_only=True):
    """The area a service is there for."""

    name: str | None = None
    description: str | None = None
    extent: str | None = None
    extent_type: str | None = None
    uri: str | None = None


class ServiceAtLocation(Object, kw_only=True):
    """One service at one location."""

    description: str | None = None
    service_areas: list[ServiceArea] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    schedules: list[Schedule] = field(default_factory=list)
    location: Location | None = None
    # The service, where the record was reached from the location's side.
    service: Service | None = None
    # Links to records that are read elsewhere in the same source, in place of the nested objects.
    service_id: UUID | None = None
    location_id: UUID | None = None


class CostOption(Object, kw_only=True):
    """One price; ``amount`` 0 is free."""

    valid_from: str | None = None
    valid_to: str | None = None
    option: str | None = None
    currency: str | None = None
    amount: float | None = None
    amount_description: str | None = None


class RequiredDocument(Object, kw_only=True):
    """A paper to bring."""

    document: str | None = None
    uri: str | None = None


class Unit(Object, kw_only=True):
    """What a capacity is counted in."""

    name: str
    scheme: str | None = None
    identifier: str | None = None
    uri: str | None = None


class ServiceCapacity(Object, kw_only=True):
    """How much space there is."""

    unit: Unit
    available: float
    maximum: float | None = None
    description: str | None = None
    updated: datetime


class Funding(Object, kw_only=True):
    """Where the money comes from."""

    source: str | None = None


class Url(Object, kw_only=True):
    """A further web address."""

    url: str
    label: str | None = None


class OrganizationIdentifier(Object, kw_only=True):
    """A number or code of an organization."""

    identifier_scheme: str | None = None
    identifier_type: str = ""
    identifier: str = ""


class Program(Object, kw_only=True):
    """A group of services that an organization runs together."""

    name: str
    alternate_name: str | None = None
    description: str | None = None
    organization_id: UUID | None = None


class Organization(Object, kw_only=True):
    """A body that runs services. ``services`` is not in the schema, but the official example has it."""

    name: str
    alternate_name: str | None = None
    description: str | None = None
    email: str | None = None
    website: str | None = None
    additional_websites: list[Url] = field(default_factory=list)
    tax_status: str | None = None
    tax_id: str | None = None
    year_incorporated: int | None = None
    legal_status: str | None = None
    logo: str | None = None
    uri: str | None = None
    parent_organization_id: UUID | None = None
    funding: list[Funding] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    phones: list[Phone] = field(default_factory=list)
    locations: list[Location] = field(default_factory=list)
    programs: list[Program] = field(default_factory=list)
    organization_identifiers: list[OrganizationIdentifier] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)


class Service(Object, kw_only=True):
    """Something offered to people."""

    name: str
    status: str = "active"
    alternate_name: str | None = None
    description: str | None = None
    url: str | None = None
    additional_urls: list[Url] = field(default_factory=list)
    email: str | None = None
    interpretation_services: str | None = None
    application_process: str | None = None
    fees_description: str | None = None
    wait_time: str | None = None
    fees: str | None = None
    accreditations: str | None = None
    eligibility_description: str | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    assured_date: date | None = None
    assurer_email: str | None = None
    licenses: str | None = None
    alert: str | None = None
    last_modified: datetime | None = None
    phones: list[Phone] = field(default_factory=list)
    schedules: list[Schedule] = field(default_factory=list)
    service_areas: list[ServiceArea] = field(default_factory=list)
    service_at_locations: list[ServiceAtLocation] = field(default_factory=list)
    languages: list[Language] = field(default_factory=list)
    organization: Organization | None = None
    funding: list[Funding] = field(default_factory=list)
    cost_options: list[CostOption] = field(default_factory=list)
    program: Program | None = None
    required_documents: list[RequiredDocument] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    capacities: list[ServiceCapacity] = field(default_factory=list)
    # A link to a record that is read elsewhere in the same source, in place of the nested object.
    organization_id: UUID | None = None
    program_id: UUID | None = None
    # ours
    assured_by: str | None = None
    added_on: date | None = None


class Repair(Struct, kw_only=True):
    """A value that was kept, changed or set aside with a reason: what a person should look at."""

    file: str
    line: int
    field: str
    value: str
    reason: str


class SourceRecord(Struct, kw_only=True):
    """One record of a source, with where it stood. ``key`` is its key there; ``leftover`` is what no field of ours takes."""

    key: str
    file: str
    line: int
    content: Organization | Service | ServiceAtLocation | Location | Program | Taxonomy | TaxonomyTerm
    leftover: dict[str, Any] = field(default_factory=dict)
    repairs: list[Repair] = field(default_factory=list)


class Refusal(Struct, kw_only=True, omit_defaults=True):
    """A record that could not be taken, with the reason in plain words.

    ``withdrawn`` is its key, where its source says itself that the record must not be shown: what came in by it before is taken out.
    """

    file: str
    line: int
    field: str
    value: str
    reason: str
    withdrawn: str = ""
