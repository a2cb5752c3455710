"""Making records ready to store: impossible points set aside, held places taken out, and the mark by which a record is known again."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct, field

from directory.exchange.intake.confidential import HELD, Secret, at_doors, doors_of, flagged_entities, held_places, owners, silenced, tells_of_refuge, withhold
from directory.exchange.records import Location, Organization, Program, Refusal, Repair, Service, SourceRecord
from directory.exchange.rows import FindTerm, Flat
from directory.exchange.shapes import table_of, walk
from directory.sealing import Sealer


class Doubt(Struct, frozen=True):
    """What a check says of a point: why it is doubtful, and whether it may still be used."""

    reason: str
    usable: bool = True


PointCheck = Callable[[Location], Doubt | None]


class Ready(Struct, kw_only=True):
    """A record as it will be stored. ``secrets`` is what was taken out of its held places, by location.

    ``fingerprints`` and ``keys`` are those it may be known by in the ledger; the first is the one to write.
    """

    source: SourceRecord
    content: Any
    leftover: dict[str, Any]
    repairs: list[Repair]
    secrets: dict[UUID, Secret] = field(default_factory=dict)
    fingerprints: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    flat: Flat = field(default_factory=lambda: Flat({}, [], []))
    only_fills: set[tuple[str, UUID]] = field(default_factory=set)   # rows of other sources, whose words stay
    kept: set[tuple[str, UUID]] = field(default_factory=set)   # rows that stand, or stay away, as somebody here decided
    met_merge: bool = False   # it names something that was merged into another here

    @property
    def key(self) -> str:
        """The key of the record in its source."""
        return self.source.key

    @property
    def entity(self) -> tuple[str, UUID]:
        """The row that the record is about."""
        return table_of(self.content), self.content.id

    def refusal(self, name: str, value: str, reason: str) -> Refusal:
        """This record refused; the value of a record with a held place is not repeated."""
        return Refusal(file=self.source.file, line=self.source.line, field=name, value="" if self.secrets else value, reason=reason)

    def repair(self, name: str, value: str, reason: str) -> Repair:
        """Something to look at in this record."""
        return Repair(file=self.source.file, line=self.source.line, field=name, value=value, reason=reason)


def with_sane_points(record: SourceRecord, check: PointCheck | None) -> Ready:
    """The record with points that cannot be (outside the earth, half a point, 0 and 0) set aside in its leftover; what the caller gave stays."""
    ready = Ready(source=record, content=record.content, leftover=dict(record.leftover), repairs=list(record.repairs))
    places = {item.id: item for item in walk(record.content) if isinstance(item, Location)}
    doubts = {key: doubt for key, place in places.items() if (doubt := _doubt(place, check))}
    for key, doubt in doubts.items():
        ready.repairs.append(ready.repair("location.latitude", f"{places[key].latitude}, {places[key].longitude}", doubt.reason))
    unusable = {key for key, doubt in doubts.items() if not doubt.usable}
    if unusable:
        ready.content = copied(record.content)
        for item in walk(ready.content):
            if isinstance(item, Location) and item.id in unusable:
                said = {name: value for name in ("latitude", "longitude") if (value := getattr(item, name)) is not None}
                ready.leftover[f"location/{item.id}"] = {**ready.leftover.get(f"location/{item.id}", {}), **said}
                item.latitude = item.longitude = None
    return ready


def hold_places(
    ready: list[Ready], already: Mapping[UUID, str], *, stored_flagged: Callable[[Iterable[UUID]], set[UUID]], known: Callable[[UUID], Secret],
    sealed_of: Callable[[Iterable[UUID]], dict[UUID, list[Secret]]],
) -> dict[UUID, str]:
    """Take every place that must not be public out of the records; gives the visibility of each held place.

    ``already`` are the places that are not public now: an import never opens a place. ``stored_flagged`` tells which of some services, programs and
    organizations that are stored already, and not told again here, speak of refuge; ``known`` is what is sealed of a place already, ``sealed_of`` what
    is sealed of the refuges of some organizations. An organization that has a refuge has it under no other name, and tells of it in no other record.
    """
    flagged = set().union(*(flagged_entities(item.content) for item in ready))
    flagged |= stored_flagged(_named_elsewhere(ready))
    by_rule = set().union(*(held_places(item.content, flagged) for item in ready))
    held = dict.fromkeys(by_rule, HELD)
    for item in ready:
        held |= {place.id: place.visibility for place in walk(item.content) if isinstance(place, Location) and place.visibility != "public"}
    held |= already
    told = {item.key: owners(item.content) for item in ready}
    sealed = sealed_of(set().union(*told.values()))
    refuges = {item.key for item in ready if _holds(item, held) and tells_of_refuge(item.content)}
    same = _same_doors([item for item in ready if item.key in refuges], ready, held, told, sealed)
    held |= dict.fromkeys(same, HELD)
    by_rule |= same
    for item in ready:
        if _holds(item, held):
            item.content, item.secrets = withhold(item.content, held, item.leftover, known)
            item.leftover = {}
            item.repairs = [_without_value(repair) for repair in item.repairs] + _notes(item, already, by_rule)
            for owner in told[item.key] if item.key in refuges else ():
                sealed.setdefault(owner, []).extend(item.secrets.values())
    for item in ready:
        secrets = [secret for owner in told[item.key] for secret in sealed.get(owner, ())]
        if secrets and not item.secrets:
            item.content, item.leftover = silenced(item.content, item.leftover, secrets)
            item.repairs = [_without_value(repair) for repair in item.repairs]
    return held


def _holds(item: Ready, held: Mapping[UUID, str]) -> bool:
    return any(isinstance(place, Location) and place.id in held for place in walk(item.content))


def _same_doors(
    refuges: list[Ready], ready: list[Ready], held: Mapping[UUID, str], told: Mapping[str, set[UUID]], sealed: Mapping[UUID, list[Secret]]
) -> set[UUID]:
    """Places that give the very address of a refuge of the same organization, in whatever record."""
    doors: dict[UUID, set[tuple[str, str]]] = {owner: set().union(*map(doors_of, secrets)) for owner, secrets in sealed.items()}
    for item in refuges:
        for place in walk(item.content):
            if isinstance(place, Location) and place.id in held:
                for owner in told[item.key]:
                    doors.setdefault(owner, set()).update(doors_of({"addresses": [msgspec.to_builtins(address) for address in place.addresses]}))
    return {
        place for item in ready for place in at_doors(item.content, set().union(*(doors.get(owner, set()) for owner in told[item.key])))
    } - set(held)


def mark(item: Ready, find_term: FindTerm, sealer: Sealer) -> None:
    """Set what the record is known by: its key, and a fingerprint that is the same for the same content, leftover and terms found.

    Both are keyed hashes for a record with a held place: some keys of sources hold the street, and nobody may try addresses against a hash.
    """
    unknown = sorted(
        (attribute.taxonomy, attribute.code)
        for inner in walk(item.content) for attribute in getattr(inner, "attributes", ())
        if attribute.taxonomy_term is None and find_term(attribute.taxonomy or "", attribute.code or "") is None
    )
    said = msgspec.json.encode([item.content, item.leftover, unknown, {str(place): secret for place, secret in item.secrets.items()}], order="sorted")
    item.fingerprints = sealer.fingerprints(said) if item.secrets else [hashlib.sha256(said).hexdigest()]
    plain, keyed = [item.key], keyed_keys(item.key, sealer)
    item.keys = keyed + plain if item.secrets else plain + keyed


def keyed_keys(key: str, sealer: Sealer) -> list[str]:
    """The key of a record as the ledger writes it for one with a held place, newest first."""
    return [f"held:{fingerprint}" for fingerprint in sealer.fingerprints(key.encode(errors="replace"))]


def copied(content: Any) -> Any:
    """A copy that shares nothing with its original."""
    return msgspec.convert(msgspec.to_builtins(content), type(content), strict=False)


def _doubt(place: Location, check: PointCheck | None) -> Doubt | None:
    latitude, longitude = place.latitude, place.longitude
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None:
        return Doubt("half a point: latitude and longitude belong together; the point was set aside", usable=False)
    if not (math.isfinite(latitude) and math.isfinite(longitude) and abs(latitude) <= 90 and abs(longitude) <= 180):
        return Doubt("the point does not lie on the earth; it was set aside", usable=False)
    if latitude == 0 and longitude == 0:
        return Doubt("the point 0, 0 lies in the sea off Ghana: a missing value; it was set aside", usable=False)
    return check(place) if check else None


def _named_elsewhere(ready: list[Ready]) -> set[UUID]:
    told = {inner.id for item in ready for inner in walk(item.content) if isinstance(inner, Organization | Program | Service)}
    named = {
        value for item in ready for inner in walk(item.content) for name in ("organization_id", "program_id", "service_id")
        if (value := getattr(inner, name, None)) is not None
    }
    return named - told


def _notes(item: Ready, already: Mapping[UUID, str], by_rule: set[UUID]) -> list[Repair]:
    reason = "the words of this record call for care: its place is held back until a curator has looked at it; the listing itself is shown"
    return [item.repair("location", "", reason) for place in item.secrets if place in by_rule and place not in already]


def _without_value(repair: Repair) -> Repair:
    return msgspec.structs.replace(repair, value="")
