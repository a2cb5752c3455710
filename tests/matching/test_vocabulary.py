"""What everyday words stand for: kinds of support, people, interests."""

from __future__ import annotations

import itertools

import msgspec
import pytest
from hypothesis import given

from matching.everyday import NAMED_LEAST
from matching.values import Term
from matching.vocabulary import BESIDE, DOUBTED, GUESSED, GUESSES, Vocabulary
from matching.weights import TOPIC_KNOWN
from tests.matching.wordbook import SENTENCES, URGENT, VOCABULARY, support

STRENGTH_CODES = [term.code for term in VOCABULARY.terms("strengths")]
SUPPORT_CODES = [term.code for term in VOCABULARY.terms("supports")]


def test_an_empty_vocabulary_answers_everything() -> None:
    empty = Vocabulary([])
    assert not any((empty.suggest("strengths", "cook"), empty.find("strengths", "c"), empty.recognise("hungry"), empty.urgent("x")))
    assert empty.descendants("supports", "food") == {"food"}


# --- kinds of support in everyday words


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I am hungry", "food"),
        ("there is nothing in the house to eat", "food"),
        ("a foodbank near me", "food_pantry"),
        ("I need help with my rent", "rent_help"),
        ("we are behind with the rent", "rent_help"),
        ("I need someone to talk to", "listening_line"),
        ("learning English", "english"),
        ("lerning englsh", "english"),
    ],
)
def test_everyday_words_stand_for_a_kind_of_support(text: str, code: str) -> None:
    assert code in dict(VOCABULARY.recognise(text))


@pytest.mark.parametrize(
    "text", ["", "I can't talk English well", "street party", "a lonely road", "the", "something to do", "bank transfer", "take home", "rent"]
)
def test_part_of_a_phrase_is_not_enough(text: str) -> None:
    assert dict(VOCABULARY.recognise(text)).keys().isdisjoint(SUPPORT_CODES)


@pytest.mark.parametrize(("cue", "met", "missed"), [
    ("no breaks", "I get no break", "a break"), ("sign on", "signing on", "sign language"), ("beats me", "he beats me", "make beats with others"),
])  # fmt: skip
def test_a_small_word_that_turns_the_meaning_has_to_be_there(cue: str, met: str, missed: str) -> None:
    turned = Vocabulary([support("law", "Rights", cue)])
    assert dict(turned.recognise(met)) == {"law": 1.0}
    assert turned.recognise(missed) == ()


@pytest.mark.parametrize(("cue", "met", "missed"), [
    ("NA meeting", "an NA meeting tonight", "a school meeting"), ("lost someone", "I lost someone", "I lost my keys"), ("my taxes", "taxes", "a holiday"),
    ("dạy con", "tôi muốn dạy con", "what a day"), ("lo âu", "tôi lo âu", "jouer au foot"), ("rent help", "the rent", "help with forms"),
])  # fmt: skip
def test_a_short_phrase_shrinks_by_words_alone_that_change_nothing(cue: str, met: str, missed: str) -> None:
    """A syllable of one language may be a small word of another: no Vietnamese phrase is met by what is left of it."""
    one = Vocabulary([support("it", "Something", cue)])
    assert dict(one.recognise(met)).keys() == {"it"}
    assert one.recognise(missed) == ()


def test_a_word_that_people_say_in_another_language_is_no_misspelling() -> None:
    """"Cherche" (look for, in French) is not "church"."""
    said = ("je cherche un métier", "je cherche du travail", "il cherche un emploi")
    church, work = support("faith", "Faith", "church"), msgspec.structs.replace(support("work", "Work", "a job"), sayings=said)
    assert dict(Vocabulary([church]).recognise("cherche")).keys() == {"faith"}
    both = Vocabulary([church, work])
    assert both.is_said("cherche")
    assert not both.is_said("chruch")
    assert both.recognise("cherche") == ()
    assert dict(both.recognise("chruch")).keys() == {"faith"}


def test_beside_an_interest_that_is_named_a_faint_guess_is_none() -> None:
    """Who looks for a partner to play chess with is not asking for a safe house."""
    safety = support("safety", "A safe house", "my partner frightens everybody in this house at night")
    chess = Term(taxonomy="interests", code="chess", label="Chess", cues=())
    fillers = [support(f"other{number}", f"Other {number}", f"word{number}") for number in range(30)]
    assert dict(Vocabulary([safety, *fillers]).meant("a chess partner")).keys() == {"safety"}
    assert Vocabulary([safety, *fillers, chess]).meant("a chess partner") == ()


def test_a_phrase_that_would_shrink_to_all_that_another_term_says_needs_its_small_words() -> None:
    both = Vocabulary([support("pantry", "Groceries", "food bank"), support("giving", "Giving", "help out at the food bank")])
    assert dict(both.recognise("food bank")) == {"pantry": 1.0}
    assert dict(both.recognise("can I help out at the food bank")) == {"giving": 1.0, "pantry": pytest.approx(0.7)}


def test_terms_under_one_heading_may_share_such_a_phrase() -> None:
    both = Vocabulary([support("food", "Something on the plate"), *(msgspec.structs.replace(one, parent="food") for one in (
        support("meal", "Meals", "hot food"), support("parcel", "Parcels", "I need hot food"))
    )])  # fmt: skip
    assert dict(both.recognise("hot food")) == {"meal": 1.0, "parcel": 1.0}


