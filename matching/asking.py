"""The question to ask first, for each must-have that nobody has told the directory about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from matching.company import asked_together
from matching.limits import BIT, speaks
from matching.nearness import nearness
from matching.question import Question
from matching.row import Row
from matching.signals.base import listed
from matching.signals.languages import used, whether_interpreted
from matching.signals.times import ASK_HOURS, ASK_THE_WAY
from matching.values import LimitName, Unknown


def ask_travel(q: Question, listing: Row) -> Iterator[str]:
    """Where it is, or whether it is near enough."""
    if listing.confidential:
        yield "The place is not public: call to ask where it is and how to get there"
    elif not listing.has_place:
        yield "Place not stated: ask where it is"
    else:
        yield f"{nearness(q, listing).text}: check that it is near enough for you"


def ask_area(q: Question, listing: Row) -> Iterator[str]:
    """Whether it serves the person's area."""
    yield "Serves certain areas: ask whether yours is one of them"


def ask_language(q: Question, listing: Row) -> Iterator[str]:
    """Whether a wanted language is spoken, or signed; by the people there, where an interpreter does not do. Where there are interpreters, whether for it."""
    if listing.interpreting and not q.inquiry.must.without_interpreter:
        yield whether_interpreted(q, sorted(set(q.inquiry.must.languages)))
        return
    unsaid = [code for code in sorted(set(q.inquiry.must.languages)) if not speaks(listing.languages.no | listing.interpreted, code)]
    directly = " without an interpreter" if q.inquiry.must.without_interpreter else ""
    yield f"{used(q, unsaid, 'or')}{directly}? Ask first"


def ask_access(q: Question, listing: Row) -> Iterator[str]:
    """Each feature that is not stated, by itself."""
    held = listing.codes("access")
    for code in sorted(set(q.inquiry.must.access)):
        if code not in held:
            yield f"{q.part.label('access', code)}: ask first"


def ask_cost(q: Question, listing: Row) -> Iterator[str]:
    """What it would cost this person."""
    words = {"sliding": "Ask what it would cost you", "paid": "Price not stated: ask first"}
    yield words.get(listing.cost or "", "Cost not known: ask first")


def ask_times(q: Question, listing: Row) -> Iterator[str]:
    """When it is open, or whether there is time for the way."""
    if q.had("hours", listing.number):
        yield ASK_THE_WAY
    else:
        yield ASK_HOURS


def ask_audience(q: Question, listing: Row) -> Iterator[str]:
    """Whether the person is among those it is for."""
    labels = [q.part.label("audiences", code) for code in sorted(listing.only_for)]
    yield f"Only for {listed(labels)}: ask whether that includes you"


def ask_format(q: Question, listing: Row) -> Iterator[str]:
    """Whether one can take part in a way that suits."""
    unsaid = [code for code in q.inquiry.must.formats if code not in listing.formats.no]
    yield f"{' or '.join(q.part.label('formats', code) for code in sorted(set(unsaid)))}? Ask first"


def ask_entry(q: Question, listing: Row) -> Iterator[str]:
    """Whether one can get in by a route that suits."""
    unsaid = [code for code in q.inquiry.must.entry if code not in listing.entry.no]
    yield f"{' or '.join(q.part.label('entry', code) for code in sorted(set(unsaid)))}? Ask first"


def ask_group(q: Question, listing: Row) -> Iterator[str]:
    """Each fact of a group that nobody has stated; those under one heading in one question."""
    said = listing.group
    for wanted in asked_together(q.inquiry.must.group):
        if not said.yes & set(wanted):
            unsaid = [q.part.label("group_facts", code) for code in wanted if code not in said.no]
            if unsaid:
                yield f"{' or '.join(unsaid)}? Ask first"


def ask_company(q: Question, listing: Row) -> Iterator[str]:
    """How many come, and how lively it is."""
    if q.inquiry.profile.size and listing.size is None:
        yield "How many people come is not stated: ask first"
    if q.inquiry.profile.tone and listing.tone is None:
        yield "Whether it is quiet or lively is not stated: ask first"


def ask_community(q: Question, listing: Row) -> Iterator[str]:
    """Whether the person's community is at home there."""
    labels = [q.part.label("communities", code) for code in sorted(set(q.inquiry.must.communities))]
    yield f"Does not say that it is for people of your community ({' or '.join(labels)}): ask first"


def ask_focus(q: Question, listing: Row) -> Iterator[str]:
    """What the people there have in common."""
    yield "What people there have in common with you is not stated: ask first"


ASK: Final[dict[LimitName, Callable[[Question, Row], Iterator[str]]]] = {
    "travel": ask_travel,
    "area": ask_area,
    "language": ask_language,
    "access": ask_access,
    "cost": ask_cost,
    "times": ask_times,
    "audience": ask_audience,
    "format": ask_format,
    "entry": ask_entry,
    "group": ask_group,
    "company": ask_company,
    "community": ask_community,
    "focus": ask_focus,
}
"""The limits that can leave something to ask; the others always know, or turn an unknown into a no."""


def questions_of_limits(q: Question, listing: Row, ask: int) -> tuple[Unknown, ...]:
    """Every must-have that the directory cannot answer for ``listing``, as questions; ``ask`` holds the bits of the limits."""
    return tuple(Unknown(about=name, text=text, limit=True) for name, words in ASK.items() if ask & BIT[name] for text in words(q, listing))
