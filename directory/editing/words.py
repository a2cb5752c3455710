"""What the fields and lists of a listing are called, and what a row says, for whoever compares two versions of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from directory.exchange.records import (
    Address,
    Contact,
    CostOption,
    Language,
    Phone,
    RequiredDocument,
    Schedule,
    ServiceArea,
    ServiceAtLocation,
    ServiceCapacity,
    Url,
)  # fmt: skip
from directory.hours import DAY_NAMES, DAYS
from directory.prices import price_words

FIELDS: Final[Mapping[str, str]] = {
    "name": "Name", "alternate_name": "Other name", "description": "What happens there", "alert": "Notice", "status": "Is it there at present",
    "url": "Web address", "email": "E-mail address", "application_process": "How to start", "fees_description": "Cost, in words", "wait_time": "Waiting time",
    "eligibility_description": "Who can come, in words", "interpretation_services": "Interpreting", "minimum_age": "From age", "maximum_age": "To age",
    "one_phone": "Phone number", "one_contact": "Whom to ask for", "one_service_at_location": "Place", "one_schedule": "Hours at a place",
    "one_service_capacity": "Space left", "one_unit": "Space left, counted in", "one_service_area": "Area it serves", "one_language": "Language",
    "place_name": "Name of the place", "place_address": "Address", "place_point": "Where it is on the map", "place_visibility": "Who may see the address",
    "place_area_name": "Area that is shown", "place_transportation": "Getting there", "place_access": "Access, in words",
    "place_description": "About the place",
}  # fmt: skip
LISTS: Final[Mapping[str, str]] = {
    "language": "Languages", "cost_option": "Cost", "required_document": "What to bring", "schedule": "Hours", "service_area": "Area it serves",
    "url": "Further web addresses",
}  # fmt: skip
TERMS: Final[Mapping[tuple[str, str], str]] = {
    ("kinds", ""): "Kind", ("supports", ""): "Kinds of support", ("life_domains", ""): "Parts of life", ("interests", ""): "What you do there",
    ("settings", ""): "What kind of place", ("formats", ""): "Ways to take part", ("strengths", "builds_on"): "Strengths it builds on",
    ("strengths", "wants"): "Strengths it asks for", ("give", ""): "Roles people can give in", ("communities", "for"): "Made for",
    ("communities", "led_by"): "Led by", ("communities", "welcomes"): "Welcomes", ("audiences", "meant_for"): "Meant for",
    ("audiences", "only_for"): "Only for", ("audiences", "not_for"): "Cannot serve", ("faiths", ""): "Faith", ("access", ""): "Access",
    ("entry", ""): "Ways in", ("group_facts", ""): "Your first visit", ("media", ""): "What it is to use",
}  # fmt: skip
VISIBILITIES: Final[Mapping[str, str]] = {
    "public": "everybody", "area_only": "nobody: only the area is shown", "on_contact": "nobody: people ask, and are told",
    "verified_staff": "nobody: only staff who are known", "hidden": "nobody: the place is not shown",
}  # fmt: skip


ROLE_WORDS: Final = {"bilingual": "side by side with another", "interpreted": "through an interpreter"}
"""How a language is used, where the word itself is not the plainest."""


def said_of(item: Any) -> str:
    """What one row says, on one line."""
    match item:
        case Phone():
            return ", ".join(filter(None, (f"{item.number}{f' ext. {item.extension}' if item.extension else ''}", item.type, item.description)))
        case Contact():
            return ", ".join(filter(None, (item.name, item.title, item.department, item.email)))
        case Address():
            return ", ".join(filter(None, (item.attention, item.address_1, item.address_2, item.city, item.state_province, item.postal_code, item.country)))
        case Language():
            beside = ", ".join(filter(None, (ROLE_WORDS.get(item.role or "", item.role), item.note)))
            return f"{item.name or item.code or ''}{f' ({beside})' if beside else ''}"
        case CostOption():
            return price_words(item)
        case RequiredDocument():
            return item.document or ""
        case Schedule():
            return _hours(item)
        case ServiceAtLocation():
            place = item.location
            return ", ".join(filter(None, (place.name, *map(said_of, place.addresses)))) if place else ""
        case ServiceCapacity():
            return f"{item.available:g}{f' of {item.maximum:g}' if item.maximum is not None else ''} {item.unit.name}"
        case ServiceArea():
            return item.name or item.description or ""
        case Url():
            return f"{item.label}: {item.url}" if item.label else item.url
    return str(getattr(item, "name", None) or getattr(item, "description", None) or "")


def _hours(item: Schedule) -> str:
    days = ", ".join(_day(part) for part in (item.byday or "").split(",") if part)
    times = f"{item.opens_at or '?'} to {item.closes_at or '?'}" if item.opens_at or item.closes_at else ""
    dates = " to ".join(filter(None, (item.valid_from, item.valid_to)))
    return " ".join(filter(None, (days, times, f"({dates})" if dates else "", item.description, item.notes)))


def _day(part: str) -> str:
    code = part[-2:]
    number = part[:-2]
    name = DAY_NAMES[DAYS.index(code)] if code in DAYS else part
    return f"{name} ({number})" if number else name
