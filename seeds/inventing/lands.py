"""Invented towns of very different sizes, and where in them, or out in the country, a listing stands."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from seeds.inventing.dice import Dice, Shares, edges_of

KM_A_DEGREE = 111.195   # of a meridian, on a sphere of 6371.0 km
RURAL = 0.12            # of all places lie outside every town
RURAL_KM = 45.0
SOUTH, NORTH, WEST, EAST = 31.0, 46.0, -120.0, -77.0
FIRST = ("Alder", "Ash", "Birch", "Clear", "Cold", "Elm", "Fair", "Fern", "Glen", "Green", "Hazel", "High", "Lark", "Long", "Maple", "Mill",
         "North", "Oak", "Otter", "Pine", "Quarry", "Red", "River", "Rose", "Salt", "Silver", "Stone", "Swan", "Thorn", "West")
LAST = ("bank", "bridge", "brook", "bury", "dale", "field", "ford", "gate", "ham", "haven", "hill", "holm", "land", "mere", "mont", "ridge",
        "side", "stead", "ton", "vale", "view", "water", "wick", "wood", "worth")

AGAIN = ("North", "South", "East", "West", "New", "Old")


class Town(Struct, frozen=True, kw_only=True):
    """A town to put listings into: its middle in degrees, its share of all listings (any unit) and how far it spreads."""

    name: str
    latitude: float
    longitude: float
    weight: float
    radius_km: float


def invent_towns(count: int = 2000, *, seed: int) -> tuple[Town, ...]:
    """Towns whose sizes follow Zipf's law with an offset of 2: of 2,000, the biggest holds about one listing in twenty."""
    dice = Dice(seed, 1)
    north, east = dice.shares(count), dice.shares(count)
    return tuple(
        Town(
            name=_name(rank),
            latitude=round(SOUTH + (NORTH - SOUTH) * float(north[rank]), 4),
            longitude=round(WEST + (EAST - WEST) * float(east[rank]), 4),
            weight=1.0 / (rank + 3.0),
            radius_km=round(1.0 + 30.0 / (rank + 3.0) ** 0.5, 2),
        )
        for rank in range(count)
    )


class Ground:
    """Draws a town and a point for each listing."""

    def __init__(self, towns: Sequence[Town]) -> None:
        if not towns:
            raise ValueError("There must be at least one town to put listings into.")
        self.towns = tuple(towns)
        total = math.fsum(town.weight for town in towns)
        self.shares = tuple(town.weight / total for town in towns)
        self._edges = edges_of([town.weight for town in towns])
        self._middles = np.array([(town.latitude, town.longitude) for town in towns])
        self._radius = np.array([town.radius_km for town in towns])
        # Rounded, so that the last bit of a cosine, which machines may give differently, moves nothing.
        self._widths = np.array([round(KM_A_DEGREE * math.cos(math.radians(town.latitude)), 3) for town in towns])

    def draw(self, dice: Dice, count: int) -> tuple[list[int], list[float], list[float]]:
        """Town index, latitude and longitude of each: thickest in the middle of town, and one in eight out in the country."""
        towns = dice.weighted(self._edges, count)
        reach: Shares = np.where(dice.yes(RURAL, count), RURAL_KM, self._radius[towns] / 2.0)
        north, east = dice.bell(count) * reach, dice.bell(count) * reach
        latitudes = np.clip(self._middles[towns, 0] + north / KM_A_DEGREE, -89.0, 89.0)
        longitudes = self._middles[towns, 1] + east / self._widths[towns]
        return towns.tolist(), np.round(latitudes, 5).tolist(), np.round((longitudes + 540.0) % 360.0 - 180.0, 5).tolist()


def _name(rank: int) -> str:
    first, last = FIRST[rank % len(FIRST)], LAST[rank // len(FIRST) % len(LAST)]
    again = rank // (len(FIRST) * len(LAST))
    return f"{first}{last}" if again == 0 else f"{first}{last} {AGAIN[(again - 1) % len(AGAIN)]}"
