"""Why a listing is here and what nobody knows of it yet, in plain words; every "because" is checked by taking it away and scoring again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from matching.asking import questions_of_limits
from matching.limits import BIT
from matching.nearness import nearness
from matching.order import Order, falls_behind
from matching.question import Question
from matching.score import UNIT, Scored
from matching.signals import SIGNALS, freshness, space
from matching.signals.base import Because, listed, near_codes
from matching.values import Band, Listing, Match, Reason, Unknown
from matching.weights import GOOD, STRONG

MOST_REASONS = 3
MOST_UNKNOWNS = 3
SPACE_WORDS = "Has space"
TOPIC = "topic"
MOST_WORDS = 3
MOST_SUPPORTS = 2
COMMON = ("trust", "space")
"""Parts that say how things stand with a listing rather than how it fits this person."""


class Loss(NamedTuple):
    """What a listing's score would lose, in billionths, had nobody said anything of one part; and that part in words."""

    units: int
    part: str
    because: Because


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that ranking one question brought: enough to explain any of its results."""

    question: Question
    scored: Scored
    order: Order


def explain(found: Found, position: int, ask: int) -> Match:
    """The match at ``position`` of the order, whose open questions are the bits of ``ask``."""
    q, listing = found.question, found.question.index.listings[int(found.order.row[position])]
    near = nearness(q, listing)
    score = int(found.order.units[position]) / UNIT
    return Match(
        id=listing.id,
        service_id=listing.service_id,
        organization_id=listing.organization_id,
        name=listing.name,
        kind=listing.kind,
        band=band_of(score) if q.asks_for_something or sum(found.scored.weight.values()) > 0 else "possible",
        score=score,
        reasons=reasons(found, position, listing),
        unknowns=(*questions_of_limits(q, listing, ask), *soft_unknowns(q, listing, ask)),
        distance_km=near.km,
        distance_band=near.band,
        minutes=near.minutes,
        mode=near.mode,
    )


def band_of(score: float) -> Band:
    """The only measure of fit that people see; where a person said nothing at all, there is nothing to fit and no band is claimed but the last."""
    return "strong" if score >= STRONG else "good" if score >= GOOD else "possible"


def reasons(found: Found, position: int, listing: Listing) -> tuple[Reason, ...]:
    """What was asked for first, then the three wishes that would be missed most; trust and space only where fewer wishes are met."""
    q, place, units = found.question, int(found.order.place[position]), int(found.order.units[position])
    losses = [Loss(units - found.scored.without(part, place), part, because) for part, because in candidates(found, place, listing)]
    met = sorted((loss for loss in losses if loss.units > 0 and loss.part != TOPIC), key=lambda loss: (loss.part in COMMON, -loss.units, loss.part))
    asked = [loss for loss in losses if loss.units > 0 and loss.part == TOPIC]
    today = q.at.date()
    evidence = {"trust": "", "space": space.evidence(listing, today)}
    return tuple(
        Reason(
            signal=loss.part,
            text=loss.because.text,
            codes=loss.because.codes,
            evidence=evidence.get(loss.part, freshness.evidence(listing, today)),
            decisive=falls_behind(found.order, position, units - loss.units),
        )
        for loss in asked + met[:MOST_REASONS]
    )


def candidates(found: Found, place: int, listing: Listing) -> Iterator[tuple[str, Because]]:
    """Every part of the score that lifts this listing above what it would be worth if nothing were known.

    A strength that a listing asks for is not named a second time as one that it makes use of.
    """
    q, scored = found.question, found.scored
    if q.asks_for_something:
        yield TOPIC, about_what_was_asked(q, listing, int(scored.rows[place]))
    asked_for = set(SIGNALS["give"].because(q, listing).codes) if "give" in scored.measured else set()
    for name, measured in scored.measured.items():
        if measured.met[place] > measured.unknown[place]:
            because = SIGNALS[name].because(q, listing)
            if because.text and not (name == "strengths" and set(because.codes) <= asked_for):
                yield name, because
    if listing.assured_on is not None and listing.assured_by in ("organization", "steward") and not listing.reported_wrong:
        words = freshness.evidence(listing, q.at.date())
        yield "trust", Because(words[:1].upper() + words[1:])
    if listing.space == "open":
        yield "space", Because(SPACE_WORDS)


def about_what_was_asked(q: Question, listing: Listing, row: int) -> Because:
    """The kinds of support it shares with the question, else with what the words imply, else the words."""
    implied = [code for code, _ in q.index.words.recognise(q.inquiry.text)] if q.inquiry.text.strip() else []
    for wanted in (q.supports, implied):
        near = near_codes(q, "supports", wanted, listing.supports)
        meant = q.index.with_narrower("supports", wanted)
        if codes := tuple(code for code in near if code in meant)[:MOST_SUPPORTS]:
            return Because(f"Offers: {listed(q.index.label('supports', code) for code in codes)}", codes)
        if codes := near[:MOST_SUPPORTS]:
            return Because(f"Offers something close: {listed(q.index.label('supports', code) for code in codes)}", codes)
    told = q.index.texts.matched(q.inquiry.text, row)[:MOST_WORDS]
    return Because(f"Speaks of {listed(f'“{word}”' for word in told)}") if told else Because("Its own words are about what you asked")


def soft_unknowns(q: Question, listing: Listing, ask: int) -> tuple[Unknown, ...]:
    """Up to three things worth asking that no limit asks about: first what the person wished for, then the hours, which everybody needs."""
    asked = set(asked_about(ask))
    found = {
        name: text
        for name, signal in SIGNALS.items()
        if name not in asked and signal.takes_part(q) and (text := signal.question(q, listing)) is not None
    }
    if "times" not in asked and "times" not in found and (text := SIGNALS["times"].question(q, listing)):
        found["times"] = text
    return tuple(Unknown(about=name, text=text) for name, text in found.items())[:MOST_UNKNOWNS]


def asked_about(ask: int) -> Iterator[str]:
    """The signals that a limit asks about already."""
    for name, bit in BIT.items():
        if ask & bit:
            yield "reach" if name == "travel" else name
