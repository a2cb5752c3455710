"""How surely a listing comes first that somebody asks for by its name, with slips of the finger or without, beside plain ways to look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cache
from heapq import nsmallest
from random import Random
from statistics import fmean

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from matching import Index, Vocabulary, rank
from matching.values import Inquiry, Listing
from seeds.invent import NOON, TODAY, invent_listings
from seeds.words import taxonomies, terms_of
from tests.relevance.figures import Figure
from tests.relevance.metrics import reciprocal_rank
from tests.relevance.names import distinct_names
from tests.relevance.rankers import Bm25, bag
from tests.relevance.slips import slipped

NAMES = 100_000
QUERIES = 300
BESIDE = 30
"""How many questions the baselines are asked, which are slow."""
IN_FULL = 100
"""How many of the questions are also asked of whole listings."""
SEED = 41
DEPTH = 10
LEAST = {0: ("the exact name", 1.0), 1: ("one slip", 0.995), 2: ("two slips", 0.98)}
LOOKALIKES = (("dental", "mental", "rental"), ("grief", "brief"), ("bread", "broad", "tread"), ("coding", "cooking"), ("parent", "patent"), ("sport", "spirit"))
"""A word, and words that look like it: whoever asks for the first means none of the others."""

Guess = Callable[[str], Sequence[str]]
"""From what is typed to ids, best first."""
Said = tuple[str, str]
"""What is typed, and the id that is meant."""


class Catalogue(Struct, frozen=True):
    """Listings with names of their own, made ready."""

    listings: Sequence[Listing]
    index: Index


@cache
def words_known() -> Vocabulary:
    """Every vocabulary that is shipped."""
    return Vocabulary([term for taxonomy in taxonomies() for term in terms_of(taxonomy)])


@cache
def catalogue(count: int = NAMES) -> Catalogue:
    """Names alone, no two alike."""
    return _ready([Listing(id=f"{n}", service_id=f"{n}", organization_id=f"{n}", name=name) for n, name in enumerate(distinct_names(count, seed=SEED))])


@cache
def directory(count: int = NAMES) -> Catalogue:
    """The same names on whole listings, whose kinds, descriptions, age and space are drawn apart from them."""
    names = distinct_names(count, seed=SEED)
    return _ready([replace(listing, name=name) for listing, name in zip(invent_listings(count, seed=SEED), names, strict=True)])


def _ready(listings: Sequence[Listing]) -> Catalogue:
    return Catalogue(listings, Index.build(listings, words_known(), on=TODAY))


def asked(listings: Sequence[Listing], slips: int, count: int) -> list[Said]:
    """So many names as they are typed, with the ids that are meant."""
    dice = Random(f"{SEED} {slips}")
    return [(slipped(listing.name, slips, dice), listing.id) for listing in dice.sample(listings, count)]


def ours(index: Index) -> Guess:
    """What the product shows first."""
    return lambda text: [match.id for match in rank(Inquiry(text=text, limit=DEPTH), index, at=NOON, around=False).matches]


def by_rapidfuzz(listings: Sequence[Listing]) -> Guess:
    """Baseline: the names most like what is typed, by WRatio; every name is compared."""
    processed = [default_process(listing.name) for listing in listings]
    return lambda text: [listings[at].id for _, _, at in process.extract(default_process(text), processed, scorer=fuzz.WRatio, limit=DEPTH)]


def by_bm25(listings: Sequence[Listing]) -> Guess:
    """Baseline: plain BM25 over the names, nothing repaired."""
    bm25 = Bm25({listing.id: listing.name for listing in listings})
    having: defaultdict[str, set[str]] = defaultdict(set)
    for listing in listings:
        for word in bag(listing.name):
            having[word].add(listing.id)

    def guess(text: str) -> Sequence[str]:
        found = set[str]().union(*(having.get(word, ()) for word in bag(text)))
        return nsmallest(DEPTH, found, key=lambda one: (-bm25.score(text, one), one))

    return guess


def mrr(guess: Guess, said: Sequence[Said]) -> float:
    """Mean reciprocal rank of what is meant, 0 where it is not among the first ten."""
    return fmean(reciprocal_rank(guess(text), wanted) for text, wanted in said)


def lookalikes_kept_out() -> float:
    """The share of words asked for that bring what has them, and nothing that only looks like it."""
    looking_alike = [word for group in LOOKALIKES for word in group]
    index = _ready([Listing(id=word, service_id=word, organization_id=word, name=f"{word} circle") for word in looking_alike]).index
    guess = ours(index)
    return fmean(guess(word)[:1] == [word] and not set(guess(word)) & set(group) - {word} for group in LOOKALIKES for word in group)


def known_item(count: int = NAMES, queries: int = QUERIES) -> Sequence[Figure]:
    """Known item: a listing that is asked for by its name comes first, whatever the slips, and a word that exists is never taken for another"""
    listings, index = catalogue(count).listings, catalogue(count).index
    guess, in_full = ours(index), ours(directory(count).index)
    simple = {"BM25 without repair": by_bm25(listings), "rapidfuzz WRatio": by_rapidfuzz(listings)}
    figures = [Figure(name="a word that exists brings no lookalike", value=lookalikes_kept_out(), least=1.0, note=f"{sum(map(len, LOOKALIKES))} words")]
    for slips, (called, least) in LEAST.items():
        said = asked(listings, slips, queries)
        beside = {name: mrr(other, said[:BESIDE]) for name, other in simple.items()}
        figures.append(Figure(name=f"MRR, {called}", value=mrr(guess, said), least=least, beside=beside, note=f"{queries} of {count} names"))
        same = [(text, directory(count).listings[int(wanted)].id) for text, wanted in said[:IN_FULL]]
        figures.append(Figure(name=f"MRR, {called}, among whole listings", value=mrr(in_full, same), note="no floor: kinds, trust and space count too"))
    return figures
