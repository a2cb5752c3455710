"""The index of whole names finds exactly what comparing all of them finds, and takes no word that exists for another."""

from __future__ import annotations

from itertools import permutations
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from matching.names import MOST_SLIPS, Names, Typed, key_of, slips_between
from matching.stems import stem
from matching.text import TextIndex
from matching.values import Listing
from tests.matching.test_typos import slip
from tests.matching.wordbook import VOCABULARY, listing

WORD = st.text(alphabet="abcd", min_size=2, max_size=9)
NAME = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
CUTS = st.lists(st.integers(0, 30), max_size=3, unique=True)


def slips_slowly(typed: str, name: str, doubtful: set[str]) -> int | None:
    """Pair all the words of both in every way, and of the best pairing look at what differs."""
    wrong, right = typed.split(), name.split()
    if sorted(wrong) == sorted(right):
        return 0
    if len(wrong) != len(right):
        return None
    kept = [pairs for some in permutations(wrong) if is_fine(pairs := [*zip(some, right, strict=True)], doubtful)]
    least = min((sum(OSA.distance(a, b) for a, b in pairs) for pairs in kept), default=99)
    return least if least <= (MOST_SLIPS if len(right) > 1 or len(name) >= 8 else 1 if len(name) >= 4 else 0) else None


def is_fine(pairs: list[tuple[str, str]], doubtful: set[str]) -> bool:
    """What both have stands together, and what does not is long enough and may be doubted, or is the same word in another form."""
    differ = [(a, b) for a, b in pairs if a != b]
    together = {a for a, _ in differ} & {b for _, b in differ}
    return not together and all((a in doubtful or stem(a) == stem(b)) and max(len(a), len(b)) >= 3 for a, b in differ)


@settings(deadline=None)
@given(st.lists(NAME, max_size=20), NAME, st.booleans(), CUTS)
def test_the_index_finds_what_comparing_all_names_finds(names: list[str], typed: str, sure: bool, cuts: list[int]) -> None:
    asked, keys = key_of(typed), [key_of(name) for name in names]
    doubtful = set(asked.split()[:1]) if sure else set(asked.split())
    bounds = None if not cuts else np.array(sorted(cuts[: len(cuts) // 2 * 2]), np.int64).clip(max=len(names))
    inside = set(range(len(names))) if bounds is None else {row for start, end in bounds.reshape(-1, 2).tolist() for row in range(start, end)}
    slow = {row: slips for row, key in enumerate(keys) if asked and row in inside and (slips := slips_slowly(asked, key, doubtful)) is not None}
    rows, slips = Names.build(names).bearing(Typed(asked, frozenset(doubtful)), bounds)
    assert rows.tolist() == sorted(slow)
    assert dict(zip(rows.tolist(), slips.tolist(), strict=True)) == slow


def test_over_many_names_the_filter_loses_none() -> None:
    dice = Random(11)
    spelt = ["".join(dice.choices("etaoinshrdlucm", k=dice.randint(3, 9))) for _ in range(400)]
    names = [" ".join(dice.sample(spelt, dice.randint(1, 3))) for _ in range(4_000)]
    index, near = Names.build(names), Names.build(names[:2_000])
    for name in dice.sample(names, 100):
        words = name.split()
        at = max(range(len(words)), key=lambda place: len(words[place]))
        words[at] = slip(words[at], dice)
        key = key_of(" ".join(words))
        typed = Typed(key, frozenset(key.split()))
        expected = {row: slips for row, one in enumerate(names) if (slips := slips_between(key, key_of(one), typed.doubtful)) is not None}
        rows, slips = index.bearing(typed)
        assert dict(zip(rows.tolist(), slips.tolist(), strict=True)) == expected
        in_reach = index.bearing(typed, np.array([0, 2_000]))
        assert np.array_equal(in_reach.rows, near.bearing(typed).rows)


def texts_of(*names: str) -> TextIndex:
    return TextIndex.build([listing(number, name) for number, name in enumerate(names)], VOCABULARY)


def said(index: TextIndex, typed: str) -> dict[int, int]:
    rows, slips = index.named(index.name_in(typed))
    return dict(zip(rows.tolist(), slips.tolist(), strict=True))


def test_a_name_is_known_in_any_order_and_in_other_forms_of_its_words() -> None:
    index = texts_of("The Quillon Rooms", "Harbour Quillon")
    assert said(index, "rooms quillon") == said(index, "The QUILLON Rooms!") == {0: 0}
    assert said(index, "Quillon room") == {0: 1}
    assert said(index, "Harbor, Quillon") == {1: 1}


def test_slips_are_counted_over_the_whole_name() -> None:
    index = texts_of("Quillon Larkspur")
    assert said(index, "quilon larkspur") == {0: 1}
    assert said(index, "quilon larkspru") == said(index, "qilon larkspur") == {0: 2}
    assert said(index, "qilon larkspru") == {}


def test_a_word_that_exists_is_not_taken_for_another() -> None:
    index = texts_of("Quillon circle", "Quillan circle")
    assert said(index, "quillan") == {}
    alone = texts_of("Quillon", "Quillan")
    assert said(alone, "quillan") == {1: 0}
    assert said(alone, "quillen") == {0: 1, 1: 1}


def test_what_a_vocabulary_has_is_no_slip() -> None:
    index = texts_of("Quillon cookie")
    assert VOCABULARY.knows("cooking")
    assert said(index, "quillon cooking") == {}


def test_among_other_words_a_rare_word_may_be_a_slip_and_a_common_one_not() -> None:
    common = [listing(number, f"Quillan {chr(97 + number)}{chr(98 + number)}x") for number in range(9)]
    rare: list[Listing] = [listing(20 + number, f"Larkspur {chr(97 + number)}zx") for number in range(9)]
    named = [listing(50, "Quillon Marigold"), listing(51, "Quillan Tansy")]
    assert said(TextIndex.build([*named, *rare], VOCABULARY), "quillan marigold") == {0: 1}
    assert said(TextIndex.build([*named, *rare, *common], VOCABULARY), "quillan marigold") == {}


@pytest.mark.parametrize(("name", "typed"), [("Group 12", "group 13"), ("心理支援", "心理支持"), ("Zoe", "zoo"), ("Kin ab", "kin ac"), ("", "x"), ("!!", "??")])
def test_numbers_paired_scripts_and_short_words_are_taken_as_written(name: str, typed: str) -> None:
    index = texts_of(name)
    assert said(index, typed) == {}
    assert said(index, name) == ({0: 0} if key_of(name) else {})


def test_arrays_give_the_names_back() -> None:
    names = ["Quillon Larkspur", "Quillon Larkspur", "Marigold"]
    kept = Names.of(Names.build(names).arrays())
    assert kept.bearing(Typed(key_of("larkspur quillon"), frozenset())).rows.tolist() == [0, 1]
    assert Names.of(Names.build([]).arrays()).bearing(Typed("quillon", frozenset({"quillon"}))).rows.tolist() == []
