"""What the sites of New York's funded services say, put together: rows for one place and program into one, and everything of one service into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from msgspec import Struct, field

from directory.exchange.nyc.place import Place, place_of
from directory.exchange.nyc.tables import Tables, listed
from directory.exchange.nyc.words import agency_name, areas_of, known, program_url, yes_no_terms
from directory.exchange.reading.languages import Tongue, read_languages
from directory.exchange.reading.parts import ages
from directory.exchange.reading.row import Row, fold
from directory.exchange.reading.wordrules import Tally, Term, load_rules, single_kind, to_terms
from directory.exchange.records import Attribute, Funding, Language, Location, Service, ServiceArea, ServiceAtLocation, SourceInfo, made_id

LISTS = {
    "service_taxonomy": "service",
    "population_taxonomy": "population",
    "bp_population": "population",
    "bp_category": "category",
    "service_setting_taxonomy": "setting",
}
"""The cells that hold lists, and the rules that read them."""
HOMES = re.compile(r"\b(?:at|in)\s+(?:the\s+)?(?:participants?'?|people'?s|their)\s+(?:own\s+)?homes?\b|\bclients?'?s?'?\s+homes?\b", re.I)
COUNTS = re.compile(r"[\d,.]+ (?:days|contacts|hours|units|meals|slots)", re.I)
AGENCY_SUFFIX = re.compile(r"-(?:OMH|OASAS|OPWDD)\b")
PURPOSES_SHOWN = 12


class Site(Struct):
    """One row of ``sites.csv``, read."""

    row: Row
    provider: str
    program: str
    place: Place | None
    terms: list[Term]
    tongues: list[Tongue]
    interpreting: list[str]
    areas: list[str]
    said: list[str]

    @property
    def service_key(self) -> str:
        """The key of the service: what one provider does in one program."""
        return f"{self.provider}/{self.program}"

    @property
    def key(self) -> str:
        """The key of the service at its location; rows that share it say one thing."""
        return f"{self.service_key}/{self.place.door if self.place else ''}"


class Union(Struct):
    """What the rows of one place, or of one service without a place, say together."""

    sites: list[Site] = field(default_factory=list)

    def each(self, part: Callable[[Site], Iterable[Any]]) -> list[Any]:
        """A part of every row, each value once, in the order of the file."""
        return list(dict.fromkeys(value for site in self.sites for value in part(site)))


class Sites:
    """The sites of the tables, each service, location and service at a location built once and given to every record that names it."""

    def __init__(self, tables: Tables, source: SourceInfo, tally: Tally | None = None) -> None:
        self.tables, self.source, self.tally = tables, source, tally
        self.unions: dict[str, Union] = {}
        self.doors: dict[str, Union] = {}
        self.purposes: dict[str, list[str]] = {}
        self._services: dict[str, Service] = {}
        self._contents: dict[str, Service | ServiceAtLocation] = {}
        for contract in tables.rows["contracts"].values():
            self._note_purpose(contract)
        self.sites = {key: self._site(row) for key, row in tables.rows["sites"].items()}
        for site in self.sites.values():
            self.unions.setdefault(site.key, Union()).sites.append(site)
            if site.place:
                self.doors.setdefault(f"{site.provider}/{site.place.door}", Union()).sites.append(site)

    def service_of(self, contract: Row) -> Service:
        """The service that a contract pays for."""
        return self._service(contract.text("provider_id") or "", contract.text("program_id") or "")

    def content_of(self, row: Row) -> Service | ServiceAtLocation:
        """The service at its location that a site row tells of, or the service alone where the row has no place."""
        site = self.sites[row.text("site_id") or ""]
        if site.key not in self._contents:
            service = self._service(site.provider, site.program)
            self._contents[site.key] = self._at_location(self.unions[site.key], service) if site.place else service
        return self._contents[site.key]

    def _note_purpose(self, contract: Row) -> None:
        key = f"{contract.text('provider_id')}/{contract.text('program_id')}"
        purpose = contract.text("purpose")
        noted = self.purposes.setdefault(key, [])
        if purpose and fold(purpose) not in map(fold, noted):
            noted.append(purpose)
        contract.keep("purpose", purpose)

    def _site(self, row: Row) -> Site:
        rules = load_rules("nyc")
        words = {name: listed(row, name) for name in LISTS}
        terms = [term for name, found in words.items() for term in to_terms(rules[LISTS[name]], found, kind=LISTS[name], tally=self.tally)]
        spoken = read_languages(listed(row, "language_taxonomy"), country=self.source.country)
        for tongue in spoken.languages:
            if self.tally is not None:
                self.tally.count("language", tongue.name, understood=tongue.code is not None)
        for text, reason in spoken.unsure:
            row.repair("language_taxonomy", text, f"kept as written, without a language tag: {reason}")
        said = self._said(row)
        at_home = any(HOMES.search(text) for text in (*said, row.text("catchment_description") or ""))
        if at_home:
            terms += [Term("formats", "home_visit", "formats"), Term("settings", "home", "settings")]
        terms += yes_no_terms(row)
        purpose = self._purpose(row)
        terms += to_terms(rules["program"], [purpose] if purpose else [], kind="purpose")
        place = place_of(row, work_at_home=at_home or words["service_setting_taxonomy"] == ["home"])
        provider, program = row.text("provider_id") or "", row.text("program_id") or ""
        return Site(row, provider, program, place, terms, spoken.languages, spoken.interpreting, areas_of(row), said)

    def _said(self, row: Row) -> list[str]:
        """The notes of a row that tell a person something; counts of days and contacts are for the books."""
        notes = row.text("notes")
        if notes and COUNTS.fullmatch(notes):
            row.keep("notes", notes)
            return []
        return [notes] if notes else []

    def _purpose(self, row: Row) -> str | None:
        key = row.text("contract_id")
        contract = self.tables.row("contracts", key)
        if key and contract is None:
            row.repair("contract_id", key, "contracts.csv has no row with this key; the site is taken without it")
        return contract.text("purpose") if contract else None

    def _service(self, provider: str, program: str) -> Service:
        key = f"{provider}/{program}"
        if key not in self._services:
            self._services[key] = self._new_service(key, provider, program)
        return self._services[key]

    def _new_service(self, key: str, provider: str, program: str) -> Service:
        row = self.tables.rows["programs"][program]
        name = row.text("program_name") or ""
        purposes = self.purposes.get(key, [])
        without_place = self.unions.get(f"{key}/", Union())
        rules = load_rules("nyc")["program"]
        terms = to_terms(rules, [name], kind="program", tally=self.tally) + to_terms(rules, purposes, kind="purpose")
        if len(purposes) > 1:
            terms = [term for term in terms if term.taxonomy != "kinds"]
        minimum, maximum = ages(name)
        return Service(
            id=self._id("service", key),
            name=AGENCY_SUFFIX.sub("", name),
            description=row.text("program_description") or "\n".join(purposes[:PURPOSES_SHOWN]) or None,
            url=program_url(row),
            eligibility_description=known(row.text("plain_language_eligibility")),
            application_process=known(row.text("how_to_apply")),
            minimum_age=minimum,
            maximum_age=maximum,
            interpretation_services="; ".join(without_place.each(lambda site: site.interpreting)) or None,
            languages=self._languages(without_place.each(lambda site: site.tongues), "service", key),
            service_areas=self._areas(without_place.each(lambda site: site.areas), key),
            organization_id=self._id("organization", provider),
            program_id=self._id("program", program),
            funding=[Funding(id=self._id("funding", key), source=agency_name(row.text("agency_name")))],
            attributes=_attributes(terms + without_place.each(lambda site: site.terms)),
        )

    def _at_location(self, union: Union, service: Service) -> ServiceAtLocation:
        key = union.sites[0].row.key
        return ServiceAtLocation(
            id=self._id("service_at_location", key),
            description="\n".join(union.each(lambda site: site.said)) or None,
            service=service,
            location=self._location(union.sites[0]),
            service_areas=self._areas(union.each(lambda site: site.areas), key),
            attributes=_attributes(union.each(lambda site: site.terms)),
        )

    def _location(self, site: Site) -> Location:
        """The location behind a door of a provider; one for each program where the programs there state different languages.

        Its id is made of the first site's key, never of the address: an id is public, and addresses can be tried against it.
        """
        assert site.place is not None  # noqa: S101 - asked only for sites with a place
        sites = self.doors[f"{site.provider}/{site.place.door}"].sites
        by_program = {frozenset(self.unions[other.key].each(lambda each: each.tongues)) for other in sites}
        if len(by_program) > 1:
            sites = self.unions[site.key].sites
        key = sites[0].row.key
        places = [other.place for other in sites if other.place]
        tongues = Union(sites).each(lambda each: each.tongues)
        return places[0].location(lambda entity: self._id(entity, key), places, self._languages(tongues, "location", key))

    def _languages(self, tongues: Iterable[Tongue], parent: str, key: str) -> list[Language]:
        return [Language(id=self._id("language", f"{parent}/{key}/{it.name}"), name=it.name.title(), code=it.code, note=it.note) for it in tongues]

    def _areas(self, names: Iterable[str], key: str) -> list[ServiceArea]:
        return [ServiceArea(id=self._id("service_area", f"{key}/{name}"), name=name) for name in names]

    def _id(self, entity: str, key: str) -> UUID:
        return made_id(self.source.code, entity, key)


def _attributes(terms: Iterable[Term]) -> list[Attribute]:
    return [term.attribute() for term in single_kind(dict.fromkeys(terms))]
