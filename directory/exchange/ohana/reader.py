"""Reads the directory of San Mateo County in the first Ohana form: one JSON object a line, each an organization or a service of an agency.

A line becomes one Service with its organization and, where it has a place, one service_at_location. The lines have no id: a record's key is its
name, agency and town, folded, with ``#2`` and so on for a repeat in the order of the file; so a record that is renamed or moves town counts as a new
one. No street is in a key, since keys and the ids made of them are not secret and some places are. The file is read twice: first for what it
says of each organization, so that every record of one agency carries the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from directory.exchange.ohana.contact import emails, phones, web_addresses
from directory.exchange.ohana.place import location
from directory.exchange.reading import hours
from directory.exchange.reading.files import read_objects
from directory.exchange.reading.languages import Spoken, read_languages
from directory.exchange.reading.parts import ages, is_none, web_address
from directory.exchange.reading.row import Row, clean, fold
from directory.exchange.reading.wordrules import PLACE_TAXONOMIES, Tally, Term, load_rules, one_kind, to_terms
from directory.exchange.records import (
    Attribute,
    Contact,
    CostOption,
    Funding,
    Language,
    Organization,
    Refusal,
    Schedule,
    Service,
    ServiceArea,
    ServiceAtLocation,
    SourceInfo,
    SourceRecord,
    Url,
    made_id,
)

SOURCE = SourceInfo(
    code="san-mateo-ohana",
    name="San Mateo County community services directory",
    kind="ohana",
    licence="BSD-3-Clause",
    credit="Peninsula Library System and San Mateo County, California; Code for America",
    timezone="America/Los_Angeles",
    country="US",
)
SLIDING = ("according to income", "sliding scale", "sliding fee", "based on income", "ability to pay")
ABOUT_AGENCIES = ("agenc", "organization", "nonprofit", "professional", "provider", "staff", "serving", "department", "business")


def read_ohana(path: Path, source: SourceInfo = SOURCE, *, tally: Tally | None = None) -> Iterator[SourceRecord | Refusal]:
    """One record for each line of the file, or a refusal for a line without a name. UnreadableInput names the line that is not whole JSON."""
    organizations = _organizations(path, source)
    seen: dict[str, int] = {}
    for line, values in read_objects(path):
        row = Row(values, source=source, file=path.name, line=line)
        if not (name := _name(row.text("name"))):
            yield row.refusal("name", values.get("name"), "a record needs a name, and this one has none")
            continue
        row.key = _key(values, seen)
        content = _service(row, name, organizations, tally)
        yield SourceRecord(key=row.key, file=row.file, line=line, content=content, leftover=_leftover(row), repairs=row.repairs)


def _key(values: dict[str, Any], seen: dict[str, int]) -> str:
    parts = [fold(str(values.get(field) or "")) for field in ("name", "agency", "city")]
    key = "|".join(parts)
    seen[key] = seen.get(key, 0) + 1
    return key if seen[key] == 1 else f"{key}#{seen[key]}"


def _organizations(path: Path, source: SourceInfo) -> dict[str, Organization]:
    """Every organization of the file by its folded name: as the first record of its own says, or by the bare name where others alone name it."""
    found: dict[str, Organization] = {}
    for line, values in read_objects(path):
        row = Row(values, source=source, file=path.name, line=line)
        name, agency = _name(row.text("name")), _name(row.text("agency"))
        if agency:
            found.setdefault(fold(agency), Organization(id=made_id(source.code, "organization", fold(agency)), name=agency))
        elif name and (fold(name) not in found or not found[fold(name)].description):
            found[fold(name)] = _organization(row, name)
    return found


def _organization(row: Row, name: str) -> Organization:
    urls = [address for text in row.texts("urls") if (address := web_address(text))]
    return Organization(
        id=made_id(row.source.code, "organization", fold(name)),
        name=name,
        description=row.text("description") or row.text("services_provided"),
        website=urls[0] if urls else None,
    )


def _service(row: Row, name: str, organizations: dict[str, Organization], tally: Tally | None) -> Service:
    agency = _name(row.text("agency")) or name
    terms = _terms(row, tally)
    spoken = _languages(row, terms, tally)
    place = location(row, name, terms)
    urls, addresses = web_addresses(row), emails(row)
    minimum, maximum, requirements = _eligibility(row, terms)
    service = Service(
        id=row.id("service"),
        name=name,
        description=_description(row),
        url=urls[0] if urls else None,
        additional_urls=[Url(id=row.id("url", url), url=url) for url in urls[1:]],
        email=addresses[0] if addresses else None,
        interpretation_services="; ".join(spoken.interpreting) or None,
        application_process=row.text("how_to_apply"),
        wait_time=row.text("service_wait"),
        eligibility_description=requirements,
        minimum_age=minimum,
        maximum_age=maximum,
        last_modified=_moment(row.raw("updated_at")),
        phones=phones(row),
        schedules=_schedules(row, tally),
        service_areas=[ServiceArea(id=row.id("service_area", area), name=area) for area in row.texts("service_area")],
        service_at_locations=[ServiceAtLocation(id=row.id("service_at_location"), location=place)] if place else [],
        languages=[Language(id=row.id("language", tongue.name), name=tongue.name, code=tongue.code, note=tongue.note) for tongue in spoken.languages],
        organization=organizations[fold(agency)],
        funding=[Funding(id=row.id("funding", money), source=money) for money in row.texts("funding_sources")],
        contacts=[Contact(id=row.id("contact", address), email=address) for address in addresses[1:]],
        attributes=_attributes(term for term in terms if place is None or term.taxonomy not in PLACE_TAXONOMIES),
    )
    service.fees_description, service.cost_options = _fees(row)
    row.raw("created_at")
    return service


def _attributes(terms: Iterator[Term] | list[Term]) -> list[Attribute]:
    return [term.attribute() for term in dict.fromkeys(terms)]


def _name(text: str | None) -> str | None:
    """A name without the full stop before a comma that joins department and unit in this source."""
    return text.replace("., ", ", ") if text else None


def _terms(row: Row, tally: Tally | None) -> list[Term]:
    rules = load_rules("ohana")
    keywords = row.texts("keywords")
    terms = one_kind(to_terms(rules["keywords"], keywords, kind="keyword", tally=tally), rules["keywords"], keywords)
    terms += to_terms(rules["description"], [row.text("description") or ""], kind="description")
    if Term("kinds", "activity", "kinds") in terms:  # elsewhere a name says who it is, or where, rather than what one does there
        terms += to_terms(rules["name"], [row.text("name") or "", row.text("agency") or ""], kind="name")
    terms += to_terms(rules["how_to_apply"], [row.text("how_to_apply") or ""], kind="how_to_apply")
    target = row.text("target_group") or ""
    if not any(word in target.lower() for word in ABOUT_AGENCIES):
        terms += to_terms(rules["target_group"], [target], kind="target_group")
    row.keep("keywords", keywords)
    return terms


def _languages(row: Row, terms: list[Term], tally: Tally | None) -> Spoken:
    written = row.texts("languages_spoken")
    spoken = read_languages(written, country=row.source.country)
    unsure = {text for text, _ in spoken.unsure}
    for text in written:
        if tally is not None:
            tally.count("language", text, understood=text not in unsure)
    for text, reason in spoken.unsure:
        row.repair("languages_spoken", text, f"kept as written, without a language tag: {reason}")
    if spoken.text_phone:
        terms.append(Term("access", "text_relay", "access"))
        row.repair("languages_spoken", "; ".join(spoken.text_phone), "a text phone, not a language: noted as an access feature")
    return spoken


def _eligibility(row: Row, terms: list[Term]) -> tuple[float | None, float | None, str | None]:
    """The ages and the words of who may come. The source's "None" is a statement: there is no requirement."""
    required, target = row.text("eligibility_requirements"), row.text("target_group")
    minimum, maximum = ages(required) if required else (None, None)
    if required and is_none(required):
        terms.append(Term("audiences", "everyone", "meant_for"))
        required = None
    elif required:
        terms += load_rules("ohana")["eligibility"].terms(required.strip(" .")) or ()
    said = "\n".join(part for part in (required, f"Meant for: {target}" if target else None) if part)
    return minimum, maximum, said or None


