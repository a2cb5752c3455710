"""The meetings of a BMLT feed that answer a question, in its order and on its page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from geopy.distance import great_circle

from directory.exchange.bmlt.asking import KM_IN_A_MILE, Asked, Near
from directory.exchange.bmlt.writer import MEETING_KEYS, Feed, Record

ALWAYS: Final = ("weekday_tinyint", "start_time", "id_bigint")
"""The order at the end of every order, so that it is total."""
NUMBERS: Final = frozenset((
    "id_bigint", "weekday_tinyint", "venue_type", "service_body_bigint", "distance_in_km", "distance_in_miles", "latitude", "longitude",
))
"""Keys whose values are put in order as numbers."""
SEARCHED: Final = (
    "meeting_name", "location_text", "location_info", "location_street", "location_municipality", "location_province", "location_postal_code_1",
    "location_nation", "comments", "virtual_meeting_additional_info", "service_body_name",
)
Test = Callable[[Record], bool]


def find_meetings(feed: Feed, asked: Asked) -> list[Record]:
    """Every meeting that passes, in order; those of the page asked for."""
    if not asked.published:
        return []
    tests = list(_tests(feed, asked))
    found = [record for record in feed.meetings if all(test(record) for test in tests)]
    if asked.near:
        found = _near(found, feed, asked.near)
    ordered = in_order(found, asked)
    if asked.page_size is None:
        return ordered
    return ordered[(asked.page - 1) * asked.page_size : asked.page * asked.page_size]


def in_order(records: Iterable[Record], asked: Asked) -> list[Record]:
    """Records by distance, or by the keys asked for, or by day and time."""
    keys = ("distance_in_km",) if asked.by_distance and asked.near else tuple(key for key in asked.sort_keys if key in MEETING_KEYS)
    return sorted(records, key=lambda record: [_sortable(record, key) for key in (*keys, *ALWAYS)])


def only_fields(records: Iterable[Record], names: Iterable[str]) -> list[Record]:
    """Records with these keys only; keys that there are none of count for nothing."""
    wanted = [name for name in dict.fromkeys(names) if name in MEETING_KEYS]
    return [{name: record[name] for name in wanted} for record in records] if wanted else list(records)


def bodies_below(feed: Feed, ids: Iterable[str]) -> frozenset[str]:
    """The service bodies of these ids and all below them."""
    found = set(ids)
    while more := {body["id"] for body in feed.bodies if body["parent_id"] in found} - found:
        found |= more
    return frozenset(found)


def bodies_above(feed: Feed, ids: Iterable[str]) -> frozenset[str]:
    """The service bodies of these ids and all above them."""
    found = set(ids)
    while more := {body["parent_id"] for body in feed.bodies if body["id"] in found} - found - {"0"}:
        found |= more
    return frozenset(found)


def _tests(feed: Feed, asked: Asked) -> Iterable[Test]:
    """One test for each thing that the question narrows by."""
    for key, wanted in (("id_bigint", asked.meeting_ids), ("weekday_tinyint", asked.weekdays), ("venue_type", asked.venue_types)):
        if wanted.taken or wanted.left:
            yield lambda record, key=key, wanted=wanted: wanted.fits(record[key])   # type: ignore[misc]
    if asked.services.taken or asked.services.left:
        yield _in_bodies(feed, asked)
    if asked.formats.taken or asked.formats.left:
        yield _has_formats(asked)
    if asked.text and not asked.text_is_place:
        words = asked.text.casefold().split()
        yield lambda record: _says(record, words)
    if asked.meeting_key:
        yield _has_value(asked)
    yield from _timed(asked)


def _in_bodies(feed: Feed, asked: Asked) -> Test:
    taken, left = asked.services.taken, asked.services.left
    if asked.recursive:
        taken, left = bodies_below(feed, taken), bodies_below(feed, left)
    return lambda record: (not taken or record["service_body_bigint"] in taken) and record["service_body_bigint"] not in left


def _has_formats(asked: Asked) -> Test:
    taken, left = asked.formats.taken, asked.formats.left

    def test(record: Record) -> bool:
        its = set(record["format_shared_id_list"].split(","))
        return not its & left and (not taken or bool(its & taken) if asked.any_format else taken <= its)

    return test


def _says(record: Record, words: Iterable[str]) -> bool:
    text = " ".join(record[key] for key in SEARCHED).casefold()
    return all(word in text for word in words)


def _has_value(asked: Asked) -> Test:
    key, wanted = asked.meeting_key, asked.meeting_value
    fold: Callable[[str], str] = (lambda text: text) if asked.value_case else str.casefold
    if key not in MEETING_KEYS:
        return lambda record: False
    if asked.value_contains:
        return lambda record: fold(wanted) in fold(record[key])
    return lambda record: fold(wanted) == fold(record[key])


def _timed(asked: Asked) -> Iterable[Test]:
    if asked.starts_after is not None:
        yield lambda record: minutes(record["start_time"]) > (asked.starts_after or 0)
    if asked.starts_before is not None:
        yield lambda record: minutes(record["start_time"]) < (asked.starts_before or 0)
    if asked.ends_before is not None:
        yield lambda record: minutes(record["start_time"]) + minutes(record["duration_time"]) <= (asked.ends_before or 0)
    if asked.at_least is not None:
        yield lambda record: minutes(record["duration_time"]) >= (asked.at_least or 0)
    if asked.at_most is not None:
        yield lambda record: minutes(record["duration_time"]) <= (asked.at_most or 0)


def _near(records: Iterable[Record], feed: Feed, near: Near) -> list[Record]:
    """The records at exact public places around a point, with their distances. Approximate and virtual ones have none, and are never near."""
    here = (near.latitude, near.longitude)
    measured = [(great_circle(here, feed.spots[record["id_bigint"]]).km, record) for record in records if record["id_bigint"] in feed.spots]
    km = near.km
    if near.nearest is not None:
        ordered = sorted(distance for distance, _ in measured)
        km = ordered[min(near.nearest, len(ordered)) - 1] if ordered else 0.0
    return [_told(record, distance) for distance, record in measured if km is None or distance <= km]


def _told(record: Record, km: float) -> Record:
    return {**record, "distance_in_km": f"{km:.3f}", "distance_in_miles": f"{km / KM_IN_A_MILE:.3f}"}


def minutes(clock: str) -> int:
    """Minutes of ``HH:MM:SS``."""
    hours, rest, _ = clock.split(":")
    return int(hours) * 60 + int(rest)


def _sortable(record: Record, key: str) -> Any:
    value = record[key]
    return (float(value) if value else float("inf"), "") if key in NUMBERS else (0.0, value.casefold())
