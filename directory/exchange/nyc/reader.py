"""Reads New York City's funded services: providers, programs, contracts and sites, four CSV files that point at each other.

=============  ==================================================================================================================================
row            becomes
=============  ==================================================================================================================================
provider       an organization
program        a program (of the city, so without an organization)
site           one service at one location: the service is what one provider does in one program, the location one address of one provider
site without   the service itself: ``fixed_address`` is false, or there is no address, so what the row says is said of the service
an address
contract       the service again, so that one without any site is not lost; number, dates and amount stay with the source record, never shown
=============  ==================================================================================================================================

Rows that repeat the address, provider and program of another (one for each contract) are records of their own that feed the same row: what they
say is put together first, so that each gives the same. A site whose work is done in people's homes keeps its address as a postal one, without
a point: that is the office, not where the service is. Languages are said of a site, and HSDS has them on locations: where the programs at one
address speak different ones, each program has its own location there.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from directory.exchange.nyc.sites import Sites
from directory.exchange.nyc.tables import TABLES, read_tables
from directory.exchange.reading.parts import is_unknown, point, postal_code, web_address
from directory.exchange.reading.row import Row
from directory.exchange.reading.wordrules import Tally
from directory.exchange.records import (
    Address,
    Location,
    Organization,
    Program,
    Refusal,
    Service,
    ServiceAtLocation,
    SourceInfo,
    SourceRecord,
    made_id,
)

__all__ = ["SOURCE", "TABLES", "read_nyc"]

SOURCE = SourceInfo(
    code="nyc-funded-services",
    name="New York City funded social services",
    kind="nyc",
    licence="NYC Open Data: available without restriction (Administrative Code 23-502)",
    credit="NYC Open Data",
    url="https://opendata.cityofnewyork.us/",
    timezone="America/New_York",
    country="US",
)


def read_nyc(path: Path, source: SourceInfo = SOURCE, *, tally: Tally | None = None) -> Iterator[SourceRecord | Refusal]:
    """One record or refusal for each row of the four files in a folder (or beside ``sites.csv``), providers and programs first."""
    tables = read_tables(path, source)
    sites = Sites(tables, source, tally)
    for row in tables.rows["providers"].values():
        yield _record(row, _organization(row))
    for row in tables.rows["programs"].values():
        yield _record(row, _program(row))
    for row in tables.rows["contracts"].values():
        yield _record(row, sites.service_of(row))
    for row in tables.rows["sites"].values():
        yield _record(row, sites.content_of(row))
    for name in tables.refused:
        yield from tables.refused[name]


Content = Organization | Program | Service | ServiceAtLocation


def _record(row: Row, content: Content) -> SourceRecord:
    return SourceRecord(key=row.key, file=row.file, line=row.line, content=content, leftover=row.leftover(), repairs=row.repairs)


def _organization(row: Row) -> Organization:
    website = row.text("provider_website")
    address = web_address(website) if website and not is_unknown(website) else None
    if website and not is_unknown(website) and address is None:
        row.repair("provider_website", website, "not a web address; left out")
    office = _office(row)
    return Organization(
        id=made_id(row.source.code, "organization", row.text("provider_id") or ""),
        name=row.text("provider_name") or "",
        website=address,
        tax_id=row.text("provider_ein"),
        locations=[office] if office else [],
    )


def _office(row: Row) -> Location | None:
    """The headquarters. It is an address for letters, with a point; no service stands there unless a site says so."""
    street, code = row.text("hq_address_1"), row.text("hq_postcode")
    if not street:
        return None
    address = Address(
        id=row.id("address"),
        address_1=street,
        address_2=row.text("hq_address_2"),
        city=row.text("hq_city"),
        region=row.text("hq_borough"),
        state_province=row.text("hq_state"),
        postal_code=postal_code(code, row.source.country) if code else None,
        country=row.source.country,
    )
    where = point(row.raw("Longitude"), row.raw("Latitude"))
    latitude, longitude = where or (None, None)
    return Location(id=row.id("location"), name="Headquarters", latitude=latitude, longitude=longitude, addresses=[address])


def _program(row: Row) -> Program:
    return Program(
        id=made_id(row.source.code, "program", row.text("program_id") or ""),
        name=row.text("program_name") or "",
        alternate_name=row.text("program_aka"),
        description=row.text("program_description"),
    )
