"""What would help somebody whom a round left without a match: one language, hour, way or place more, told only after the round was run with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Final, Literal, NamedTuple

from msgspec.structs import replace

from matching.pairing.hours import has_times
from matching.pairing.rounds import Pair, deferred_acceptance
from matching.pairing.scores import scored
from matching.pairing.values import Peer, Way
from matching.pairing.vetoes import Blocked
from matching.pairing.weighing import Weighed, with_other
from matching.values import Slot, Value

WAYS: Final[tuple[Way, ...]] = ("in_person", "video", "phone", "messages")
TRIES: Final = 12
"""Changes of a kind that are tried out, those that bring most supporters into question first."""


class Help(Value, frozen=True, kw_only=True):
    """One change after which somebody would be matched: ``code`` is the language or way, ``slot`` the hour in their own zone, a place needs neither."""

    kind: Literal["language", "hour", "way", "place"]
    code: str = ""
    slot: Slot | None = None


class Crowd(NamedTuple):
    """A whole round: who is in it, what stands against pairs, and what a coordinator said."""

    seekers: Sequence[Peer]
    supporters: Sequence[Peer]
    on: date
    blocked: Blocked = ()
    fixed: Collection[Pair] = ()
    forbidden: Collection[Pair] = ()


def would_help(id: str, crowd: Crowd, weighed: Weighed) -> tuple[Help, ...]:
    """For an unmatched seeker, at most one change of each kind; empty where no single change does it. ``weighed`` is that crowd, weighed.

    1. Every change that could be: a language, a way, an hour of theirs; a place at somebody they may have. 2. Those that bring nobody into question are
    left out. 3. The others are run, the most promising first, and the first that gives them a match is told.
    """
    person = next(one for one in crowd.seekers if one.id == id)
    found = []
    for options in (_languages(person, crowd.supporters), _hours(person), _ways(person)):
        for help, changed in _promising(list(options), person, crowd):
            if _is_matched(id, with_other(weighed, changed, crowd.supporters, on=crowd.on, blocked=crowd.blocked), crowd):
                found.append(help)
                break
    return (*found, *_place(id, crowd, weighed))


Option = tuple[Help, Peer]


def _languages(person: Peer, supporters: Sequence[Peer]) -> Iterator[Option]:
    spoken = frozenset[str]().union(*(one.languages for one in supporters))
    for code in sorted(spoken - person.languages) if person.languages else ():
        yield Help(kind="language", code=code), replace(person, languages=person.languages | {code})


def _ways(person: Peer) -> Iterator[Option]:
    for way in WAYS if person.ways else ():
        if way not in person.ways:
            yield Help(kind="way", code=way), replace(person, ways=person.ways | {way})


def _hours(person: Peer) -> Iterator[Option]:
    for hour in range(7 * 24) if has_times(person) else ():
        slot = Slot(weekday=hour // 24, starts=hour % 24 * 60, ends=hour % 24 * 60 + 60)
        if not any(own.weekday == slot.weekday and own.starts <= slot.starts and slot.ends <= own.ends for own in person.slots):
            yield Help(kind="hour", slot=slot), replace(person, slots=(*person.slots, slot))


def _promising(options: list[Option], person: Peer, crowd: Crowd) -> list[Option]:
    """Those that bring somebody into question who was not before, most first."""
    never = {pair.supporter for pair in crowd.forbidden if pair.seeker == person.id}
    never |= {one for pair in crowd.blocked for one, other in (pair, pair[::-1]) if other == person.id} | {person.id}
    others = [one for one in crowd.supporters if one.id not in never]
    asked = [person, *(changed for _, changed in options)]
    counts = [int(count) for _, scores in scored(asked, others, on=crowd.on) for count in scores.allowed.sum(axis=1)]
    order = sorted((-count, number) for number, count in enumerate(counts[1:]) if count > counts[0])
    return [options[number] for _, number in order[:TRIES]]


def _place(id: str, crowd: Crowd, weighed: Weighed) -> tuple[Help, ...]:
    liking = weighed.liking[weighed.seekers.index(id)]
    never = {pair.supporter for pair in crowd.forbidden if pair.seeker == id}
    liked = sorted((column for column in range(len(liking)) if liking[column] >= 0 and weighed.supporters[column] not in never), key=lambda at: -liking[at])
    for column in liked[:TRIES]:
        places = tuple(count + (at == column) for at, count in enumerate(weighed.places))
        if _is_matched(id, weighed._replace(places=places), crowd):
            return (Help(kind="place"),)
    return ()


def _is_matched(id: str, weighed: Weighed, crowd: Crowd) -> bool:
    return id not in deferred_acceptance(weighed, fixed=crowd.fixed, forbidden=crowd.forbidden).unmatched
