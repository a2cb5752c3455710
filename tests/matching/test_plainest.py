"""The phrase that a listing is quoted by is the one that the whole directory, searched for each phrase by itself, shows to tell most plainly there."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from matching import Index, Vocabulary
from matching.telling import Phrase
from matching.values import Listing

WORDS = ("pantry", "bread", "soup", "choir", "market")
PHRASES = st.lists(
    st.builds(
        lambda stems, weight: Phrase(tuple(sorted(stems)), weight, " ".join(sorted(stems))),
        st.sets(st.sampled_from(WORDS), min_size=1, max_size=2), st.sampled_from((0.4, 0.7, 1.0)),
    ), max_size=6,
)  # fmt: skip
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=6), min_size=1, max_size=5)


def index_of(texts: list[list[str]]) -> Index:
    listings = [
        Listing(id=f"{at}", service_id=f"{at}", organization_id="one", name="Table", description=" ".join(said)) for at, said in enumerate(texts)
    ]
    return Index.build(listings, Vocabulary(()), on=date(2026, 11, 24))


@given(TEXTS, PHRASES)
def test_it_is_the_best_of_what_each_phrase_finds_by_itself(texts: list[list[str]], phrases: list[Phrase]) -> None:
    held = index_of(texts).parts[0].texts
    for row in range(len(texts)):
        found = []
        for phrase in phrases:
            rows, values = held.told((phrase,))
            found += [(value, len(phrase.said), phrase.said) for at, value in zip(rows.tolist(), values.tolist(), strict=True) if at == row]
        quoted = held.plainest(phrases, row)
        assert (quoted.said if quoted else None) == (max(found)[2] if found else None)


def test_nothing_is_quoted_of_a_listing_that_says_nothing_of_it() -> None:
    held = index_of([["soup"], []]).parts[0].texts
    assert held.plainest((Phrase(("soup",), 1.0, "soup"),), 1) is None
    assert held.plainest((), 0) is None
