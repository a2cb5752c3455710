"""A pin among the points that are known around it: a small drawing without streets and without anybody else's map, for a place whose point is being set.

The drawing is as flat as the earth is within some tens of km, north on top, its middle where the pin stands. A unit of it is a pixel of a phone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, hypot, radians
from typing import Final

from msgspec import Struct

from directory.editing.own_places import OwnPlace
from directory.editing.places import distance_words, way_words
from directory.places import Landmark

WIDTH: Final = 320
HEIGHT: Final = 240
RING: Final = 104.0
"""The radius of the outer ring, in units."""
SCALES_M: Final = (200, 500, 1000, 2000, 4000, 10_000, 20_000, 40_000)
"""What the outer ring may stand for, in metres."""
METRES_OF_A_DEGREE: Final = 111_195.0
LETTER: Final = 6.4
"""The width of a letter of a name, in units, a little too wide."""
LINE: Final = 15.0
TAKEN: Final = ((-13.0, -34.0, 13.0, 4.0), *((-0.7 * radius - 15, 0.7 * radius - 6, -0.7 * radius + 15, 0.7 * radius + 6) for radius in (RING / 2, RING)))
"""Where no name is written: the pin, and the distances of the rings."""
Box = tuple[float, float, float, float]


class Mark(Struct, frozen=True, kw_only=True):
    """A known point: metres to the east and north of the pin, where it is drawn, whether its name stands before it, and whether there is room for it."""

    name: str
    east: float
    north: float
    x: float
    y: float
    is_ours: bool = False
    is_before: bool = False
    is_shown: bool = True


class PinMap(Struct, frozen=True, kw_only=True):
    """What the drawing of a pin shows; ``metres`` is what the outer ring stands for, ``words`` what the drawing says to whoever does not see it."""

    latitude: float
    longitude: float
    metres: int
    marks: tuple[Mark, ...]
    words: str
    scales: tuple[int, ...] = SCALES_M

    @property
    def rings(self) -> tuple[tuple[float, str], ...]:
        """Radius and distance in words of both rings."""
        return (RING / 2, distance_words(self.metres / 2)), (RING, distance_words(self.metres))


def pin_map(latitude: float, longitude: float, known: Iterable[Landmark], ours: Iterable[OwnPlace]) -> PinMap:
    """The drawing around a point: wide enough for the three nearest points that are known, each name where it covers no other."""
    named = [(one.name, one.latitude, one.longitude, False) for one in known]
    named += [(one.name, one.latitude, one.longitude, True) for one in ours if one.latitude is not None and one.longitude is not None]
    away = sorted(((*_metres(latitude, longitude, north, east), name, is_ours) for name, north, east, is_ours in named), key=lambda one: hypot(one[0], one[1]))
    near = [hypot(east, north) for east, north, *_ in away]
    wanted = near[min(2, len(near) - 1)] * 1.1 if near else 0.0
    metres = next((scale for scale in SCALES_M if scale >= wanted), SCALES_M[-1])
    return PinMap(latitude=latitude, longitude=longitude, metres=metres, marks=_placed(away, RING / metres), words=_words(away[:4]))


def _metres(latitude: float, longitude: float, there: float, along: float) -> tuple[float, float]:
    """How far a point lies to the east and to the north."""
    east = ((along - longitude + 180) % 360 - 180) * METRES_OF_A_DEGREE * cos(radians(latitude))
    return east, (there - latitude) * METRES_OF_A_DEGREE


def _placed(away: Sequence[tuple[float, float, str, bool]], scale: float) -> tuple[Mark, ...]:
    """The nearest come first; a name that would cover another is not written, and is there for whoever looks from farther away or nearer."""
    taken: list[Box] = [*TAKEN]
    marks = []
    for east, north, name, is_ours in away:
        x, y = round(east * scale, 1), round(-north * scale, 1)
        wide = LETTER * len(name) + 8
        sides = ((x - 5, y - LINE / 2, x + wide, y + LINE / 2), (x - wide, y - LINE / 2, x + 5, y + LINE / 2))
        fitting = next((number for number, box in enumerate(sides) if _has_room(box, taken)), None)
        taken += [] if fitting is None else [sides[fitting]]
        is_shown, is_before = fitting is not None, fitting == 1
        marks.append(Mark(name=name, east=round(east), north=round(north), x=x, y=y, is_ours=is_ours, is_before=is_before, is_shown=is_shown))
    return tuple(marks)


def _has_room(box: Box, taken: Sequence[Box]) -> bool:
    is_inside = box[0] >= -WIDTH / 2 and box[2] <= WIDTH / 2 and box[1] >= -HEIGHT / 2 and box[3] <= HEIGHT / 2
    return is_inside and not any(_meet(box, one) for one in taken)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _words(away: Sequence[tuple[float, float, str, bool]]) -> str:
    said = [f"{distance_words(hypot(east, north))} {_from(east, north)} {name}" for east, north, name, _ in away]
    return f"The pin stands {'; '.join(said)}." if said else "Nothing is known around the pin."


def _from(east: float, north: float) -> str:
    """Where the pin lies, seen from a point."""
    return f"{way_words(-east, -north)} of" if hypot(east, north) >= 5 else "at"
