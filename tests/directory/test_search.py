"""The page of a search: what is gone is not shown, and a page that is short because of it is told what lies around it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from directory.listings import Card
from directory.search import Finder, search
from matching import rank
from matching.values import Inquiry, MustHaves
from tests.matching.worlds import AT, index_of, world_of


def cards_without(gone: Iterable[int]) -> Finder:
    """Finds cards (empty ones) for all but those that come at some places."""

    def find(ids: Iterable[str], at: datetime) -> dict[str, Card]:
        kept: dict[str, Any] = {key: object() for number, key in enumerate(ids) if number not in set(gone)}
        return cast(dict[str, Card], kept)

    return find


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sets(st.integers(0, 5), max_size=3), st.integers(0, 8))
def test_what_lies_around_is_told_where_not_enough_is_left(number: int, gone: set[int], enough: int) -> None:
    index, inquiry = index_of(world_of(number, 12).directory), Inquiry(limit=6, must=MustHaves(free=True))
    page = search(index, inquiry, at=AT, cards=cards_without(gone), enough=enough)
    whole = rank(inquiry, index, at=AT)
    assert [match.id for match in page.ranking.matches] == [match.id for at, match in enumerate(whole.matches) if at not in gone]
    assert len(page.cards) == len(page.ranking.matches)
    told = len(page.cards) < enough
    assert (page.ranking.not_shown, page.ranking.would_match) == ((whole.not_shown, whole.would_match) if told else ((), ()))
