"""How easily the person gets there, by their own ways to travel; nothing of a confidential place takes part."""

from __future__ import annotations

import numpy as np

from matching.arrays import Bools, Floats, Rows
from matching.measures import UNKNOWN_USUAL
from matching.nearness import nearness
from matching.question import Question
from matching.row import Row
from matching.signals import own_places
from matching.signals.base import Because, Measured, Signal, constant, listed
from matching.weights import EASY_MINUTES, HALF_MINUTES, REMOTE_FORMATS, REMOTE_LIKING


def measure(q: Question, rows: Rows) -> Measured:
    """The best over the ways to travel of 2^(-max(0, t - t0) / h), or the liking of doing without travel; no public place is worth u."""
    unknown = constant(q, rows, UNKNOWN_USUAL)
    has_place, remote = q.columns.flag("has_place", rows), q.is_remote(rows)
    met = remote_liking(q, rows, remote) if np.count_nonzero(remote) else np.zeros(len(unknown))
    if np.count_nonzero(has_place) == len(has_place):
        return Measured(own_places.lifted(q, rows, np.maximum(met, there(q, rows))), unknown)
    placed = has_place.nonzero()[0]
    met[placed] = np.maximum(met[placed], there(q, rows)[placed])
    return Measured(own_places.lifted(q, rows, np.where(has_place | remote, met, unknown)), unknown)


def there(q: Question, rows: Rows) -> Floats:
    """How easily each row is gone to; of a rough question the most that may be, which is how easily the nearest point of its map cell is."""
    if not q.is_rough:
        return ease(q, q.km(rows))
    cells = q.kept("ease", "", lambda: ease(q, q.cell_km))
    return np.asarray(cells[q.columns.cells.of(rows)])


def ease(q: Question, km: Floats) -> Floats:
    """1 up to the easy minutes by the quickest way to travel, then halved for each further stretch, which is longer where things lie far apart."""
    beyond = np.maximum(0.0, q.minutes(km) - EASY_MINUTES)
    return np.asarray(np.exp2(-beyond / (HALF_MINUTES * q.rurality)))


def remote_liking(q: Question, rows: Rows, remote: Bools) -> Floats:
    """1 for a way without travel that the person wished for, 0.6 for another one, 0 for what has none (is not ``remote``)."""
    wished = q.columns.codes["formats"].any(q.remote & frozenset(q.formats), rows)
    return np.where(remote, np.where(wished, 1.0, REMOTE_LIKING), 0.0)


def because(q: Question, listing: Row) -> Because:
    """How far, or that there is no way to go, and which place of the person's own is near."""
    own = own_places.words(q, listing) if q.inquiry.profile.near_to else ""
    said = how_far(q, listing)
    return Because(f"{said.text}, {own[:1].lower()}{own[1:]}" if said.text and own else said.text or own, said.codes)


def how_far(q: Question, listing: Row) -> Because:
    """How far, or in which ways one takes part without going there; that this is all of it is said only of what is nowhere to go to: who can call about a
    bed still has to get there."""
    near = nearness(q, listing)
    if not listing.formats.yes & q.remote:
        return Because(near.text)
    remote = tuple(sorted(listing.formats.yes & q.remote))
    if q.had("remote", listing.number) and (near.text == "" or set(remote) & set(q.formats) or q.had("reach", listing.number) <= REMOTE_LIKING):
        ways = listed(q.part.label("formats", code) for code in remote)
        return Because(f"Also {ways}" if listing.has_place or "in_person" in listing.formats.yes else f"No travel needed: {ways}", remote)
    return Because(near.text)


def question(q: Question, listing: Row) -> str | None:
    """Ask where it is when nobody may or can say."""
    if listing.formats.yes & REMOTE_FORMATS:
        return None
    if listing.confidential:
        return "The place is not public: call to ask where it is"
    return "Place not stated: ask where it is" if not listing.has_place else None


SIGNAL = Signal(lambda q: q.inquiry.place is not None, measure, because, question)
