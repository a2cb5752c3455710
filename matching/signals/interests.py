"""Interests, and the parts of life the person wants more of, against what a listing is about."""

from __future__ import annotations

from collections.abc import Iterator

from matching.arrays import Floats, Rows
from matching.question import Question
from matching.row import Row
from matching.signals.base import Because, Measured, Phrasing, Signal, gain, length_of, lift, no_question, own_or_near, together, unsaid
from matching.weights import DOMAIN_CARE, INTEREST_CARE

SAY = Phrasing("About what interests you", "Close to what interests you", "Its own words speak of what interests you")
SAY_DOMAIN = Phrasing("In a part of life you want more of", "In a part of life you want more of")


def measure(q: Question, rows: Rows) -> Measured:
    """m = u + (1 - u) g, g being what is gained."""
    unknown = unsaid(q, "interests", (*q.interests, *q.domains), rows)
    return Measured(lift(unknown, gained(q, rows)), unknown)


def gained(q: Question, rows: Rows) -> Floats:
    """g = 1 - prod(1 - q r) over interests and life domains."""
    return gain(parts_of(q, rows), length_of(q, rows))


def parts_of(q: Question, rows: Rows) -> Iterator[Floats]:
    """q r for each wish. A part of life is too broad to be told from words."""
    for code in q.interests:
        yield INTEREST_CARE * q.related("interests", code, rows)
    for code in q.domains:
        yield DOMAIN_CARE * q.nearest("domains", code, rows)


def most(q: Question) -> float:
    """What is gained where all of it is met, by tags and words."""
    return together([INTEREST_CARE] * len(q.interests) + [DOMAIN_CARE] * len(q.domains))


def because(q: Question, listing: Row) -> Because:
    """The interests it is about, else the part of life."""
    found = own_or_near(q, "interests", q.interests, listing, SAY)
    return found if found.text or not listing.domains & set(q.domains) else own_or_near(q, "domains", q.domains, listing, SAY_DOMAIN)


SIGNAL = Signal(lambda q: bool(q.interests or q.domains), measure, because, no_question, gained, most)
