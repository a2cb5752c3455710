"""Edits that a person could make on the form, drawn at random: each changes a sheet in place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid5

from hypothesis import strategies as st

from directory.editing.sheet import Sheet
from directory.exchange.records import Address, Attribute, CostOption, Language, Location, Phone, RequiredDocument, ServiceAtLocation
from tests.make import NAMESPACE

Edit = Callable[[Sheet], None]
WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30).filter(str.strip)
TEXTS = ("description", "alternate_name", "alert", "url", "email", "fees_description", "wait_time", "eligibility_description", "application_process")
TERMS = (("supports", "food", "supports"), ("strengths", "cooking", "builds_on"))


def edits(max_size: int = 6) -> st.SearchStrategy[list[Edit]]:
    """Some edits, one after the other."""
    one = st.one_of(_texts(), _ages(), _phones(), _terms(), _rows(), _places())
    return st.lists(one, max_size=max_size)


def make(sheet: Sheet, done: list[Edit]) -> Sheet:
    """The sheet with all edits made."""
    for edit in done:
        edit(sheet)
    return sheet


@st.composite
def _texts(draw: Any) -> Edit:
    name, value = draw(st.sampled_from(TEXTS)), draw(st.none() | WORDS)
    return lambda sheet: setattr(sheet.service, name, value)


@st.composite
def _ages(draw: Any) -> Edit:
    value = draw(st.none() | st.integers(0, 99).map(float))
    return lambda sheet: setattr(sheet.service, "minimum_age", value)


@st.composite
def _phones(draw: Any) -> Edit:
    what, number = draw(st.sampled_from(("add", "change", "remove"))), draw(st.from_regex(r"[0-9]{3,12}", fullmatch=True))

    def edit(sheet: Sheet) -> None:
        phones = sheet.service.phones
        if what == "add":
            key = uuid5(NAMESPACE, f"phone {number}")
            phones.extend([] if any(one.id == key for one in phones) else [Phone(id=key, number=number)])
        elif phones and what == "change":
            phones[0].number = number
        elif phones:
            phones.pop()

    return edit


@st.composite
def _terms(draw: Any) -> Edit:
    taxonomy, code, link_type = draw(st.sampled_from(TERMS))
    value = draw(st.sampled_from((None, "no", "gone")))

    def edit(sheet: Sheet) -> None:
        kept = [one for one in sheet.service.attributes if (one.taxonomy, one.code) != (taxonomy, code)]
        there = next((one for one in sheet.service.attributes if (one.taxonomy, one.code) == (taxonomy, code)), None)
        if value != "gone":
            there = there or Attribute(id=uuid5(NAMESPACE, f"attribute {code}"), link_type=link_type, taxonomy=taxonomy, code=code)
            there.value = value
            kept.append(there)
        sheet.service.attributes = kept

    return edit


@st.composite
def _rows(draw: Any) -> Edit:
    words = draw(WORDS)
    key = uuid5(NAMESPACE, words)
    kind = draw(st.sampled_from(("paper", "language", "cost", "none")))

    def edit(sheet: Sheet) -> None:
        service = sheet.service
        if kind == "paper" and all(one.id != key for one in service.required_documents):
            service.required_documents.append(RequiredDocument(id=key, document=words))
        elif kind == "language" and all(one.id != key for one in service.languages):
            service.languages.append(Language(id=key, name=words))
        elif kind == "cost":
            service.cost_options = [CostOption(id=key, option=words, amount=2.5)]
        elif kind == "none":
            service.required_documents, service.cost_options = [], []

    return edit


@st.composite
def _places(draw: Any) -> Edit:
    words, what = draw(WORDS), draw(st.sampled_from(("street", "add", "leave", "point")))

    def edit(sheet: Sheet) -> None:
        if what == "add":
            place = Location(id=uuid5(NAMESPACE, f"place {words}"), name=words, latitude=44.1, longitude=-88.2)
            place.addresses = [Address(id=uuid5(NAMESPACE, f"address {words}"), address_1=words, city="Appleton", country="US")]
            if sheet.place(place.id) is None:
                link = ServiceAtLocation(id=uuid5(NAMESPACE, f"at {words}"), location=place, location_id=place.id, service_id=sheet.service.id)
                sheet.service.service_at_locations.append(link)
        elif what == "leave":
            sheet.service.service_at_locations = sheet.service.service_at_locations[1:]
        for place in sheet.places[:1]:
            if what == "street":
                place.addresses = place.addresses or [Address(id=uuid5(NAMESPACE, f"street {words}"), city="Appleton")]
                place.addresses[0].address_1 = words
            elif what == "point":
                place.latitude, place.longitude = 44.5, -88.5

    return edit
