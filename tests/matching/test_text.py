"""What people write finds the listings that fit it, however it is written."""

from __future__ import annotations

import math
import random
import time
import unicodedata
from collections import Counter
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from matching.reading import LONG_SMALL
from matching.smallwords import STOP
from matching.stems import stem
from matching.text import TextIndex
from matching.values import Listing, Term
from matching.vocabulary import Vocabulary
from matching.words import words
from tests.matching.test_typos import slip
from tests.matching.wordbook import INDEX, STREET, VOCABULARY, best, listing, scores_of

NO_WORDS = Vocabulary([])
WORDS = ["garden", "bread", "swimming", "tailor", "library", "quilt", "orchestra", "football"]  # far enough apart that none is a slip of another
SOME_WORDS = st.lists(st.sampled_from(WORDS), max_size=5).map(" ".join)
LISTINGS = st.lists(
    st.builds(
        lambda name, organization, description, keywords: listing(
            0, name, organization_name=organization, description=description, keywords=tuple(keywords)
        ),
        SOME_WORDS,
        SOME_WORDS,
        SOME_WORDS,
        st.lists(st.sampled_from(WORDS), max_size=3),
    ),
    min_size=1,
    max_size=8,
)
ASKED = "food bank dental rent talk somali sewing harbour café español counsellor housng hungry walk women's 心理 soup foodbank zzz the"
STREET_QUERIES = st.lists(st.sampled_from(ASKED.split()), max_size=6).map(" ".join)


# --- against a slow oracle


def scores_slowly(listings: list[Listing], query: str) -> list[float]:
    """BM25F as the docstring of ``scores`` gives it, for exact words only, one row and one word at a time."""
    bags = []
    for row in listings:
        bag: Counter[str] = Counter()
        for text, weight in [(row.name, 3.0), (row.organization_name, 1.5), (row.description, 1.0), *((keyword, 2.0) for keyword in row.keywords)]:
            for word in words(text):
                bag[stem(word)] += weight  # type: ignore[assignment]
        bags.append(bag)
    asked = {stem(word) for word in words(query)}
    having = {base: sum(base in bag for bag in bags) for base in asked}
    idf = {base: math.log(1 + (len(bags) - max(n, 1) + 0.5) / (max(n, 1) + 0.5)) * (1 if n else 0.4) for base, n in having.items()}
    scores = []
    for bag in bags:
        fit = sum(idf[base] * bag[base] / (1.2 + bag[base]) for base in asked) / (sum(idf.values()) or 1)
        coverage = sum(idf[base] for base in asked if bag[base]) / (sum(idf.values()) or 1)
        s = fit * coverage
        scores.append(min(1.0, 1.5 * s / (s + 0.5)))
    return scores


@given(LISTINGS, SOME_WORDS)
def test_scores_equal_the_slow_sums(listings: list[Listing], query: str) -> None:
    assert scores_of(TextIndex.build(listings, NO_WORDS), query).tolist() == pytest.approx(scores_slowly(listings, query))


# --- shape


@given(STREET_QUERIES)
def test_there_is_one_number_a_row_between_nought_and_one(query: str) -> None:
    scores = scores_of(INDEX, query)
    assert scores.dtype == np.float64
    assert scores.shape == (len(STREET),)
    assert ((scores >= 0) & (scores <= 1)).all()


@given(STREET_QUERIES)
def test_a_row_scores_just_when_a_word_hits_it(query: str) -> None:
    assert [score > 0 for score in scores_of(INDEX, query)] == [bool(had) for had in INDEX.matched(INDEX.read(query), np.arange(INDEX.size))]


@pytest.mark.parametrize("query", ["", "  ", "the and of", "qqqqq", "!?"])
def test_a_question_that_says_nothing_hits_nothing(query: str) -> None:
    assert not scores_of(INDEX, query).any()


def test_an_index_without_rows_gives_no_scores() -> None:
    assert scores_of(TextIndex.build([], VOCABULARY), "food").shape == (0,)


