"""From people's own words to what they may be good at, and what they look for while typing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.conditions import CONDITIONS
from matching.values import Term
from matching.vocabulary import FLOOR, Vocabulary
from tests.matching.wordbook import SENTENCES, TERMS, URGENT, VOCABULARY, strength, support

STRENGTH_CODES = [term.code for term in VOCABULARY.terms("strengths")]


def codes(text: str, taxonomy: str = "strengths", limit: int = 3) -> list[str]:
    return [suggestion.code for suggestion in VOCABULARY.suggest(taxonomy, text, limit)]


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


@given(SENTENCES)
def test_no_strength_is_added_to_fill_up_three(text: str) -> None:
    """A score is s / (s + 1), s being what speaks for it."""
    speaks = [found.score / (1 - found.score) for found in VOCABULARY.suggest("strengths", text, limit=9, floor=0)]
    assert all(one >= 0.349 * speaks[0] for one in speaks)


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
