"""The check of limits agrees with the slow ranking of the engine's own tests, bites when a limit is broken, and finds nothing in the engine."""

from __future__ import annotations

from collections import Counter

import msgspec
import pytest

from matching import rank
from matching.limits import LIMITS
from tests.matching.oracle import ASK, FAIL, Oracle
from tests.relevance import facts, town
from tests.relevance.never_wrong import wrongs
from tests.relevance.ordering import ordered, without_words


def test_what_is_known_not_to_be_so_is_what_the_oracle_calls_a_fail() -> None:
    seen: Counter[str] = Counter()
    directory = town.listings()[:150]
    for number in range(60):
        asked = msgspec.structs.replace(town.Person(number, strict=0.5).inquiry(town.towns()[0]), text="")
        oracle = Oracle(asked, directory, town.vocabulary(), {}, town.AT)
        for one in directory[number % 3 :: 3]:
            expected = [name for name, said in oracle.verdicts(one).items() if said == FAIL]
            assert sorted(facts.violations(one, asked, town.AT)) == sorted(expected)
            seen.update(expected)
            seen.update(f"{name} not known" for name, said in oracle.verdicts(one).items() if said == ASK)
    assert all(seen[name] for name in facts.FACTS)


def test_nobody_is_shown_what_is_not_for_them() -> None:
    found = wrongs(range(200))
    assert found["looked at"] > 500
    assert {name: found[name] for name in facts.FACTS if found[name]} == {}


@pytest.mark.parametrize("name", sorted(LIMITS))
def test_this_proof_finds_a_limit_that_is_not_judged(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LIMITS, name, lambda q, rows: None)  # type: ignore[misc]
    assert any(wrongs(range(start, start + 40))[name] for start in range(0, 1000, 40))


def test_the_ranking_without_words_is_the_ranking() -> None:
    for number in range(8):
        asked = town.Person(number).inquiry(town.towns()[0])
        whole = rank(asked, town.by_town()[0], at=town.AT).matches
        with without_words():
            bare = ordered(asked, town.by_town()[0], town.AT, asked.limit)
        assert [(one.id, one.score) for one in bare] == [(one.id, one.score) for one in whole]
