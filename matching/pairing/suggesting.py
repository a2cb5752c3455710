"""Who could be suggested to one person, and what stands between two: for suggestions by the piece, outside rounds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from matching.pairing.asking import asks
from matching.pairing.factors import factors
from matching.pairing.scores import scored
from matching.pairing.values import Peer, Suggestion, Veto
from matching.pairing.vetoes import Blocked, against_one, against_two, against_wishes, in_common
from matching.pairing.weighing import ordered


def suggest(person: Peer, others: Sequence[Peer], *, on: date, blocked: Blocked = ()) -> tuple[Suggestion, ...]:
    """Everybody whom nothing stands against, the most mutual first, then by id. ``others`` are all of the other side.

    ``on`` is the date whose clocks count; ``blocked`` are pairs of ids, in either order.
    """
    seekers, supporters = ordered(*([person], others) if person.side == "seeker" else (others, [person]))
    found = []
    for rows, scores in scored(seekers, supporters, on=on, blocked=blocked):
        for row, column in zip(*scores.allowed.nonzero(), strict=True):
            seeker, supporter = seekers[rows.start + row], supporters[column]
            found.append(Suggestion(seeker=seeker.id, supporter=supporter.id, mutual=float(scores.mutual[row, column]), asks=asks(seeker, supporter)))
    return tuple(sorted(found, key=lambda one: (-one.mutual, one.seeker, one.supporter)))


def vetoes(seeker: Peer, supporter: Peer, *, on: date, blocked: Blocked = ()) -> frozenset[Veto]:
    """What stands against a pair; empty where nothing does. For the coordinator and the rules, never for either side."""
    between, both, row = factors([seeker], [supporter], on=on), ([seeker], [supporter]), slice(0, 1)
    found: set[Veto] = {name for name, against in against_one(*both).items() if against.any()}
    found |= {name for name, pairs in against_two(*both, blocked).items() if pairs}
    return frozenset(found | {name for name, against in against_wishes(between, row, in_common(between, row)) if against.any()})
