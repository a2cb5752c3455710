"""Labels, nearness, and what people's own words may mean."""

from __future__ import annotations

import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.conditions import CONDITIONS
from matching.everyday import NAMED_LEAST
from matching.values import Term
from matching.vocabulary import BESIDE, DOUBTED, FLOOR, GUESSED, GUESSES, Vocabulary
from matching.weights import TOPIC_KNOWN
from tests.matching.wordbook import TERMS, URGENT, VOCABULARY, strength, support

STRENGTH_CODES = [term.code for term in VOCABULARY.terms("strengths")]
SUPPORT_CODES = [term.code for term in VOCABULARY.terms("supports")]
SAID = "I cook bread knit fix bikes gym listen people hungry rent soup the zzz"
SENTENCES = st.lists(st.sampled_from(SAID.split()), max_size=8).map(" ".join)


def codes(text: str, taxonomy: str = "strengths", limit: int = 3) -> list[str]:
    return [suggestion.code for suggestion in VOCABULARY.suggest(taxonomy, text, limit)]


# --- labels and terms


def test_a_label_is_the_one_given() -> None:
    assert VOCABULARY.label("supports", "food_pantry") == "Food to take home"


@pytest.mark.parametrize(("code", "readable"), [("repair_cafe", "Repair cafe"), ("one-to-one", "One to one"), ("", ""), ("_x_", "X")])
def test_a_code_nobody_described_is_made_readable(code: str, readable: str) -> None:
    assert VOCABULARY.label("supports", code) == VOCABULARY.label("nowhere", code) == readable


def test_terms_come_in_the_order_given_with_headings() -> None:
    assert VOCABULARY.terms("strengths") == tuple(term for term in TERMS if term.taxonomy == "strengths")
    assert VOCABULARY.terms("nowhere") == ()


def test_a_term_is_found_by_its_taxonomy_and_code_only() -> None:
    assert VOCABULARY.term("supports", "food") == support("food", "Food", "hungry", "nothing to eat")
    assert VOCABULARY.term("strengths", "food") is None
    assert VOCABULARY.term("nowhere", "food") is None


def test_a_code_that_comes_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="'food' comes twice"):
        Vocabulary([support("food", "Food"), support("food", "Other food")])


def test_the_same_code_may_stand_in_two_taxonomies() -> None:
    both = Vocabulary([support("sport", "Sport"), strength("sport", "Being sporty")])
    assert (both.label("supports", "sport"), both.label("strengths", "sport")) == ("Sport", "Being sporty")


@pytest.mark.parametrize("parents", [{"a": "a"}, {"a": "b", "b": "a"}, {"a": "b", "b": "c", "c": "b"}])
def test_terms_above_each_other_are_refused(parents: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="each other's broader term"):
        Vocabulary([support(code, code, parent=parent) for code, parent in parents.items()])


def test_an_empty_vocabulary_answers_everything() -> None:
    empty = Vocabulary([])
    assert not any((empty.suggest("strengths", "cook"), empty.find("strengths", "c"), empty.recognise("hungry"), empty.urgent("x")))
    assert empty.descendants("supports", "food") == {"food"}


# --- nearness


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [
        ("food", "food", 1.0),
        ("food", "hot_meals", 0.6),
        ("hot_meals", "soup_run", 0.6),
        ("food", "soup_run", 0.36),
        ("food_pantry", "hot_meals", 0.3),
        ("food_pantry", "soup_run", 0.0),
        ("food", "rent_help", 0.0),  # both stand at the top, which makes them no kin
        ("unheard_of", "unheard_of", 1.0),
        ("unheard_of", "food", 0.0),
    ],
)
def test_nearness_follows_the_broader_terms(a: str, b: str, near: float) -> None:
    assert VOCABULARY.similarity("supports", a, b) == pytest.approx(near)


def test_terms_under_one_heading_are_siblings() -> None:
    assert VOCABULARY.similarity("communities", "somali", "eritrean") == 0.3
    assert VOCABULARY.similarity("communities", "somali", "polish") == 0.0


@given(st.sampled_from(SUPPORT_CODES), st.sampled_from(SUPPORT_CODES))
def test_nearness_is_the_same_both_ways_and_within_bounds(a: str, b: str) -> None:
    near = VOCABULARY.similarity("supports", a, b)
    assert near == VOCABULARY.similarity("supports", b, a)
    assert 0 <= near <= 1
    assert (near == 1) == (a == b)


SEE_ALSO = Vocabulary([support("rent", "Rent", related=("law",)), support("law", "Law"), support("flats", "Flats", parent="rent", related=("rent", "law"))])


