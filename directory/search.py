"""Inquiry to page of matches: rank, then fetch what to show of each match. ``Catalogue.search`` calls it with the state at hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from msgspec.structs import replace

from directory.cards import CardMaker, find_listing
from directory.listings import Card
from directory.shelf import Shelf
from directory.storage import Storage
from matching import Index, rank
from matching.values import Inquiry, Ranking


class SearchPage(Struct, frozen=True, kw_only=True):
    """A ranking with what to show of each match, in the same order."""

    inquiry: Inquiry
    ranking: Ranking
    cards: tuple[Card, ...]
    at: datetime


def search(index: Index, storage: Storage, inquiry: Inquiry, *, at: datetime, maker: Callable[[Shelf], CardMaker], around: bool = True) -> SearchPage:
    """Rank an index for an inquiry at a moment (aware), and make the cards of its matches from the rows as they are now.

    ``around`` is that of ``matching.rank``.
    """
    ranking = rank(inquiry, index, at=at, around=around)
    with storage.reading() as session:
        shelf = Shelf(session, {UUID(match.service_id) for match in ranking.matches})
        cards = maker(shelf)
        found = {match.id: find_listing(shelf, UUID(match.id)) for match in ranking.matches}
        shown = {key: cards.card(*pair) for key, pair in found.items() if pair}
    # A listing removed since the index was built has no card: it is left out rather than shown wrong.
    matches = tuple(match for match in ranking.matches if match.id in shown)
    return SearchPage(inquiry=inquiry, ranking=replace(ranking, matches=matches), cards=tuple(shown[match.id] for match in matches), at=at)
