"""The demonstration place keeps its promises: enough of everything, words that respect people, and nothing real in it."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import zipcodes

from directory.calling import phone_line
from directory.exchange.records import Location, Organization, Phone, Service
from directory.models import Phone as PhoneRow
from seeds.demonstration import FOLDER, demonstration
from seeds.words import codes_of
from tests.seeds.test_vocabularies import DEFICIT

TODAY = date(2026, 11, 22)
KINDS = {"service": 40, "peer_group": 35, "activity": 25, "give": 20, "training": 8, "one_to_one": 8, "therapy": 8, "self_help": 6, "event": 5,
         "group_therapy": 5}  # fmt: skip
MORE_DEFICIT = re.compile(r"\b(patients?|sufferers?|problem people|burdens?|failures?|struggling with|mental health issues|junk)\b", re.IGNORECASE)
ROADS = {
    "women", "men", "parents", "single_parents", "grandparents", "carers", "young", "older", "veterans", "been_inside", "prison_families",
    "in_recovery", "care_experienced", "mental_health_peers", "survivors", "bereaved", "newcomers", "refugees", "rural", "farm_workers", "students",
}  # fmt: skip
"""Communities of a time of life or a road travelled: not counted as cultures below."""

RECORDS = demonstration(on=TODAY)
SERVICES = [record.content for record in RECORDS if isinstance(record.content, Service)]
ORGANIZATIONS = [record.content for record in RECORDS if isinstance(record.content, Organization)]
VENUES: list[Location] = list({link.location.id: link.location for one in SERVICES for link in one.service_at_locations if link.location}.values())


def codes(service: Service, link_type: str, *, no: bool = False) -> set[str]:
    return {str(one.code) for one in service.attributes if one.link_type == link_type and (one.value == "no") is no}


def kind(service: Service) -> str:
    (only,) = codes(service, "kinds")
    return only


def fact(service: Service, code: str) -> str:
    return next((one.value or "" for one in service.attributes if one.link_type == "group_facts" and one.code == code), "")


def texts(service: Service) -> list[str]:
    """Everything that a person reads of a listing."""
    said = [one.value for one in service.attributes if one.value and one.value != "no"]
    spans = [span.description for span in service.schedules]
    fields = (service.name, service.description, service.alert, service.application_process, service.fees_description)
    return [text for text in (*fields, service.eligibility_description, *said, *spans, *(one.description for one in service.capacities)) if text]


def test_there_are_listings_of_every_kind() -> None:
    count = Counter(kind(service) for service in SERVICES)
    assert count.total() >= 160
    assert {name: count[name] for name in KINDS if count[name] < KINDS[name]} == {}
    assert count.keys() == codes_of("kinds")


def test_names_are_told_apart() -> None:
    assert [name for name, times in Counter(service.name for service in SERVICES).items() if times > 1] == []


def test_many_cultures_and_languages_are_at_home() -> None:
    served = set().union(*(codes(service, "for") | codes(service, "led_by") for service in SERVICES))
    spoken = {language.code for service in SERVICES for language in service.languages}
    assert len(served - ROADS) >= 20
    assert len(spoken) >= 20
    assert {"so", "tl", "ase", "hmn", "es"} <= spoken


def test_every_language_has_a_name() -> None:
    assert [language.code for service in SERVICES for language in service.languages if not language.name] == []


def test_faith_and_no_faith_both_have_their_places() -> None:
    faiths = Counter(code for service in SERVICES for code in codes(service, "faiths"))
    assert faiths["secular"] >= 10
    assert len(faiths.keys() - {"secular", "humanist"}) >= 8


def test_most_listings_say_which_strengths_they_build_on() -> None:
    stated = [service for service in SERVICES if codes(service, "builds_on")]
    assert len(stated) >= 0.8 * len(SERVICES)
    assert max(len(codes(service, "builds_on")) for service in stated) <= 8
    used = set().union(*(codes(service, "builds_on") | codes(service, "wants") for service in SERVICES))
    assert codes_of("strengths") - used == set()


def test_every_give_role_asks_for_strengths_and_nothing_else_does() -> None:
    for service in SERVICES:
        gives = kind(service) == "give"
        assert bool(codes(service, "wants")) is gives, service.name
        assert bool(codes(service, "give")) is gives, service.name


def test_peer_groups_say_what_happens_at_a_first_visit() -> None:
    groups = [service for service in SERVICES if kind(service) == "peer_group"]
    assert sum(bool(fact(group, "first_visit")) for group in groups) >= 0.9 * len(groups)
    for group in groups:
        facts = codes(group, "group_facts")
        assert len(facts & {"peer_led", "professional_led", "shared"}) == 1, group.name
        assert len(facts & {"open", "closed", "invitation"}) == 1, group.name
        assert len(facts & {"small", "medium", "large"}) == 1, group.name


def test_peer_groups_and_group_therapy_never_merge() -> None:
    for service in SERVICES:
        if kind(service) == "group_therapy":
            assert "professional_led" in codes(service, "group_facts"), service.name
            assert "peer_group" not in codes(service, "supports"), service.name
        if kind(service) == "peer_group":
            assert "group_therapy" not in codes(service, "supports"), service.name


def test_every_code_is_in_its_vocabulary() -> None:
    for owner in (*SERVICES, *VENUES):
        for one in owner.attributes:
            assert one.taxonomy is not None
            assert one.code in codes_of(one.taxonomy), (owner.name, one.taxonomy, one.code)


def test_costs_of_every_sort_and_some_not_known() -> None:
    options = Counter(service.cost_options[0].option if service.cost_options else None for service in SERVICES)
    assert all(options[option] >= 4 for option in ("free", "donation", "sliding", "paid"))


def test_ways_of_opening_of_every_sort() -> None:
    spans = [span for service in SERVICES for at in (service, *service.service_at_locations) for span in at.schedules]
    written = {(span.freq, span.byday) for span in spans}
    assert any(freq == "MONTHLY" and byday == "2TU,4TU" for freq, byday in written)
    assert any(freq == "MONTHLY" and byday == "-1SA" for freq, byday in written)
    assert any(span.opens_at == "00:00" and span.closes_at == "24:00" for span in spans)
    assert any((span.opens_at or "") > (span.closes_at or "") for span in spans)
    assert any(span.valid_from for span in spans)
    assert sum(len(service.schedules) > 1 and len({span.byday for span in service.schedules}) == 1 for service in SERVICES) >= 5   # a gap
    assert {span.timezone_name for span in spans} == {"America/Chicago"}


def test_the_gaps_are_honest() -> None:
    hours = [service for service in SERVICES if not any(span.opens_at for at in (service, *service.service_at_locations) for span in at.schedules)]
    assert len(hours) >= 10
    assert sum(not service.languages for service in SERVICES) >= 10
    assert sum(service.assured_date is None for service in SERVICES) >= 4
    assert sum(not venue.attributes or not any(one.link_type == "access" for one in venue.attributes) for venue in VENUES) >= 3
    assert sum(one.value == "no" and one.link_type == "access" for venue in VENUES for one in venue.attributes) >= 10
    assert [service.name for service in SERVICES if service.status == "temporarily closed"] == ["Warm bills fund"]
    full = [service for service in SERVICES if service.capacities and service.capacities[0].available == 0]
    assert any("waiting_list" not in codes(service, "entry") for service in full)
    assert sum(len(service.service_at_locations) > 1 for service in SERVICES) >= 5
    assert sum(not service.service_at_locations for service in SERVICES) >= 15


def test_who_speaks_of_a_waiting_list_has_one() -> None:
    for service in SERVICES:
        speaks = any("waiting list" in (one.description or "").lower() for one in service.capacities)
        assert speaks <= ("waiting_list" in codes(service, "entry")), service.name


def test_listings_were_confirmed_by_different_people_at_different_times() -> None:
    ages = [(TODAY - service.assured_date).days for service in SERVICES if service.assured_date]
    assert min(ages) <= 7
    assert max(ages) >= 1000
    assert {service.assured_by for service in SERVICES} == {"organization", "steward", "import", None}


def test_numbers_and_addresses_are_made_for_fiction() -> None:
    phones = [phone for owner in (*SERVICES, *ORGANIZATIONS) for phone in owner.phones]
    assert phones
    for phone in phones:
        assert re.fullmatch(r"\((920|715)\) 555-01\d\d", phone.number), phone.number
    for owner in (*SERVICES, *ORGANIZATIONS):
        links = (owner.email, owner.url if isinstance(owner, Service) else owner.website)
        for link in filter(None, links):
            host = link.rpartition("@")[2].removeprefix("https://").partition("/")[0]
            assert re.fullmatch(r"([a-z0-9-]+\.)*example\.(org|com|net)", host), link


def test_every_number_can_be_called() -> None:
    for phone in (phone for owner in (*SERVICES, *ORGANIZATIONS) for phone in owner.phones):
        assert phone_line(_row(phone), country="US").href.startswith("tel:+1"), phone.number


def _row(phone: Phone) -> PhoneRow:
    return PhoneRow(number=phone.number, extension=phone.extension, type=phone.type)


def test_every_listing_can_be_reached() -> None:
    by_id = {organization.id: organization for organization in ORGANIZATIONS}
    for service in SERVICES:
        assert service.organization_id is not None
        organization = by_id[service.organization_id]
        assert service.phones or service.email or service.url or organization.phones or organization.email, service.name


def test_places_stand_near_the_middle_of_their_postcode() -> None:
    for venue in VENUES:
        (found,) = zipcodes.matching(venue.addresses[0].postal_code)
        north = (float(found["lat"]) - (venue.latitude or 0)) * 111.2
        east = (float(found["long"]) - (venue.longitude or 0)) * 79.6
        assert (north**2 + east**2) ** 0.5 < 8, (venue.name, north, east)


def test_no_two_venues_stand_on_one_spot() -> None:
    spots = Counter((venue.latitude, venue.longitude) for venue in VENUES)
    assert spots.most_common(1)[0][1] == 1


def test_everybody_is_written_about_with_respect() -> None:
    for owner in (*SERVICES, *ORGANIZATIONS, *VENUES):
        said = texts(owner) if isinstance(owner, Service) else [owner.name or "", owner.description or ""]
        for text in said:
            assert not DEFICIT.search(text), text
            assert not MORE_DEFICIT.search(text), text


def test_the_first_sentence_says_what_you_get_in_160_characters() -> None:
    for service in SERVICES:
        first = re.split(r"(?<=[.!?])\s", service.description or "")[0]
        assert 20 <= len(first) <= 160, (service.name, len(first))


def grade(text: str) -> float:
    """The school grade of a text by the formula of Kincaid and others (1975), syllables counted as runs of vowels."""
    words = re.findall(r"[A-Za-z']+", text)
    sentences = max(1, len(re.findall(r"[.!?:]+(?:\s|$)", text)))
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e\b", "", word.lower())))) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def test_the_words_are_plain() -> None:
    grades = sorted(grade(service.description or "") for service in SERVICES)
    assert sum(grades) / len(grades) <= 6.0
    assert grades[int(len(grades) * 0.9)] <= 10.0


def test_the_readability_formula_tells_hard_from_easy() -> None:
    assert grade("We eat. You sit. It is warm.") < 2
    assert grade("Comprehensive multidisciplinary rehabilitation facilitates psychosocial reintegration opportunities.") > 20


def test_places_that_are_not_public_are_two_and_tell_their_area_only() -> None:
    hidden = {venue.name: venue.area_name for venue in VENUES if venue.visibility != "public"}
    assert hidden == {"A safe house in Outagamie County": "Outagamie County", "A room in the middle of Alder Falls": "Alder Falls"}


@pytest.mark.parametrize("key", ["tamarack_refuge", "second_breath_room"])
def test_the_hidden_address_stands_in_one_line_of_the_files_only(key: str) -> None:
    table = tomllib.loads((FOLDER / "venues.toml").read_text(encoding="utf-8"))
    (venue,) = [one for one in table["venue"] if one["key"] == key]
    street = re.sub(r"^\d+ ", "", venue["street"])
    for path in [*FOLDER.rglob("*.toml"), *FOLDER.rglob("*.md")]:
        assert path.read_text(encoding="utf-8").count(street) == (1 if path.name == "venues.toml" else 0), path.name


def test_reading_twice_gives_the_same() -> None:
    assert demonstration(on=TODAY) == RECORDS


def test_ids_are_different() -> None:
    ids = Counter(one.id for record in RECORDS for one in _walk(record.content))
    repeated = {key for key, times in ids.items() if times > 1}
    shared = {part.id for venue in VENUES for part in _walk(venue)} | {one.unit.id for service in SERVICES for one in service.capacities}
    assert repeated <= shared


def _walk(thing: Any) -> list[Any]:
    parts = [getattr(thing, name) for name in thing.__struct_fields__]
    nested = [part for value in parts for part in (value if isinstance(value, list) else [value]) if hasattr(part, "__struct_fields__")]
    return ([thing] if getattr(thing, "id", None) else []) + [found for part in nested for found in _walk(part)]


def test_the_folder_holds_only_what_is_read() -> None:
    names = {path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*") if path.is_file()}
    assert {name for name in names if not re.fullmatch(r"listings/[a-z_]+\.toml", name)} == {"README.md", "organizations.toml", "venues.toml"}
    assert Path(FOLDER).name == "demo"


def test_terms_hang_on_listings_the_way_the_directory_says() -> None:
    named = {"strengths": {"builds_on", "wants"}, "communities": {"for", "led_by", "welcomes"}, "audiences": {"meant_for", "only_for", "not_for"}}
    for owner in (*SERVICES, *VENUES):
        for one in owner.attributes:
            assert one.link_type in named.get(one.taxonomy or "", {one.taxonomy}), (owner.name, one.taxonomy, one.link_type)
