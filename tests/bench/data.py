"""The invented listings that everything here is measured on: always the same, made anew in a few seconds rather than kept."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from matching.values import Listing
from matching.vocabulary import Vocabulary
from seeds.invent import Inventor, invent_listings
from seeds.words import taxonomies, terms_of

SEED = 8
"""Of the listings. The questions have one of their own (``queries.SEED``)."""


def listings(count: int) -> Iterator[Listing]:
    """So many invented listings, about 37,000 a second; a smaller number gives the beginning of a larger one."""
    return invent_listings(count, seed=SEED)


@cache
def first_listings() -> tuple[Listing, ...]:
    """The first 4,096, from which questions take their words and places: so they are the same questions whatever they are put to."""
    return tuple(Inventor(SEED).batch(0))


@cache
def vocabulary() -> Vocabulary:
    """Every vocabulary that ``seeds`` ships."""
    return Vocabulary([term for taxonomy in taxonomies() for term in terms_of(taxonomy)])


def bytes_in(folder: Path) -> int:
    """What the files of a folder take, links not followed."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
