"""The person's free time, against when a listing is open or meets in the coming fourteen days."""

from __future__ import annotations

import numpy as np

from matching.arrays import Rows
from matching.fits import time_fits
from matching.measures import UNKNOWN_USUAL
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal, constant
from matching.weights import TIMES_BY_HITS

ASK_HOURS = "Opening hours not known: call first"
ASK_THE_WAY = "How long the way takes is not known for certain: ask whether there is time for it"


def measure(q: Question, rows: Rows) -> Measured:
    """0.7 for one free slot that meets an opening, 0.9 for two, 1 for more and for what is always open; hours not stated are worth u, and so is what would
    fit but for a way of which nobody knows how long it is."""
    unknown = constant(q, rows, UNKNOWN_USUAL)
    fits = time_fits(q, rows)
    met = np.array(TIMES_BY_HITS)[np.minimum(fits.hits, len(TIMES_BY_HITS) - 1)]
    met = np.where(~q.hours_stated(rows) | ((fits.hits == 0) & (fits.perhaps > 0)), unknown, met)
    return Measured(np.where(q.columns.flag("always_open", rows), 1.0, met), unknown)


def because(q: Question, listing: Row) -> Because:
    """When it fits, in words."""
    if listing.always_open:
        return Because("Open at all hours")
    hits = int(time_fits(q, np.array([listing.number])).hits[0])
    way = ", with the way there and back" if q.counts_the_way else ""
    return Because(f"Fits a time you have in the next two weeks{way}" if hits == 1 else f"Fits {hits} of your times in the next two weeks{way}")


def question(q: Question, listing: Row) -> str | None:
    """Ask about hours that nobody has stated."""
    return None if q.had("hours", listing.number) else ASK_HOURS


SIGNAL = Signal(lambda q: bool(q.inquiry.profile.times), measure, because, question)
