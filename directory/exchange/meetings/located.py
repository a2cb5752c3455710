"""Points for groups whose feed gives a street and a postcode and no point: the middle of the postcode, marked as made so, for nobody walks to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from directory.exchange.records import Location, Refusal, Service, SourceInfo, SourceRecord
from directory.places import Found, Gazetteer, find_place

KINDS = ("bmlt", "meeting-guide")
"""The kinds of sources whose places are looked up; what is approximate has no street and stays without a point."""


def with_points(records: Iterable[SourceRecord | Refusal], source: SourceInfo, gazetteer: Gazetteer) -> Iterator[SourceRecord | Refusal]:
    """The records, those of meetings with a point where one can be made of their own postcode. Other sources' records are given as they are."""
    for record in records:
        if source.kind in KINDS and isinstance(record, SourceRecord) and isinstance(record.content, Service):
            for link in record.content.service_at_locations:
                if link.location is not None:
                    _locate(link.location, gazetteer)
        yield record


def _locate(place: Location, gazetteer: Gazetteer) -> None:
    if place.location_type != "physical" or place.latitude is not None or not place.addresses:
        return
    address = place.addresses[0]
    if not (address.address_1 and address.postal_code and address.country):
        return
    found = find_place(gazetteer, address.postal_code, country=address.country)
    if isinstance(found, Found) and found.place.precision == "code":
        place.latitude, place.longitude, place.point_precision = found.place.latitude, found.place.longitude, "code"
