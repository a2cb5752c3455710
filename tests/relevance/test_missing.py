"""The measurement of missing data measures: nothing missing is nearly the true order, and more missing is worse."""

from __future__ import annotations

from tests.relevance import complete, missing
from tests.relevance.ordering import without_words

COUNT = 10


def test_what_is_left_out_is_not_there_and_the_rest_is_true() -> None:
    for one, thin in zip(complete.truth()[:60], complete.with_gaps(0.6)[:60], strict=True):
        for field, nothing in complete.LEFT_OUT.items():
            assert getattr(thin, field) in (nothing, getattr(one, field))
    bare = complete.with_gaps(1.0)[:60]
    assert all(getattr(one, field) == nothing for one in bare for field, nothing in complete.LEFT_OUT.items())


def test_a_true_town_states_every_field() -> None:
    mostly = {"interests", "settings", "formats", "languages", "builds_on", "access", "cost", "entry", "openings", "size", "tone", "space"}
    assert {field for one in complete.truth() for field in mostly if getattr(one, field) == complete.LEFT_OUT[field]} == set()


def test_less_known_is_a_worse_order_and_ours_beats_every_simpler_one() -> None:
    with without_words():
        true = missing.worths(COUNT)
        whole, thin = (missing.of_masked(true, complete.with_gaps(share), COUNT) for share in (0.0, 0.6))
    assert whole["ours"] > 0.95
    assert whole["ours"] > thin["ours"]
    assert thin["ours"] > max(thin[name] for name in ("words only", "distance only", "tags only", "random"))


def test_taking_unknown_for_no_hides_sparse_records() -> None:
    with without_words():
        shares = missing.exposure(missing.worths(COUNT), COUNT)
    assert shares["unknown = no"] < shares["ours"] < 1.0