# --- what changes nothing


@given(STREET_QUERIES, st.randoms(use_true_random=False))
def test_word_order_changes_nothing_at_all(query: str, chance: random.Random) -> None:
    turned = query.split()
    chance.shuffle(turned)
    assert (scores_of(INDEX, " ".join(turned)) == scores_of(INDEX, query)).all()


@pytest.mark.parametrize(
    "form",
    [str.upper, str.lower, str.title, *(lambda text, form=form: unicodedata.normalize(form, text) for form in ("NFC", "NFD", "NFKC", "NFKD"))],
)
@given(query=STREET_QUERIES)
def test_case_and_unicode_form_change_nothing(form: Callable[[str], str], query: str) -> None:
    assert (scores_of(INDEX, form(query)) == scores_of(INDEX, query)).all()


@given(STREET_QUERIES)
def test_accents_change_nothing(query: str) -> None:
    bare = query.replace("é", "e").replace("ñ", "n")
    assert (scores_of(INDEX, bare) == scores_of(INDEX, query)).all()


@given(STREET_QUERIES)
def test_saying_a_word_twice_changes_nothing(query: str) -> None:
    assert (scores_of(INDEX, f"{query} {query}") == scores_of(INDEX, query)).all()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("counsellor", "counselors"),
        ("neighbourhood centre", "neighborhood centers"),
        ("organisation", "organizations"),
        ("sewing circle", "sewing circles"),
        ("somebody to help with dental", "dental"),
        ("women", "woman's"),
    ],
)
def test_plural_spelling_and_words_of_asking_change_nothing(one: str, other: str) -> None:
    assert scores_of(INDEX, one).any()
    assert scores_of(INDEX, one) == pytest.approx(scores_of(INDEX, other))


@given(STREET_QUERIES, st.sampled_from(LONG_SMALL), st.randoms(use_true_random=False))
def test_a_small_word_changes_nothing_with_a_slip_in_it_either(query: str, small: str, chance: random.Random) -> None:
    typed = slip(small, chance)
    assume(not VOCABULARY.knows(typed) and not INDEX.reader.has(typed) and all(near in STOP for near, slips in INDEX.nearest(typed) if slips == 1))
    assert (scores_of(INDEX, f"{query} {typed}") == scores_of(INDEX, query)).all() or not words(query)


def test_a_word_that_may_be_another_slip_is_not_taken_for_a_small_one() -> None:
    index = TextIndex.build([listing(0, "Whale watching")], NO_WORDS)
    assert scores_of(index, "whle").any()  # as near to "whale" as to "while"


def test_only_the_first_four_hundred_characters_are_read() -> None:
    assert (scores_of(INDEX, "dental " + "x" * 1000) == scores_of(INDEX, "dental " + "x" * 393)).all()
    assert not scores_of(INDEX, "z" * 400 + " dental").any()


# --- what ranks higher


@given(LISTINGS, st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True), st.data())
@settings(max_examples=300)
def test_gaining_a_word_of_the_question_never_lowers_a_listing(listings: list[Listing], asked: list[str], data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(listings) - 1))
    word = data.draw(st.sampled_from(asked))
    richer = list(listings)
    richer[row] = listing(0, listings[row].name, organization_name=listings[row].organization_name, keywords=listings[row].keywords,
                          description=f"{listings[row].description} {word}")  # fmt: skip
    before, after = (scores_of(TextIndex.build(held, NO_WORDS), " ".join(asked))[row] for held in (listings, richer))
    assert after >= before - 1e-12


@given(LISTINGS, SOME_WORDS, st.data())
def test_more_words_that_nobody_asked_for_change_no_score(listings: list[Listing], query: str, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, len(listings) - 1))
    longer = list(listings)
    longer[row] = listing(0, listings[row].name, organization_name=listings[row].organization_name, keywords=listings[row].keywords,
                          description=listings[row].description + " and very much else besides, week after week")  # fmt: skip
    assert (scores_of(TextIndex.build(longer, NO_WORDS), query) == scores_of(TextIndex.build(listings, NO_WORDS), query)).all()


