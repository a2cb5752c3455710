"""What lies near a place that is the person's own already, such as their library: an easier way to go, whatever the distance from home."""

from __future__ import annotations

import numpy as np

from matching.arrays import Floats, Rows
from matching.geography import distance_km, travel_minutes
from matching.question import Question
from matching.row import Row
from matching.signals.base import length_of, lift
from matching.values import Place
from matching.weights import NEAR_OWN_MINUTES, OWN_PLACE_CARE


def lifted(q: Question, rows: Rows, met: Floats) -> Floats:
    """Reach, raised for what is near a place of the person's own and left to the last bit for everything else."""
    own = q.inquiry.profile.near_to
    if not own:
        return met
    if q.is_rough:
        return lift(met, np.full(length_of(q, rows), OWN_PLACE_CARE))
    return lift(met, OWN_PLACE_CARE * np.max([nearness_to(q, rows, place) for place in own], axis=0))


def nearness_to(q: Question, rows: Rows, place: Place) -> Floats:
    """1 within ten minutes' walk of a place, falling to 0 at thirty; 0 for what has no public place."""
    easy, far = NEAR_OWN_MINUTES
    found, placed = np.zeros(length_of(q, rows)), np.flatnonzero(q.columns.flag("has_place", rows))
    km = distance_km(place, q.columns.latitude[rows][placed], q.columns.longitude[rows][placed])
    found[placed] = np.clip((far - travel_minutes(km, "walk")) / (far - easy), 0.0, 1.0)
    return found


def words(q: Question, listing: Row) -> str:
    """The name of the person's own place that is nearest, for one that is near; else nothing."""
    row = np.array([listing.number])
    near = [(float(nearness_to(q, row, place)[0]), place.name or "a place of yours") for place in q.inquiry.profile.near_to]
    share, name = max(near, key=lambda one: one[0], default=(0.0, ""))
    return f"Near {name}" if share > 0 else ""