@pytest.mark.parametrize(("a", "b", "near"), [("rent", "law", 0.4), ("law", "rent", 0.4), ("flats", "rent", 0.6), ("law", "flats", 0.4)])
def test_what_is_related_is_near_both_ways_and_never_less_than_in_the_tree(a: str, b: str, near: float) -> None:
    assert SEE_ALSO.similarity("supports", a, b) == near


def test_what_is_related_in_one_taxonomy_is_not_in_another() -> None:
    assert SEE_ALSO.similarity("interests", "rent", "law") == 0.0


def test_descendants_hold_the_term_and_all_under_it() -> None:
    assert VOCABULARY.descendants("supports", "food") == {"food", "food_pantry", "hot_meals", "soup_run"}
    assert VOCABULARY.descendants("supports", "soup_run") == {"soup_run"}
    assert VOCABULARY.descendants("communities", "east_africa") == {"east_africa", "somali", "eritrean"}


@given(st.sampled_from(SUPPORT_CODES), st.sampled_from(SUPPORT_CODES))
def test_a_descendant_is_always_near(above: str, below: str) -> None:
    if below in VOCABULARY.descendants("supports", above):
        assert VOCABULARY.similarity("supports", above, below) >= 0.36


# --- suggestions


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I cook", "cooking"),
        ("baking", "cooking"),
        ("baked bread for the street", "cooking"),
        ("I am a baker", "cooking"),
        ("knitting", "sewing"),
        ("mending bikes", "making"),
        ("people tell me all their problems", "listening"),
        ("I box at the gym", "sport"),
        ("Hablo ESPANOL", "languages"),
        ("会说中文", "languages"),
        ("kithcen", "cooking"),
        ("nitting", "sewing"),
        ("fotball", "sport"),
    ],
)
def test_everyday_words_lead_to_the_strength(text: str, code: str) -> None:
    assert codes(text)[0] == code


@given(st.sampled_from([term for term in TERMS if term.cues]), st.data())
def test_a_cue_in_any_case_finds_its_own_term_first(term: Term, data: st.DataObject) -> None:
    cue = data.draw(st.sampled_from(term.cues))
    if CONDITIONS.isdisjoint(cue.split()):
        assert VOCABULARY.suggest(term.taxonomy, cue.upper())[0].code == term.code


@given(SENTENCES, st.integers(0, 5), st.floats(0, 1))
def test_suggestions_keep_to_limit_floor_and_order(text: str, limit: int, floor: float) -> None:
    found = VOCABULARY.suggest("strengths", text, limit, floor)
    scores = [suggestion.score for suggestion in found]
    assert len(found) <= limit
    assert scores == sorted(scores, reverse=True)
    assert all(floor <= score <= 1 for score in scores)
    assert len({suggestion.code for suggestion in found}) == len(found)


@given(SENTENCES)
def test_the_order_of_words_changes_no_suggestion(text: str) -> None:
    turned = " ".join(reversed(text.split()))
    assert VOCABULARY.suggest("strengths", text) == VOCABULARY.suggest("strengths", turned)


def test_a_suggestion_carries_its_label() -> None:
    (suggestion, *_) = VOCABULARY.suggest("strengths", "knit")
    assert (suggestion.code, suggestion.label) == ("sewing", "Sewing and knitting")
    assert FLOOR <= suggestion.score < 1


def test_headings_are_never_suggested() -> None:
    assert "hands" not in codes("good with your hands", limit=10)


@pytest.mark.parametrize("text", ["", "   ", "the and of", "what I have is me", "I really love it", "zzzzz qqqqq", "1234", "!?"])
def test_words_that_say_nothing_suggest_nothing(text: str) -> None:
    assert codes(text) == []


def test_small_words_suggest_nothing_even_where_a_cue_is_made_of_them() -> None:
    assert Vocabulary([strength("a", "One", "it was all me")]).suggest("strengths", "it was me", floor=0) == ()


def test_a_cue_weighs_more_than_a_description() -> None:
    terms = [strength("a", "One", "paint walls"), strength("b", "Two", description="paint walls")]
    scores = {found.code: found.score for found in Vocabulary(terms).suggest("strengths", "paint walls", floor=0)}
    assert scores["a"] > scores.get("b", 0)


@given(SENTENCES)
def test_what_trails_far_behind_the_best_is_left_out(text: str) -> None:
    scores = [found.score for found in VOCABULARY.suggest("strengths", text, limit=9, floor=0)]
    assert all(score >= 0.6 * scores[0] for score in scores)


