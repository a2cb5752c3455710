"""From scores to an order: the best row of each service, bands of near-ties, and a fair turn inside each band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha1

import numpy as np

from matching import ordinary
from matching.arrays import Bits, Bools, Ints
from matching.company import is_opposite
from matching.found import Found
from matching.weights import BAND_UNITS, MIXED_TOP, OPEN_PLACE_SHARE

LIFT, LIFT_BASE = 25, round(OPEN_PLACE_SHARE * 25)


@dataclass(frozen=True, slots=True)
class Order:
    """One entry a service, best first, as many as were needed: the part it lies in, its place among the rows found there, score in billionths,
    band number and turn. ``total`` counts all services.

    ``lifted`` is what counts for the place kept for what is new or leaves something to ask: in 24ths of a billionth.
    """

    part: Ints
    place: Ints
    units: Ints
    band: Ints
    turn: Bits
    lifted: Ints
    total: int
    opposite: Bools | None = None
    """Entries known to be the opposite of the company wished for; None where none was."""

    def __len__(self) -> int:
        return len(self.place)


def in_order(found: Sequence[Found], day: date, needed: int) -> Order:
    """Order what was found, as far as the first ``needed`` services (and never less than are mixed).

    1. Keep each service's best row, so that one more place can never lower it. 2. Put the scores into bands. 3. Inside a band go by the day's
    turn of the service, which no listing can choose; for who wishes it, what is in a place of everyday life first.
    """
    lengths = [len(one.units) for one in found]
    part = np.repeat(np.arange(len(found)), lengths)
    place = np.concatenate([np.arange(length) for length in lengths])
    units, service = np.concatenate([one.units for one in found]), np.concatenate([one.service for one in found])
    lifted = np.concatenate([one.units * np.where(one.open_ended, LIFT, LIFT_BASE) for one in found])
    opposite = opposites(found)
    if not all(one.question.part.one_row_each for one in found):
        best, starts = best_of_each(found, units, service)
        lifted = np.maximum.reduceat(lifted[best], starts)
        opposite = None if opposite is None else np.logical_and.reduceat(opposite[best], starts)
        best = best[starts]
        part, place, units, service = part[best], place[best], units[best], service[best]
    total, band, turn = sum(one.services for one in found), units // BAND_UNITS, turns(service, day)
    if ordinary.wished(found[0].question):
        turn = ordinary.last_where_not(turn, ordinary_ones(found, part, place))
    ahead = foremost(band, turn, max(needed, MIXED_TOP))
    final = ahead[np.lexsort((turn[ahead], -band[ahead]))]
    first = None if opposite is None else opposite[final[:MIXED_TOP]]
    return Order(part[final], place[final], units[final], band[final], turn[final], lifted[final], total, first)


def opposites(found: Sequence[Found]) -> Bools | None:
    """Which rows are known to be the opposite of the company wished for; None where nobody wished for any.

    A service is when each of its rows that may be shown is: else a row that rises, and comes to stand for its service, could cost it the first place.
    """
    profile = found[0].question.inquiry.profile
    if not (profile.size or profile.tone):
        return None
    return np.concatenate([is_opposite(one.question, one.rows) for one in found])


def ordinary_ones(found: Sequence[Found], part: Ints, place: Ints) -> Bools:
    """Which entries are in a place of everyday life."""
    known = np.zeros(len(place), np.bool_)
    for number, one in enumerate(found):
        here = part == number
        known[here] = ordinary.is_ordinary(one.question, one.rows[place[here]])
    return known


def best_of_each(found: Sequence[Found], units: Ints, service: Bits) -> tuple[Ints, Ints]:
    """Rows by service, in each the best first (of equals the one with the first id), and where each service begins."""
    by_id = np.concatenate([one.question.columns.id_rank[one.rows] for one in found])
    ranked = np.lexsort((by_id, -units, service))
    return ranked, np.flatnonzero(np.concatenate((np.ones(min(1, len(ranked)), np.bool_), np.diff(service[ranked]) != 0)))


def foremost(band: Ints, turn: Bits, count: int) -> Ints:
    """Places of the first ``count`` in order of band and turn, unsorted, perhaps with some more."""
    if len(band) <= 4 * count:
        return np.arange(len(band))
    least = np.partition(band, len(band) - count)[len(band) - count]
    above, level = np.flatnonzero(band > least), np.flatnonzero(band == least)
    wanted = count - len(above)
    if wanted < len(level):
        level = level[np.argpartition(turn[level], wanted)[: wanted + 1]]
    return np.concatenate((above, level))


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
    if after >= len(order):
        return False
    lowered = (-(units // BAND_UNITS), int(order.turn[position]))
    return (-int(order.band[after]), int(order.turn[after])) < lowered


def falls_behind_elsewhere(order: Order, position: int) -> bool:
    """Would the service at ``position`` stand lower if it were in no place of everyday life."""
    after = position + 1
    if after >= len(order):
        return False
    elsewhere = (-int(order.band[position]), int(order.turn[position] | ordinary.LAST))
    return (-int(order.band[after]), int(order.turn[after])) < elsewhere
