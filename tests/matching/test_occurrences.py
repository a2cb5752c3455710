"""The words of listings, read passage by passage, are those that a plain loop over listings finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from matching.occurrences import DESCRIPTION, KEYWORDS, LABELS, NAME, ORGANIZATION, TAGGED, read
from matching.postings import UNIT
from matching.smallwords import STOP
from matching.stems import stem
from matching.values import Listing
from matching.words import words
from tests.matching.wordbook import VOCABULARY, listing

PHRASES = st.lists(st.sampled_from(("soup", "Soup kitchen", "don't", "the", "Żabka", "茶会", "walks & talks", "")), max_size=4)
LISTINGS = st.builds(
    lambda name, organization, description, keywords, supports, led_by, welcomes: listing(
        "x", " ".join(name), organization_name=" ".join(organization), description=" ".join(description), keywords=tuple(keywords),
        supports=frozenset(supports), led_by=frozenset(led_by), welcomes=frozenset(welcomes),
    ),
    PHRASES, PHRASES, PHRASES, PHRASES, st.sets(st.sampled_from(("food", "hot_meals", "english"))),
    st.sets(st.sampled_from(("somali", "polish"))), st.sets(st.sampled_from(("somali", "eritrean"))),
)  # fmt: skip


@given(st.lists(LISTINGS, max_size=6))
def test_every_word_is_counted_as_a_plain_loop_counts_it(listings: list[Listing]) -> None:
    found = read(listings, VOCABULARY)
    counted: Counter[tuple[int, str]] = Counter()
    for number, row, halves in zip(found.numbers.tolist(), found.rows.tolist(), found.halves.tolist(), strict=True):
        counted[row, found.stems[number]] += halves
    assert counted == Counter({key: sum(held) for key, held in _plainly(listings).items()})
    assert found.spelt == {word for one in listings for text, _, _ in _texts(one) for word in words(text, alone=True) if word not in STOP}


def _plainly(listings: list[Listing]) -> dict[tuple[int, str], list[int]]:
    counted: dict[tuple[int, str], list[int]] = {}
    for row, one in enumerate(listings):
        for text, weight, mark in _texts(one):
            for word in words(text, alone=True):
                if word not in STOP:
                    counted.setdefault((row, mark + stem(word)), []).append(round(weight * UNIT))
    return counted


def _texts(one: Listing) -> Iterator[tuple[str, float, str]]:
    yield from ((one.name, NAME, ""), (one.organization_name, ORGANIZATION, ""), (one.description, DESCRIPTION, ""))
    yield from ((keyword, KEYWORDS, "") for keyword in one.keywords)
    yield from ((VOCABULARY.label("supports", code), LABELS, TAGGED) for code in one.supports)
    yield from ((VOCABULARY.label("communities", code), LABELS, TAGGED) for code in one.led_by | one.welcomes)
