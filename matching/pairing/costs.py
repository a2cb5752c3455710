"""What a coordinator's word costs in a round: what fixing or forbidding a pair changes for everybody."""

from __future__ import annotations

from matching.pairing.rounds import Outcome
from matching.values import Value


class Cost(Value, frozen=True, kw_only=True):
    """From one outcome to another: how many more are without a match (fewer: below 0), how much of the mean fit is lost (in [0, 1], gained: below 0), and
    the seekers for whom something is otherwise than before, in order."""

    unmatched: int
    fit: float
    others: tuple[str, ...]


def cost(before: Outcome, after: Outcome) -> Cost:
    """What it costs to go from one outcome of the same seekers to another."""
    had, have = dict(before.pairs), dict(after.pairs)
    changed = sorted(seeker for seeker in had.keys() | have.keys() if had.get(seeker) != have.get(seeker))
    return Cost(unmatched=len(after.unmatched) - len(before.unmatched), fit=before.fit - after.fit, others=tuple(changed))
