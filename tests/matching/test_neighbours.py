"""Words by number: what was read is found again by any form of it, what was not has no number, and arrays say the same as the reading did."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.neighbours import PAIR, Known, Numbers, digests_of, found_among, speaking
from matching.smallwords import SMALL_IN_SENTENCES
from matching.stems import gist

WORDS = st.lists(st.text("abcdeхлібآبপখ", min_size=1, max_size=4), max_size=12)


@given(WORDS, WORDS)
def test_what_was_read_has_its_number_and_nothing_else_has_one(read: list[str], asked: list[str]) -> None:
    numbers = Numbers()
    given_out = dict(zip(map(gist, read), numbers.take_in(read), strict=True))
    assert numbers.known().of(map(gist, asked)) == [given_out.get(gist(word), 0) for word in asked]
    assert sorted(set(given_out.values())) == list(range(1, len(numbers) + 1))


@given(WORDS)
def test_digests_rise_and_each_number_comes_once(read: list[str]) -> None:
    numbers = Numbers()
    numbers.take_in(read)
    known = numbers.known()
    assert (np.diff(known.digests.astype(object)) > 0).all()
    assert sorted(known.numbers.tolist()) == list(range(1, len(numbers) + 1))


def test_where_nothing_was_read_nothing_is_known() -> None:
    empty = Numbers().known()
    assert empty.of(["bread", ""]) == [0, 0]
    assert empty.of([]) == []
    assert isinstance(empty, Known)


def test_letters_that_no_encoding_has_are_a_word_as_any_other() -> None:
    numbers = Numbers()
    numbers.take_in(["\ud800x"])
    assert numbers.known().of(["\ud800x", "\ud801x"]) == [1, 0]


def test_digests_are_the_same_on_every_machine() -> None:
    assert digests_of(["bread", "хліб"]).tolist() == [0xC65549B937917C7A, 0xDA5C781B76AA29D9]


@given(st.lists(st.sampled_from(["bread", "oven", "the", "my", "unknown"]), max_size=6))
def test_a_text_says_its_words_and_neighbours(spelt: list[str]) -> None:
    numbers = [{"bread": 1, "oven": 2, "the": 3, "my": 4}.get(word, 0) for word in spelt]
    found = speaking(spelt, numbers)
    alone = {number for word, number in zip(spelt, numbers, strict=True) if number and word not in SMALL_IN_SENTENCES}
    assert {one for one in found if one < PAIR} == alone
    assert {divmod(one, PAIR) for one in found if one >= PAIR} == {(a, b) for a, b in pairwise(numbers) if a and b}


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_what_was_said_is_found_where_it_stands(keys: set[int], said: set[int]) -> None:
    rising = np.array(sorted(keys), np.int64)
    assert rising[found_among(rising, said)].tolist() == sorted(keys & said)
