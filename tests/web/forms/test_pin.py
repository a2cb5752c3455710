"""The drawing around a pin: as many known points as fit, none over another, and nothing of it anybody else's map."""

from __future__ import annotations

from math import hypot
from uuid import UUID

import pytest
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from directory.editing.own_places import OwnPlace
from directory.editing.places import distance_words, shift_words, way_words
from directory.places import Landmark
from web.forms.listing.pin import HEIGHT, LETTER, LINE, RING, WIDTH, Box, Mark, pin_map

HERE = (44.2619, -88.4154)
DEGREES = st.floats(-0.4, 0.4)
KNOWN = st.lists(st.builds(lambda name, north, east: Landmark(name=name, latitude=HERE[0] + north, longitude=HERE[1] + east),
                           st.text("abc 123", min_size=1, max_size=25), DEGREES, DEGREES), max_size=16)   # fmt: skip


def box(mark: Mark) -> Box:
    wide = LETTER * len(mark.name) + 8
    left, right = (mark.x - wide, mark.x + 5) if mark.is_before else (mark.x - 5, mark.x + wide)
    return left, mark.y - LINE / 2, right, mark.y + LINE / 2


@given(KNOWN)
def test_no_name_covers_another_or_reaches_past_the_edge(known: list[Landmark]) -> None:
    shown = [box(mark) for mark in pin_map(*HERE, known, []).marks if mark.is_shown]
    assert all(left >= -WIDTH / 2 and right <= WIDTH / 2 and top >= -HEIGHT / 2 and bottom <= HEIGHT / 2 for left, top, right, bottom in shown)
    pairs = [(one, other) for number, one in enumerate(shown) for other in shown[:number]]
    assert not [1 for one, other in pairs if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]]


@given(KNOWN)
def test_what_is_drawn_lies_where_it_lies(known: list[Landmark]) -> None:
    drawn = pin_map(*HERE, known, [])
    assert len(drawn.marks) == len(known)
    for mark in drawn.marks:
        assert hypot(mark.x, mark.y) == pytest.approx(hypot(mark.east, mark.north) * RING / drawn.metres, abs=0.6)
        away = [geodesic(HERE, (one.latitude, one.longitude)).meters for one in known if one.name == mark.name]
        assert any(hypot(mark.east, mark.north) == pytest.approx(metres, rel=0.01, abs=2) for metres in away)


def test_the_three_nearest_points_lie_within_the_outer_ring() -> None:
    known = [Landmark(name=str(number), latitude=HERE[0] + number / 100, longitude=HERE[1]) for number in (1, 2, 3, 30)]
    drawn = pin_map(*HERE, known, [])
    assert [mark.name for mark in drawn.marks if hypot(mark.x, mark.y) <= RING] == ["1", "2", "3"]
    assert drawn.metres == 4000


def test_it_says_in_words_what_it_shows() -> None:
    ours = OwnPlace(id=UUID(int=1), name="Old Mill", latitude=HERE[0] - 0.01, longitude=HERE[1] - 0.01)
    drawn = pin_map(*HERE, [Landmark(name="Appleton", latitude=HERE[0] + 0.02, longitude=HERE[1])], [ours])
    assert drawn.words == "The pin stands 1.4 km north-east of Old Mill; 2.2 km south of Appleton."
    assert [(mark.name, mark.is_ours) for mark in drawn.marks] == [("Old Mill", True), ("Appleton", False)]
    assert pin_map(0.5, -30.0, [], []).words == "Nothing is known around the pin."


@pytest.mark.parametrize(("metres", "words"), [(0, "0 m"), (999, "999 m"), (1000, "1 km"), (1450, "1.4 km"), (20_000, "20 km")])
def test_distances_are_said_as_people_say_them(metres: float, words: str) -> None:
    assert distance_words(metres) == words


@given(st.floats(-1e5, 1e5), st.floats(-1e5, 1e5))
def test_the_way_back_is_the_opposite_way(east: float, north: float) -> None:
    there, back = way_words(east, north), way_words(-east, -north)
    turned = there.replace("north", "N").replace("south", "north").replace("N", "south").replace("east", "E").replace("west", "east").replace("E", "west")
    near_a_border = min(abs(abs(east) - abs(north) * ratio) for ratio in (0.41421356, 2.41421356)) <= 1e-6 * hypot(east, north)
    assert near_a_border or back == turned


def test_a_shift_is_told_in_metres_and_a_direction() -> None:
    assert shift_words(HERE, (HERE[0], HERE[1] - 0.00125)) == "100 m west"
    assert shift_words(HERE, (HERE[0] + 0.01, HERE[1] + 0.014)) == "1.6 km north-east"
