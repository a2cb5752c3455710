"""Why a listing is here and what nobody knows of it yet, in plain words; every "because" is checked by taking it away and scoring again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from matching import ordinary, others, taken_away
from matching.arrays import Ints
from matching.asking import questions_of_limits
from matching.found import Found
from matching.limits import BIT
from matching.nearness import measure_all, nearness
from matching.order import Order, falls_behind, falls_behind_elsewhere
from matching.question import Question
from matching.row import Row
from matching.score import UNIT, Scored
from matching.signals import SIGNALS, freshness, space
from matching.signals.base import Because, inside, listed, near_codes, no_question, own_codes, spoken_of, telling_words
from matching.topic import bearers, whom
from matching.values import Band, Match, Reason, SignalName, Unknown
from matching.weights import GOOD, SPOKEN_LEAST, STRONG

MOST_REASONS = 3
MOST_UNKNOWNS = 3
SPACE_WORDS = "Has space"
TOPIC = "topic"
MOST_WORDS = 3
MOST_SUPPORTS, MOST_PEOPLE = 2, 2
ASKING: tuple[SignalName, ...] = tuple(name for name, signal in SIGNALS.items() if signal.question is not no_question)
SIGNAL_OF = {"travel": "reach", "company": "social", "community": "belonging"}
"""The signal that asks what a limit asks, where it goes by another name."""
COMMON = ("trust", "space")
"""Parts that say how things stand with a listing rather than how it fits this person."""


class Shown(NamedTuple):
    """One result to be explained: where it stands, its row, its open questions, its score, and for each part of the score what it would be without it
    and whether it is met above what is not known."""

    position: int
    listing: Row
    ask: int
    units: int
    without: dict[str, int]
    met: frozenset[str]


def explain(found: Sequence[Found], order: Order, positions: Sequence[int]) -> tuple[Match, ...]:
    """The matches at some positions of an order."""
    explained: dict[int, Match] = {}
    for number, one in enumerate(found):
        here = [position for position in positions if order.part[position] == number]
        if here:
            explained.update({shown.position: match_of(one, order, shown) for shown in shown_in(one, order, here)})
    return tuple(explained[position] for position in positions)


def shown_in(found: Found, order: Order, positions: list[int]) -> Iterator[Shown]:
    """The results that lie in one part, worked out together."""
    places = order.place[positions]
    page = found.rows[places]
    scored = found.scored.at(places, page)
    found.question.narrow(found.rows, places, page)
    prepare(found.question, page, scored)
    parts = (*scored.names, TOPIC, *COMMON)
    without = taken_away.without(scored, parts).T.tolist()
    met = {name: scored.is_met(name).tolist() for name in scored.names}
    rows, asks, units = page.tolist(), found.asks[places].tolist(), order.units[positions].tolist()
    for at, position in enumerate(positions):
        told, lifted = dict(zip(parts, without[at], strict=True)), frozenset([name for name, values in met.items() if values[at]])
        yield Shown(position, found.question.part.held_row(rows[at]), asks[at], units[at], told, lifted)


def prepare(q: Question, page: Ints, scored: Scored) -> None:
    """Work out for all rows of a page at once what their words will need."""
    rows = page.tolist()
    measure_all(q, page)
    q.keep("hours", rows, q.hours_stated(page).tolist())
    if q.asks_for_something:
        others.prepare(q, whom(q), page)
    if q.words:
        q.keep("words", rows, q.part.texts.matched(q.words, page))
    if "reach" in scored.measured:
        q.keep("reach", rows, scored.measured["reach"].met.tolist())
        q.keep("remote", rows, q.is_remote(page).tolist())


def match_of(found: Found, order: Order, shown: Shown) -> Match:
    """One result in full."""
    q, listing = found.question, shown.listing
    near = nearness(q, listing)
    score = shown.units / UNIT
    return Match(
        id=listing.id,
        service_id=listing.service_id,
        organization_id=listing.organization_id,
        name=listing.name,
        kind=listing.kind,
        band=band_of(score) if q.asks_for_something or found.scored.gained or is_wishing(found.scored.weight) else "possible",
        score=score,
        reasons=reasons(found, order, shown),
        unknowns=(*(questions_of_limits(q, listing, shown.ask) if shown.ask else ()), *soft_unknowns(q, listing, shown.ask)),
        distance_km=near.km,
        distance_band=near.band,
        minutes=near.minutes,
        mode=near.mode,
    )


def is_wishing(weights: Mapping[SignalName, float]) -> bool:
    """Whether the person said anything to fit, beside where they are."""
    return any(weight > 0 for name, weight in weights.items() if name != "reach")


def band_of(score: float) -> Band:
    """The only measure of fit that people see; where a person said nothing, or nothing but where they are, there is nothing to fit and no band is claimed
    but the last."""
    return "strong" if score >= STRONG else "good" if score >= GOOD else "possible"


def reasons(found: Found, order: Order, shown: Shown) -> tuple[Reason, ...]:
    """What was asked for first, then the three wishes that would be missed most; trust and space only where fewer wishes are met; last the place, for who
    would rather go to one of everyday life."""
    q, listing, today = found.question, shown.listing, found.question.at.date()
    told: list[Reason] = []
    for part in parts_by_loss(q, shown):
        if len(told) > MOST_REASONS or (len(told) == MOST_REASONS and told[0].signal != TOPIC):
            break
        because = because_of(q, part, listing)
        if because.text:
            lost = shown.without[part]
            told.append(Reason(part, because.text, because.codes, evidence_of(q, part, listing, today), falls_behind(order, shown.position, lost)))
    where = ordinary.because(q, listing)
    if where.text:
        told.append(Reason("setting", where.text, where.codes, evidence_of(q, "setting", listing, today), falls_behind_elsewhere(order, shown.position)))
    return tuple(told)


def parts_by_loss(q: Question, shown: Shown) -> list[str]:
    """The parts of the score that lift this listing above what it would be worth if nothing were known: what was asked, then by how much is lost
    without them, trust and space last.

    A strength that a listing asks for is not named a second time as one that it makes use of.
    """
    listing = shown.listing
    wishes = [(-(shown.units - shown.without[part]), part) for part in shown.met]
    if "give" in shown.without and "strengths" in shown.met:
        asked_for = set(SIGNALS["give"].because(q, listing).codes)
        wishes = [one for one in wishes if one[1] != "strengths" or not set(SIGNALS["strengths"].because(q, listing).codes) <= asked_for]
    common: list[tuple[int, str]] = []
    if listing.assured_by in ("organization", "steward") and listing.assured_on is not None and not listing.reported_wrong:
        common.append((shown.without["trust"] - shown.units, "trust"))
    if listing.space == "open":
        common.append((shown.without["space"] - shown.units, "space"))
    asked = [(shown.without[TOPIC] - shown.units, TOPIC)] if q.asks_for_something else []
    return [part for loss, part in (*asked, *sorted(wishes), *sorted(common)) if loss < 0]


def because_of(q: Question, part: str, listing: Row) -> Because:
    """A part of the score in words; empty where there is nothing to say."""
    if part == TOPIC:
        return about_what_was_asked(q, listing)
    if part == "trust":
        words = evidence_of(q, "", listing, q.at.date())
        return Because(words[:1].upper() + words[1:])
    return Because(SPACE_WORDS) if part == "space" else SIGNALS[part].because(q, listing)  # type: ignore[index]


def evidence_of(q: Question, part: str, listing: Row, today: date) -> str:
    """Who stands for what is said, and since when; trust is its own evidence."""
    if part == "trust":
        return ""
    if part == "space":
        return space.evidence(listing, today)
    return q.kept("evidence", (listing.assured_on, listing.assured_by, listing.reported_wrong), lambda: freshness.evidence(listing, today))


def about_what_was_asked(q: Question, listing: Row) -> Because:
    """The interests that the words name, else the kinds of support it shares with the question, else with what the words imply, else its name, else the
    words; then for whom, of those whom the question is about, it is there, or for which others."""
    held = listing.supports
    offered: Because | None = q.kept("offers", held, lambda: offers(q, held)) if q.supports or q.implied else None
    about = is_loved(q, listing) or offered or tells_of(q, listing) or is_named(q, listing) or speaks_of(q, listing)
    people = own_codes(q, "meant_for", whom(q), listing.codes("meant_for"))[:MOST_PEOPLE] if whom(q) else ()
    theirs = () if people else others.others_of(q, listing.number, held)[:MOST_PEOPLE]
    for_whom = f"; {'mainly ' if theirs else ''}for {listed(q.part.label('audiences', code) for code in people or theirs)}" if people or theirs else ""
    return Because(f"{about.text}{for_whom}", about.codes)


def is_loved(q: Question, listing: Row) -> Because | None:
    """The interests that the words name and that it is about; None where it is about none."""
    codes = near_codes(q, "interests", [code for code, _ in q.loved], listing.interests, SPOKEN_LEAST)[:MOST_SUPPORTS] if q.loved else ()
    return Because(f"Is about: {listed(q.part.label('interests', code) for code in codes)}", codes) if codes else None


def is_named(q: Question, listing: Row) -> Because | None:
    """Its name, where that is what was typed; None where it is not."""
    rows, slips = bearers(q, q.bounds)
    at = int(rows.searchsorted(listing.number))
    if at == len(rows) or rows[at] != listing.number:
        return None
    return Because("Its name is what you wrote" if slips[at] == 0 else "Its name is nearly what you wrote")


def tells_of(q: Question, listing: Row) -> Because | None:
    """The kinds of support that were asked for or implied and that a listing's own words tell of, with the words, so that nobody is told more than that it
    has them ("pet food" is no meal); None when none is."""
    codes = spoken_of(q, "supports", dict.fromkeys((*q.supports, *(code for code, _ in q.implied))), listing)[:MOST_SUPPORTS]
    told = (f"“{telling_words(q, 'supports', code, listing)}” ({inside(q.part.label('supports', code))})" for code in codes)
    return Because(f"Speaks of {listed(told)}", codes) if codes else None


def offers(q: Question, held: frozenset[str]) -> Because | None:
    """What a listing that offers ``held`` has to do with the kinds of support that were asked for or implied; None when nothing."""
    for wanted in (q.supports, [code for code, _ in q.implied]):
        near = near_codes(q, "supports", wanted, held)
        meant = q.part.with_narrower("supports", wanted)
        if codes := tuple(code for code in near if code in meant)[:MOST_SUPPORTS]:
            return Because(f"Offers: {listed(q.part.label('supports', code) for code in codes)}", codes)
        if codes := near[:MOST_SUPPORTS]:
            return Because(f"Offers something close: {listed(q.part.label('supports', code) for code in codes)}", codes)
    return None


def speaks_of(q: Question, listing: Row) -> Because:
    """The words of the question that a listing has."""
    told = q.had("words", listing.number)[:MOST_WORDS]
    return Because(f"Speaks of {listed(f'“{word}”' for word in told)}") if told else Because("Its own words are about what you asked")


def soft_unknowns(q: Question, listing: Row, ask: int) -> tuple[Unknown, ...]:
    """Up to three things worth asking that no limit asks about: first what the person wished for, then the hours, which everybody needs."""
    asked = set(asked_about(ask)) if ask else set()
    found: list[Unknown] = []
    for name in wished_for(q):
        if len(found) < MOST_UNKNOWNS and name not in asked and (text := SIGNALS[name].question(q, listing)) is not None:
            found.append(Unknown(about=name, text=text))
    return tuple(found)


def wished_for(q: Question) -> list[SignalName]:
    """The signals that the person said something about and that can leave something to ask; the hours, which everybody needs, if need be last."""
    return q.kept("wishes", "", lambda: list(dict.fromkeys([*(name for name in ASKING if SIGNALS[name].takes_part(q)), "times"])))


def asked_about(ask: int) -> Iterator[str]:
    """The signals that a limit asks about already."""
    for name, bit in BIT.items():
        if ask & bit:
            yield SIGNAL_OF.get(name, name)
