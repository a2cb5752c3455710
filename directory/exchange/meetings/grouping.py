"""Which meetings of a feed are one group that meets on several days.

A feed has a record a day; people have one group. Meetings are one group where all of this is the same:

1. the name, without regard to case;
2. what tells where: the street or address, or the link or number to join by, or a key of the group that the feed itself gives. A name alone never
   suffices: half of all towns have a "Morning Meeting";
3. who answers for them, how people take part, the languages, the time zone, and every term of ours: if women meet on Mondays, those are a group apart.

Types that none of our terms stand for (a step on Mondays, a speaker on Fridays) may differ from day to day. A group is known by the key of its oldest
meeting: the lowest number or shortest key, so that a day that comes or goes does not make another group of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct

from directory.exchange.meetings.codes import Programme, read_codes
from directory.exchange.meetings.heard import Heard
from directory.exchange.meetings.meeting import Meeting
from directory.exchange.reading.row import fold


class Group(Struct, frozen=True):
    """The meetings of one group, by day and hour, and its key in the feed."""

    key: str
    members: tuple[Heard, ...]

    @property
    def first(self) -> Meeting:
        """The meeting that speaks for all in what they share."""
        return min((one.meeting for one in self.members), key=lambda meeting: _age(meeting.key))


def groups_of(heard: Iterable[Heard], programme: Programme) -> list[Group]:
    """The groups of some meetings, in the order of their first records. Each meeting is in exactly one."""
    found: dict[Any, list[Heard]] = {}
    for one in heard:
        found.setdefault(_same(one.meeting, programme), []).append(one)
    return [
        Group(min((one.meeting.key for one in members), key=_age), tuple(sorted(members, key=lambda one: _when(one.meeting)))) for members in found.values()
    ]


def _same(meeting: Meeting, programme: Programme) -> Any:
    """What two meetings share if they are one group; a meeting that tells nothing but its name is one by itself."""
    where = _where(meeting)
    if not where:
        return meeting.key
    keeper = (meeting.keeper.key, meeting.keeper.name) if meeting.keeper else ()
    said = read_codes(programme, meeting.codes)
    held = (meeting.attendance, meeting.is_paused, meeting.languages, meeting.is_bilingual, meeting.timezone)
    shared = (meeting.group_key, keeper, *held, frozenset(said.terms), said.does)
    return fold(meeting.name), where, *shared


def _where(meeting: Meeting) -> tuple[str, ...]:
    spot, joining = meeting.spot, meeting.joining
    parts = [fold(part) for part in (spot.street, spot.city, spot.name) if spot.street] if spot else []
    if joining:
        parts += [joining.url, joining.phone]
    return tuple(filter(None, (*parts, meeting.group_key)))


def _age(key: str) -> tuple[int, int, str]:
    """Lower is older: a number by its size, any other key by its length."""
    return (0, int(key), key) if key.isascii() and key.isdigit() else (1, len(key), key)


def _when(meeting: Meeting) -> tuple[int, int, str]:
    return (7 if meeting.weekday is None else meeting.weekday, meeting.starts or 0, meeting.key)
