"""The check of what answers claim finds nothing in the engine, and finds each sort of claim that is made false."""

from __future__ import annotations

from collections import Counter
from importlib import import_module

import pytest

from matching import changes, left_out
from matching.limits import BIT
from tests.relevance import explained
from tests.relevance.explained import kept, offers_kept, reasons_kept

EXPLAIN = import_module("matching.explain")
SOME = range(24, 40)
"""Number 30 must have it by phone and counts the way there and back: without the phone, what is online fits their times as well."""


def test_what_is_offered_is_what_it_brings() -> None:
    found = offers_kept(SOME)
    assert found["offer"] > 20
    assert found["false offer"] == 0


def test_reasons_are_so() -> None:
    found = reasons_kept(range(40))
    assert found["reason"] > 200
    assert found["left out"] > 200
    assert (found["false reason"], found["false left out"]) == (0, 0)


def test_an_offer_that_forgets_what_else_a_change_frees_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "touched", lambda limit: BIT.get(limit, 0))
    assert offers_kept(SOME)["false offer"]


def test_a_number_that_promises_more_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explained, "said", lambda offer: (len(offer.ids) + 1, set(offer.ids)))
    found = offers_kept(SOME)
    assert found["false offer"] == found["offer"]


def test_a_reason_that_decides_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EXPLAIN, "falls_behind", lambda *_: True)
    assert reasons_kept(range(40))["false reason"]


def test_a_limit_that_is_blamed_for_another_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    swapped = {**BIT, "travel": BIT["age"], "age": BIT["travel"]}
    monkeypatch.setattr(left_out, "BIT", swapped)
    assert reasons_kept(range(40))["false left out"]


def test_too_few_claims_prove_nothing() -> None:
    assert not kept("offers", Counter(offer=9_999), "offer", "").holds
    assert kept("offers", Counter(offer=10_000), "offer", "").holds
    assert not kept("offers", Counter({"offer": 1_000_000, "false offer": 1}), "offer", "").holds
