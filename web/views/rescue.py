"""What to offer when nothing was found: words spelt nearly so and topics that are near, each tried first, so that its number is true."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from msgspec.structs import replace

from matching.typos import Spellings
from matching.values import Inquiry
from matching.words import words
from web.house import Catalogue, House, Vocabulary

TAXONOMIES = ("supports", "interests", "communities", "strengths")
MOST = 3
FLOOR = 0.2
"""Topics this near are worth showing when there is nothing else; they are offered, never taken as said."""

Spelling = tuple[str, int]
Topic = tuple[str, str, int]


def ways_on(house: House, inquiry: Inquiry) -> tuple[list[Spelling], list[Topic]]:
    """Other words with how many they find, and topics with how many they hold, under all the other wishes of the inquiry."""
    at, catalogue = house.now(), house.catalogue
    asked = replace(inquiry, limit=1, offset=0)
    spelt = [(text, _count(catalogue, replace(asked, text=text), at)) for text in respelt(catalogue.vocabulary, inquiry.text)]
    near = catalogue.vocabulary.suggest("supports", inquiry.text, limit=MOST, floor=FLOOR) if inquiry.text else ()
    topics = [(one.code, one.label, _count(catalogue, replace(asked, text="", supports=(one.code,)), at)) for one in near]
    return [one for one in spelt if one[-1]], [one for one in topics if one[-1]]


def respelt(vocabulary: Vocabulary, text: str) -> list[str]:
    """The text with each unknown word mended, in at most three ways; empty when there is nothing to mend or no way to mend it."""
    known = _spellings(vocabulary)
    texts = [""]
    for word in words(text):
        near = [word] if vocabulary.knows(word) else [repair.word for repair in known.nearest(word)]
        texts = [f"{before} {one}".strip() for before in texts for one in near or [word]][:MOST]
    return [one for one in texts if one != " ".join(words(text))]


def _count(catalogue: Catalogue, inquiry: Inquiry, at: datetime) -> int:
    return catalogue.search(inquiry, at=at, around=False).ranking.total


@lru_cache(2)
def _spellings(vocabulary: Vocabulary) -> Spellings:
    """Every word of the vocabularies; made again when the directory brings a new one."""
    terms = [term for taxonomy in TAXONOMIES for term in vocabulary.terms(taxonomy)]
    return Spellings.build(word for term in terms for text in (term.label, *term.cues) for word in words(text))
