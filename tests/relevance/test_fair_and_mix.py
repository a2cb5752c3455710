"""Fairness and the mix on a small sample, and proof that each figure moves when what it guards is broken."""

from __future__ import annotations

from statistics import fmean

import numpy as np
import pytest

from matching import Index, diversity, order
from matching.signals import SIGNALS
from matching.signals.base import Measured
from tests.relevance import fair, mix, parts_of_life
from tests.relevance.ordering import ordered, unmixed, without_words
from tests.relevance.town import AT, Person, by_town, towns


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fair, "BASES", 8)
    monkeypatch.setattr(fair, "SEARCHES_EACH", 8)


@pytest.mark.parametrize("name", fair.PAIRS)
def test_twins_of_equal_fit_get_about_equal_attention(name: str) -> None:
    with without_words():
        assert 0.8 <= fair.exposure_ratio(name) <= 1.25  # a small sample: the report has the floors


def test_a_prize_for_the_new_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with without_words():
        before = fair.exposure_ratio("new over old")
        monkeypatch.setattr(order, "LIFT", 5 * order.LIFT)
        monkeypatch.setattr(diversity, "OPEN_PLACE", 2)
        after = fair.exposure_ratio("new over old")
    assert after > max(1.11, 1.25 * before)  # more than the report allows, and a quarter more than these few twins get without the prize


def test_whoever_somebody_is_they_get_the_same_list_where_no_listing_asks() -> None:
    with without_words():
        assert fair.same_lists(10) == 1.0


def test_a_list_that_hangs_on_who_somebody_is_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = SIGNALS["belonging"]

    def by_name(q: object, rows: object) -> Measured:
        met, unknown = usual.measure(q, rows)  # type: ignore[arg-type]
        return Measured(np.asarray(met * (0.5 if min(q.communities) < "m" else 1.0)), unknown)  # type: ignore[attr-defined]

    monkeypatch.setitem(SIGNALS, "belonging", usual._replace(measure=by_name))
    with without_words():
        assert fair.same_lists(10) < 1.0


def test_what_is_best_for_somebody_is_shown_to_somebody() -> None:
    shown, best = fair.tops(range(120))
    assert len(best - shown) < 0.5 * len(best)
    assert best - shown


def test_the_mix_leaves_the_first_place_and_caps_organizations() -> None:
    figures = {figure.name: figure for figure in mix.mix(40)}
    assert figures["first place untouched"].holds
    assert figures["at most two of an organization in ten"].holds
    assert figures["three kinds in ten, of searches with three kinds that fit well"].holds


def test_without_the_mix_an_order_is_by_score() -> None:
    index: Index = by_town()[0]
    with without_words(), unmixed():
        scores = [match.score for match in ordered(Person(3).inquiry(towns()[0], topic=0.0), index, AT)]
    assert len(scores) > 20
    assert [round(score // 0.005) for score in scores] == sorted((round(score // 0.005) for score in scores), reverse=True)


def test_without_the_cap_an_organization_comes_a_third_time() -> None:
    pair = next(pair for pair in mix_of_one_organization() if len(pair[1]) > 10)
    assert not mix.is_capped(pair)


def mix_of_one_organization() -> list[mix.Pair]:
    """A list in which the first three are of one organization, though there are others."""
    with without_words(), unmixed():
        by_score = ordered(Person(3).inquiry(towns()[0], topic=0.0), by_town()[0], AT)
    first = by_score[0].organization_id
    crowded = tuple(type(match)(**{**{name: getattr(match, name) for name in match.__struct_fields__}, "organization_id": first}) for match in by_score[:3])
    return [((*crowded, *by_score[3:10]), (*crowded, *by_score[3:]))]


def test_every_part_of_life_that_was_chosen_is_in_the_ten_at_hardly_any_loss() -> None:
    pairs = parts_of_life.seen(24)
    assert all(ruled.whole for ruled, _ in pairs)
    assert not all(plain.whole for _, plain in pairs), "without the rule some lists leave one out, so this can fail"
    assert fmean(plain.ndcg - ruled.ndcg for ruled, plain in pairs) < 0.01
