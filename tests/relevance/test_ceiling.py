"""The ceiling fills what was left out, and nothing else, as it may have been; where nothing was left out, it knows the true order."""

from __future__ import annotations

from random import Random

from tests.relevance import ceiling, complete, missing
from tests.relevance.ceiling import Thin, filled, said
from tests.relevance.ordering import without_words

COUNT = 8
UNTOUCHED = ("id", "name", "kind", "place", "supports", "domains", "assured_on", "assured_by")


def test_what_is_said_stays_as_it_is() -> None:
    for one in complete.with_gaps(0.6)[:80]:
        full = filled(one, 0.6, Random(one.id))
        assert all(getattr(full, field) == getattr(one, field) for field in complete.LEFT_OUT if said(one, field))
        assert all(getattr(full, field) == getattr(one, field) for field in UNTOUCHED)


def test_what_every_listing_has_is_filled_by_how_likely_it_was_left_out() -> None:
    for one in complete.with_gaps(0.6)[:80]:
        assert all(said(filled(one, 0.6, Random(one.id)), field) for field in ("builds_on", "access", "formats", "cost", "openings"))


def test_who_leads_is_whom_it_is_for() -> None:
    for one in complete.with_gaps(0.6)[:200]:
        full = filled(one, 0.6, Random(one.id))
        assert not full.led_by or full.led_by == full.for_communities


def test_codes_of_which_nothing_is_said_are_filled_where_yes_is_said_more_often() -> None:
    one = next(one for one in complete.with_gaps(0.6, yes_more_often=True) if said(one, "access"))
    full = filled(one, 0.6, Random("codes"), yes_more_often=True)
    assert full.access.yes >= one.access.yes
    assert full.access.no >= one.access.no
    assert full.access.yes | full.access.no == frozenset(complete.codes("access"))


def test_where_nothing_is_left_out_the_ceiling_is_the_true_order() -> None:
    thin = Thin(complete.truth(), lambda one: 0.0, yes_more_often=False)
    with without_words():
        (value,) = (value for _, value in ceiling.curve(thin, missing.worths(COUNT), 1))
    assert value > 0.999