@given(LISTINGS, st.lists(st.sampled_from(WORDS), min_size=1, max_size=3, unique=True))
def test_permuting_rows_permutes_scores(listings: list[Listing], asked: list[str]) -> None:
    query = " ".join(asked)
    forth, back = scores_of(TextIndex.build(listings, NO_WORDS), query), scores_of(TextIndex.build(listings[::-1], NO_WORDS), query)
    assert (forth == back[::-1]).all()


def test_a_row_with_both_words_stands_over_rows_with_one() -> None:
    index = TextIndex.build([listing(0, "Bread"), listing(1, "Garden"), listing(2, description="bread from the garden")], NO_WORDS)
    assert best("garden bread", index=index)[0] == 2


def test_the_name_counts_most_then_keywords_and_labels_then_the_organization_then_the_description() -> None:
    rows = [
        listing(0, description="bread"),
        listing(1, organization_name="bread"),
        listing(2, interests=frozenset({"bread"})),
        listing(3, keywords=("bread",)),
        listing(4, "bread"),
        listing(5, "else"),
    ]
    scores = scores_of(TextIndex.build(rows, NO_WORDS), "bread")
    assert scores[4] > scores[3] == scores[2] > scores[1] > scores[0] > scores[5] == 0


@pytest.mark.parametrize(("query", "row"), [("walking", 4), ("Somali", 5), ("Polish", 7), ("Hot soup run", 6)])
def test_labels_of_supports_interests_and_communities_are_read(query: str, row: int) -> None:
    assert best(query)[0] == row


def test_whom_a_listing_is_kept_for_is_read() -> None:
    book = Vocabulary([Term(taxonomy="audiences", code="women", label="Women")])
    rows = [listing(0, "Gym hour"), listing(1, "Gym hour", only_for=frozenset({"women"}))]
    assert best("gym hour for women", index=TextIndex.build(rows, book)) == [1, 0]


# --- everyday words


def test_an_everyday_word_finds_the_kind_of_support_and_what_is_narrower() -> None:
    assert set(best("hungry")) == {0, 6}  # the food bank, and the soup run under hot meals under food


def test_a_word_in_the_listing_counts_a_little_more_than_what_stands_for_it() -> None:
    rows = [listing(0, supports=frozenset({"food"})), listing(1, "Hungry Minds"), listing(2, keywords=("hungry",)), listing(3, "Knitters")]
    scores = scores_of(TextIndex.build(rows, VOCABULARY), "hungry")
    assert scores[1] > scores[2] > scores[0] > 0.6 * scores[2] > scores[3] == 0


def test_word_and_kind_of_support_together_count_more_than_either() -> None:
    rows = [listing(0, supports=frozenset({"food"})), listing(1, "Hungry"), listing(2, "Hungry", supports=frozenset({"food"}))]
    assert best("hungry", index=TextIndex.build(rows, VOCABULARY)) == [2, 1, 0]


# --- misspelt words


@pytest.mark.parametrize(("query", "row"), [("dentel", 1), ("wellbieng", 3), ("sewwing", 5), ("neigbourhood", 3), ("counselers", 9)])
def test_a_misspelt_word_still_finds_its_listing(query: str, row: int) -> None:
    assert row in best(query)


@pytest.mark.parametrize(("query", "rows"), [("dental", [1]), ("rental", [2]), ("mental", [3])])
def test_a_word_that_is_known_brings_no_neighbour(query: str, rows: list[int]) -> None:
    assert best(query) == rows


def test_a_word_the_vocabulary_knows_is_not_taken_for_a_misspelling() -> None:
    held = [listing(0, "Bale")]
    assert best("bake", index=TextIndex.build(held, NO_WORDS)) == [0]
    assert best("bake", index=TextIndex.build(held, VOCABULARY)) == []


