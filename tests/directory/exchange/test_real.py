"""The readers on real directories that nobody here wrote: how much is understood, and that nothing is lost.
That a second import changes nothing is proved where people import: ``tests/journeys/test_imports.py``.

The floors are just under what was measured on 2026-11-22, so that a rule that is lost shows.
"""

from __future__ import annotations

import csv
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest
from msgspec import Struct

from directory.exchange.readers import Reading, read_source
from directory.exchange.reading.hours import read_hours
from directory.exchange.records import Attribute, Location, Refusal, Service, ServiceAtLocation, SourceRecord

pytestmark = pytest.mark.real_data
SAN_MATEO = "smc-ohana-2013/organizations.jsonl"
NEW_YORK = "nyc-funded-services-2021"
PANTRIES = "losangeles-food/food-pantry.csv"
MARKETS = "losangeles-food/farmers-market.csv"
COUNTS = {SAN_MATEO: 1703, NEW_YORK: 12211, PANTRIES: 343, MARKETS: 121}


@cache
def read(real_data: Path, name: str) -> tuple[list[SourceRecord], Reading]:
    """The records of a source, read once for all tests here: none of them changes any."""
    _, records = read_source(real_data / name)
    found = list(records)
    assert [record for record in found if isinstance(record, Refusal)] == []
    return [record for record in found if isinstance(record, SourceRecord)], records


def walk(thing: Any) -> Iterator[Struct]:
    if isinstance(thing, Struct):
        yield thing
        for name in thing.__struct_fields__:
            yield from walk(getattr(thing, name))
    elif isinstance(thing, list):
        for part in thing:
            yield from walk(part)


def attributes(record: SourceRecord) -> list[Attribute]:
    assert isinstance(record.content, Service)
    return record.content.attributes


def share(reading: Reading, kind: str) -> float:
    return reading.tally.mapped[kind] / reading.tally.mentions[kind]


@pytest.mark.parametrize("name", COUNTS)
def test_every_row_is_a_record_with_a_key_of_its_own_and_one_id_says_one_thing(real_data: Path, name: str) -> None:
    records, _ = read(real_data, name)
    assert len(records) == COUNTS[name] == len({record.key for record in records})
    said: dict[tuple[type, UUID], bytes] = {}
    for record in records:
        for thing in walk(record.content):
            if not isinstance(thing, Attribute) and isinstance(id := getattr(thing, "id", None), UUID):
                assert said.setdefault((type(thing), id), msgspec.json.encode(thing)) == msgspec.json.encode(thing)


def test_most_words_of_san_mateo_are_understood(real_data: Path) -> None:
    records, reading = read(real_data, SAN_MATEO)
    assert reading.tally.mentions["keyword"] == 7488
    assert share(reading, "keyword") >= 0.85   # not more: what a word only hints at is not mapped
    assert share(reading, "language") >= 0.99
    assert share(reading, "hours") >= 0.75
    with_supports = [record for record in records if any(term.taxonomy == "supports" for term in attributes(record))]
    assert len(with_supports) / len(records) >= 0.89


def test_sentences_of_hours_are_read_without_an_impossible_day(real_data: Path) -> None:
    records, _ = read(real_data, SAN_MATEO)
    rows = [row for record in records if isinstance(record.content, Service) for row in record.content.schedules]
    lengths = Counter[float]()
    for row in rows:
        if row.opens_at and row.closes_at and (row.opens_at, row.closes_at) != ("00:00", "00:00"):
            opens, closes = (int(clock[:2]) + int(clock[3:]) / 60 for clock in (row.opens_at, row.closes_at))
            lengths[(closes - opens) % 24] += 1
    assert sum(lengths.values()) > 900
    assert max(lengths) <= 18.5   # one pool is open from 5:30 am to midnight
    assert read_hours("Monday-Friday, 8-5").whole


def test_san_mateo_keeps_what_it_cannot_place(real_data: Path) -> None:
    records, _ = read(real_data, SAN_MATEO)
    reported = Counter(repair.field for record in records for repair in record.repairs)
    assert {"market_match", "products_sold", "payments_accepted"} <= set(reported)
    assert all("keywords" in record.leftover for record in records)
    without_place = [record for record in records if isinstance(record.content, Service) and not record.content.service_at_locations]
    assert len(without_place) == 276


def test_points_of_san_mateo_lie_near_california_unless_far_by_name(real_data: Path) -> None:
    records, _ = read(real_data, SAN_MATEO)
    points = [
        (at.location.latitude, at.location.longitude) for record in records if isinstance(record.content, Service)
        for at in record.content.service_at_locations if at.location and at.location.latitude is not None and at.location.longitude is not None
    ]
    near = [1 for latitude, longitude in points if 36 < latitude < 39.5 and -123.5 < longitude < -120.5]
    assert len(points) > 1400
    assert len(near) / len(points) > 0.97


def test_new_york_is_read_in_a_few_seconds_with_every_repeat_put_together(real_data: Path) -> None:
    starts = time.perf_counter()
    records, reading = read(real_data, NEW_YORK)
    assert time.perf_counter() - starts < 15   # 2 s on an idle machine with two cores
    sites = [record for record in records if record.file == "sites.csv"]
    at_locations = [record.content for record in sites if isinstance(record.content, ServiceAtLocation)]
    with (real_data / NEW_YORK / "sites.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["address_1"].strip() and row["fixed_address"] == "true"]
    doors = {(row["provider_id"], row["program_id"], " ".join(row["address_1"].casefold().split()), row["postcode"]) for row in rows}
    assert len(at_locations) == len(rows)
    assert len({it.id for it in at_locations}) in range(len(doors), len(doors) + 5)   # the office of home visits is a door of its own
    assert share(reading, "language") == 1
    assert share(reading, "service") >= 0.84


def test_no_amount_of_a_contract_is_in_what_people_see(real_data: Path) -> None:
    records, _ = read(real_data, NEW_YORK)
    contracts = [record for record in records if record.file == "contracts.csv"]
    assert all({"amount", "contract_number"} <= set(record.leftover) for record in contracts)
    large = [record for record in contracts if len(record.leftover["amount"]) >= 6]
    assert len(large) > 1000
    assert not [1 for record in large if record.leftover["amount"] in msgspec.json.encode(record.content).decode()]


def test_pantries_have_their_days_and_their_websites(real_data: Path) -> None:
    records, reading = read(real_data, PANTRIES)
    assert share(reading, "hours") >= 0.99
    services = [record.content for record in records if isinstance(record.content, Service)]
    assert sum(1 for it in services if it.url) == 29
    days = Counter(row.byday for it in services for row in it.schedules)
    assert (days["3SA"], days["-1SA"]) == (24, 6)


def test_a_place_says_where_it_is_or_is_none(real_data: Path) -> None:
    for name in COUNTS:
        for record in read(real_data, name)[0]:
            for place in (thing for thing in walk(record.content) if isinstance(thing, Location)):
                assert place.addresses or place.latitude is not None
