"""A round worked out: the same people and the same words of a coordinator give the same proposal. Values only, no database, no clock."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from msgspec.structs import replace

from directory.peers.rounds.values import Left, Proposal, Proposed, Step
from matching.pairing import Crowd, Outcome, Pair, Weighed, cost, deferred_acceptance, weigh, would_help
from matching.pairing.asking import asks

TRIED: Final = 40
"""Of so many without a match it is worked out what would help them, those who wait longest first; each is some runs of the whole round."""


def work_out(crowd: Crowd, steps: tuple[Step, ...]) -> Proposal:
    """1. The round without a word. 2. With one word after the other, each with what it costs; words that cannot be kept are left out. 3. What is to be
    asked of each pair, and what would help those without one.
    """
    weighed = weigh(crowd.seekers, crowd.supporters, on=crowd.on, blocked=crowd.blocked)
    outcome, kept, lost = deferred_acceptance(weighed), list[Step](), 0
    for step in steps:
        after = _with(weighed, [*kept, step])
        if after is None:
            lost += 1
            continue
        kept.append(replace(step, cost=cost(outcome, after)))
        outcome = after
    return Proposal(
        on=crowd.on, steps=tuple(kept), pairs=_pairs(crowd, weighed, outcome), unmatched=_left(crowd, weighed, outcome, kept), fit=outcome.fit, lost=lost,
    )


def _with(weighed: Weighed, steps: list[Step]) -> Outcome | None:
    """The round with some words; None where the last of them cannot be kept."""
    last = steps[-1]
    if str(last.seeker) not in weighed.seekers or str(last.supporter) not in weighed.supporters:
        return None
    try:
        return deferred_acceptance(weighed, fixed=said(steps, "fix"), forbidden=said(steps, "forbid"))
    except ValueError:
        return None


def said(steps: list[Step], do: str) -> list[Pair]:
    """The pairs about which a word was said."""
    return [Pair(str(step.seeker), str(step.supporter)) for step in steps if step.do == do]


def _pairs(crowd: Crowd, weighed: Weighed, outcome: Outcome) -> tuple[Proposed, ...]:
    seekers, supporters = ({one.id: one for one in side} for side in (crowd.seekers, crowd.supporters))
    row, column = ({id: at for at, id in enumerate(ids)} for ids in (weighed.seekers, weighed.supporters))
    return tuple(
        Proposed(seeker=UUID(one), supporter=UUID(other), mutual=weighed.mutual(row[one], column[other]), asks=asks(seekers[one], supporters[other]))
        for one, other in outcome.pairs
    )


def _left(crowd: Crowd, weighed: Weighed, outcome: Outcome, steps: list[Step]) -> tuple[Left, ...]:
    since = {one.id: one.waiting_since or crowd.on for one in crowd.seekers}
    longest = sorted(outcome.unmatched, key=lambda id: (since[id], id))
    told = crowd._replace(fixed=said(steps, "fix"), forbidden=said(steps, "forbid"))
    return tuple(
        Left(seeker=UUID(id), helps=would_help(id, told, weighed) if number < TRIED else (), is_tried=number < TRIED) for number, id in enumerate(longest)
    )