def test_a_word_out_of_a_long_cue_says_less_than_one_out_of_a_short_cue() -> None:
    short, long = (Vocabulary([strength("a", "One", "walls", cue)]) for cue in ("paint walls", "paint the high walls white every spring"))
    assert short.suggest("strengths", "walls")[0].score > long.suggest("strengths", "walls")[0].score


@pytest.mark.parametrize(("surest", "less", "least"), [("needle", "neadle", ""), ("knit", "knitter", "knittter"), ("problems", "problms", "prblms")])
def test_a_word_in_another_form_or_misspelt_is_trusted_less(surest: str, less: str, least: str) -> None:
    scores = [next((found.score for found in VOCABULARY.suggest("strengths", text, floor=0)), 0.0) for text in (surest, less, least)]
    assert scores[0] > scores[1] > scores[2] >= 0


@given(st.sampled_from(URGENT), SENTENCES)
def test_words_of_crisis_bring_no_suggestion(phrase: object, text: str) -> None:
    assert VOCABULARY.suggest("strengths", f"I cook, {phrase.phrase}, {text}", floor=0) == ()  # type: ignore[attr-defined]


@given(st.sampled_from(sorted(CONDITIONS)))
def test_no_name_of_a_condition_suggests_a_strength(name: str) -> None:
    assert VOCABULARY.suggest("strengths", f"I have {name}", floor=0) == ()


@pytest.mark.parametrize("text", ["depression", "Depresion", "DEPRESSIÓN", "panic attacks", "bi­polar", "抑郁"])
def test_a_condition_gives_no_strength_in_any_spelling(text: str) -> None:
    assert VOCABULARY.suggest("strengths", text, floor=0) == ()


def test_what_stands_beside_a_condition_is_still_read() -> None:
    assert codes("I live with bipolar and I bake bread") == ["cooking"]


def test_conditions_are_passed_over_for_strengths_only() -> None:
    groups = Vocabulary([support("mood_group", "Peer group", "depression")])
    assert [found.code for found in groups.suggest("supports", "depression")] == ["mood_group"]


@pytest.mark.parametrize(("known", "typed"), [("mend", "lend"), ("mend", "bend")])
def test_a_word_known_elsewhere_is_not_taken_for_a_misspelling(known: str, typed: str) -> None:
    plain = Vocabulary([strength("making", "Making", known)])
    knowing = Vocabulary([strength("making", "Making", known), support("other", "Other", typed)])
    assert plain.suggest("strengths", typed, floor=0)
    assert not knowing.suggest("strengths", typed, floor=0)


def test_only_the_first_four_hundred_characters_are_read() -> None:
    assert codes("z" * 396 + " knit") == []
    assert codes("knit " + "z" * 500) == ["sewing"]


# --- search while typing


def found(text: str, taxonomy: str) -> list[str]:
    return [suggestion.code for suggestion in VOCABULARY.find(taxonomy, text)]


@pytest.mark.parametrize(
    ("text", "taxonomy", "code"),
    [("s", "communities", "somali"), ("SOM", "communities", "somali"), ("sóm", "communities", "somali"), ("polsk", "communities", "polish"),
     ("soom", "communities", "somali"), ("bak", "strengths", "cooking"), ("and bak", "strengths", "cooking"), ("ho me", "supports", "hot_meals"),
     ("espan", "strengths", "languages"), ("中文", "strengths", "languages")],
)  # fmt: skip
def test_what_is_being_typed_finds_the_term(text: str, taxonomy: str, code: str) -> None:
    assert code in found(text, taxonomy)


@given(st.sampled_from([term for term in TERMS if not term.group]), st.integers(1, 20))
def test_every_beginning_of_a_label_finds_it_at_the_top(term: Term, length: int) -> None:
    top = VOCABULARY.find(term.taxonomy, term.label[:length], limit=50)
    assert (term.code, 1.0) in [(suggestion.code, suggestion.score) for suggestion in top]


def test_labels_come_before_cues() -> None:
    assert found("food", "supports")[:2] == ["food", "food_pantry"]
    assert found("sou", "supports")[0] == "soup_run"


@pytest.mark.parametrize("text", ["", " ", "?", "xyz"])
def test_nothing_typed_finds_nothing(text: str) -> None:
    assert found(text, "supports") == []


def test_headings_cannot_be_found_and_the_limit_holds() -> None:
    assert found("east", "communities") == []
    assert len(VOCABULARY.find("supports", "f", limit=1)) == 1


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
