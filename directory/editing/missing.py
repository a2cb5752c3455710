"""Which missing answers decide whether searches find a listing: worked out by the ranking itself, not by a rule of thumb.

The listing is ranked as it is, and once more for each thing that it does not state, as if it stated it. The searches are those of people who ask for what
the listing is about, near where it is: one that asks for no more, and one for each thing that people of this house may ask for besides. An answer is worth
the mean of what it adds to the score over all of them (0 to 1, the same scale as the list that people see).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from matching import Index, Vocabulary, rank
from matching.values import Inquiry, Listing, MustHaves, Opening, Place, Profile, Slot, Stated, Strength, Travel

MOST: Final = 3
HERE: Final = Place(latitude=44.2619, longitude=-88.4154)
"""Where those who search are, for a listing that has no place."""
EVENING: Final = Slot(weekday=1, starts=17 * 60, ends=21 * 60)


class Missing(Struct, frozen=True, kw_only=True):
    """An answer that is missing: the part of the form where it is given, in how many of the searches it would lift the listing, and the words for it."""

    part: str
    words: str
    gain: float
    searches: int


class _Question(Struct, frozen=True):
    """Something that people ask for: the part of the form, the words, whether a listing leaves it open, what stating it means, and who asks for it."""

    part: str
    words: str
    is_open: Callable[[Listing], bool]
    stated: Callable[[Listing], Listing]
    asked: Callable[[Inquiry], Inquiry]


def missing_answers(listing: Listing, vocabulary: Vocabulary, *, at: datetime) -> list[Missing]:
    """The three missing answers that would lift a listing most, best first; fewer when less is missing."""
    open_ones = [question for question in QUESTIONS if question.is_open(listing)]
    asked = [_plain(listing), *(question.asked(_plain(listing)) for question in QUESTIONS)]
    now = _scores(listing, asked, vocabulary, at)
    found = []
    for question in open_ones:
        stated = question.stated(listing)
        then = _scores(replace(stated, space_updated=at) if stated.space and not listing.space else stated, asked, vocabulary, at)
        gains = [after - before for before, after in zip(now, then, strict=True)]
        if (gain := sum(gains) / len(gains)) > 0:
            found.append(Missing(part=question.part, words=question.words, gain=gain, searches=sum(one > 0 for one in gains)))
    return sorted(found, key=lambda one: (-one.gain, one.words))[:MOST]


def _scores(listing: Listing, asked: Sequence[Inquiry], vocabulary: Vocabulary, at: datetime) -> list[float]:
    index = Index.build([listing], vocabulary, on=at.date())
    return [next((match.score for match in rank(inquiry, index, at=at, around=False).matches), 0.0) for inquiry in asked]


def _plain(listing: Listing) -> Inquiry:
    """Somebody who asks for what the listing is about, from where it is."""
    return Inquiry(supports=tuple(sorted(listing.supports)[:3]), place=listing.place or HERE, areas=listing.areas, travel=Travel(modes=("walk", "bus")))


def _profile(**said: object) -> Callable[[Inquiry], Inquiry]:
    return lambda inquiry: replace(inquiry, profile=Profile(**said))   # type: ignore[arg-type]


def _must(**said: object) -> Callable[[Inquiry], Inquiry]:
    return lambda inquiry: replace(inquiry, must=MustHaves(**said))   # type: ignore[arg-type]


def _plus(name: str, code: str) -> Callable[[Listing], Listing]:
    def stated(listing: Listing) -> Listing:
        there: Stated = getattr(listing, name)
        return replace(listing, **{name: Stated(yes=there.yes | {code}, no=there.no)})

    return stated


def _silent(name: str) -> Callable[[Listing], bool]:
    def is_open(listing: Listing) -> bool:
        there: Stated = getattr(listing, name)
        return not (there.yes or there.no)

    return is_open


QUESTIONS: Final = (
    _Question("cost", "Say what it costs, or that it is free: people who must watch their money are shown what is certain first.",
              lambda one: one.cost is None, lambda one: replace(one, cost="free", price=0.0), _must(free=True)),
    _Question("when", "Say when it is open: people look for what fits their day.",
              lambda one: not one.openings and not one.always_open,
              lambda one: replace(one, openings=(Opening(weekday=1, opens=17 * 60, closes=20 * 60),)), _profile(times=(EVENING,))),
    _Question("access", "Say which languages are spoken: people look in their own.",
              lambda one: not (one.languages.yes or one.interpreted), _plus("languages", "es"), _profile(languages=("es",))),
    _Question("access", "Say whether one can get in without steps: people who use wheels or push a pram look for it.",
              _silent("access"), _plus("access", "step_free"), _profile(access=("step_free",))),
    _Question("first", "Say how to start, for example “just turn up”: many look for an open door.",
              _silent("entry"), _plus("entry", "drop_in"), _must(entry=("drop_in",))),
    _Question("strengths", "Say which strengths it builds on: people are found by what they are good at.",
              lambda one: not one.builds_on.yes, _plus("builds_on", "cooking"), _profile(strengths=(Strength(code="cooking"),))),
    _Question("communities", "Say whom it is made for, is led by or welcomes: people look for their own.",
              lambda one: not (one.for_communities or one.led_by or one.welcomes),
              lambda one: replace(one, welcomes=frozenset({"newcomers"})), _profile(communities=("newcomers",))),
    _Question("supports", "Say what people do there: interests bring people to a listing.",
              lambda one: not one.interests, lambda one: replace(one, interests=frozenset({"cooking"})), _profile(interests=("cooking",))),
    _Question("where", "Say where it is: without a place nobody finds it by distance.",
              lambda one: one.place is None and not one.confidential and not one.areas,
              lambda one: replace(one, place=HERE), lambda inquiry: inquiry),
    _Question("where", "Say how one can take part: there, online or by phone.",
              _silent("formats"), _plus("formats", "in_person"), _profile(formats=("in_person",))),
    _Question("people", "Say which ages it is for: people are asked their age only where it matters.",
              lambda one: one.minimum_age is None and one.maximum_age is None, lambda one: replace(one, minimum_age=0.0), _profile(age=30.0)),
    _Question("space", "Say whether there is space now: it takes two taps.",
              lambda one: one.space is None, lambda one: replace(one, space="open"), lambda inquiry: inquiry),
)  # fmt: skip
