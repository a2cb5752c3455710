"""The checks bite: of the mutants, every eighth is tried here, and all of them in the report."""

from __future__ import annotations

import pytest

from tests.relevance.mutations import caught, checks
from tests.relevance.mutations.mutants import MUTANTS, Mutant
from tests.relevance.ordering import without_words


def test_an_unbroken_ranking_passes_every_check() -> None:
    with without_words():
        assert (checks.relations(range(2)), checks.oracle(range(30)), checks.limits(range(30)), checks.topics()) == ("", "", "", "")


@pytest.mark.parametrize("mutant", MUTANTS[::8], ids=lambda one: f"{one.part}, {one.how}")
def test_a_check_notices(mutant: Mutant) -> None:
    assert caught(mutant) != ()


def test_there_are_enough_mutants_and_no_two_alike() -> None:
    assert len({(mutant.part, mutant.how) for mutant in MUTANTS}) == len(MUTANTS) >= 30
