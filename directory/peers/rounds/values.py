"""What a round of a scheme holds while its coordinator thinks about it: ids and numbers, no word of anybody. It is sealed with the key of the house."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal
from uuid import UUID

import msgspec
from msgspec import Struct

from matching.pairing import Cost, Help
from matching.pairing.values import Ask

Do = Literal["fix", "forbid"]
DOES: Final[tuple[Do, ...]] = ("fix", "forbid")


class Step(Struct, frozen=True, kw_only=True):
    """A coordinator's word about a pair (records), and what it cost when it was said: from the round without it to the round with it."""

    do: Do
    seeker: UUID
    supporter: UUID
    cost: Cost = Cost(unmatched=0, fit=0.0, others=())


class Proposed(Struct, frozen=True, kw_only=True):
    """A pair (records), how mutual it is in [0, 1], and what has to be asked first."""

    seeker: UUID
    supporter: UUID
    mutual: float
    asks: tuple[Ask, ...] = ()


class Left(Struct, frozen=True, kw_only=True):
    """Somebody without a match, and each single change that would give them one."""

    seeker: UUID
    helps: tuple[Help, ...] = ()
    is_tried: bool = True
    """False where so many are without one that nothing was tried for this one."""


class Proposal(Struct, frozen=True, kw_only=True):
    """A round as worked out on a day. ``lost``: words of the coordinator that hold no more, since somebody left or something stands against the pair."""

    on: date
    steps: tuple[Step, ...] = ()
    pairs: tuple[Proposed, ...] = ()
    unmatched: tuple[Left, ...] = ()
    fit: float = 0.0
    lost: int = 0


class Told(Struct, frozen=True, kw_only=True):
    """All that is kept of a round after it was confirmed: how many were told and how many were not."""

    pairs: int
    unmatched: int
    waiting: int
    """Pairs of whom something was still to be asked."""


def to_text(proposal: Proposal | Told) -> str:
    """The JSON that is sealed."""
    return msgspec.json.encode(proposal).decode()


def proposal_of(text: str) -> Proposal:
    """What was sealed of a round that is open."""
    return msgspec.json.decode(text, type=Proposal)


def told_of(text: str) -> Told:
    """What was sealed of a round that was confirmed."""
    return msgspec.json.decode(text, type=Told)
