"""Other names of communities: whoever writes one finds what is theirs, as if the label had been written; and words that share a root with a small one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Index, Vocabulary, rank
from matching.smallwords import SMALL
from matching.values import Inquiry, Listing, Term

NOW = datetime(2026, 11, 23, 10, tzinfo=UTC)
WORDS = Vocabulary([
    Term(taxonomy="communities", code="ukrainian", label="Ukrainian", cues=("українці", "українцями", "les Ukrainiens", "乌克兰人")),
    Term(taxonomy="communities", code="polish", label="Polish", cues=("Polacy",)),
    Term(taxonomy="communities", code="islands", label="From the islands", cues=("isla grande",)),
    Term(taxonomy="interests", code="cooking", label="Cooking", cues=("canning", "сало")),
    Term(taxonomy="supports", code="rent", label="Help with rent", cues=("rent",)),
])  # fmt: skip
EVENING = Listing(id="1", service_id="1", organization_id="1", name="Sunflower evening", for_communities=frozenset({"ukrainian"}))
TABLE = Listing(id="2", service_id="2", organization_id="2", name="Pierogi table", led_by=frozenset({"polish"}))


def found(text: str) -> list[tuple[str, str]]:
    index = Index.build([EVENING, TABLE], WORDS, on=date(2026, 11, 23))
    return [(match.name, match.reasons[0].text) for match in rank(Inquiry(text=text), index, at=NOW).matches]


@pytest.mark.parametrize("text", ["хочу зустрітися з українцями", "où sont les ukrainiens", "找乌克兰人"])
def test_a_community_is_found_by_what_it_is_called_elsewhere(text: str) -> None:
    assert WORDS.communities_called(text) == ("Ukrainian",)
    assert found(text) == [("Sunflower evening", "Speaks of “ukrainian”")]


@pytest.mark.parametrize("text", ["Ukrainian evening", "ukrainians, українці", "the grand island", "polaci", "isla", ""])
def test_nothing_is_added_to_the_label_itself_or_to_what_is_only_like_a_name(text: str) -> None:
    assert WORDS.communities_called(text) == ()


def test_several_are_named_together() -> None:
    assert set(WORDS.communities_called("українці, Polacy, la isla grande")) == {"Ukrainian", "Polish", "From the islands"}


def test_a_small_word_is_no_other_word_of_its_root() -> None:
    assert "can" in SMALL
    assert WORDS.loved("can you help me with the rent") == ()
    assert [code for code, _ in WORDS.loved("canning and jam")] == ["cooking"]
    assert [code for code, _ in WORDS.loved("can I do some canning")] == ["cooking"]


@given(st.lists(st.sampled_from(sorted(SMALL)), max_size=8).map(" ".join))
def test_small_words_name_nothing(text: str) -> None:
    assert WORDS.loved(text) == WORDS.meant(text) == WORDS.communities_called(text) == ()
