"""Reads Meeting Guide feeds: JSON lists, wrapped lists, rows of a spreadsheet and the CSV of the plugin that most such feeds come from.

Every record gives one meeting, one for each of its days where it has several, or a refusal that says why: no name, no key, a key that was there before, a
day or a time that is none, no time zone. What a record does not say is unknown, but for one thing that the format itself fixes: a meeting without
an end takes an hour. A meeting that says it is not held (``inactive``), or whose place is closed and that has no other, is paused, not gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from directory.exchange.meeting_guide.headings import with_fields
from directory.exchange.meeting_guide.places import attendance_of, joining_of, spot_of
from directory.exchange.meetings.clock import days_from_sunday, end_of, minutes, moment, zone
from directory.exchange.meetings.codes import Said, read_codes
from directory.exchange.meetings.discretion import discreet, plain, take_out_people, without_people
from directory.exchange.meetings.document import is_table, read_records, read_table
from directory.exchange.meetings.heard import TWICE, Feed, Heard
from directory.exchange.meetings.meeting import Keeper, Meeting
from directory.exchange.reading.parts import email_address, web_address
from directory.exchange.reading.row import Row
from directory.exchange.records import Refusal, SourceInfo

HOUR: Final = 60
DERIVED: Final = frozenset((
    "id", "time_formatted", "location_id", "location_url", "region_id", "district_id", "group_id", "sub_region_id", "data_source", "data_source_name",
    "coordinates", "district", "sub_district", "source_url", "entity_logo", "entity_location", "website_2", "slug", "timezone",
))  # fmt: skip
"""Fields that repeat others, or that no page of ours shows."""


def read_meeting_guide(path: Path, source: SourceInfo, feed: Feed) -> Iterator[Heard | Refusal]:
    """The meetings of a file. UnreadableInput for a web page in its place, and for what is no list of meetings."""
    seen: dict[str, int] = {}
    for line, value in read_table(path) if is_table(path) else read_records(path):
        values = value if isinstance(value, dict) else {}
        row = Row(_by_fields(values), source=source, file=path.name, line=line)
        key = plain(row.raw("slug")) or plain(row.raw("id"))
        if not isinstance(value, dict):
            yield row.refusal("", value, "not a record: an object with the fields of a meeting is expected")
        elif not key:
            yield row.refusal("slug", "", "a meeting needs a key (slug), and this one has none")
        elif key in seen:
            yield row.refusal("slug", key, TWICE.format(line=f"line {seen[key]}"))
        else:
            seen[key] = line
            yield from _meetings(row, key, feed)


def _by_fields(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """A record whose keys are headings for people, under the names of fields."""
    return with_fields(values) if any(name != name.lower() or " " in name for name in values) else values


def _meetings(row: Row, key: str, feed: Feed) -> Iterator[Heard | Refusal]:
    """The meetings of one record, one for each of its days."""
    row.key = key
    people = take_out_people(row)
    name = without_people(row.raw("name"), people)
    days = days_from_sunday(row.raw("day"))
    starts, ends = (row.raw(field) for field in ("time", "end_time"))
    if not name:
        yield row.refusal("name", "", "a meeting needs a name, and this one has none")
    elif days is None:
        yield row.refusal("day", row.values.get("day"), "not a day: 0 for Sunday to 6 for Saturday, or its name, is expected")
    elif starts not in (None, "") and minutes(starts) is None:
        yield row.refusal("time", starts, "not a time: hours and minutes are expected, as in 19:30")
    elif (known := _zone(row, feed)) is None:
        yield row.refusal("timezone", row.values.get("timezone"), "no IANA time zone: name one in the record, or for the whole feed (--timezone)")
    else:
        meeting = _meeting(row, key, name, people, feed, known)
        begins = minutes(starts) if starts not in (None, "") and days else None
        meeting = replace(meeting, starts=begins, ends=_ends(row, begins, ends))
        _note_rest(row)
        for day in days or (None,):
            many = {"key": f"{key}-{(day + 1) % 7}"} if day is not None and len(days) > 1 else {}
            yield Heard(replace(meeting, weekday=day, **many), row)


def _zone(row: Row, feed: Feed) -> str | None:
    written = plain(row.raw("timezone"))
    return zone(written or feed.timezone)


def _ends(row: Row, starts: int | None, value: Any) -> int | None:
    """The end of a meeting; an hour after its start where the record says none, as the format has it."""
    if starts is None:
        return None
    said = minutes(value) if value not in (None, "") else None
    if value not in (None, "") and (said is None or said == starts):
        row.repair("end_time", value, "not a time after the start; the hour that the format has for meetings without an end stands")
    ends = end_of(starts, said)
    return starts + HOUR if ends is None else ends


def _meeting(row: Row, key: str, name: str, people: tuple[str, ...], feed: Feed, known_zone: str) -> Meeting:
    """The meeting but for its hours."""
    said = _codes(row, feed)
    spot, joining = spot_of(row, people, feed.country), joining_of(row, people)
    attendance, is_paused = attendance_of(row, said, spot, joining)
    updated = row.raw("updated")
    if updated not in (None, "") and moment(updated) is None:
        row.repair("updated", updated, "not a moment; left out")
    return Meeting(
        key=key,
        name=name,
        group_key="|".join(filter(None, (plain(row.raw("group_id")) or without_people(row.values.get("group"), people), plain(row.raw("location_id"))))),
        group_notes=_group_notes(row, name, people),
        timezone=known_zone,
        attendance=attendance,
        spot=spot if spot and ("in_person" in attendance or not joining) else _far(spot),
        joining=joining,
        codes=(*said.codes, *said.unknown),
        languages=said.languages,
        is_bilingual=said.is_bilingual,
        notes=discreet(row.raw("notes"), people),
        url=_url(row),
        email=email_address(plain(row.raw("email"))) or "",
        phone=plain(row.raw("phone")),
        is_paused=is_paused,
        updated=(moment(updated) or "") if updated not in (None, "") else "",
        keeper=_keeper(row),
    )


def _far(spot: Any) -> Any:
    """Of a meeting that is held from afar only, the area stays: its point is no place to go to."""
    return replace(spot, latitude=None, longitude=None, street="", name="", is_approximate=True, notes="", formatted="") if spot else None


def _codes(row: Row, feed: Feed) -> Said:
    """The types of a record, whether they come as a list or as one text with commas."""
    value = row.raw("types")
    written = [plain(part) for part in (value.split(",") if isinstance(value, str) else value if isinstance(value, list) else [value])]
    said = read_codes(feed.programme, written)
    for code in (*said.codes, *said.unknown):
        feed.tally.count("type", code, understood=code in said.codes)
    for code in said.unknown:
        row.repair("types", code, "kept as written: the vocabulary of this programme does not have it")
    return said


def _group_notes(row: Row, name: str, people: tuple[str, ...]) -> str:
    group, notes = without_people(row.raw("group"), people), discreet(row.raw("group_notes"), people)
    told = f"Part of {group}." if group and group.casefold() != name.casefold() else ""
    return "\n".join(filter(None, (told, notes)))


def _url(row: Row) -> str:
    """The page of the meeting, else the site of its group."""
    written = [plain(row.raw(field)) for field in ("url", "website")]
    return next((address for text in written if text and (address := web_address(text))), "")


def _keeper(row: Row) -> Keeper | None:
    name = plain(row.raw("entity"))
    fields = {field: plain(row.raw(f"entity_{field}")) for field in ("url", "phone", "email")}
    other = plain(row.raw("entity_website_url"))
    if not name:
        return None
    url = web_address(fields["url"] or other) if fields["url"] or other else None
    return Keeper(key=name, name=name, url=url or "", phone=fields["phone"], email=email_address(fields["email"]) or "")


def _note_rest(row: Row) -> None:
    """Tell of fields that nothing here takes. Their values are not kept: what a field is called does not tell whether it is private."""
    for field in row.untaken():
        if field not in DERIVED and not field.endswith("_id"):
            row.repair(field, "", "no field of ours takes this; it was not kept, since it may tell of somebody")
