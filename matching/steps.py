"""The changes to an inquiry that are worth trying, limit by limit: the small ones first, each with the end of its sentence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import msgspec

from matching.company import asked_together
from matching.left_out import TOPIC
from matching.question import Question
from matching.signals.base import listed
from matching.values import Inquiry, LimitName, MustHaves, Profile, Travel

MORE_MINUTES: Final = (15, 30, 60)
MORE_KM: Final = (2, 5, 10, 25)
MOST_MINUTES: Final = 600


class Step(NamedTuple):
    """One change: which limit it is about, the end of the sentence "4 more if ...", and the changed inquiry."""

    limit: str
    words: str
    inquiry: Inquiry


Rung = tuple[Step, ...]
"""Changes that are about as great as each other; a greater one is tried only when none of these brings anything."""


def ladders(q: Question, *, is_empty: bool) -> Iterator[list[Rung]]:
    """The changes worth trying, limit by limit. Nobody is offered to drop what they steer clear of, or to be somebody else.

    Doing without what was asked about is offered only where nothing else is there to show.
    """
    inquiry, must = q.inquiry, q.inquiry.must
    yield [(step,) for step in travel_steps(inquiry)]
    for limit, drops in must_drops(q):
        soften: list[Rung] = []
        if limit in must.confirmed:
            kept = msgspec.structs.replace(must, confirmed=must.confirmed - {limit})
            soften = [(Step(limit, f"you would ask first about {ASKING_WORDS[limit]}", with_must(inquiry, kept)),)]
        yield soften + drops
    if not (inquiry.profile.give or must.kinds):
        giving = msgspec.structs.replace(inquiry.profile, give=True)
        yield [(Step("give", "you would like to give as well", msgspec.structs.replace(inquiry, profile=giving, offset=0)),)]
    if q.asks_for_something and is_empty:
        yield [(Step(TOPIC, "it need not be about what you asked", msgspec.structs.replace(inquiry, text="", supports=(), offset=0)),)]


ASKING_WORDS: Final[dict[LimitName, str]] = {
    "travel": "the place",
    "area": "the area served",
    "language": "languages",
    "access": "access",
    "cost": "the cost",
    "times": "opening hours",
    "audience": "who it is for",
    "format": "how to take part",
    "faith": "faith",
    "entry": "how to get in",
    "age": "age",
    "kind": "the kind",
    "give": "giving",
    "steer_clear": "what you steer clear of",
    "group": "the sort of group",
    "company": "size and feel",
    "community": "your community",
    "focus": "what people share",
}


def with_must(inquiry: Inquiry, must: MustHaves, profile: Profile | None = None) -> Inquiry:
    """The inquiry with other must-haves, back at its first page."""
    return msgspec.structs.replace(inquiry, must=must, profile=profile or inquiry.profile, offset=0)


def travel_steps(inquiry: Inquiry) -> Iterator[Step]:
    """A little further, further, much further, and at last any distance."""
    travel = inquiry.travel
    if inquiry.place is None or (travel.minutes is None and travel.max_km is None):
        return
    wider: list[tuple[str, Travel]] = []
    if travel.minutes is not None:
        steps = [(more, travel.minutes + more) for more in MORE_MINUTES if travel.minutes + more <= MOST_MINUTES]
        wider += [(f"you could travel {more} more minutes", msgspec.structs.replace(travel, minutes=minutes)) for more, minutes in steps]
    if travel.max_km is not None:
        wider += [(f"you could go {more} km further", msgspec.structs.replace(travel, max_km=travel.max_km + more)) for more in MORE_KM]
    wider.append(("the way there did not matter", msgspec.structs.replace(travel, minutes=None, max_km=None)))
    for words, changed in wider:
        yield Step("travel", words, msgspec.structs.replace(inquiry, travel=changed, offset=0))


def must_drops(q: Question) -> Iterator[tuple[LimitName, list[Rung]]]:
    """For each must-have, what it would take to do without; a wish stays a wish when it need not be met any more."""
    inquiry, must, profile = q.inquiry, q.inquiry.must, q.inquiry.profile
    replace = msgspec.structs.replace
    if must.languages:
        liked = replace(profile, languages=tuple(q.languages))
        words = f"{' or '.join(q.part.label('languages', code) for code in sorted(set(must.languages)))} were not required"
        less: list[Rung] = [(Step("language", words, with_must(inquiry, replace(must, languages=(), without_interpreter=False), liked)),)]
        if must.without_interpreter:
            less.insert(0, (Step("language", "an interpreter were fine too", with_must(inquiry, replace(must, without_interpreter=False))),))
        yield "language", less
    if must.access:
        yield "access", access_rungs(q)
    if must.free or must.most_cost is not None:
        words = "it need not be free" if must.free else "the cost did not matter"
        yield "cost", [(Step("cost", words, with_must(inquiry, replace(must, free=False, most_cost=None))),)]
    if must.in_my_times:
        yield "times", times_rungs(q)
    if must.formats:
        liked = replace(profile, formats=tuple(q.formats))
        words = f"it need not be {listed(q.part.label('formats', code) for code in sorted(set(must.formats)))}"
        yield "format", [(Step("format", words, with_must(inquiry, replace(must, formats=()), liked)),)]
    if must.not_faith_based:
        yield "faith", [(Step("faith", "faith-based ones were fine too", with_must(inquiry, replace(must, not_faith_based=False))),)]
    if must.entry:
        words = f"{listed(q.part.label('entry', code) for code in sorted(set(must.entry)))} were not required"
        yield "entry", [(Step("entry", words, with_must(inquiry, replace(must, entry=()))),)]
    if must.kinds:
        yield "kind", [(Step("kind", "other kinds were fine too", with_must(inquiry, replace(must, kinds=()))),)]
    yield from company_drops(q)
    for limit in sorted(must.confirmed & {"travel", "area", "audience"}):
        yield limit, []


def company_drops(q: Question) -> Iterator[tuple[LimitName, list[Rung]]]:
    """The same for what the company has to be like."""
    inquiry, must, profile = q.inquiry, q.inquiry.must, q.inquiry.profile
    replace = msgspec.structs.replace
    if must.group:
        yield "group", group_rungs(q)
    if must.company:
        words = f"{' and '.join(one for one in (profile.size, profile.tone) if one)} were only a wish"
        yield "company", [(Step("company", words, with_must(inquiry, replace(must, company=False))),)]
    if must.communities:
        liked = replace(profile, communities=tuple(q.communities))
        yield "community", [(Step("community", "other communities were fine too", with_must(inquiry, replace(must, communities=()), liked)),)]
    if must.focus:
        liked = replace(profile, focus=tuple(q.focus))
        yield "focus", [(Step("focus", "people there need not share it", with_must(inquiry, replace(must, focus=()), liked)),)]


def group_rungs(q: Question) -> list[Rung]:
    """Each fact of a group by itself (those under one heading together), then all of them."""
    must, replace = q.inquiry.must, msgspec.structs.replace
    liked = replace(q.inquiry.profile, group=tuple(q.group))

    def without(codes: tuple[str, ...]) -> Step:
        kept = tuple(code for code in must.group if code not in codes)
        words = f"“{' or '.join(q.part.label('group_facts', code) for code in codes)}” were only a wish"
        return Step("group", words, with_must(q.inquiry, replace(must, group=kept), liked))

    wanted = asked_together(must.group)
    single = tuple(without(codes) for codes in wanted)
    everything = Step("group", "any sort of group were fine", with_must(q.inquiry, replace(must, group=()), liked))
    return [single] if len(wanted) == 1 else [single, (everything,)]


def times_rungs(q: Question) -> list[Rung]:
    """First without the way there and back, then at any time."""
    inquiry, must, replace = q.inquiry, q.inquiry.must, msgspec.structs.replace
    anytime = Step("times", "it need not be in your free times", with_must(inquiry, replace(must, in_my_times=False)))
    if not q.counts_the_way:
        return [(anytime,)]
    without_way = replace(inquiry.profile, there_and_back=False)
    return [(Step("times", "only the time there had to fit, without the way", with_must(inquiry, must, without_way)),), (anytime,)]


def access_rungs(q: Question) -> list[Rung]:
    """Each feature by itself, then all of them."""
    must, replace = q.inquiry.must, msgspec.structs.replace
    liked = replace(q.inquiry.profile, access=tuple(q.access))

    def without(codes: set[str]) -> Step:
        kept = tuple(code for code in must.access if code not in codes)
        words = f"{listed(q.part.label('access', code) for code in sorted(codes))} were not required"
        return Step("access", words, with_must(q.inquiry, replace(must, access=kept), liked))

    wanted = set(must.access)
    single = tuple(without({code}) for code in sorted(wanted))
    return [single] if len(wanted) == 1 else [single, (without(wanted),)]
