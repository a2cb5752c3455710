"""Which meetings are one group: never by the name alone, and never across what people would miss."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from directory.exchange.meetings.codes import load_programme
from directory.exchange.meetings.grouping import Group, groups_of
from directory.exchange.meetings.heard import Heard
from directory.exchange.meetings.meeting import Joining, Keeper, Meeting, Spot
from directory.exchange.reading.row import Row
from tests.directory.exchange.meetings.make import SOURCE

AA = load_programme("aa")
BASE = Meeting(
    key="lantern-1", name="Lantern Circle", weekday=0, starts=1170, ends=1230, timezone="America/New_York", codes=("O", "D"),
    spot=Spot(street="12 Elm Row", city="Brooklyn", name="Elm Row Hall"),
)  # fmt: skip


def heard(meeting: Meeting) -> Heard:
    return Heard(meeting, Row({}, source=SOURCE, file="feed.json", line=1))


def grouped(*meetings: Meeting) -> list[Group]:
    return groups_of([heard(one) for one in meetings], AA)


def on(day: int, **said: Any) -> Meeting:
    return replace(BASE, key=f"lantern-{day + 1}", weekday=day, **said)


def test_the_days_of_one_group_at_one_place_are_one() -> None:
    (found,) = grouped(on(2), BASE, on(4, starts=600, ends=660))
    assert [one.meeting.weekday for one in found.members] == [0, 2, 4]
    assert found.key == "lantern-1"


@pytest.mark.parametrize(
    "other",
    [
        {"name": "Lantern Circle at noon"},
        {"spot": Spot(street="9 Ash Lane", city="Brooklyn")},
        {"spot": Spot(street="12 Elm Row", city="Albany", name="Elm Row Hall")},
        {"keeper": Keeper(key="5")},
        {"attendance": frozenset({"online"})},
        {"languages": ("es",)},
        {"codes": ("O", "D", "W")},
        {"codes": ("C", "D")},
        {"timezone": "America/Chicago"},
        {"is_paused": True},
        {"group_key": "9"},
        {"joining": Joining(url="https://zoom.us/j/1")},
        {"codes": ("O", "D", "X")},
    ],
)
def test_what_people_would_miss_keeps_two_apart(other: dict[str, Any]) -> None:
    assert len(grouped(BASE, on(2, **other))) == 2


@pytest.mark.parametrize(
    "same",
    [
        {"name": "LANTERN CIRCLE"},
        {"codes": ("O", "ST")},
        {"notes": "Bring a cup."},
        {"starts": 600, "ends": 700},
        {"url": "https://elm.example.org/2"},
        {"updated": "x"},
    ],
)
def test_what_differs_from_day_to_day_may_differ(same: dict[str, Any]) -> None:
    assert len(grouped(BASE, on(2, **same))) == 1


@pytest.mark.parametrize("spot", [None, Spot(city="Brooklyn", is_approximate=True)])
def test_a_name_alone_never_suffices(spot: Spot | None) -> None:
    assert len(grouped(replace(BASE, spot=spot), on(2, spot=spot))) == 2
    assert len(grouped(replace(BASE, spot=spot, group_key="g"), on(2, spot=spot, group_key="g"))) == 1
    link = Joining(url="https://zoom.us/j/1")
    assert len(grouped(replace(BASE, spot=spot, joining=link), on(2, spot=spot, joining=link))) == 1


@pytest.mark.parametrize(("keys", "oldest"), [(("12", "7", "100"), "7"), (("lantern-10", "lantern", "lantern-2"), "lantern"), (("b", "a"), "a")])
def test_a_group_is_known_by_its_oldest_meeting(keys: tuple[str, ...], oldest: str) -> None:
    (found,) = grouped(*(replace(BASE, key=key) for key in keys))
    assert (found.key, found.first.key) == (oldest, oldest)


meetings = st.lists(
    st.builds(
        lambda name, street, day, code: replace(BASE, name=name, spot=Spot(street=street) if street else None, weekday=day, codes=(code,)),
        st.sampled_from(["A", "a", "B"]),
        st.sampled_from(["", "1 Elm", "2 Ash"]),
        st.integers(0, 6),
        st.sampled_from(["O", "D", "W"]),
    ),
    max_size=12,
)


@given(meetings, st.randoms())
def test_each_meeting_is_in_one_group_whatever_the_order(found: list[Meeting], dice: Any) -> None:
    keyed = [replace(one, key=str(number)) for number, one in enumerate(found)]
    groups = grouped(*keyed)
    assert sorted(one.meeting.key for group in groups for one in group.members) == sorted(one.key for one in keyed)
    dice.shuffle(keyed)
    assert {frozenset(one.meeting.key for one in group.members) for group in grouped(*keyed)} == {
        frozenset(one.meeting.key for one in group.members) for group in groups
    }
    assert {group.key for group in grouped(*keyed)} == {group.key for group in groups}
