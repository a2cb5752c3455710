"""A line of the San Mateo kind becomes a service with its organization and place, with every slip named and nothing lost. All examples are invented."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from directory.errors import UnreadableInput
from directory.exchange.ohana.reader import read_ohana
from directory.exchange.reading.wordrules import Tally
from directory.exchange.records import Location, Refusal, Service, SourceRecord

Read = Callable[..., list[SourceRecord | Refusal]]
WHOLE = {
    "name": "Family Services., Ash Street Office", "agency": "Elm County", "description": "A place to ask.", "services_provided": "Advice and company.",
    "street_address": "12 Ash Street", "city": "Elmtown", "state": "CA", "zipcode": "94063-1234", "coordinates": [-122.23, 37.48],
    "keywords": ["Support Groups", "Older Adults", "Libraries", "MENTAL HEALTH SERVICES"], "accessibility_options": ["Wheelchair accessible ", "Ramp"],
    "transportation_availability": "Bus stops within 1 block", "languages_spoken": ["Spanish", "Filipino (Tagalog)", "Interpreter"],
    "phones": [[{"number": "650 555-0101", "phone_hours": "(Monday-Friday, 9-5)"}], [{"department": "650 555-0102 Ext. 7"}]], "faxes": ["650 555-0103"],
    "ttys": ["650 555-0104 (Relay)"], "emails": ["ash@example.org", "elm@example.org"], "urls": ["www.elm.example.org", "http://ash.example.org"],
    "service_area": ["Elm County", "Ashgrove"], "service_hours": "Monday-Friday, 8-5", "service_wait": "No wait", "fees": "None",
    "eligibility_requirements": "Age 60 or over", "target_group": "Older adults and their families", "how_to_apply": "Walk in or apply by phone",
    "funding_sources": ["County"], "created_at": {"$date": 1372910069678}, "updated_at": {"$date": 1372910164050},
}


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read(*records: dict[str, Any], tally: Tally | None = None) -> list[SourceRecord | Refusal]:
        path = tmp_path / "elm.jsonl"
        path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
        return list(read_ohana(path, tally=tally))

    return read


def one(found: list[SourceRecord | Refusal]) -> SourceRecord:
    assert len(found) == 1
    assert isinstance(found[0], SourceRecord)
    return found[0]


def service(found: list[SourceRecord | Refusal]) -> Service:
    content = one(found).content
    assert isinstance(content, Service)
    return content


def place(found: list[SourceRecord | Refusal]) -> Location:
    [at] = service(found).service_at_locations
    assert at.location is not None
    return at.location


def terms(thing: Service | Location) -> set[str]:
    return {f"{it.taxonomy}.{it.code}@{it.link_type}" + (f"={it.value}" if it.value else "") for it in thing.attributes}


def reasons(found: list[SourceRecord | Refusal]) -> dict[str, str]:
    return {repair.field: repair.reason for repair in one(found).repairs}


def test_a_whole_record_fills_every_field_and_needs_no_repair_but_that_of_its_web_address(read: Read) -> None:
    found = read(WHOLE)
    it = service(found)
    assert (it.name, it.description) == ("Family Services, Ash Street Office", "A place to ask.\n\nAdvice and company.")
    assert (it.url, [url.url for url in it.additional_urls]) == ("http://www.elm.example.org", ["http://ash.example.org"])
    assert (it.email, [contact.email for contact in it.contacts]) == ("ash@example.org", ["elm@example.org"])
    assert [area.name for area in it.service_areas] == ["Elm County", "Ashgrove"]
    assert (it.application_process, it.wait_time, it.interpretation_services) == ("Walk in or apply by phone", "No wait", "Interpreter")
    assert (it.minimum_age, it.eligibility_description) == (60, "Age 60 or over\nMeant for: Older adults and their families")
    assert [(cost.option, cost.amount) for cost in it.cost_options] == [("free", 0)]
    assert [tongue.code for tongue in it.languages] == ["es", "tl"]
    assert it.last_modified is not None
    assert it.last_modified.year == 2013
    assert it.assured_date is None
    assert list(reasons(found)) == ["urls"]
    assert one(found).leftover == {"keywords": WHOLE["keywords"]}


def test_numbers_are_found_wherever_the_source_puts_them(read: Read) -> None:
    found = service(read({**WHOLE, "telephone_no": "650 555-0105"}))
    assert [(phone.number, phone.extension, phone.type, phone.description) for phone in found.phones] == [
        ("650 555-0101", None, "voice", "Monday-Friday, 9-5"), ("650 555-0102", "7", "voice", None), ("650 555-0105", None, "voice", None),
        ("650 555-0104", None, "tty", "Relay"), ("650 555-0103", None, "fax", None),
    ]


def test_the_place_has_latitude_first_and_a_cut_code(read: Read) -> None:
    it = place(read(WHOLE))
    assert (it.latitude, it.longitude, it.point_precision) == (37.48, -122.23, "given")
    assert [(address.address_1, address.city, address.state_province, address.postal_code, address.country) for address in it.addresses] == [
        ("12 Ash Street", "Elmtown", "CA", "94063", "US")
    ]


def test_terms_stand_where_they_belong(read: Read) -> None:
    found = read(WHOLE)
    assert terms(place(found)) == {
        "access.wheelchair@access", "access.step_free@access", "access.ramp@access", "access.near_transport@access", "settings.library@settings",
    }
    assert {"supports.peer_group@supports", "audiences.older_adults@meant_for", "audiences.families@meant_for", "entry.drop_in@entry",
            "entry.phone_first@entry", "kinds.peer_group@kinds"} <= terms(service(found))
    assert not {term for term in terms(service(found)) if term.startswith(("access.", "settings.", "strengths."))}


@pytest.mark.parametrize(("words", "expected"), [
    (["Not wheelchair accessible at this time"], {"access.wheelchair@access=no"}),
    (["Varies according to location of service"], set()),
    (["Restroom", "Special parking", "Elevator"], {"access.accessible_toilet@access", "access.accessible_parking@access", "access.lift@access"}),
])
def test_access_is_yes_no_or_to_be_asked(read: Read, words: list[str], expected: set[str]) -> None:
    it = place(read({"name": "A", "city": "Elmtown", "accessibility_options": words}))
    assert terms(it) == expected
    assert it.accessibility[0].description == "; ".join(words)


def test_access_that_is_not_understood_is_reported(read: Read) -> None:
    assert list(reasons(read({"name": "A", "city": "Elmtown", "accessibility_options": ["Playground"]}))) == ["accessibility_options"]


@pytest.mark.parametrize(("record", "expected"), [
    ({"name": "Elm Bicycle Club", "keywords": ["Special Interest Clubs"]}, {"interests.cycling"}),
    ({"name": "Western Branch", "agency": "Elm Rose Society", "keywords": ["Special Interest Clubs"]}, {"interests.gardening"}),
    ({"name": "Elm Bicycle Club", "keywords": ["Adult Day Care"]}, set()), ({"name": "Rose Office", "keywords": ["Legal Services"]}, set()),
])  # fmt: skip
def test_only_an_activity_is_about_what_its_name_says(read: Read, record: dict[str, Any], expected: set[str]) -> None:
    assert {term for term in terms(service(read(record))) if term.startswith("interests.")} == {f"{term}@interests" for term in expected}


def test_a_record_without_a_place_is_kept_with_what_is_said_of_its_access(read: Read) -> None:
    found = read({"name": "Elm Line", "accessibility_options": ["TTY"], "phones": [[{"number": "800 555-0100"}]]})
    assert service(found).service_at_locations == []
    assert "access.text_relay@access" in terms(service(found))
    assert one(found).leftover["accessibility_options"] == ["TTY"]


def test_records_of_one_agency_carry_the_same_organization_wherever_the_agency_speaks_for_itself(read: Read) -> None:
    found = read(
        {"name": "Ash Branch", "agency": "Elm Library", "city": "A"}, {"name": "Elm Library", "description": "Books.", "urls": ["http://elm.example.org"]},
        {"name": "Oak Branch", "agency": "ELM LIBRARY ", "city": "B"},
    )
    organizations = [record.content.organization for record in found if isinstance(record, SourceRecord) and isinstance(record.content, Service)]
    assert len(organizations) == 3
    assert len({msgspec.json.encode(organization) for organization in organizations}) == 1
    assert organizations[0] is not None
    assert (organizations[0].name, organizations[0].description, organizations[0].website) == ("Elm Library", "Books.", "http://elm.example.org")


def test_keys_and_ids_stay_when_the_order_or_the_street_changes_and_hold_no_street(read: Read) -> None:
    a, b = {"name": "A", "city": "Elmtown", "street_address": "12 Ash Street", "zipcode": "94063"}, {"name": "B", "city": "Elmtown"}
    first = {record.key: record.content.id for record in read(a, b) if isinstance(record, SourceRecord)}
    assert first == {record.key: record.content.id for record in read(b, {**a, "street_address": "1 Oak Road"}) if isinstance(record, SourceRecord)}
    assert not any("ash" in key or "94063" in key for key in first)


def test_repeats_are_told_apart_by_their_order(read: Read) -> None:
    found = read({"name": "A"}, {"name": "A"}, {"name": "a "})
    assert [record.key for record in found if isinstance(record, SourceRecord)] == ["a||", "a||#2", "a||#3"]


@pytest.mark.parametrize(("fees", "options", "words"), [
    ("None", ["free"], None), ("None. ", ["free"], None), ("None. Donations welcome", ["free"], "None. Donations welcome"),
    ("Vary according to income", ["sliding"], "Vary according to income"), ("$20 per year", [], "$20 per year"),
    ("None for most services", [], "None for most services"),
    ("Vary", [], "Vary"),
])
def test_free_is_said_only_where_it_is(read: Read, fees: str, options: list[str], words: str | None) -> None:
    it = service(read({"name": "A", "fees": fees}))
    assert ([cost.option for cost in it.cost_options], it.fees_description) == (options, words)


def test_no_requirement_is_a_statement_that_everyone_may_come(read: Read) -> None:
    it = service(read({"name": "A", "eligibility_requirements": "None"}))
    assert (terms(it), it.eligibility_description) == ({"audiences.everyone@meant_for"}, None)
    assert terms(service(read({"name": "A"}))) == set()


@pytest.mark.parametrize(("sentence", "expected"), [
    ("Low-income person", {"audiences.low_income@only_for"}), ("Low-income person or student", set()), ("Women", {"audiences.women@only_for"}),
    ("Preference given to veterans", set()),
])
def test_only_a_plain_requirement_keeps_people_out(read: Read, sentence: str, expected: set[str]) -> None:
    assert terms(service(read({"name": "A", "eligibility_requirements": sentence}))) == expected


def test_a_target_group_of_agencies_says_nothing_about_people(read: Read) -> None:
    assert terms(service(read({"name": "A", "target_group": "Agencies serving seniors and youth"}))) == set()


def test_hours_that_are_not_certain_stay_words_and_are_reported(read: Read) -> None:
    found = read({"name": "A", "service_hours": "Varies by season"})
    assert [(row.description, row.opens_at) for row in service(found).schedules] == [("Varies by season", None)]
    assert "service_hours" in reasons(found)
    assert service(read({"name": "A", "hours": "Monday-Friday, 8-5"})).schedules[0].opens_at == "08:00"


def test_a_post_box_is_no_place_to_go_to(read: Read) -> None:
    found = read({"name": "A", "street_address": "P.O. Box 12", "city": "Elmtown", "coordinates": [-122.2, 37.4]})
    assert (place(found).location_type, place(found).latitude) == ("postal", None)
    assert "coordinates" in reasons(found)


def test_a_refuge_by_its_keywords_is_held(read: Read) -> None:
    it = place(read({"name": "Elm House", "street_address": "12 Ash Street", "city": "Elmtown", "keywords": ["Domestic Violence Shelters"]}))
    assert (it.visibility, it.area_name) == ("area_only", "Elmtown")


@pytest.mark.parametrize(("field", "value", "reported"), [
    ("urls", ["http://elm@example.org"], "urls"), ("emails", ["not one"], "emails"), ("zipcode", "USA", "zipcode"), ("state", "Elmtown", "state"),
    ("coordinates", [37.48, -122.23], "coordinates"), ("coordinates", ["x"], "coordinates"), ("phones", [[{"department": "Office"}]], "phones"),
    ("languages_spoken", ["Elvish"], "languages_spoken"), ("market_match", True, "market_match"), ("description", ["a"], "description"),
    ("something_new", {"a": 1}, "something_new"),
])
def test_what_is_not_understood_is_reported_by_field_and_line_and_nothing_of_it_is_lost(read: Read, field: str, value: Any, reported: str) -> None:
    found = read({"name": "A", "city": "Elmtown", field: value})
    record = one(found)
    assert reported in reasons(found)
    assert all((repair.file, repair.line) == ("elm.jsonl", 1) for repair in record.repairs)
    kept = msgspec.json.encode([record.content, record.leftover, record.repairs]).decode()
    assert json.dumps(value)[1:-1].replace(" ", "") in kept.replace(" ", "") or str(value) in kept


def test_a_line_without_a_name_is_refused_and_the_rest_goes_on(read: Read) -> None:
    refused, taken = read({"description": "?"}, {"name": "A"})
    assert isinstance(refused, Refusal)
    assert (refused.file, refused.line, refused.field) == ("elm.jsonl", 1, "name")
    assert isinstance(taken, SourceRecord)
    assert taken.line == 2


def test_a_file_cut_short_gives_no_record_at_all(tmp_path: Path) -> None:
    path = tmp_path / "elm.jsonl"
    path.write_text('{"name": "A"}\n{"name": "B", "urls": ["ht')
    given: list[SourceRecord | Refusal] = []
    with pytest.raises(UnreadableInput, match=r"elm\.jsonl, line 2"):
        given.extend(read_ohana(path))
    assert given == []


def test_reading_twice_gives_the_same_bytes(read: Read) -> None:
    assert msgspec.json.encode(read(WHOLE, {"name": "B"})) == msgspec.json.encode(read(WHOLE, {"name": "B"}))


def test_the_tally_counts_words_hours_and_languages(read: Read) -> None:
    tally = Tally()
    read(WHOLE, {"name": "B", "service_hours": "Vary", "languages_spoken": ["Elvish"], "keywords": ["Elephants"]}, tally=tally)
    assert (tally.mentions["hours"], tally.mapped["hours"]) == (2, 1)
    assert (tally.mentions["language"], tally.mapped["language"]) == (4, 3)
    assert (tally.mentions["keyword"], tally.mapped["keyword"]) == (5, 4)
