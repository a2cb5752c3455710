"""Interests, and the parts of life the person wants more of, against what a listing is about."""

from __future__ import annotations

from matching.arrays import Rows
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Signal, gain, length_of, lift, mean, near_codes, no_question, own_or_near
from matching.weights import DOMAIN_CARE, INTEREST_CARE


def wanted(q: Question) -> list[tuple[str, str, float]]:
    """(column, code, how much it counts) for each wish."""
    return [("interests", code, INTEREST_CARE) for code in q.interests] + [("domains", code, DOMAIN_CARE) for code in q.domains]


def measure(q: Question, rows: Rows) -> Measured:
    """m = u + (1 - u) (1 - prod(1 - q r)) over interests and life domains."""
    wishes = wanted(q)
    unknown = mean([q.unknown("interests", code, rows) for _, code, _ in wishes])
    parts = (care * q.nearest(column, code, rows) for column, code, care in wishes)
    return Measured(lift(unknown, gain(parts, length_of(q, rows))), unknown)


def because(q: Question, listing: Row) -> Because:
    """The interests it is about, else the part of life."""
    if near_codes(q, "interests", q.interests, listing.interests):
        return own_or_near(q, "interests", q.interests, listing.interests, "About what interests you", "Close to what interests you")
    words = "In a part of life you want more of"
    return own_or_near(q, "domains", q.domains, listing.domains, words, words)


SIGNAL = Signal(lambda q: bool(q.interests or q.domains), measure, because, no_question)
