"""Points for places whose source gives an address and no point: the middle of their postcode or town, marked as made so, for nobody walks to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from geopy.distance import great_circle

from directory.exchange.records import Address, Location, Refusal, Repair, Service, SourceInfo, SourceRecord
from directory.exchange.shapes import walk
from directory.places import Found, Gazetteer, find_place
from directory.places.middles import Middles, Named
from directory.storage import Storage
from matching.values import Place
from matching.weights import MARGIN_KM

KINDS: Final = ("bmlt", "meeting-guide")
"""The kinds of sources of meetings: what they call approximate has no street, and stays without a point."""
WORDS: Final = {"code": "postcode", "town": "town"}
REASON: Final = "the source gives no point; placed in the middle of its {what}, and distances to it are told as approximate"


def with_points(
    records: Iterable[SourceRecord | Refusal], source: SourceInfo, gazetteer: Gazetteer, middles: Middles | None = None
) -> Iterator[SourceRecord | Refusal]:
    """The records, each public place with a point where one can be made of its own address.

    Those of meetings go by the postcode of a whole address alone, as such feeds leave out on purpose what they do not want found; the others by what
    ``middles`` knows of a postcode or a town. Without it those are given as they are.
    """
    for record in records:
        if isinstance(record, SourceRecord) and source.kind not in KINDS and middles is not None:
            for place in walk(record.content):
                if isinstance(place, Location):
                    _place(place, record, middles)
        elif isinstance(record, SourceRecord) and source.kind in KINDS and isinstance(record.content, Service):
            for link in record.content.service_at_locations:
                if link.location is not None:
                    _locate(link.location, gazetteer)
        yield record


def middles_of(storage: Storage, source: SourceInfo, gazetteer: Gazetteer, *, country: str = "") -> Middles:
    """What ``with_points`` asks: the middles that are known here; ``country`` is that of addresses for which neither they nor the source name one."""
    return Middles(storage, gazetteer, country=source.country or country)


def _locate(place: Location, gazetteer: Gazetteer) -> None:
    if place.location_type != "physical" or place.latitude is not None or not place.addresses:
        return
    address = place.addresses[0]
    if not (address.address_1 and address.postal_code and address.country):
        return
    found = find_place(gazetteer, address.postal_code, country=address.country)
    if isinstance(found, Found) and found.place.precision == "code":
        place.latitude, place.longitude, place.point_precision = found.place.latitude, found.place.longitude, "code"


def _place(place: Location, record: SourceRecord, middles: Middles) -> None:
    if place.location_type != "physical" or place.visibility != "public" or place.latitude is not None or place.longitude is not None:
        return
    address = next((one for one in place.addresses if one.address_type != "postal"), None)
    found = middles.of(_named(address)) if address else None
    if address is None or found is None:
        return
    held = middles.stored(place.id)
    if held is not None and held.precision == "given":
        return   # somebody here has said where it is
    if held is not None and held.precision == found.precision and _apart_km(held, found) <= MARGIN_KM[found.precision]:
        found = held   # the middle of the places that are here moves with each new one; a place does not
    place.latitude, place.longitude, place.point_precision = found.latitude, found.longitude, found.precision
    value = (address.postal_code if found.precision == "code" else address.city) or ""
    record.repairs.append(Repair(file=record.file, line=record.line, field="location", value=value, reason=REASON.format(what=WORDS[found.precision])))


def _named(address: Address) -> Named:
    return Named(code=address.postal_code or "", town=address.city or "", state=address.state_province or "", country=address.country or "")


def _apart_km(one: Place, other: Place) -> float:
    return float(great_circle((one.latitude, one.longitude), (other.latitude, other.longitude)).km)
