"""From scores to an order: the best row of each service, bands of near-ties, and a fair turn inside each band."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha1

import numpy as np

from matching.arrays import Bits, Bools, Ints
from matching.columns import Columns
from matching.score import UNIT
from matching.weights import BAND_WIDTH, OPEN_PLACE_SHARE

BAND_UNITS = round(BAND_WIDTH * UNIT)
LIFT, LIFT_BASE = 10, round(OPEN_PLACE_SHARE * 10)


@dataclass(frozen=True, slots=True)
class Order:
    """One entry a service, best first: its place among the scored rows, its row, score in billionths, band number and turn.

    ``lifted`` is what counts for the place kept for what is new or leaves something to ask: in ninths of a billionth.
    """

    place: Ints
    row: Ints
    units: Ints
    band: Ints
    turn: Bits
    lifted: Ints


def in_order(columns: Columns, rows: Ints, units: Ints, open_ended: Bools, day: date) -> Order:
    """Order scored rows.

    1. Keep each service's best row, so that one more place can never lower it. 2. Put the scores into bands. 3. Inside a band go by the day's
    turn of the service, which no listing can choose.
    """
    ranked = np.lexsort((columns.id_rank[rows], -units, columns.service[rows]))
    first = np.flatnonzero(np.diff(columns.service[rows][ranked], prepend=-1))
    best = ranked[first]
    lifted = np.maximum.reduceat((units * np.where(open_ended, LIFT, LIFT_BASE))[ranked], first) if len(first) else units
    band = units[best] // BAND_UNITS
    turn = turns(columns.service_digest[columns.service[rows[best]]], day)
    final = np.lexsort((columns.service[rows[best]], turn, -band))
    place = best[final]
    return Order(place, rows[place], units[place], band[final], turn[final], lifted[final])


def turns(digests: Bits, day: date) -> Bits:
    """The services' turns on ``day``: their digests multiplied and folded with odd numbers drawn from the day, so that every day shuffles anew."""
    drawn = sha1(day.isoformat().encode(), usedforsecurity=False).digest()
    first, second = (np.uint64(int.from_bytes(drawn[start : start + 8]) | 1) for start in (0, 8))
    mixed = (digests ^ (digests >> np.uint64(32))) * first
    mixed = (mixed ^ (mixed >> np.uint64(29))) * second
    return np.asarray(mixed ^ (mixed >> np.uint64(32)))


def falls_behind(order: Order, position: int, units: int) -> bool:
    """Would the service at ``position`` stand lower with the score ``units``: does the next one then come first."""
    after = position + 1
    if after >= len(order.row):
        return False
    lowered = (-(units // BAND_UNITS), int(order.turn[position]))
    return (-int(order.band[after]), int(order.turn[after])) < lowered
