"""Danger by example: said in other words it is noticed, ordinary words are not taken for it, and no word alone is an alarm."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.danger import AT_EASE, LEAST, MOST, OFTEN, SMOOTHING, SURE, Danger, UrgentSayings
from matching.smallwords import SMALL_IN_SENTENCES
from matching.stems import root
from matching.values import Term
from matching.vocabulary import ANSWERS, UrgentPhrase, Vocabulary
from matching.words import words

IN_WATER = ("the boat is sinking under us", "water comes over the side", "we are going under", "the engine died and water is rising", "no life jackets here")
IN_SMOKE = ("smoke under the door", "the stairs are on fire", "flames in the hall", "the kitchen is burning and smoke rises", "fire below us")
AT_REST = ("a boat trip under the bridges", "the engine of the old boat", "smoke from a good pipe", "fire pit and stories", "water for the plants")
OTHERS = tuple(f"I like {what} on {day}" for what in ("tea", "cards", "bread", "songs") for day in ("Monday", "Tuesday", "Friday"))
SAYINGS = (
    UrgentSayings(topic="water", sentences=IN_WATER), UrgentSayings(topic="fire", sentences=IN_SMOKE),
    UrgentSayings(topic="", sentences=AT_REST), UrgentSayings(topic="water", language="es", sentences=("el barco se hunde", "nos hundimos")),
    UrgentSayings(topic="", language="es", sentences=("un paseo en barco", "el agua de las plantas", "nos gusta el agua")),
)  # fmt: skip
DANGER = Danger(SAYINGS, OTHERS)
SAID = st.lists(st.sampled_from(sorted({word for one in (*IN_WATER, *IN_SMOKE, *AT_REST) for word in words(one)})), max_size=7).map(" ".join)


def features(text: str) -> set[str]:
    spelt = words(text)
    return {*(root(word) for word in spelt if word not in SMALL_IN_SENTENCES), *(f"{root(left)} {root(right)}" for left, right in pairwise(spelt))}


def counted(in_danger: bool, language: str = "") -> int:
    return sum(len(one.sentences) for one in SAYINGS if bool(one.topic) is in_danger and language in ("", one.language))


def slowly(text: str) -> float:
    """The formula of ``Danger.evidence``, word by word, with nothing kept."""
    danger = [features(sentence) for one in SAYINGS if one.topic for sentence in one.sentences]
    usual = counted(True) / counted(False)
    at_ease = [
        (features(sentence), AT_EASE * counted(True, one.language) / counted(False, one.language) / usual)
        for one in SAYINGS if not one.topic for sentence in one.sentences
    ]  # fmt: skip
    at_ease += [(features(sentence), 1) for sentence in OTHERS]
    calm, found = sum(weight for _, weight in at_ease), 0.0
    share = SMOOTHING * calm / len(danger)
    for one in features(text):
        of_danger, of_ease = sum(one in held for held in danger), sum(weight for held, weight in at_ease if one in held)
        if of_danger or of_ease >= OFTEN:
            among = math.log((of_danger + SMOOTHING) / (len(danger) + 2 * SMOOTHING))
            value = round(100 * (among - math.log((of_ease + share) / (calm + 2 * share))))
            found += max(-MOST, min(MOST, value)) / 100
    return found


@given(SAID)
def test_it_is_the_formula(text: str) -> None:
    assert DANGER.evidence(text) == pytest.approx(slowly(text))


@given(SAID)
def test_a_topic_is_named_from_a_bound_on_and_only_then(text: str) -> None:
    assert bool(DANGER.topics(text)) == (DANGER.evidence(text) >= LEAST)
    assert DANGER.topics(text, SURE) == (DANGER.topics(text) if DANGER.evidence(text) >= SURE else ())


@pytest.mark.parametrize(
    "text", ["our engine died and water comes over the side", "We are SINKING and the water is rising", "se hunde el barco, el barco se hunde"]
)
def test_what_nobody_wrote_down_is_noticed(text: str) -> None:
    assert DANGER.topics(text)[0] == "water"


def test_it_is_noticed_in_the_middle_of_much_else() -> None:
    calm = "I like tea on Monday. I like cards on Friday. " * 40
    assert DANGER.topics(f"{calm} The kitchen is burning and the stairs are on fire! {calm}")[0] == "fire"
    assert DANGER.topics(calm) == ()


@pytest.mark.parametrize("text", [*AT_REST, *OTHERS, "", "?!", "sinking", "fire", "zzz qqq", "a boat trip and a fire pit"])
def test_ordinary_words_and_single_ones_are_no_alarm(text: str) -> None:
    assert DANGER.topics(text) == ()


def test_a_language_with_few_sentences_at_ease_sounds_no_more_like_danger_than_another() -> None:
    few = [
        UrgentSayings(topic="water", language="es", sentences=("el barco se hunde", "nos hundimos")),
        UrgentSayings(topic="", language="es", sentences=("calma",)),
    ]
    many = [UrgentSayings(topic="water", sentences=("sinking boat", "we sink")), UrgentSayings(topic="", sentences=("calm",) * 8)]
    both = Danger([*few, *many], OTHERS)
    assert both.evidence("calma") == pytest.approx(both.evidence("calm"), abs=0.2)


def test_without_examples_nothing_is_noticed() -> None:
    nothing = Danger((), OTHERS)
    nothing.prepare()
    assert nothing.topics("the boat is sinking under us") == ()
    assert nothing.evidence("the boat is sinking under us") == 0.0


def test_a_phrase_of_crisis_goes_before_and_nothing_else_is_read_from_words_of_danger() -> None:
    sailing = Term(taxonomy="strengths", code="sailing", label="Boats and water", cues=("boat", "engine"))
    both = Vocabulary([sailing], [UrgentPhrase(topic="lost", phrase="lost at sea")], SAYINGS)
    both.prepare()
    text = "the boat is sinking, water comes over the side"
    assert both.urgent(text) == both.crisis(text) == ("water",)
    assert both.urgent_by_phrase(text) == ()
    assert both.urgent(f"lost at sea, {text}") == both.urgent_by_phrase(f"lost at sea, {text}") == both.crisis(f"lost at sea, {text}") == ("lost",)
    assert both.suggest("strengths", text) == ()
    assert both.suggest("strengths", "the engine of my boat") != ()


@pytest.mark.parametrize("text", ["the boat is sinking, water comes over the side", "lost at sea with my songs"])
def test_who_is_in_danger_is_shown_what_answers_it_and_nothing_that_is_guessed(text: str) -> None:
    rescue = Term(taxonomy="supports", code="rescue", label="Rescue from the water", urgent=("water", "lost"))
    songs = Term(taxonomy="supports", code="songs", label="Choir", sayings=("my songs and the side of the stage", "water for the singers", "the boat song"))
    both = Vocabulary([rescue, songs], [UrgentPhrase(topic="lost", phrase="lost at sea")], SAYINGS)
    assert both.meant(text) == (("rescue", ANSWERS),)
    assert dict(both.meant("my songs for the stage")).keys() == {"songs"}
    assert dict(both.meant("lost at sea, rescue from the water"))["rescue"] >= ANSWERS
