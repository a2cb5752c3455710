"""Makes one service of one row of a mapped table."""

from __future__ import annotations

import re
from uuid import UUID

from directory.exchange.reading import hours
from directory.exchange.reading.languages import read_languages
from directory.exchange.reading.parts import email_address, point, postal_code, web_address
from directory.exchange.reading.phones import split_phone
from directory.exchange.reading.row import Row
from directory.exchange.reading.wordrules import PLACE_TAXONOMIES, Tally, to_terms
from directory.exchange.records import (
    Accessibility,
    Address,
    Language,
    Location,
    Organization,
    Phone,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
)
from directory.exchange.table.mapping import Mapping, Times

CLOCK = re.compile(r"(\d{1,2}):?(\d{2})")


class Fields:
    """The fields of a row as a mapping names them."""

    def __init__(self, row: Row, mapping: Mapping) -> None:
        self.row, self.mapping = row, mapping

    def text(self, field: str) -> str | None:
        """A field's text: what the column holds, as the mapping's values translate it, or the constant."""
        column = self.mapping.columns.get(field)
        text = self.row.text(column) if column else None
        if text is None:
            return self.mapping.constants.get(field)
        return self.mapping.values.get(field, {}).get(text, text)

    def repair(self, field: str, value: str, reason: str) -> None:
        """Note a value of a field under the name of its column, and keep it with the source record."""
        column = self.mapping.columns.get(field, field)
        self.row.repair(column, value, reason)
        self.row.keep(column, value)

    def web(self, field: str) -> str | None:
        """A field's web address, made whole."""
        text = self.text(field)
        address = web_address(text) if text else None
        if text and address != text:
            self.repair(field, text, f"read as {address}" if address else "not a web address; left out")
        return address

    def email(self, field: str) -> str | None:
        """A field's e-mail address."""
        text = self.text(field)
        address = email_address(text) if text else None
        if text and address is None:
            self.repair(field, text, "not an e-mail address; left out")
        return address

    def number(self, field: str) -> float | None:
        """A field's number."""
        text = self.text(field)
        if text is None:
            return None
        try:
            return float(text)
        except ValueError:
            self.repair(field, text, "not a number; left out")
            return None


def organization_of(fields: Fields, name: str, organization_id: UUID) -> Organization:
    """The organization of a row."""
    return Organization(
        id=organization_id,
        name=name,
        description=fields.text("organization.description"),
        website=fields.web("organization.website"),
        email=fields.email("organization.email"),
    )


def service_of(fields: Fields, organization: Organization, tally: Tally | None) -> Service:
    """The service of a row, at its place where it has one."""
    row, mapping = fields.row, fields.mapping
    place = _location(fields)
    area = fields.text("service.area")
    service = Service(
        id=row.id("service"),
        name=fields.text("service.name") or organization.name,
        alternate_name=fields.text("service.alternate_name"),
        description=fields.text("service.description"),
        url=fields.web("service.url"),
        email=fields.email("service.email"),
        fees_description=fields.text("service.fees_description"),
        application_process=fields.text("service.application_process"),
        eligibility_description=fields.text("service.eligibility_description"),
        minimum_age=fields.number("service.minimum_age"),
        maximum_age=fields.number("service.maximum_age"),
        phones=_phones(fields),
        schedules=_schedules(fields, tally),
        service_areas=[ServiceArea(id=row.id("service_area", area), name=area)] if area else [],
        service_at_locations=[ServiceAtLocation(id=row.id("service_at_location"), location=place)] if place else [],
        organization=organization,
    )
    _add_languages(fields, service)
    terms = list(mapping.every)
    for column, group in mapping.terms.columns.items():
        terms += to_terms(mapping.rules[group], row.texts(column), kind=column, tally=tally)
    for term in dict.fromkeys(terms):
        on = place if place and term.taxonomy in PLACE_TAXONOMIES else service
        on.attributes.append(term.attribute())
    for column in fields.mapping.columns.values():
        row.raw(column)
    return service


def _add_languages(fields: Fields, service: Service) -> None:
    text = fields.text("service.languages")
    spoken = read_languages([text] if text else [], country=fields.mapping.source.country)
    service.languages = [Language(id=fields.row.id("language", it.name), name=it.name, code=it.code, note=it.note) for it in spoken.languages]
    service.interpretation_services = "; ".join(spoken.interpreting) or None
    for written, reason in spoken.unsure:
        fields.repair("service.languages", written, f"kept as written, without a language tag: {reason}")