def test_a_repaired_word_counts_less_than_the_word() -> None:
    assert 0 < scores_of(INDEX, "dentel")[1] < scores_of(INDEX, "dental")[1]


def test_two_slips_count_less_than_one() -> None:
    scores = [scores_of(INDEX, query)[9] for query in ("teenagers", "tenagers", "tenagars")]
    assert scores[0] > scores[1] > scores[2] > 0


def test_a_repair_with_the_same_first_letter_counts_more() -> None:
    scores = scores_of(TextIndex.build([listing(0, "Cold"), listing(1, "Bolt")], NO_WORDS), "bold")
    assert scores[1] > scores[0] > 0


@pytest.mark.parametrize(("query", "row"), [("foodbank", 0), ("dentalcare", 1)])
def test_two_words_written_as_one_are_read_as_two(query: str, row: int) -> None:
    assert best(query)[0] == row


@pytest.mark.parametrize("seed", range(8))
def test_a_slip_in_one_word_keeps_the_known_item_in_the_first_five(seed: int) -> None:
    chance = random.Random(seed)
    syllables = ["ba", "ren", "to", "lim", "sor", "ka", "vel", "dun", "pi", "gra", "mo", "thes"]
    names = [" ".join("".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(3)) for _ in range(400)]
    index = TextIndex.build([listing(row, name) for row, name in enumerate(names)], NO_WORDS)
    for row in chance.sample(range(400), 25):
        typed = names[row].split()
        at = chance.randrange(3)
        letter = chance.randrange(len(typed[at]))
        typed[at] = typed[at][:letter] + chance.choice(["", "x", typed[at][letter] * 2]) + typed[at][letter + 1 :]
        assert row in best(" ".join(typed), 5, index)


# --- other scripts


def test_a_chinese_word_is_found_inside_a_name() -> None:
    assert best("心理") == [8]
    assert best("心") == [8]
    assert best("支援小组 心理")[0] == 8


def test_thai_and_arabic_names_are_found() -> None:
    index = TextIndex.build([listing(0, "กลุ่มเพื่อนช่วยเพื่อน"), listing(1, "مجموعة دَعم"), listing(2, "हिंदी कक्षा")], NO_WORDS)
    assert [best(query, index=index) for query in ("เพื่อน", "دعم", "हिंदी")] == [[0], [1], [2]]


# --- reasons and speed


def test_matched_names_the_words_that_hit() -> None:
    assert INDEX.matched(INDEX.read("hungry near the harbour, dentel"), np.array([0]))[0] == ("harbour", "hungry")
    assert INDEX.matched(INDEX.read("hungry near the harbour, dentel"), np.array([1]))[0] == ("dentel",)


def test_a_question_over_ten_thousand_listings_takes_a_moment() -> None:
    chance = random.Random(3)
    lexicon = ["".join(chance.choices("etaoinshrdlucmfw", k=chance.randint(4, 10))) for _ in range(6000)]
    held = [listing(row, " ".join(chance.choices(lexicon, k=3)), description=" ".join(chance.choices(lexicon, k=20))) for row in range(10_000)]
    index = TextIndex.build(held, VOCABULARY)
    queries = [" ".join(chance.sample(lexicon, 3)) for _ in range(20)]
    started = time.perf_counter()
    for query in queries:
        scores_of(index, query)
    assert (time.perf_counter() - started) / len(queries) < 0.02  # a millisecond here; twenty leave room for a busy machine


def test_the_listing_itself_is_left_as_it_was() -> None:
    before = list(STREET)
    TextIndex.build(STREET, VOCABULARY)
    assert list(STREET) == before


@given(STREET_QUERIES)
def test_asking_twice_gives_the_same_bytes(query: str) -> None:
    assume(query)
    assert scores_of(INDEX, query).tobytes() == scores_of(TextIndex.build(STREET, VOCABULARY), query).tobytes()
