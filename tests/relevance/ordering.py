"""The real ranking without its sentences: the order and the scores of a whole list, a hundred thousand times over."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from importlib import import_module
from typing import Any
from unittest.mock import patch

import msgspec

from matching import Index, diversity, order
from matching.score import UNIT
from matching.values import Inquiry, Match

RANK = import_module("matching.rank")  # the package's own name for it is the function


def bare(found: Sequence[Any], order: Any, positions: Sequence[int]) -> tuple[Match, ...]:
    """The matches at some positions with their scores and nothing said about them: sentences cost more than ranking does, and move nothing."""
    return tuple(bare_match(row_at(found, order, position), int(order.units[position]) / UNIT) for position in positions)


def row_at(found: Sequence[Any], order: Any, position: int) -> Any:
    """The row that stands at a position of an order."""
    one = found[int(order.part[position])]
    return one.question.part.row(int(one.scored.rows[order.place[position]]))


def bare_match(row: Any, score: float) -> Match:
    return Match(
        id=row.id, service_id=row.service_id, organization_id=row.organization_id, name=row.name, kind=row.kind, band="possible", score=score
    )  # fmt: skip


@contextmanager
def without_words() -> Iterator[None]:
    """Inside, ``rank`` explains nothing; its order and scores are its own."""
    with patch.object(RANK, "explain", bare):
        yield


def ordered(inquiry: Inquiry, index: Index, at: datetime, depth: int | None = None) -> tuple[Match, ...]:
    """The first ``depth`` matches, or all there are, of the real ranking. Only inside ``without_words``, else it takes long."""
    asked = msgspec.structs.replace(inquiry, limit=depth or max(1, len(index)), offset=0)
    matches: tuple[Match, ...] = RANK.rank(asked, index, at=at, around=False).matches
    return matches


@contextmanager
def unmixed() -> Iterator[None]:
    """Inside, ``rank`` goes by score and turns alone: no mix of kinds, no cap, no open place, no part of life that has to be there."""
    no_kinds, no_cap, no_place = (patch.object(diversity, *one) for one in (("KIND_PENALTY", 0), ("ORGANIZATION_CAP", 10**6), ("OPEN_PLACE", 10**6)))
    with patch.object(RANK, "covers", lambda *_: None), no_kinds, no_cap, no_place:
        yield


@contextmanager
def watched() -> Iterator[list[Any]]:
    """Inside, what ``rank`` found last and its order by score, from before it was mixed, stand in the list."""
    held: list[Any] = []

    def in_order(*given: Any) -> Any:
        held[:] = [given[0], order.in_order(*given)]
        return held[1]

    with patch.object(RANK, "in_order", in_order):
        yield held