def _phones(fields: Fields) -> list[Phone]:
    found = []
    for field, kind in (("service.phone", "voice"), ("service.fax", "fax")):
        text = fields.text(field)
        dialled = split_phone(text) if text else None
        if dialled:
            id = fields.row.id("phone", kind, dialled.number)
            found.append(Phone(id=id, number=dialled.number, extension=dialled.extension, type=kind, description=dialled.note))
        elif text:
            fields.repair(field, text, "holds no telephone number; kept with the source record")
    return found


def _location(fields: Fields) -> Location | None:
    row, address, where = fields.row, _address(fields), _point(fields)
    if address is None and where is None:
        return None
    access = fields.text("location.accessibility")
    return Location(
        id=row.id("location"),
        name=fields.text("location.name") or fields.text("service.name"),
        description=fields.text("location.description"),
        transportation=fields.text("location.transportation"),
        latitude=where[0] if where else None,
        longitude=where[1] if where else None,
        addresses=[address] if address else [],
        accessibility=[Accessibility(id=row.id("accessibility"), description=access)] if access else [],
        area_name=address.city if address else None,
    )


def _address(fields: Fields) -> Address | None:
    names = ("address_1", "address_2", "city", "state_province", "postal_code")
    street, second, city, state, code = (fields.text(f"location.{name}") for name in names)
    country = fields.text("location.country") or fields.mapping.source.country
    postcode = postal_code(code, country) if code else None
    if code and postcode is None:
        fields.repair("location.postal_code", code, "not a postcode; left out of the address")
    if not (street or city or postcode):
        return None
    return Address(
        id=fields.row.id("address"), address_1=street, address_2=second, city=city, state_province=state, postal_code=postcode, country=country
    )


def _point(fields: Fields) -> tuple[float, float] | None:
    latitude, longitude = fields.text("location.latitude"), fields.text("location.longitude")
    found = point(longitude, latitude)
    if found is None and (latitude or longitude):
        fields.repair("location.latitude", f"{latitude}, {longitude}", "not a latitude and a longitude in degrees; the record has no point")
    return found


def _schedules(fields: Fields, tally: Tally | None) -> list[Schedule]:
    found = []
    for times in fields.mapping.schedules:
        if schedule := _schedule(fields, times):
            found.append(schedule)
            if tally is not None:
                tally.count("hours", schedule.description or "", understood=schedule.opens_at is not None)
    if sentence := fields.text("service.hours"):
        read = hours.read_hours(sentence)
        if not read.whole:
            fields.repair("service.hours", sentence, hours.doubt(read))
        found += hours.schedules(read, lambda part: fields.row.id("schedule", part), timezone=fields.mapping.source.timezone)
        if tally is not None:
            tally.count("hours", sentence, understood=bool(read.spans))
    return found


def _schedule(fields: Fields, times: Times) -> Schedule | None:
    """A day code with its hours; where one of the three is not certain, the three as text."""
    row = fields.row
    code, opens, closes = (row.text(column) for column in (times.days, times.opens, times.closes))
    if not (code or opens or closes):
        return None
    written = f"{code or '?'} {opens or '?'}-{closes or '?'}"
    day, start, end = _day(code or "", fields.mapping), _clock(opens), _clock(closes)
    id, zone = row.id("schedule", written), fields.mapping.source.timezone
    if day is None or start is None or end is None or end <= start:
        row.repair(times.days, written, "kept as text: the day, the hours or their order is not certain")
        return Schedule(id=id, description=written, timezone_name=zone)
    freq = "MONTHLY" if len(day) > 2 else "WEEKLY"
    return Schedule(id=id, freq=freq, byday=day, opens_at=start, closes_at=end, timezone_name=zone)


def _day(code: str, mapping: Mapping) -> str | None:
    """``Wed`` as WE, ``Sat3rd`` as 3SA, ``SatLast`` as -1SA; None where the mapping does not know the code."""
    for name, day in sorted(mapping.days.items(), key=lambda pair: -len(pair[0])):
        rest = code.removeprefix(name).strip()
        if code.startswith(name) and rest in ("", *mapping.ordinals):
            return f"{mapping.ordinals[rest]}{day}" if rest else day
    return None


def _clock(text: str | None) -> str | None:
    """``1200``, ``830`` and ``8:30`` as ``HH:MM``."""
    found = CLOCK.fullmatch(text or "")
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return None
    return f"{int(found[1]):02d}:{found[2]}"
