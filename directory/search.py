"""Inquiry to page of matches: the one verb that every door calls."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from directory.listings import Card
from matching.values import Inquiry, Ranking


class SearchPage(Struct, frozen=True, kw_only=True):
    """A ranking with what to show of each match, in the same order."""

    inquiry: Inquiry
    ranking: Ranking
    cards: tuple[Card, ...]
    at: datetime


def search(catalogue: Any, inquiry: Inquiry, *, at: datetime) -> SearchPage:
    """Rank the catalogue for an inquiry at a moment (aware) and fetch what to show."""
    return catalogue.search(inquiry, at=at)   # type: ignore[no-any-return]
