"""Sentences as evidence: by the formula, counted slowly; what speaks for a term adds, nothing takes away, and foreign words say nothing."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.sayings import LEAST_KNOWN, SMOOTHING, Sayings
from matching.smallwords import STOP
from matching.stems import root
from matching.values import Term
from matching.vocabulary import Vocabulary
from matching.words import words

ROOTS = ("bread", "oven", "ladder", "song", "bus", "river", "the", "my", "for")
SENTENCES = st.lists(st.sampled_from(ROOTS), min_size=1, max_size=5).map(" ".join)
COOKING = Term(
    taxonomy="supports", code="cooking", label="Cooking", cues=("stews",),
    sayings=("the oven is on before dawn", "bread for the whole street", "my ladle and my pot", "soup in a thermos"),
)  # fmt: skip
FIXING = Term(
    taxonomy="supports", code="fixing", label="Fixing", cues=("mend",),
    sayings=("the ladder lives in my van", "screws sorted by thread", "my drill and my tape", "kettles come to me"),
)  # fmt: skip
SILENT = Term(taxonomy="supports", code="silent", label="Silence")


def unrepaired(word: str) -> str:
    return ""


def features(text: str) -> set[str]:
    """The roots of a text that are no small words, and each two neighbours."""
    spelt = words(text)
    return {*(root(word) for word in spelt if word not in STOP), *(f"{root(left)} {root(right)}" for left, right in pairwise(spelt))}


def slowly(terms: list[Term], text: str) -> dict[int, float]:
    """The formula of ``Sayings.speaks``, word by word, with nothing kept."""
    held = [[features(sentence) for sentence in (term.label, *term.cues, *term.sayings)] for term in terms]
    found: dict[int, float] = {}
    for one in features(text):
        of_all, all_of_them = sum(one in sentence for own in held for sentence in own), sum(map(len, held))
        for at, own in enumerate(held):
            of_own = sum(one in sentence for sentence in own)
            among = (of_own + SMOOTHING) / (len(own) + 2 * SMOOTHING)
            overall = (of_all + len(terms) * SMOOTHING) / (all_of_them + 2 * len(terms) * SMOOTHING)
            if of_own and round(100 * (math.log(among) - math.log(overall))) > 0:
                found[at] = found.get(at, 0.0) + round(100 * (math.log(among) - math.log(overall))) / 100
    return found


def made(*said: list[str]) -> list[Term]:
    return [Term(taxonomy="t", code=f"c{at}", label=f"label{at}", sayings=tuple(sentences)) for at, sentences in enumerate(said)]


@given(st.lists(SENTENCES, max_size=4), st.lists(SENTENCES, min_size=1, max_size=4), st.lists(SENTENCES, max_size=4), SENTENCES)
def test_it_is_the_formula(first: list[str], second: list[str], third: list[str], text: str) -> None:
    terms = made(first, second, third)
    known = {one for sentences in (first, second, third) for sentence in sentences for one in words(sentence)}
    if set(words(text)) <= known | STOP:
        assert Sayings(terms).speaks(words(text), unrepaired) == pytest.approx(slowly(terms, text))


@given(st.lists(SENTENCES, min_size=1, max_size=6), st.lists(SENTENCES, min_size=1, max_size=6), SENTENCES, SENTENCES)
def test_more_words_that_are_known_never_take_evidence_away(first: list[str], second: list[str], text: str, more: str) -> None:
    sayings = Sayings(made(first, second, [" ".join(ROOTS)]))
    before, after = sayings.speaks(words(text), unrepaired), sayings.speaks(words(f"{text} {more}"), unrepaired)
    assert all(after.get(at, 0.0) >= value for at, value in before.items())


@given(st.lists(SENTENCES, min_size=1, max_size=6), st.lists(SENTENCES, min_size=1, max_size=6), SENTENCES)
def test_the_order_of_the_sentences_does_not_matter(first: list[str], second: list[str], text: str) -> None:
    there, back = Sayings(made(first, second)), Sayings(made(first[::-1], second[::-1]))
    assert there.speaks(words(text), unrepaired) == back.speaks(words(text), unrepaired)


def test_a_word_speaks_for_the_term_whose_people_say_it() -> None:
    found = Sayings([COOKING, FIXING]).speaks(words("ladders and screws"), unrepaired)
    assert set(found) == {1}
    assert found[1] > 0


def test_what_two_terms_share_alike_speaks_for_neither() -> None:
    assert Sayings(made(["bread river"], ["bread bus"])).speaks(["bread"], unrepaired) == {}


def test_a_small_word_says_nothing_alone_and_something_beside_its_neighbour() -> None:
    assert Sayings([COOKING, FIXING]).speaks(["the"], unrepaired) == {}
    alone, beside = (Sayings([COOKING, FIXING]).speaks(words(text), unrepaired)[1] for text in ("van", "my van"))
    assert beside > alone


def test_a_text_of_which_most_is_in_no_sentence_says_nothing() -> None:
    sayings = Sayings([COOKING, FIXING])
    assert 1 / 3 < LEAST_KNOWN <= 1 / 2
    assert sayings.speaks(words("escalera nueva ladder"), unrepaired) == {}
    assert sayings.speaks(words("ladder escalera"), unrepaired)
    assert sayings.speaks([], unrepaired) == {}


def test_a_misspelt_word_counts_as_what_it_is_taken_for() -> None:
    sayings = Sayings([COOKING, FIXING])
    assert sayings.speaks(["lader"], unrepaired) == {}
    assert sayings.speaks(["lader"], {"lader": "ladder"}.__getitem__) == sayings.speaks(["ladder"], unrepaired)


def test_a_word_is_one_when_several_sentences_have_it() -> None:
    sayings = Sayings([Term(taxonomy="t", code="a", label="A", sayings=("a kettle", "two kettles", "a toster"))])
    assert sayings.has("kettle")
    assert sayings.has("kettles")
    assert not sayings.has("toster")


def test_terms_without_sentences_are_as_before() -> None:
    assert Sayings([SILENT]).is_empty
    assert not Sayings([COOKING, SILENT]).is_empty


# --- what becomes of it


def test_a_sentence_nobody_wrote_a_cue_for_is_understood() -> None:
    vocabulary = Vocabulary([COOKING, FIXING])
    assert [code for code, _ in vocabulary.meant("a drill in a van")][:1] == ["fixing"]
    assert [one.code for one in vocabulary.suggest("supports", "bread, soup in a thermos")][:1] == ["cooking"]


def test_what_a_cue_stands_for_keeps_half_where_all_words_speak_for_something_else() -> None:
    vocabulary = Vocabulary([COOKING, FIXING])
    alone, doubted = dict(vocabulary.meant("stews"))["cooking"], dict(vocabulary.meant("stews, the ladder lives in my van, my drill and my tape"))["cooking"]
    assert alone / 2 <= doubted < alone


@pytest.mark.parametrize("text", ["", "the", "zzz qqq", "?!"])
def test_nothing_is_meant_by_nothing(text: str) -> None:
    assert Vocabulary([COOKING, FIXING]).meant(text) == ()


def test_pairs_are_of_neighbours_alone_and_in_their_order() -> None:
    sayings = Sayings(made(["oven ladder song bus"], ["ladder oven", "song river", "bus river"], ["river"]))
    beside, turned, apart = (sayings.speaks(words(text), unrepaired).get(0, 0.0) for text in ("oven ladder", "ladder oven", "oven song ladder"))
    assert beside > turned
    assert apart == pytest.approx(beside - (beside - turned) + sayings.speaks(["song"], unrepaired).get(0, 0.0))


def test_making_ready_changes_nothing() -> None:
    ready, waiting = Vocabulary([COOKING, FIXING]), Vocabulary([COOKING, FIXING])
    ready.prepare()
    assert ready.meant("a drill in a van") == waiting.meant("a drill in a van")
