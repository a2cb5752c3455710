"""Reads BMLT feeds: a bare list of meetings, ``{meetings, formats}``, or a folder with the answers GetSearchResults, GetFormats and GetServiceBodies.

Every record gives a meeting or a refusal that says why. Weekdays count from Sunday 1; every value is a text, and missing is "" or absent. A meeting
that is not published is refused without a word of it. The point of a meeting that is held from afar only says which area feels close to it: it is no
place. ``lang_enum`` is the language of the record's text; the meeting's languages are among its formats.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from msgspec.structs import replace

from directory.exchange.bmlt.known import Known, read_known
from directory.exchange.bmlt.places import attendance_of, joining_of, spot_of
from directory.exchange.meetings.clock import LONGEST, minutes, zone
from directory.exchange.meetings.codes import Said
from directory.exchange.meetings.discretion import discreet, plain, take_out_people, without_people
from directory.exchange.meetings.document import read_records
from directory.exchange.meetings.heard import TWICE, UNPUBLISHED, Feed, Heard
from directory.exchange.meetings.meeting import Keeper, Meeting
from directory.exchange.reading.row import Row
from directory.exchange.records import Refusal, SourceInfo

MEETINGS: Final = "GetSearchResults.json"
REPEATED: Final = frozenset((
    "lang_enum", "worldid_mixed", "distance_in_km", "distance_in_miles", "root_server_id", "root_server_uri", "format_shared_id_list", "formats",
    "shared_group_id_bigint", "published", "id_bigint", "location_nation", "service_body_bigint", "service_body_name", "time_zone",
))  # fmt: skip
"""Fields that repeat others or say nothing to people."""


def read_bmlt(path: Path, source: SourceInfo, feed: Feed) -> Iterator[Heard | Refusal]:
    """The meetings of a file or folder. UnreadableInput for a web page in its place, and for what is no list of meetings."""
    file = path / MEETINGS if path.is_dir() else path
    known = read_known(path, feed)
    seen: dict[str, int] = {}
    for line, value in read_records(file):
        values = value if isinstance(value, dict) else {}
        row = Row(values, source=source, file=file.name, line=line)
        key = plain(row.raw("id_bigint"))
        if not isinstance(value, dict):
            yield row.refusal("", value, "not a record: an object with the fields of a meeting is expected")
        elif plain(row.raw("published")) == "0":
            yield replace(row.refusal("published", "0", UNPUBLISHED), withdrawn=key)
        elif not key:
            yield row.refusal("id_bigint", "", "a meeting needs a key (id_bigint), and this one has none")
        elif key in seen:
            yield row.refusal("id_bigint", key, TWICE.format(line=f"line {seen[key]}"))
        else:
            seen[key] = line
            yield _heard(row, key, feed, known)


def _heard(row: Row, key: str, feed: Feed, known: Known) -> Heard | Refusal:
    row.key = key
    people = take_out_people(row)
    name = without_people(row.raw("meeting_name"), people)
    day, starts = plain(row.raw("weekday_tinyint")), plain(row.raw("start_time"))
    zoned = zone(plain(row.raw("time_zone")) or feed.timezone)
    if not name:
        return row.refusal("meeting_name", "", "a meeting needs a name, and this one has none")
    if day not in {"1", "2", "3", "4", "5", "6", "7"}:
        return row.refusal("weekday_tinyint", day, "not a day: 1 for Sunday to 7 for Saturday is expected")
    if (begins := minutes(starts)) is None:
        return row.refusal("start_time", starts, "not a time: hours and minutes are expected, as in 19:30:00")
    if zoned is None:
        return row.refusal("time_zone", row.values.get("time_zone"), "no IANA time zone: name one in the record, or for the whole feed (--timezone)")
    said = known.read(row, feed.tally)
    meeting = Meeting(
        weekday=(int(day) - 2) % 7,
        starts=begins,
        ends=_ends(row, begins),
        timezone=zoned,
        **_rest(row, key, name, people, feed, known, said),
    )
    _note_rest(row)
    return Heard(meeting, row)


def _rest(row: Row, key: str, name: str, people: tuple[str, ...], feed: Feed, known: Known, said: Said) -> dict[str, Any]:
    """All of a meeting but when it is."""
    spot, joining = spot_of(row, people, feed.country), joining_of(row, people)
    attendance, is_paused = attendance_of(row, said, spot, joining)
    return {
        "key": key,
        "name": name,
        "group_key": plain(row.raw("shared_group_id_bigint")),
        "attendance": attendance,
        "spot": spot if "in_person" in attendance else _far(spot),
        "joining": joining,
        "codes": (*said.codes, *said.unknown),
        "languages": said.languages,
        "is_bilingual": said.is_bilingual,
        "notes": discreet(row.raw("comments"), people),
        "is_paused": is_paused,
        "keeper": _keeper(row, known),
    }


def _far(spot: Any) -> Any:
    """Of a meeting that is held from afar only, the area stays."""
    return type(spot)(city=spot.city, region=spot.region, country=spot.country, areas=spot.areas, is_approximate=True) if spot else None


def _ends(row: Row, starts: int) -> int | None:
    """The end of a meeting, past 1440 where it runs over midnight; None where its length is not told."""
    written = plain(row.raw("duration_time"))
    length = minutes(written) if written else None
    if not length:
        row.repair("duration_time", written, "no length is told; when the meeting ends is not known")
        return None
    if length > LONGEST:
        row.repair("duration_time", written, "longer than most meetings; taken as it is written")
    return starts + length


def _keeper(row: Row, known: Known) -> Keeper | None:
    key, name = plain(row.raw("service_body_bigint")), plain(row.raw("service_body_name"))
    if key in known.bodies:
        return known.bodies[key]
    return Keeper(key=key, name=name) if key and name else Keeper(key=key) if key else None


def _note_rest(row: Row) -> None:
    """Tell of fields that nothing here takes. Their values are not kept: what a field is called does not tell whether it is private."""
    for field in row.untaken():
        if field not in REPEATED:
            row.repair(field, "", "no field of ours takes this; it was not kept, since it may tell of somebody")
