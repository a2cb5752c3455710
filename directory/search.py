"""Inquiry to page of matches: rank, then show what is known of each match. ``Catalogue.search`` calls it with the state at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from directory.listings import Card
from matching import Index, rank
from matching.values import Inquiry, Ranking

Finder = Callable[[Iterable[str], datetime], dict[str, Card]]
"""Ids of listings and a moment to their cards, without those that are gone."""


class SearchPage(Struct, frozen=True, kw_only=True):
    """A ranking with what to show of each match, in the same order."""

    inquiry: Inquiry
    ranking: Ranking
    cards: tuple[Card, ...]
    at: datetime


def search(index: Index, inquiry: Inquiry, *, at: datetime, cards: Finder, around: bool = True, enough: int | None = None) -> SearchPage:
    """Rank an index for an inquiry at a moment (aware), and find the cards of its matches. ``around`` and ``enough`` are those of ``matching.rank``."""
    ranking = rank(inquiry, index, at=at, around=around, enough=enough)
    found = cards((match.id for match in ranking.matches), at)
    if len(found) < len(ranking.matches):   # a listing removed since the index was built is left out rather than shown wrong
        if enough is not None and len(found) < enough <= len(ranking.matches):   # what is left is not enough any more
            ranking = rank(inquiry, index, at=at, around=around)
        ranking = replace(ranking, matches=tuple(match for match in ranking.matches if match.id in found))
    return SearchPage(inquiry=inquiry, ranking=ranking, cards=tuple(found[match.id] for match in ranking.matches), at=at)
