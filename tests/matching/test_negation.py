"""What people say they cannot do is left out; what only sounds like it stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.negation import without_negated

CANNOT = ("I can't cook", "I couldn’t sing", "I'm no good at maths", "I hate driving", "I never learned to swim", "no sé cocinar", "No me gusta bailar",
          "tôi không biết hát", "لا أعرف الطبخ", "我不会做饭", "我不喜欢跑步", "Я не вмію готувати", "ненавиджу шити", "я совсем не умею петь",
          "терпеть не могу готовить", "je sais pas chanter", "J'aime pas cuisiner", "je suis nul en maths", "não sei cozinhar", "nao gosto de dançar",
          "hindi ako marunong magluto", "ayoko sumayaw")  # fmt: skip
CAN = ("I can't stop drawing", "I never give up", "I don't panic", "I don't judge", "I want to learn to cook", "I can't stand by when someone is hurt",
       "no me rindo", "nunca llego tarde", "làm cả ngày không biết mệt", "لا أستسلم", "我从不放弃", "我不会放弃", "people say I can cook",
       "не вмію здаватися", "не умею сидеть без дела",
       "не могу жить без музыки", "je ne peux pas m'empêcher de dessiner", "je ne sais pas mentir", "não consigo parar de cantar", "não sei desistir",
       "hindi ko kaya manahimik")  # fmt: skip


@pytest.mark.parametrize("text", CANNOT)
def test_what_somebody_cannot_do_is_left_out(text: str) -> None:
    assert without_negated(text).strip() == ""


@pytest.mark.parametrize("text", CAN)
def test_what_only_sounds_like_not_being_able_stays(text: str) -> None:
    assert without_negated(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [("I can't cook, but I drive a van", "drive a van"), ("I hate maths but I love dogs", "love dogs"), ("我不会做饭,我会开车", "我会开车"),
     ("I fix bikes. I can't sing", "I fix bikes"), ("no sé leer pero canto bien", "canto bien"),
     ("не вмію співати, але шию", "шию"), ("не умею петь, зато шью", "шью"), ("je sais pas lire mais je chante", "je chante"),
     ("não sei ler mas canto", "canto"), ("hindi ako marunong magluto pero kumakanta ako", "kumakanta ako")],
)  # fmt: skip
def test_the_other_clauses_are_kept(text: str, kept: str) -> None:
    assert kept in without_negated(text)


@given(st.text(max_size=80))
def test_nothing_is_ever_added_and_a_second_time_takes_nothing_more_of_plain_words(text: str) -> None:
    assert len(without_negated(text)) <= len(text)