def _description(row: Row) -> str | None:
    """The description, with the list of services below it where it says something more."""
    description, provided = row.text("description"), row.text("services_provided")
    if description and provided and fold(provided).strip(" .") not in fold(description):
        return f"{description}\n\n{provided}"
    return description or provided


def _fees(row: Row) -> tuple[str | None, list[CostOption]]:
    text = row.text("fees")
    if text is None:
        return None, []
    head, _, rest = text.partition(".")
    if is_none(text):
        return None, [CostOption(id=row.id("cost_option"), option="free", amount=0, currency="USD")]
    if (is_none(head) and "donation" in rest.lower()) or fold(text).startswith(("none, but donations", "none, donations")):
        return text, [CostOption(id=row.id("cost_option"), option="free", amount=0, currency="USD", amount_description=text)]
    if any(words in text.lower() for words in SLIDING):
        return text, [CostOption(id=row.id("cost_option"), option="sliding", amount_description=text)]
    return text, []


def _schedules(row: Row, tally: Tally | None) -> list[Schedule]:
    field = "service_hours" if row.text("service_hours") else "hours"
    sentence = row.text(field)
    if sentence is None:
        return []
    read = hours.read_hours(sentence)
    if tally is not None:
        tally.count("hours", sentence, understood=bool(read.spans))
    if not read.whole:
        row.repair(field, sentence, hours.doubt(read))
    return hours.schedules(read, lambda part: row.id("schedule", part), timezone=row.source.timezone)


def _moment(value: Any) -> datetime | None:
    """A mongoexport moment, ``{"$date": milliseconds}``. It says when the row was saved, not when somebody checked it."""
    milliseconds = value.get("$date") if isinstance(value, dict) else None
    if not isinstance(milliseconds, int) or not 0 < milliseconds < 4_102_444_800_000:
        return None
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)


def _leftover(row: Row) -> dict[str, Any]:
    for field, value in row.untaken().items():
        row.repair(field, clean(value) or value, "no field of ours takes this; it is kept with the source record")
    return row.leftover()