PEOPLE = Vocabulary(
    [
        Term(taxonomy="audiences", code="carers", label="Carers", cues=("looking after someone",)),
        Term(taxonomy="audiences", code="practitioners", label="Staff", cues=("teachers",)),
        Term(taxonomy="audiences", code="everyone", label="Everyone", cues=("anyone",)),
    ]
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a group for carers", {"carers"}), ("CARER", {"carers"}), ("I am looking after someone", {"carers"}), ("for anyone", set()),
        ("carrers", set()), ("teach me to read", set()), ("someone to talk to", set()), ("", set()),
    ],
)  # fmt: skip
def test_people_are_named_by_known_words_only(text: str, named: set[str]) -> None:
    assert {code for code, _ in PEOPLE.whom(text)} == named


@given(SENTENCES)
def test_what_is_recognised_has_a_weight_and_a_fixed_order(text: str) -> None:
    recognised = VOCABULARY.recognise(text)
    assert all(0 < weight <= 1 for _, weight in recognised)
    assert recognised == tuple(sorted(recognised, key=lambda item: (-item[1], item[0])))
    assert all(recognised == VOCABULARY.recognise(" ".join(turned)) for turned in itertools.islice(itertools.permutations(text.split()), 6))


def test_a_cue_of_two_terms_counts_for_less() -> None:
    shared = Vocabulary([support("a", "One", "warm coat"), support("b", "Two", "warm coat"), support("c", "Three", "dry shoes")])
    weights = dict(shared.recognise("warm coat and dry shoes"))
    assert weights["a"] == weights["b"] < weights["c"] == 1


def test_a_word_that_may_stand_for_many_things_stands_for_none() -> None:
    many = Vocabulary([support(f"kind_{number}", f"Kind {number}", "umbrella") for number in range(12)])
    assert many.recognise("umbrella") == ()


def test_a_cue_of_two_terms_under_one_broader_term_leaves_no_doubt() -> None:
    pantry, meals = support("pantry", "Pantry", "hungry", parent="food"), support("meals", "Meals", "I'm hungry", parent="food")
    cinema = support("cinema", "Cinema", "dry shoes", parent="fun")
    alone, shared = Vocabulary([pantry, cinema]), Vocabulary([pantry, meals, cinema])
    assert set(dict(shared.recognise("hungry"))) == {"pantry", "meals"}
    apart = Vocabulary([pantry, support("meals", "Meals", "I'm hungry", parent="fun"), cinema])
    assert dict(shared.recognise("hungry"))["pantry"] > dict(apart.recognise("hungry"))["pantry"]
    assert len(alone.recognise("hungry")) == 1


def test_a_word_inside_a_longer_phrase_that_is_met_counts_for_less() -> None:
    book = Vocabulary([support("line", "Phone line", "talk at night"), support("lectures", "Lectures", "talks"), support("c", "Three", "dry shoes")])
    assert dict(book.recognise("talk at night"))["line"] == 1
    assert dict(book.recognise("a talk")).get("lectures", 0) > dict(book.recognise("talk at night")).get("lectures", 0)


@given(SENTENCES)
def test_what_is_sure_keeps_half_at_least_and_what_is_guessed_is_never_known(text: str) -> None:
    sure, meant = dict(VOCABULARY.recognise(text)), VOCABULARY.meant(text)
    assert sure.keys() <= dict(meant).keys()
    assert all(DOUBTED * weight <= dict(meant)[code] <= max(weight, GUESSED) for code, weight in sure.items())
    guessed = [weight for code, weight in meant if code not in sure]
    assert len(guessed) <= GUESSES
    assert all(BESIDE * meant[0][1] <= weight <= GUESSED < TOPIC_KNOWN for weight in guessed)
    assert [weight for _, weight in meant] == sorted((weight for _, weight in meant), reverse=True)


def test_one_word_of_a_phrase_points_to_what_it_may_mean_but_not_in_a_crisis() -> None:
    assert VOCABULARY.recognise("street party") == ()
    assert VOCABULARY.meant("street party") != ()
    assert VOCABULARY.meant("I will kill myself at the street party") == ()


PASTIMES = Vocabulary(
    [
        Term(taxonomy="interests", code="chess", label="Chess", cues=("checkmate", "game")),
        Term(taxonomy="interests", code="cards", label="Cards", cues=("game",)),
        Term(taxonomy="interests", code="running", label="Running", cues=("run away from it all",)),
        support("company", "Company", "chess club"),
    ],
    URGENT,
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("somewhere to play chess", {"chess"}), ("chess or cards", {"chess", "cards"}), ("CHECKMATE", {"chess"}), ("chess club", {"chess"}),
        ("a game", set()), ("run", {"running"}), ("cooking", set()), ("", set()), ("kill myself, chess", set()),
    ],
)  # fmt: skip
def test_interests_are_named_by_words_that_hardly_mean_anything_else_and_never_in_a_crisis(text: str, named: set[str]) -> None:
    assert {code for code, _ in PASTIMES.loved(text)} == named


@given(SENTENCES)
def test_an_interest_that_is_named_is_surely_named(text: str) -> None:
    assert all(NAMED_LEAST <= weight <= 1 for _, weight in VOCABULARY.loved(text))
