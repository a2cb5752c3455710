"""Questions to the BMLT interface as clients write them, and the slow and plain answers to them."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

from hypothesis import strategies as st

from directory.exchange.bmlt.writer import Feed, Record

Pairs = list[tuple[str, str]]


def lists(name: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[Pairs]:
    """A parameter with several values, some of them not wanted, in one of the ways that clients write lists."""
    signed = st.tuples(st.sampled_from(("", "", "-")), values).map("".join)
    return st.tuples(st.lists(signed, min_size=1, max_size=3), st.booleans()).map(
        lambda drawn: [(f"{name}[]", one) for one in drawn[0]] if drawn[1] else [(name, ",".join(drawn[0]))]
    )


def narrowings(feed: Feed) -> st.SearchStrategy[Pairs]:
    """What narrows the meetings of a feed."""
    ids = st.sampled_from([record["id_bigint"] for record in feed.meetings] + ["1", "999"])
    hours = st.integers(0, 25).map(str)
    one_of = [
        lists("meeting_ids", ids),
        lists("weekdays", st.integers(1, 7).map(str)),
        lists("venue_types", st.integers(1, 3).map(str)),
        lists("services", st.sampled_from([body["id"] for body in feed.bodies])),
        lists("formats", st.sampled_from(sorted(feed.formats) or ["1"])),
        st.just([("formats_comparison_operator", "OR")]),
        hours.map(lambda hour: [("StartsAfterH", hour), ("StartsAfterM", "30")]),
        hours.map(lambda hour: [("StartsBeforeH", hour)]),
        hours.map(lambda hour: [("EndsBeforeH", hour)]),
        hours.map(lambda hour: [("MinDurationH", hour)]),
        hours.map(lambda hour: [("MaxDurationH", hour), ("MaxDurationM", "15")]),
        st.sampled_from(("tea", "PORCH candle", "alder", "no such word")).map(lambda text: [("SearchString", text)]),
    ]
    return st.lists(st.one_of(one_of), max_size=3).map(lambda parts: [pair for part in parts for pair in part])


def expected(feed: Feed, pairs: Pairs) -> set[str]:
    """The ids that the narrowings leave, one rule after the other."""
    left = list(feed.meetings)
    for field, key in (("meeting_ids", "id_bigint"), ("weekdays", "weekday_tinyint"), ("venue_types", "venue_type"), ("services", "service_body_bigint")):
        wanted, unwanted = values(pairs, field)
        left = [record for record in left if (not wanted or record[key] in wanted) and record[key] not in unwanted]
    wanted, unwanted = values(pairs, "formats")
    any_of = ("formats_comparison_operator", "OR") in pairs
    left = [record for record in left if has_formats(record, wanted, unwanted, any_of=any_of)]
    left = [record for record in left if in_time(record, pairs)]
    words = last(pairs, "SearchString").lower().split()
    return {record["id_bigint"] for record in left if all(word in " ".join(record.values()).lower() for word in words)}


def has_formats(record: Record, wanted: set[str], unwanted: set[str], *, any_of: bool) -> bool:
    its = record["format_shared_id_list"].split(",")
    enough = any(one in its for one in wanted) if any_of else all(one in its for one in wanted)
    return (not wanted or enough) and not any(one in its for one in unwanted)


def in_time(record: Record, pairs: Pairs) -> bool:
    starts, lasts = hours(record["start_time"]), hours(record["duration_time"])
    limits = {name: limit(pairs, name) for name in ("StartsAfter", "StartsBefore", "EndsBefore", "MinDuration", "MaxDuration")}
    return (
        (limits["StartsAfter"] is None or starts > limits["StartsAfter"])
        and (limits["StartsBefore"] is None or starts < limits["StartsBefore"])
        and (limits["EndsBefore"] is None or starts + lasts <= limits["EndsBefore"])
        and (limits["MinDuration"] is None or lasts >= limits["MinDuration"])
        and (limits["MaxDuration"] is None or lasts <= limits["MaxDuration"])
    )


def limit(pairs: Pairs, name: str) -> int | None:
    said = last(pairs, f"{name}H"), last(pairs, f"{name}M")
    return None if said == ("", "") else int(said[0] or 0) * 60 + int(said[1] or 0)


def hours(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:5])


def last(pairs: Pairs, name: str) -> str:
    return next((value for field, value in reversed(pairs) if field == name), "")


def values(pairs: Pairs, name: str) -> tuple[set[str], set[str]]:
    said = [part for field, value in pairs if field in (name, f"{name}[]") for part in value.split(",")]
    return {one for one in said if not one.startswith("-")}, {one[1:] for one in said if one.startswith("-")}


def km_between(here: tuple[float, float], there: tuple[float, float]) -> float:
    """The way over the globe, by the haversine."""
    (north, east), (south, west) = (tuple(map(radians, point)) for point in (here, there))
    part = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin((west - east) / 2) ** 2
    return 2 * 6371.009 * asin(min(1.0, sqrt(part)))
